"""One answer on the wire.  Framing is always ours (CGI.md, 6): a length where it is known, chunks where it is not."""

import asyncio
import time
from collections.abc import Callable, Iterable
from email.utils import formatdate
from http import HTTPStatus
from typing import Protocol

from .software import SERVER_SOFTWARE
from .values import Headers

_BODILESS = frozenset({204, 205, 304})
"""Answers without a body; 205 has one of length 0 (RFC 9110 §15.3.6)."""

_REASONS = {one.value: one.phrase.encode("ascii") for one in HTTPStatus}


class Client(Protocol):
    """The connection that the answer goes to."""

    is_gone: bool
    on_leave: Callable[[], None] | None
    """Called once if the client leaves before `done`."""

    @property
    def transport(self) -> asyncio.Transport | None:
        """For sendfile; None where the client has left."""

    def write(self, data: bytes) -> None: ...
    async def drain(self) -> None:
        """Wait while the client is slower than the script.  Returns also when it has left."""

    def done(self, *, keep: bool, is_cut: bool = False) -> None:
        """The answer is complete: next request, or close; `is_cut`: it is not complete, and the client must notice."""


class Reply:
    """The answer to one request.  Either `whole`, or `start`, `send`… and `end`, or `raw`… and `end`."""

    def __init__(self, client: Client, *, method: str, version: str, keeps_alive: bool) -> None:
        self.client = client
        self.status = 0
        """What was sent; 0 as long as nothing was."""

        self.headers: Headers = ()
        self.is_head = method == "HEAD"
        self._is_1_0 = version == "HTTP/1.0"
        self._keeps_alive = keeps_alive and not self._is_1_0
        self._is_chunked = False
        self._sends_body = True
        self._is_done = False

    @property
    def has_started(self) -> bool:
        return self.status != 0

    @property
    def wants_body(self) -> bool:
        return self._sends_body and not self.client.is_gone

    def whole(self, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes, reason: bytes = b"") -> None:
        """Head and body at once, with the body's length."""
        self.start(status, headers, reason=reason, length=len(body), first=body)
        self.end()

    def start(
        self,
        status: int,
        headers: Iterable[tuple[bytes, bytes]],
        *,
        reason: bytes = b"",
        length: int | None,
        first: bytes = b"",
    ) -> None:
        """The head, and what there is of the body.  `length` None: it ends when `end` is called."""
        self._sends_body = not self.is_head and status not in _BODILESS
        framing = self._framing(status, length)
        self.status = status
        self.headers = (*headers, (b"Date", _date()), (b"Server", SERVER_SOFTWARE), *framing)
        head = _head(status, reason or _REASONS.get(status, b""), self.headers)
        self.client.write(head + self._coded(first) if first and self._sends_body else head)
        if not self._sends_body:
            self.client.on_leave = None  # with the head it has all: now it may go, and the script works on

    def send(self, data: bytes) -> None:
        if data and self._sends_body:
            self.client.write(self._coded(data))

    def end(self) -> None:
        if self._is_done:
            return
        if self._is_chunked and self._sends_body:
            self.client.write(b"0\r\n\r\n")
        self._is_done = True
        self.client.done(keep=self._keeps_alive)

    def cut(self) -> None:
        """The rest will not come: close so that the client cannot take it for whole.  Nothing, where it was complete:
        the connection is another request's by then."""
        if self._is_done:
            return
        self._is_done = True
        self.client.done(keep=False, is_cut=True)

    def raw(self, data: bytes, status: int = 0) -> None:
        """NPH: as the script wrote it (RFC 3875 §5)."""
        self._keeps_alive = False
        self.status = self.status or status
        self.client.write(data)

    def _framing(self, status: int, length: int | None) -> list[tuple[bytes, bytes]]:
        fields = []
        if status == 205:
            fields.append((b"Content-Length", b"0"))
        elif status in (204, 304):
            pass  # RFC 9110 §8.6: none for 204; for 304 only what a 200 would have had
        elif length is not None:
            fields.append((b"Content-Length", b"%d" % length))
        elif self._is_1_0:
            self._keeps_alive = False
        elif not self.is_head:
            self._is_chunked = True
            fields.append((b"Transfer-Encoding", b"chunked"))
        if not self._keeps_alive:
            fields.append((b"Connection", b"close"))
        return fields

    def _coded(self, data: bytes) -> bytes:
        return b"%x\r\n%b\r\n" % (len(data), data) if self._is_chunked else data


def _head(status: int, reason: bytes, headers: Headers) -> bytes:
    fields = b"".join([b"%b: %b\r\n" % pair for pair in headers])
    return b"HTTP/1.1 %d %b\r\n%b\r\n" % (status, reason, fields)


_date_at = 0
_date_text = b""


def _date() -> bytes:
    """IMF-fixdate (RFC 9110 §5.6.7), written once a second."""
    global _date_at, _date_text  # one process, one loop, one clock
    now = int(time.time())
    if now != _date_at:
        _date_at, _date_text = now, formatdate(now, usegmt=True).encode("ascii")
    return _date_text
