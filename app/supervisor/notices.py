"""What everybody should know now: kept for windows that open later, told to those that are open."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from app.supervisor.tell import Tell

_NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class _Standing:
    params: Mapping[str, Any]
    until: float
    """Monotonic."""


class Notices:
    """One of each slug."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._lock = Lock()
        self._standing: dict[str, _Standing] = {}

    def put(self, slug: str, params: Mapping[str, Any] = _NONE, *, for_s: float = math.inf) -> None:
        """Say it, unless exactly this is being said; `for_s`: after that a window that opens is not told any more."""
        now = time.monotonic()
        with self._lock:
            old = self._standing.get(slug)
            self._standing[slug] = _Standing(params, now + for_s)
        if old is None or old.until < now or old.params != params:
            self._tell.notice(slug, params)

    def drop(self, slug: str) -> bool:
        """It is over; True where it stood."""
        with self._lock:
            stood = self._standing.pop(slug, None) is not None
        if stood:
            self._tell.notice_gone(slug)
        return stood

    def all(self) -> Sequence[Mapping[str, Any]]:
        now = time.monotonic()
        with self._lock:
            return [{"slug": slug, "params": one.params} for slug, one in self._standing.items() if one.until >= now]
