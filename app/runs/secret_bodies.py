"""Masking of secrets inside a recorded message-body: forms, uploads, JSON.  Works on broken and cut bodies too."""

import json
import re

from app.runs.secrets import MASK, MASK_BYTES, is_secret, mask_query

_BOUNDARY = re.compile(rb'boundary="?([^";,]+)"?', re.IGNORECASE)
_PART_NAME = re.compile(rb'(?<![a-z*])name="?((?:[^"\\;\r\n]|\\.)*)"?', re.IGNORECASE)
_JSON_KEY = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:\s*')
_JSON_VALUE_END = re.compile(r"[,}\]\n]|$")
_LINE = re.compile(rb"^([^=\r\n]+)=([^\r\n]*)", re.MULTILINE)


def mask_body(content_type: bytes, body: bytes) -> bytes:
    """The body with the values of secret fields masked; other kinds of body as they are."""
    kind = content_type.partition(b";")[0].strip().lower()
    if kind == b"multipart/form-data":
        return _mask_multipart(content_type, body)
    # fetch() with a string as body says text/plain, whatever the string is: look at the body itself.
    if kind.endswith(b"json") or body.lstrip()[:1] in {b"{", b"["}:
        return _mask_json(body)
    if kind == b"application/x-www-form-urlencoded":
        return mask_query(body)
    if kind == b"text/plain":  # <form enctype="text/plain"> sends name=value lines
        return _LINE.sub(_mask_line, body)
    return body


def _mask_multipart(content_type: bytes, body: bytes) -> bytes:
    found = _BOUNDARY.search(content_type)
    if not found:
        return body
    delimiter = b"--" + found[1].strip()
    return delimiter.join(_mask_part(part) for part in body.split(delimiter))


def _mask_part(part: bytes) -> bytes:
    """One part of a multipart body; a broken client may end its lines with LF alone."""
    blank = b"\r\n\r\n" if b"\r\n\r\n" in part else b"\n\n"
    head, mark, content = part.partition(blank)
    name = _PART_NAME.search(head)
    if not mark or not name or not is_secret(name[1]):
        return part
    end = b"\r\n" if content.endswith(b"\r\n") else b""
    return head + mark + MASK_BYTES + end


def _mask_json(body: bytes) -> bytes:
    """Values under secret keys are replaced in place, so the rest keeps its spelling, its order and its faults."""
    source = body.decode("utf-8", "surrogateescape")
    shown: list[str] = []
    position = 0
    while key := _JSON_KEY.search(source, position):
        shown.append(source[position : key.end()])
        position = key.end()
        if is_secret(_unescape(key[1])):
            shown.append(f'"{MASK}"')
            position = _value_end(source, position)
    return ("".join(shown) + source[position:]).encode("utf-8", "surrogateescape")


def _unescape(key: str) -> str:
    r"""A key may be spelt "p\u0061ssword"."""
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        return key


def _value_end(source: str, start: int) -> int:
    """Where the JSON value that starts here ends; of a broken value, the nearest thing that could end it."""
    try:
        return json.JSONDecoder().raw_decode(source, start)[1]
    except (ValueError, RecursionError):
        pass
    if source[start : start + 1] in {'"', "{", "["}:
        return len(source)  # an open string, object or list in a cut body: all that follows may be the secret
    end = _JSON_VALUE_END.search(source, start)
    return end.start() if end else len(source)


def _mask_line(line: re.Match[bytes]) -> bytes:
    return line[1] + b"=" + MASK_BYTES if is_secret(line[1]) else line[0]
