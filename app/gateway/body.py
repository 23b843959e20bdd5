"""A message-body, received whole before its script starts: up to a MiB in memory, more in an unnamed file.

So a chunked body gets its CONTENT_LENGTH (RFC 3875 §4.2), and no script ever sees half an upload.
"""

import contextlib
import tempfile
from pathlib import Path
from typing import BinaryIO

from .chunked import Dechunker
from .http import Head, Refusal
from .values import Body

MEMORY_CAP = 1 << 20


class Receiver:
    """Takes in one body.  Close it where the body is not wanted after all."""

    def __init__(self, head: Head, *, cap: int | None, folder: Path) -> None:
        """`cap`: bytes allowed, None for no limit.  Raises Refusal where the length alone is too much."""
        if cap is not None and head.length is not None and head.length > cap:
            raise Refusal(413, "body-too-long")
        self._cap = cap
        self._folder = folder
        self._left = head.length or 0
        self._dechunker = Dechunker(self._keep) if head.is_chunked else None
        self._size = 0
        self._memory = bytearray()
        self._spool: BinaryIO | None = None

    @property
    def is_whole(self) -> bool:
        return self._dechunker.is_whole if self._dechunker else self._left == 0

    def feed(self, data: bytes) -> bytes:
        """Take what belongs to the body; answers with the rest.  Raises Refusal."""
        if self._dechunker:
            return self._dechunker.feed(data)
        piece, rest = data[: self._left], data[self._left :]
        self._left -= len(piece)
        if piece:
            self._keep(piece)
        return rest

    def body(self) -> Body:
        if self._spool:
            self._spool.seek(0)
        return Body(size=self._size, in_memory=bytes(self._memory), spool=self._spool)

    def close(self) -> None:
        if self._spool:
            with contextlib.suppress(OSError):  # a full disk: what it could not write is not wanted either
                self._spool.close()

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._cap is not None and self._size > self._cap:
            raise Refusal(413, "body-too-long")
        try:
            self._store(piece)
        except OSError as error:
            raise Refusal(507, "no-room") from error

    def _store(self, piece: bytes) -> None:
        if not self._spool and self._size > MEMORY_CAP:
            self._spool = open_spool(self._folder)
            self._spool.write(self._memory)
        if self._spool:
            self._spool.write(piece)
        room = MEMORY_CAP - len(self._memory)
        if room > 0:
            self._memory += piece[:room]


def open_spool(folder: Path) -> BinaryIO:
    """An unnamed file, gone with its last descriptor.  In the data folder: /tmp may be memory."""
    return tempfile.TemporaryFile(dir=folder)
