"""A script's stdout on its way to the client, and what is kept of both outputs for the record."""

import asyncio
from collections import deque

from .messages import BODY_CAP
from .pipes import Reading

HIGH = 256 * 1024
"""Bytes that may wait for a slow client; then the script's pipe is left alone, and the script waits."""


class Output:
    """stdout: taken by the reply as it comes, its first MiB kept."""

    __slots__ = (
        "_is_discarded",
        "_loop",
        "_pieces",
        "_waiter",
        "_waiting",
        "is_ended",
        "is_paused",
        "kept",
        "reading",
        "size",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.kept: list[bytes] = []
        self.size = 0
        self.is_ended = False
        self.is_paused = False
        self.reading: Reading | None = None
        self._loop = loop
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._waiter: asyncio.Future[None] | None = None
        self._is_discarded = False

    def feed(self, data: bytes) -> None:
        """A piece from the pipe."""
        if self.size < BODY_CAP:
            self.kept.append(data[: BODY_CAP - self.size])
        self.size += len(data)
        if self._is_discarded:
            return
        self._pieces.append(data)
        self._waiting += len(data)
        if self._waiting >= HIGH and self.reading:
            self.is_paused = True
            self.reading.pause()
        self.wake()

    def end(self) -> None:
        self.is_ended = True
        self.wake()

    def take(self) -> bytes:
        """All that waits; may be nothing."""
        pieces, self._pieces = self._pieces, []
        self._waiting = 0
        if self.is_paused and self.reading:
            self.is_paused = False
            self.reading.resume()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def more(self) -> bytes:
        """What waits, as soon as there is something; b"" at the end."""
        while not self._pieces and not self.is_ended:
            await self._change()
        return self.take()

    async def ended_within(self, seconds: float) -> bool:
        """Give the script a moment to end: then its answer goes out whole, with its length."""
        time_is_up = False

        def ring() -> None:
            nonlocal time_is_up
            time_is_up = True
            self.wake()

        timer = self._loop.call_later(seconds, ring)
        while not (self.is_ended or self.is_paused or time_is_up):
            await self._change()
        timer.cancel()
        return self.is_ended

    def discard(self) -> None:
        """Nobody wants the rest: it is counted, kept for the record, and does not hold the script back."""
        self._is_discarded = True
        self.take()

    async def _change(self) -> None:
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def wake(self) -> None:
        """Let whoever waits look again."""
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


class Stderr:
    """The first and the last 512 KiB: what went wrong stands at one of the ends."""

    __slots__ = ("_head", "_tail", "_tail_size", "size")

    HALF = BODY_CAP // 2

    def __init__(self) -> None:
        self.size = 0
        self._head: list[bytes] = []
        self._tail: deque[bytes] = deque()
        self._tail_size = 0

    def feed(self, data: bytes) -> None:
        room = self.HALF - self.size
        self.size += len(data)
        if room > 0:
            self._head.append(data[:room])
            data = data[room:]
        if not data:
            return
        self._tail.append(data)
        self._tail_size += len(data)
        while self._tail_size - len(self._tail[0]) >= self.HALF:
            self._tail_size -= len(self._tail.popleft())

    def kept(self) -> bytes:
        if not self._tail:
            return self._head[0] if len(self._head) == 1 else b"".join(self._head)
        return b"".join(self._head) + b"".join(self._tail)[-self.HALF :]
