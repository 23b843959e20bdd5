"""Bytes shown to programs and people: text where it is UTF-8, marked base64 where it is not."""

import base64
import unicodedata

Text = str | dict[str, str]
"""A str, or {"$base64": "…"} for bytes that are no valid UTF-8.  Nothing is lost either way."""


def text(data: bytes) -> Text:
    """The bytes as a JSON value."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"$base64": base64.b64encode(data).decode("ascii")}


def name(data: bytes) -> str:
    """The bytes as a key of a JSON object, which has to be a str: what is no UTF-8 is shown as \\xNN."""
    return data.decode("utf-8", "backslashreplace")


def untext(value: Text | bytes | None) -> bytes:
    """The bytes again, from either form; nothing from nothing."""
    match value:
        case None:
            return b""
        case bytes():
            return value
        case str():
            return value.encode("utf-8", "surrogateescape")
    return base64.b64decode(value["$base64"])


def printable(value: Text | bytes) -> str:
    """Text for a terminal.  Control characters are shown as \\xNN, so a script's output cannot steer the terminal.

    Line feeds and tabs stay; invisible format characters (right-to-left marks, …) are shown as \\uNNNN.
    """
    shown = value if isinstance(value, str) else untext(value).decode("utf-8", "backslashreplace")
    return "".join(_visible(char) for char in shown.replace("\r\n", "\n"))


def _visible(char: str) -> str:
    if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}:
        return char
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
