"""The pipes between the loop and a script: read as it comes, held back on demand, written as it is taken."""

import asyncio
import errno
import os
import select
import threading
from collections.abc import Callable
from typing import Protocol

from .portable import IS_PORTABLE

PIECE = 65536

OnData = Callable[[bytes], None]
"""Told each piece as it comes; b"" at the end, after which the descriptor is closed."""


class Reading(Protocol):
    """A pipe that is being read."""

    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def close(self) -> None:
        """Stop reading, whatever is still in it; nothing more is told."""


class Pipes(Protocol):
    """Both kinds, for one loop."""

    def read(self, fd: int, on_data: OnData) -> Reading: ...
    def write(self, fd: int, data: bytes) -> None:
        """Write all of `data` as it is taken, then close.  A script that does not want it ends that."""


def pipes(loop: asyncio.AbstractEventLoop) -> Pipes:
    return _ThreadPipes(loop) if IS_PORTABLE else _PolledPipes(loop)


class _PolledPipes:
    """An epoll of our own inside the loop's: a pipe lives for a few reads only, and asyncio's way of adding and
    removing a reader costs ten times the system's.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._epoll = select.epoll()
        self._watched: dict[int, Callable[[], None]] = {}
        loop.add_reader(self._epoll.fileno(), self._dispatch)

    def read(self, fd: int, on_data: OnData) -> Reading:
        return _PolledReading(self, fd, on_data)

    def write(self, fd: int, data: bytes) -> None:
        os.set_blocking(fd, False)
        _LoopWriting(self._loop, fd, data).start()

    def watch(self, fd: int, ready: Callable[[], None]) -> None:
        self._watched[fd] = ready
        self._epoll.register(fd, select.EPOLLIN)

    def unwatch(self, fd: int) -> None:
        del self._watched[fd]
        self._epoll.unregister(fd)

    def close(self, fd: int) -> None:
        """Closing takes it out of the epoll by itself: nobody else has this end of the pipe."""
        self._watched.pop(fd, None)
        os.close(fd)

    def _dispatch(self) -> None:
        for fd, _ in self._epoll.poll(0):
            ready = self._watched.get(fd)
            if ready:
                ready()


class _PolledReading:
    """One read for each time the poll says "ready", so the pipe needs not be non-blocking."""

    __slots__ = ("_fd", "_is_paused", "_on_data", "_pipes")

    def __init__(self, pipes: _PolledPipes, fd: int, on_data: OnData) -> None:
        self._pipes, self._fd, self._on_data = pipes, fd, on_data
        self._is_paused = False
        pipes.watch(fd, self._ready)

    def pause(self) -> None:
        if self._fd >= 0 and not self._is_paused:
            self._is_paused = True
            self._pipes.unwatch(self._fd)

    def resume(self) -> None:
        if self._fd >= 0 and self._is_paused:
            self._is_paused = False
            self._pipes.watch(self._fd, self._ready)

    def close(self) -> None:
        if self._fd >= 0:
            self._pipes.close(self._fd)
            self._fd = -1

    def _ready(self) -> None:
        data = os.read(self._fd, PIECE)
        if not data:
            self.close()
        self._on_data(data)


class _ThreadPipes:
    """A thread for each pipe: for systems whose loops cannot watch one."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def read(self, fd: int, on_data: OnData) -> Reading:
        return _ThreadReading(self._loop, fd, on_data)

    def write(self, fd: int, data: bytes) -> None:
        threading.Thread(target=_write_all, args=(fd, data), daemon=True).start()


class _ThreadReading:
    """Told on the loop, read on a thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, fd: int, on_data: OnData) -> None:
        self._loop, self._fd, self._on_data = loop, fd, on_data
        self._may_read = threading.Event()
        self._may_read.set()
        self._is_closed = False
        threading.Thread(target=self._read, daemon=True).start()

    def pause(self) -> None:
        self._may_read.clear()

    def resume(self) -> None:
        self._may_read.set()

    def close(self) -> None:
        """The thread itself closes the descriptor, once its read has ended with the last writer."""
        self._is_closed = True
        self._may_read.set()

    def _read(self) -> None:
        data = b"?"
        while data and not self._is_closed:
            self._may_read.wait()
            data = os.read(self._fd, PIECE)
            try:
                self._loop.call_soon_threadsafe(self._tell, data)
            except RuntimeError:
                break  # the loop has ended
        os.close(self._fd)

    def _tell(self, data: bytes) -> None:
        if not self._is_closed:
            self._on_data(data)


class _LoopWriting:
    __slots__ = ("_data", "_fd", "_loop")

    def __init__(self, loop: asyncio.AbstractEventLoop, fd: int, data: bytes) -> None:
        self._loop, self._fd, self._data = loop, fd, memoryview(data)

    def start(self) -> None:
        """What fits into the pipe goes at once; most forms are done with that."""
        if self._write():
            os.close(self._fd)
        else:
            self._loop.add_writer(self._fd, self._ready)

    def _ready(self) -> None:
        if self._write():
            self._loop.remove_writer(self._fd)
            os.close(self._fd)

    def _write(self) -> bool:
        """Is it over?"""
        try:
            self._data = self._data[os.write(self._fd, self._data) :]
        except BlockingIOError:
            return False
        except BrokenPipeError:
            return True
        return not self._data


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[os.write(fd, rest) :]
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # Windows says EINVAL
            raise
    finally:
        os.close(fd)
