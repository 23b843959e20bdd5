"""Conditional requests and ranges (RFC 9110 §13 and §14), as decisions about one version of one file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from email.utils import formatdate, parsedate_to_datetime
from typing import Literal

from .values import Request

_TAG = re.compile(rb'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_RANGE = re.compile(rb"bytes=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*\Z", re.IGNORECASE)
"""One range.  Several are answered with the whole file, as §14.2 allows: that is what they are abused for."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a file is at this moment, as its answer will say it."""

    etag: bytes
    """With its quotes; strong."""

    modified_s: int
    """Last-Modified, seconds since 1970."""

    size: int


@dataclass(frozen=True, slots=True)
class Part:
    start: int
    length: int


def precondition(request: Request, version: Version) -> Literal[200, 304, 412]:
    """In the order of §13.2.2; 200 means: go on."""
    if (match := request.header(b"if-match")) is not None:
        if not _names(match, version.etag, is_weak=False):
            return 412
    elif (date := _date(request.header(b"if-unmodified-since"))) is not None and version.modified_s > date:
        return 412
    if (none_match := _joined(request, b"if-none-match")) is not None:
        return 304 if _names(none_match, version.etag, is_weak=True) else 200
    since = _date(request.header(b"if-modified-since"))
    return 304 if since is not None and version.modified_s <= since else 200


def part(request: Request, version: Version) -> Part | Literal["whole", "outside"]:
    """The part asked for; 'whole' where none is, or none that we serve; 'outside' where it begins after the end."""
    asked = request.header(b"range")
    # §14.2: for GET only.
    if asked is None or request.method != "GET" or not _if_range(request, version):
        return "whole"
    match = _RANGE.match(asked)
    if not match or not (match[1] or match[2]):
        return "whole"
    if not match[1]:
        length = min(int(match[2]), version.size)
        return Part(version.size - length, length) if length else "outside"
    first = int(match[1])
    last = min(int(match[2]), version.size - 1) if match[2] else version.size - 1
    if match[2] and int(match[2]) < first:
        return "whole"
    return Part(first, last - first + 1) if first < version.size else "outside"


def http_date(seconds: int) -> bytes:
    return formatdate(seconds, usegmt=True).encode()


def _if_range(request: Request, version: Version) -> bool:
    """§13.1.5: the part only if it is still of the same version; compared strongly, a date exactly."""
    value = request.header(b"if-range")
    if value is None:
        return True
    return value == version.etag if value.endswith(b'"') else _date(value) == version.modified_s


def _names(field: bytes, etag: bytes, *, is_weak: bool) -> bool:
    """Is the tag in the list?  A weak comparison (§8.8.3.2) looks past 'W/'."""
    if field.strip() == b"*":
        return True
    tags: Iterable[bytes] = _TAG.findall(field)
    return etag in ({tag.removeprefix(b"W/") for tag in tags} if is_weak else set(tags))


def _joined(request: Request, name: bytes) -> bytes | None:
    values = [value for key, value in request.headers if key.lower() == name]
    return b", ".join(values) if values else None


def _date(value: bytes | None) -> int | None:
    """Seconds since 1970; None for no date or none that can be read (then the field is ignored, §13.1.3)."""
    if value is None:
        return None
    try:
        date = parsedate_to_datetime(value.decode("ascii"))
        return int(date.replace(tzinfo=UTC).timestamp())
    except (ValueError, OverflowError, TypeError):
        return None
