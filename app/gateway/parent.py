"""The gateway's end of the socket pair: frames in, frames out."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

from .messages import Frame, Unpacker, pack


class Parent(asyncio.Protocol):
    """The connection to the parent.  `gone` is called once, when it has closed or died."""

    def __init__(self, on_frame: Callable[[Frame], None], on_gone: Callable[[], None]) -> None:
        self._on_frame = on_frame
        self._on_gone = on_gone
        self._unpacker = Unpacker()
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def connect(
        cls, sock: socket.socket, on_frame: Callable[[Frame], None], on_gone: Callable[[], None]
    ) -> "Parent":
        sock.setblocking(False)
        loop = asyncio.get_running_loop()
        _, parent = await loop.create_connection(lambda: cls(on_frame, on_gone), sock=sock)
        return parent

    def tell(self, kind: str, content: dict[str, Any]) -> None:
        self.send(pack(kind, content))

    def send(self, frame: bytes) -> None:
        """A packed frame.  Dropped where the parent is gone: records are kept until acknowledged."""
        if self._transport and not self._transport.is_closing():
            self._transport.write(frame)

    async def flush(self, patience_s: float) -> None:
        """Wait until all has been handed to the kernel."""
        loop = asyncio.get_running_loop()
        until = loop.time() + patience_s
        while self._transport and self._transport.get_write_buffer_size() and loop.time() < until:
            await asyncio.sleep(0.01)

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for frame in self._unpacker.feed(data):
            self._on_frame(frame)

    def connection_lost(self, error: Exception | None) -> None:
        self._transport = None
        self._on_gone()
