"""A static file as an answer: type, version, conditional requests, ranges, a compressed copy that lies beside it."""

import os
import re
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from .conditions import Version, http_date, part, precondition
from .media_types import HEAD, media_type, needs_head
from .values import Headers, Request, Site, StaticFile

_CODINGS = ((b"br", ".br"), (b"gzip", ".gz"))
"""Best first."""

_CODING = re.compile(rb"\s*([\w*!#$%&'+.^`|~-]+)\s*(?:;\s*q\s*=\s*([0-9.]{1,5}))?\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StaticAnswer:
    """What is sent for a static file.  Framing (Content-Length) and Date are left to the reply."""

    status: int
    headers: Headers
    path: Path | None = None
    """What the body is read from; None where there is none."""

    start: int = 0
    length: int = 0
    """Bytes of the body from `start`.  For HEAD the same as for GET, though nothing of it is sent."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The bytes that will be sent: the file's own or its compressed copy's."""

    path: Path
    info: os.stat_result
    coding: bytes = b""


def answer(site: Site, file: StaticFile, request: Request) -> StaticAnswer:
    """For GET and HEAD (RFC 9110 §9.3.1); 404 where the file went away, 403 where it may not be read."""
    if request.method not in ("GET", "HEAD"):
        return StaticAnswer(405, ((b"Allow", b"GET, HEAD"),))
    try:
        return _answer(file, request)
    except PermissionError:
        return StaticAnswer(403, ())
    except OSError:
        return StaticAnswer(404, ())


def _answer(file: StaticFile, request: Request) -> StaticAnswer:
    info = file.path.stat()
    copies = _copies(file.path, info)
    stored = _chosen(copies, request) or _Stored(file.path, info)
    version = Version(_etag(stored), min(int(stored.info.st_mtime), int(time.time())), stored.info.st_size)
    about = _about_version(stored, version, varies=bool(copies))
    match precondition(request, version):
        case 304:
            return StaticAnswer(304, about)
        case 412:
            return StaticAnswer(412, ())
    kind = (b"Content-Type", media_type(file.path.suffix.lower(), _head(file.path)).encode())
    return _whole_or_part(stored, version, request, (kind, *about))


def _whole_or_part(stored: _Stored, version: Version, request: Request, headers: Headers) -> StaticAnswer:
    if stored.coding:
        headers = (*headers, (b"Content-Encoding", stored.coding))
    headers = (*headers, (b"Accept-Ranges", b"bytes"))
    match part(request, version):
        case "outside":
            return StaticAnswer(416, ((b"Content-Range", b"bytes */%d" % version.size),))
        case "whole":
            return StaticAnswer(200, headers, stored.path, 0, version.size)
        case one:
            said = b"bytes %d-%d/%d" % (one.start, one.start + one.length - 1, version.size)
            return StaticAnswer(206, (*headers, (b"Content-Range", said)), stored.path, one.start, one.length)


def _about_version(stored: _Stored, version: Version, *, varies: bool) -> Headers:
    """What a 304 repeats (§15.4.5).  'no-cache' lets browsers keep a file, and ask before they show it: without it
    they guess, and a page that was just edited looks unchanged."""
    fields = (
        (b"ETag", version.etag),
        (b"Last-Modified", http_date(version.modified_s)),
        (b"Cache-Control", b"no-cache"),
    )
    return (*fields, (b"Vary", b"Accept-Encoding")) if varies else fields


def _etag(stored: _Stored) -> bytes:
    coding = b"-" + stored.coding if stored.coding else b""
    return b'"%x-%x%b"' % (stored.info.st_mtime_ns, stored.info.st_size, coding)


def _head(path: Path) -> bytes:
    """The first bytes where they decide about the type.  Opened in any case: only that tells whether we may read."""
    with path.open("rb", buffering=0) as file:
        return file.read(HEAD) if needs_head(path.suffix.lower()) else b""


def _copies(path: Path, info: os.stat_result) -> list[_Stored]:
    """Compressed copies beside the file ('style.css.br'), unless they are older than it."""
    found = []
    for coding, ending in _CODINGS:
        try:
            copy = os.lstat(f"{path}{ending}")
        except OSError:
            continue
        # No links: where they lead was not looked at.
        if stat.S_ISREG(copy.st_mode) and copy.st_mtime_ns >= info.st_mtime_ns:
            found.append(_Stored(Path(f"{path}{ending}"), copy, coding))
    return found


def _chosen(copies: list[_Stored], request: Request) -> _Stored | None:
    accepted = request.header(b"accept-encoding")
    if not copies or accepted is None:
        return None
    weights = _weights(accepted)
    best = max(copies, key=lambda copy: weights.get(copy.coding, weights.get(b"*", 0.0)))
    weight = weights.get(best.coding, weights.get(b"*", 0.0))
    return best if weight > 0 and os.access(best.path, os.R_OK) else None


def _weights(field: bytes) -> dict[bytes, float]:
    """Accept-Encoding (§12.5.3): coding → weight; what cannot be read is passed over."""
    weights: dict[bytes, float] = {}
    for item in field.split(b","):
        if match := _CODING.match(item):
            weights[match[1].lower()] = _weight(match[2])
    return weights


def _weight(value: bytes | None) -> float:
    try:
        return min(1.0, float(value)) if value is not None else 1.0
    except ValueError:
        return 0.0
