"""What everybody should know now: kept for windows that open later, told to those that are open."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from app.supervisor.tell import Tell


class Notices:
    """One of each slug; the newest parameters stand."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._lock = Lock()
        self._standing: dict[str, Mapping[str, Any]] = {}

    def put(self, slug: str, **params: Any) -> None:
        with self._lock:
            self._standing[slug] = params
        self._tell.notice(slug, params)

    def drop(self, slug: str) -> bool:
        """It is over; True where it stood."""
        with self._lock:
            return self._standing.pop(slug, None) is not None

    def all(self) -> Sequence[Mapping[str, Any]]:
        with self._lock:
            return [{"slug": slug, "params": params} for slug, params in self._standing.items()]
