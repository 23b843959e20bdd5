"""The newest requests for files of each site: in memory, gone with the program."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

KEPT = 500
"""Requests of one site."""

Item = Mapping[str, Any]
"""{"at_us", "method", "target", "status", "size", "total_us"}"""


class Statics:
    """Written by the gateway's reader thread, read by any."""

    def __init__(self) -> None:
        self._rings: dict[int, deque[Item]] = {}
        self._counts: dict[int, int] = {}

    def take(self, site: int, items: Sequence[Item], count: int) -> None:
        """`count` more requests, of which these came with their details (oldest first)."""
        self._counts[site] = self._counts.get(site, 0) + count
        self._rings.setdefault(site, deque(maxlen=KEPT)).extend(items)

    def of(self, site: int) -> tuple[Sequence[Item], int]:
        """(the newest first, the count of all since the start)."""
        # A copy made in one step of C: the reader thread may add meanwhile.
        newest = list(self._rings.get(site, ()))
        newest.reverse()
        return newest, self._counts.get(site, 0)

    def forget(self, site: int) -> None:
        self._rings.pop(site, None)
        self._counts.pop(site, None)
