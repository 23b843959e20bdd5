"""The answer of a recorded run: its fields, and the body inside what the script wrote."""

import re
from collections.abc import Mapping
from typing import Any

from app.runs.row import pairs
from app.runs.secrets import mask_header
from app.runs.text import name, text, untext

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def response(row: Mapping[str, Any], *, reveal: bool) -> dict[str, Any]:
    """Status and headers as the client got them; the body as the script printed it.

    `body` is null where nothing is known to be one: nothing was started, or no header ended.  Where
    `is_replaced`, the client got Gatehouse's explanation instead, which is not kept.
    """
    headers = pairs(row.get("response_headers"))
    start = body_start(untext(row.get("stdout"))) if row.get("response") not in {None, "malformed"} else None
    shown = headers if reveal else [(key, mask_header(key, value)) for key, value in headers]
    return {
        "status": row.get("status") or None,
        "headers": [[name(key), text(value)] for key, value in shown],
        "body": None if start is None else text(untext(row["stdout"])[start:]),
        "body_size": None if start is None else max(0, row["stdout_size"] - start),
        "kind": row.get("response"),
        "header_error": _header_error(row.get("header_error")),
        "is_replaced": bool(row.get("is_replaced")),
        "content_type": content_type(headers),
    }


def body_start(stdout: bytes) -> int | None:
    """Where the body begins: after the first blank line (RFC 3875 §6.3); None where there is none."""
    blank = _BLANK_LINE.search(stdout)
    return blank.end() if blank else None


def content_type(headers: list[tuple[bytes, bytes]]) -> str | None:
    for key, value in headers:
        if key.lower() == b"content-type":
            return name(value)
    return None


def _header_error(error: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Which line spoiled the header, with the line as text."""
    return {**error, "line": text(untext(error.get("line")))} if error else None
