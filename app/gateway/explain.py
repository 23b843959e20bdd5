"""The page that a browser gets in place of a failed script's answer: asked of the parent, which knows why."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .messages import EXPLAIN
from .pages import own_page
from .values import Request

PATIENCE_S = 0.3
"""For the parent's explanation; then the bare page goes out."""


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    content_type: bytes
    body: bytes


class Explainer:
    """Asks, and hands the answers to those who wait for them."""

    def __init__(self, tell: Callable[[str, dict[str, Any]], None]) -> None:
        self.ui: str | None = None
        """Where runs can be looked at (the frame LINK)."""

        self.is_parent_gone = False
        """Nobody is left to ask."""

        self._tell = tell
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}

    def explained(self, content: dict[str, Any]) -> None:
        """The frame EXPLAINED.  One that comes too late has nobody left who waits."""
        asked = self._asked.get(content["run"])
        if asked and not asked.done():
            asked.set_result(content)

    async def page(self, closed: dict[str, Any], request: Request, *, slug: str, site_slug: str | None) -> Page:
        """For a run by what its record says so far; `slug` selects the words of the bare page."""
        run: int = closed["run"]
        accept = request.header(b"accept") or b""
        language = request.header(b"accept-language") or b""
        asked: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asked[run] = asked
        self._tell(EXPLAIN, {**closed, "accept": accept, "language": language, "method": request.method})
        try:
            async with asyncio.timeout(0 if self.is_parent_gone else PATIENCE_S):
                told = await asked
            return Page(told["status"], told["content_type"], told["body"])
        except TimeoutError:
            url = f"{self.ui}/s/{site_slug}/runs/{run}" if self.ui and site_slug else None
            status: int = closed["status"]
            bare = own_page(status, slug, accept=accept, accept_language=language, run=run, run_url=url)
            return Page(status, *bare)
        finally:
            del self._asked[run]
