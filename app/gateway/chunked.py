"""The chunked transfer coding (RFC 9112 §7.1), read strictly: what could be understood in two ways is refused."""

import re
from collections.abc import Callable

from .http import Refusal

_SIZE_LINE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?")
_TRAILER_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*")

LINE_CAP = 8192
TRAILERS_CAP = 65536

Sink = Callable[[bytes], None]


class Dechunker:
    """Takes the coding off, piece by piece.  Trailers are checked and dropped (RFC 9110 §6.5.1 allows it)."""

    def __init__(self, sink: Sink) -> None:
        self.is_whole = False
        self._sink = sink
        self._buffer = b""
        self._at = 0
        """How far the buffer is read: cutting it at every chunk would cost the square of a million tiny ones."""

        self._left = 0
        self._step: Callable[[], bool] = self._size_line
        self._trailers = 0

    def feed(self, data: bytes) -> bytes:
        """What follows the body once `is_whole`; raises Refusal."""
        self._buffer = self._buffer[self._at :] + data
        self._at = 0
        while not self.is_whole and self._step():
            pass
        return self._buffer[self._at :] if self.is_whole else b""

    def _size_line(self) -> bool:
        line = self._line()
        if line is None:
            return False
        found = _SIZE_LINE.fullmatch(line)
        if not found:
            raise Refusal(400, "bad-chunk")
        self._left = int(found[1], 16)
        self._step = self._data if self._left else self._trailer
        return True

    def _data(self) -> bool:
        piece = self._buffer[self._at : self._at + self._left]
        self._at += len(piece)
        self._left -= len(piece)
        if piece:
            self._sink(piece)
        if self._left:
            return False
        self._step = self._end_of_data
        return True

    def _end_of_data(self) -> bool:
        end = self._buffer[self._at : self._at + 2]
        if not b"\r\n".startswith(end):
            raise Refusal(400, "bad-chunk")
        if len(end) < 2:
            return False
        self._at += 2
        self._step = self._size_line
        return True

    def _trailer(self) -> bool:
        line = self._line()
        if line is None:
            return False
        self._trailers += len(line) + 2
        if self._trailers > TRAILERS_CAP:
            raise Refusal(431, "head-too-long")
        if line and not _TRAILER_LINE.fullmatch(line):
            raise Refusal(400, "bad-chunk")
        self.is_whole = not line
        return True

    def _line(self) -> bytes | None:
        """The next line without its CR LF; a bare LF is refused."""
        end = self._buffer.find(b"\n", self._at)
        if (len(self._buffer) if end < 0 else end) - self._at > LINE_CAP:
            raise Refusal(400, "bad-chunk")
        if end < 0:
            return None
        line = self._buffer[self._at : end]
        if not line.endswith(b"\r"):
            raise Refusal(400, "bad-chunk")
        self._at = end + 1
        return line[:-1]
