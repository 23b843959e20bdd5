"""The gateway as the rest of the supervisor sees it: always there, started again whenever it dies."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.gateway.messages import LINK, READY
from app.supervisor.gateway_process import GatewayProcess, OnFrame

PAUSES_S = (0.1, 0.5, 2, 5, 15, 30)
"""Before each new start; the last one stands.  After a life of a minute the first one counts again."""

_GOOD_LIFE_S = 60


class Gateway:
    def __init__(
        self,
        *,
        spool: Path,
        on_frame: OnFrame,
        on_up: Callable[[], None],
        on_down: Callable[[int], None],
        next_run: Callable[[], int],
    ) -> None:
        """`on_up` hears each READY, `on_down` the exit status of each death that was not asked for, with all its
        frames before it.  All three are called from the reader thread.  `next_run` is asked before each start.
        """
        self._spool = spool
        self._on_frame, self._on_up, self._on_down = on_frame, on_up, on_down
        self._next_run = next_run
        self._process: GatewayProcess | None = None
        self._link: str | None = None
        self._deaths = 0
        self._began = 0.0
        self._lock = threading.Lock()
        self._closing = threading.Event()

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process else None

    def start(self) -> None:
        """Returns at once; READY follows."""
        with self._lock:
            if self._closing.is_set():
                return
            self._began = time.monotonic()
            self._process = GatewayProcess(
                next_run=self._next_run(), spool=self._spool, on_frame=self._take, on_end=self._ended
            )
            self._process.listen()

    def send(self, kind: str, content: dict[str, Any]) -> None:
        """Never waits.  Lost where the gateway is down: `on_up` is the moment to say it all again."""
        process = self._process
        if process:
            process.send(kind, content)

    def set_link(self, ui: str) -> None:
        """Where a run can be looked at: "http://127.0.0.1:8610"."""
        self._link = ui
        self.send(LINK, {"ui": ui})

    @property
    def link(self) -> str | None:
        return self._link

    def stop(self, *, patience_s: float = 5) -> None:
        with self._lock:
            self._closing.set()
        if self._process:
            self._process.stop(patience_s=patience_s)

    def _take(self, kind: str, content: dict[str, Any]) -> None:
        if kind != READY:
            self._on_frame(kind, content)
            return
        if self._link:
            self.send(LINK, {"ui": self._link})
        self._on_up()

    def _ended(self, status: int) -> None:
        """On the dead gateway's reader thread, which has nothing else to do any more."""
        if self._closing.is_set():
            return
        self._deaths = 0 if time.monotonic() - self._began > _GOOD_LIFE_S else self._deaths
        self._on_down(status)
        pause = PAUSES_S[min(self._deaths, len(PAUSES_S) - 1)]
        self._deaths += 1
        if not self._closing.wait(pause):
            self.start()
