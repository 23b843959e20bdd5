"""Paths of URLs: taken apart as they were sent, decoded once, and refused where they play tricks.

Everything here is bytes: a file's name on Linux is bytes, and so is a URL's path once it is decoded.
"""

import os
import re
from urllib.parse import quote_from_bytes, unquote_to_bytes

_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ABSOLUTE = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://[^/?]*")
_SETTINGS_FILE = b"gatehouse.toml"
_WELL_KNOWN = b".well-known"  # RFC 8615: meant to be served though its name starts with a dot


def split_target(target: bytes) -> tuple[bytes, bytes]:
    """A request target in origin-form as (path, query); the query untouched, without its '?'."""
    path, _, query = target.partition(b"?")
    return path, query


def origin_form(target: bytes) -> bytes:
    """An absolute-form target ('http://host/path?query') without scheme and host (RFC 9112 §3.2.2)."""
    if target.startswith(b"/") or not (absolute := _ABSOLUTE.match(target)):
        return target
    rest = target[absolute.end() :]
    return rest if rest.startswith(b"/") else b"/" + rest


def decode(raw: bytes) -> bytes | None:
    """Percent-decoded, once; None for a '%' without two digits, and for NUL, which no file name or variable holds."""
    if b"%" not in raw:
        return None if b"\0" in raw else raw
    if _BAD_ESCAPE.search(raw):
        return None
    decoded = unquote_to_bytes(raw)
    return None if b"\0" in decoded else decoded


def encode(path: bytes) -> bytes:
    """A decoded path as a URL spells it; '/' stays."""
    return quote_from_bytes(path, "/:@!$&'()*+,;=~").encode()


def is_tricky(name: bytes) -> bool:
    """Would some file system read this segment as another name, or as several?

    '/' was sent as %2F; Windows separates folders by '\\', drops dots and blanks at the end, names streams after
    ':' and gives every long name a short one with '~'.
    """
    if os.name == "nt" and (b":" in name or b"~" in name):
        return True
    return b"/" in name or b"\\" in name or name[-1:] in {b".", b" "}


def is_hidden(name: bytes) -> bool:
    """Names that are never served: those with a dot in front, and the site's settings, in whatever case."""
    if name[:1] == b".":
        return name != _WELL_KNOWN
    return len(name) == len(_SETTINGS_FILE) and name.lower() == _SETTINGS_FILE


def without_dots(path: bytes) -> bytes:
    """A decoded path with '.', '..' and empty segments resolved; '..' never leads above the root."""
    kept: list[bytes] = []
    for segment in path.split(b"/"):
        if segment == b"..":
            del kept[-1:]
        elif segment not in (b"", b"."):
            kept.append(segment)
    is_folder = bool(kept) and path.endswith((b"/", b"/.", b"/.."))
    return b"/" + b"/".join(kept) + (b"/" if is_folder else b"")
