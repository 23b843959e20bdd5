"""Static requests: counted always, told one by one while somebody looks."""

import asyncio
from collections.abc import Callable
from typing import Any

from .messages import STATIC

_EVERY_S = 0.1
_ITEMS_CAP = 500
"""In one frame: as many as the parent's ring keeps of a site."""


class Statics:
    """Collects for a tenth of a second, then sends one frame a site."""

    def __init__(self, loop: asyncio.AbstractEventLoop, tell: Callable[[str, dict[str, Any]], None]) -> None:
        self.is_watched = False
        self._loop = loop
        self._tell = tell
        self._counts: dict[int, int] = {}
        self._items: dict[int, list[dict[str, Any]]] = {}
        self._is_due = False

    def add(self, site: int, *, at_us: int, method: str, target: bytes, status: int, size: int, total_us: int) -> None:
        self._counts[site] = self._counts.get(site, 0) + 1
        if self.is_watched:
            item = {
                "at_us": at_us,
                "method": method,
                "target": target,
                "status": status,
                "size": size,
                "total_us": total_us,
            }
            items = self._items.setdefault(site, [])
            items.append(item)
            if len(items) > _ITEMS_CAP:
                del items[0]
        if not self._is_due:
            self._is_due = True
            self._loop.call_later(_EVERY_S, self.flush)

    def flush(self) -> None:
        self._is_due = False
        counts, self._counts = self._counts, {}
        items, self._items = self._items, {}
        for site, count in counts.items():
            self._tell(STATIC, {"site": site, "count": count, "items": items.get(site, [])})
