"""Signals as events of the loop.

asyncio's own way writes each signal to its self-pipe twice and needs a second pass of the loop; SIGCHLD comes each run.
"""

import asyncio
import signal
import socket
from collections.abc import Callable

from .portable import IS_PORTABLE


class Signals:
    """One for the process; `on` says what is done."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._acts: dict[int, Callable[[], None]] = {}
        if IS_PORTABLE:
            return
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        loop.add_reader(self._reader.fileno(), self._ready)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def on(self, number: int, act: Callable[[], None]) -> None:
        self._acts[number] = act
        if IS_PORTABLE:
            signal.signal(number, lambda *_: self._loop.call_soon_threadsafe(act))
        else:
            signal.signal(number, _noted)
            signal.siginterrupt(number, False)

    def _ready(self) -> None:
        for number in set(self._reader.recv(4096)):
            act = self._acts.get(number)
            if act:
                act()


def _noted(_number: int, _frame: object) -> None:
    """The number has been written to the wakeup descriptor already, before any Python code runs."""
