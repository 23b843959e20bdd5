"""One client's connection: requests are taken apart one after another, each answered before the next is looked at."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from .body import Receiver
from .http import END_OF_HEAD, HEAD_CAP, Head, Refusal, read_head
from .peer import is_peer_open
from .reply import Reply
from .values import Request

READ_HIGH = 256 * 1024
"""Bytes of further requests that may wait while one is answered; then the socket is left alone."""

WRITE_HIGH = 256 * 1024
"""Bytes of an answer that may wait for a slow client; then the script is held back."""

HEAD_S = 30.0
"""For a head, from its first byte."""

IDLE_S = 75.0
"""Between two requests."""

BODY_S = 60.0
"""Without a byte of the body."""

LINGER_S = 2.0
"""For a client that still sends while it is refused: closing at once would reset the connection and eat the answer."""

_PEER_S = 0.5
"""How often a client that has ended its sending is looked for."""

_NEVER = float("inf")


class Door(Protocol):
    """The listener, as its connections know it."""

    port: int
    spool_folder: Path

    @property
    def body_cap(self) -> int | None: ...
    def answer(self, request: Request, path: bytes, reply: Reply) -> None:
        """Answer, now or later, by `reply`."""

    def refuse(self, refusal: Refusal, reply: Reply, accept: bytes, language: bytes) -> None: ...
    def opened(self, connection: "Connection") -> None: ...
    def closed(self, connection: "Connection") -> None: ...


class Connection(asyncio.Protocol):
    """Between head, body and answer; only one of the three goes on at a time."""

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        self.is_gone = False
        self.on_leave: Callable[[], None] | None = None
        """Called once if the client leaves while its request is answered."""

        self.deadline = _NEVER
        """On the loop's clock: the listener closes what is later than this."""

        self._door = door
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._remote = ("", 0)
        self._pending = b""
        self._head: Head | None = None
        self._receiver: Receiver | None = None
        self._started_us = 0
        self._arrived = 0.0
        self._is_busy = False
        self._is_lingering = False
        self._has_sent_all = False
        self._is_reading_paused = False
        self._may_write: asyncio.Future[None] | None = None

    # -- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.set_write_buffer_limits(high=WRITE_HIGH)
        self._remote = transport.get_extra_info("peername")[:2]
        self.deadline = self._loop.time() + IDLE_S
        self._door.opened(self)

    def data_received(self, data: bytes) -> None:
        if self._is_lingering:
            return
        if self._receiver:
            self.deadline = self._loop.time() + BODY_S
        self._pending = self._pending + data if self._pending else data
        if not self._is_busy:
            self._advance()
        elif len(self._pending) > READ_HIGH and self._transport:
            self._is_reading_paused = True
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        """The client sends no more; it may have left, or (`nc`, HTTP/1.0 clients) wait for the answer."""
        self._has_sent_all = True
        if not self._is_busy and not self._pending:
            return False
        self._look_for_peer()
        return True

    def connection_lost(self, error: Exception | None) -> None:
        self.is_gone = True
        self._transport = None
        if self._receiver:
            self._receiver.close()
        self.resume_writing()
        self._door.closed(self)
        self._tell_leave()

    def pause_writing(self) -> None:
        self._may_write = self._loop.create_future()

    def resume_writing(self) -> None:
        if self._may_write and not self._may_write.done():
            self._may_write.set_result(None)
        self._may_write = None

    # -- what the answer calls (reply.Client)

    def write(self, data: bytes) -> None:
        if self._transport and not self.is_gone:
            self._transport.write(data)

    async def drain(self) -> None:
        if self._may_write:
            await self._may_write

    def done(self, *, keep: bool, is_cut: bool = False) -> None:
        self.on_leave = None
        self._is_busy = False
        if not self._transport:
            return
        if keep and not is_cut:
            self._next()
            return
        self.deadline = self._loop.time() + IDLE_S  # for a client that does not take what is still to be written
        if self._pending and not is_cut:
            self._linger()
        else:
            self._transport.close()

    @property
    def transport(self) -> asyncio.Transport | None:
        """For sendfile; None where the client has left."""
        return self._transport

    def is_late(self, now: float) -> bool:
        return now > self.deadline

    def time_out(self) -> None:
        """Its deadline is over: in the middle of a request that is said, between two it is not (RFC 9110 §15.5.9)."""
        if self._arrived and not self._is_busy:
            self._refuse(Refusal(408, "timeout"))
        else:
            self.give_up()

    def give_up(self, *, at_once: bool = False) -> None:
        """Close; what is still to be written may be taken, `at_once` or the second time it is dropped."""
        if not self._transport:
            return
        if at_once or self._transport.is_closing():
            self._transport.abort()
        else:
            self._transport.close()

    # -- the line of a request: head, body, answer

    def _next(self) -> None:
        self.deadline = self._loop.time() + IDLE_S
        if self._is_reading_paused and self._transport:
            self._is_reading_paused = False
            self._transport.resume_reading()
        if self._pending:
            self._loop.call_soon(self._advance)  # not from here: a thousand pipelined requests would be as deep a stack
        elif self._has_sent_all and self._transport:
            self._transport.close()

    def _advance(self) -> None:
        if self._is_busy or self._is_lingering or not self._transport:
            return
        try:
            if self._head is None and not self._take_head():
                if self._has_sent_all:
                    self._transport.close()
                return
            if not self._take_body():
                if self._has_sent_all:
                    self._transport.close()
                return
        except Refusal as refusal:
            self._refuse(refusal)
            return
        self._answer()

    def _take_head(self) -> bool:
        """Read a head where there is a whole one."""
        if not self._arrived:
            self._pending = self._pending.lstrip(b"\r\n")  # RFC 9112 §2.2
            if not self._pending:
                return False
            self._started_us = time.time_ns() // 1000
            self._arrived = time.monotonic()
            self.deadline = self._loop.time() + HEAD_S
        end = END_OF_HEAD.search(self._pending, 0, HEAD_CAP)
        if not end:
            if len(self._pending) >= HEAD_CAP:
                raise Refusal(431, "head-too-long")
            return False
        raw, self._pending = self._pending[: end.end()], self._pending[end.end() :]
        self._head = head = read_head(raw, self._door.port)
        if not head.has_body:
            return True
        self._receiver = Receiver(head, cap=self._door.body_cap, folder=self._door.spool_folder)
        self.deadline = self._loop.time() + BODY_S
        # RFC 9110 §10.1.1: not needed where the body is coming already.
        if head.expects_continue and not self._pending and not self._receiver.is_whole:
            self.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def _take_body(self) -> bool:
        """Is the body whole (or is there none)?"""
        if not self._receiver:
            return True
        self._pending = self._receiver.feed(self._pending)
        return self._receiver.is_whole

    def _answer(self) -> None:
        head, receiver = self._head, self._receiver
        assert head
        request = Request(
            method=head.method,
            target=head.target,
            version=head.version,
            headers=head.headers,
            body=receiver.body() if receiver else None,
            host=head.host,
            port=self._door.port,
            remote_address=self._remote[0],
            remote_port=self._remote[1],
            started_us=self._started_us,
            arrived=self._arrived,
        )
        reply = Reply(self, method=head.method, version=head.version, keeps_alive=head.keeps_alive)
        self._head, self._receiver, self._arrived = None, None, 0.0
        self._is_busy = True
        self.deadline = _NEVER
        self._door.answer(request, head.path, reply)
        if self._has_sent_all:
            self._look_for_peer()

    def _refuse(self, refusal: Refusal) -> None:
        """Answer what cannot be a request, and close: where the next one would begin is not certain."""
        head = self._head
        if self._receiver:
            self._receiver.close()
            self._receiver = None
        self._is_busy = True
        self._pending = self._pending or b"?"  # the client may be sending still: `done` must linger
        fields = {name.lower(): value for name, value in head.headers} if head else {}
        reply = Reply(
            self, method=head.method if head else "GET", version=head.version if head else "HTTP/1.1", keeps_alive=False
        )
        self._door.refuse(refusal, reply, fields.get(b"accept", b""), fields.get(b"accept-language", b""))

    def _linger(self) -> None:
        """RFC 9112 §9.6: end our side, and read on for a moment."""
        self._is_lingering = True
        self._pending = b""
        if not self._transport:
            return
        if self._is_reading_paused:
            self._transport.resume_reading()
        if self._has_sent_all or not self._transport.can_write_eof():
            self._transport.close()
            return
        self._transport.write_eof()
        self._loop.call_later(LINGER_S, self.give_up)

    # -- a client that has ended its sending

    def _look_for_peer(self) -> None:
        if not self._is_busy or not self._transport:
            return
        if is_peer_open(self._transport.get_extra_info("socket")):
            self._loop.call_later(_PEER_S, self._look_for_peer)
        else:
            self._transport.abort()

    def _tell_leave(self) -> None:
        on_leave, self.on_leave = self.on_leave, None
        if on_leave:
            on_leave()
