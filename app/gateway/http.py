"""The head of an HTTP/1.1 request (RFC 9112): llhttp reads the fields, the request line is ours.

llhttp knows only registered methods, so it is handed POST in place of the real one.  It refuses by itself bad,
doubled or listed Content-Length, Content-Length with Transfer-Encoding, folded fields, bare CR and LF, NUL, blanks
before the colon, and bytes outside ASCII in the target.
"""

import re
from dataclasses import dataclass

import httptools

from .hosts import is_host, own_name
from .values import Headers

HEAD_CAP = 65536
"""Bytes of request line and fields together; more is answered 431."""

TARGET_CAP = 32768
FIELDS_CAP = 256

END_OF_HEAD = re.compile(rb"\n\r?\n")
"""A bare LF ends the head too: llhttp then refuses it, and nobody waits for a CR that never comes."""

_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^ ]+) HTTP/([0-9])\.([0-9])")
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)

# With "Upgrade" llhttp would not read the body, which then became the next request.
_UPGRADE = re.compile(rb"(?im)^upgrade(?=:)")
_UPGRADE_MASK = b"Upgrad~"


class Refusal(Exception):  # noqa: N818  # no error of ours: the request is answered with it
    """A request that is answered before anything is looked up; the connection closes after it."""

    def __init__(self, status: int, slug: str) -> None:
        """`slug` selects the words in `pages.py`."""
        super().__init__(status, slug)
        self.status = status
        self.slug = slug


@dataclass(frozen=True, slots=True)
class Head:
    """All that stands before the body."""

    method: str
    target: bytes
    """As sent."""

    path: bytes
    """The target in origin-form: the path with its query ('*' for OPTIONS *)."""

    version: str
    headers: Headers
    host: str
    length: int | None
    """Content-Length; None where none was sent."""

    is_chunked: bool
    expects_continue: bool
    keeps_alive: bool

    @property
    def has_body(self) -> bool:
        return self.is_chunked or self.length is not None


class _Fields:
    """What llhttp calls back."""

    __slots__ = ("is_complete", "items")

    def __init__(self) -> None:
        self.items: list[tuple[bytes, bytes]] = []
        self.is_complete = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.items.append((b"Upgrade" if name == _UPGRADE_MASK else name, value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        self.is_complete = True


def read_head(raw: bytes, port: int) -> Head:
    """Take a head apart, from its first byte to its blank line.  Raises Refusal."""
    line, _, fields = raw.partition(b"\r\n")
    method, target, version = _request_line(line)
    headers = _fields(target, version, fields)
    named = _by_name(headers)
    path, authority = _origin_form(target, method)
    if authority is None:
        authority = _host(named, version)
    elif b"host" in named:
        _host(named, version)  # RFC 9112 §3.2.2: the target's host counts, but a bad Host field is refused all the same
    return Head(
        method=method,
        target=target,
        path=path,
        version=version,
        headers=headers,
        host=_own_host(authority, port),
        length=int(named[b"content-length"][0]) if b"content-length" in named else None,
        is_chunked=_is_chunked(named, version),
        expects_continue=_expects_continue(named, version),
        keeps_alive=version == "HTTP/1.1" and not _has_token(named.get(b"connection", ()), b"close"),
    )


def _request_line(line: bytes) -> tuple[str, bytes, str]:
    found = _REQUEST_LINE.fullmatch(line)
    if not found:
        raise Refusal(400, "bad-request-line")
    method, target, major, minor = found.groups()
    if major != b"1":
        raise Refusal(505, "version")
    if len(target) > TARGET_CAP:
        raise Refusal(414, "target-too-long")
    if method == b"TRACE":  # would show a page the cookies it may not read (RFC 9110 §9.3.8)
        raise Refusal(405, "trace")
    if method == b"CONNECT":
        raise Refusal(501, "connect")
    return method.decode("ascii"), target, "HTTP/1.0" if minor == b"0" else "HTTP/1.1"


def _fields(target: bytes, version: str, fields: bytes) -> Headers:
    found = _Fields()
    start = b"POST " + target + b" " + version.encode("ascii") + b"\r\n"
    try:
        httptools.HttpRequestParser(found).feed_data(start + _UPGRADE.sub(_UPGRADE_MASK, fields))
    except httptools.HttpParserError as error:
        if found.is_complete and version == "HTTP/1.1":  # only a transfer coding is judged that late
            raise Refusal(501, "transfer-coding") from error
        raise Refusal(400, "bad-head") from error
    if len(found.items) > FIELDS_CAP:
        raise Refusal(431, "head-too-long")
    return tuple(found.items)


def _by_name(headers: Headers) -> dict[bytes, list[bytes]]:
    named: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        named.setdefault(name.lower(), []).append(value)
    return named


def _origin_form(target: bytes, method: str) -> tuple[bytes, bytes | None]:
    """(path with query, authority of an absolute-form target or None), RFC 9112 §3.2."""
    if b"#" in target:
        raise Refusal(400, "bad-target")
    if target.startswith(b"/"):
        return target, None
    if target == b"*" and method == "OPTIONS":
        return target, None
    found = _ABSOLUTE.match(target)
    if not found:
        raise Refusal(400, "bad-target")
    path = target[found.end() :]
    return (path if path.startswith(b"/") else b"/" + path), found[1]


def _host(named: dict[bytes, list[bytes]], version: str) -> bytes:
    """RFC 9112 §3.2: 1.1 must name one host, and nobody may name two."""
    hosts = named.get(b"host", [])
    if len(hosts) > 1 or (not hosts and version == "HTTP/1.1"):
        raise Refusal(400, "host-count")
    if hosts and not is_host(hosts[0]):
        raise Refusal(400, "bad-host")
    return hosts[0] if hosts else b"127.0.0.1"


def _own_host(authority: bytes, port: int) -> str:
    if not authority or not is_host(authority):
        raise Refusal(400, "bad-host")
    name = own_name(authority, port)
    if name is None:
        raise Refusal(421, "not-our-host")
    return name


def _is_chunked(named: dict[bytes, list[bytes]], version: str) -> bool:
    codings = named.get(b"transfer-encoding")
    if codings is None:
        return False
    if version == "HTTP/1.0":  # RFC 9112 §6.1: the framing may be a lie
        raise Refusal(400, "bad-head")
    if len(codings) > 1 or codings[0].lower() != b"chunked":
        raise Refusal(501, "transfer-coding")
    return True


def _expects_continue(named: dict[bytes, list[bytes]], version: str) -> bool:
    """RFC 9110 §10.1.1; of a 1.0 client it is ignored."""
    expectations = named.get(b"expect")
    if not expectations or version == "HTTP/1.0":
        return False
    if len(expectations) > 1 or expectations[0].lower() != b"100-continue":
        raise Refusal(417, "expectation")
    return True


def _has_token(values: list[bytes] | tuple[()], token: bytes) -> bool:
    return any(token == item.strip().lower() for value in values for item in value.split(b","))
