"""What is no script: files, redirects to folders, "not found"; each counted."""

import time
from collections.abc import Coroutine
from typing import Any

from .own_answers import METHODS, answer_in_words
from .reply import Reply
from .send_file import AT_ONCE, read_part, send_file
from .static import StaticAnswer, answer
from .statics import Statics
from .values import Headers, NotFound, Redirect, Request, Site, StaticFile

_WORDS = {403: "unreadable", 404: "no-such-file", 405: "method"}
"""Slugs of pages for a file's own refusals; 304, 412 and 416 need none."""


class Files:
    def __init__(self, statics: Statics) -> None:
        self._statics = statics

    def answer(
        self, site: Site, request: Request, found: StaticFile | Redirect | NotFound, reply: Reply
    ) -> Coroutine[Any, Any, None] | None:
        """Answer at once; a big file is answered by the coroutine that is returned."""
        match found:
            case StaticFile():
                return self._file(site, request, found, reply)
            case Redirect(location):
                self._bare(site, request, reply, 301, ((b"Location", location),))
            case NotFound(status, reason, near):
                size = answer_in_words(reply, request, status, reason, near=near)
                self._count(site, request, status, size)
        return None

    def about_server(self, site: Site, request: Request, reply: Reply) -> None:
        """OPTIONS * asks about the server as a whole (RFC 9110 §9.3.7)."""
        self._bare(site, request, reply, 204, (METHODS,))

    def _file(self, site: Site, request: Request, file: StaticFile, reply: Reply) -> Coroutine[Any, Any, None] | None:
        found = answer(site, file, request)
        if found.path is None:
            self._refusal(site, request, found, reply)
        elif found.length > AT_ONCE:
            return self._big(site, request, found, reply)
        else:
            self._small(site, request, found, reply)
        return None

    def _refusal(self, site: Site, request: Request, found: StaticAnswer, reply: Reply) -> None:
        slug = _WORDS.get(found.status)
        if slug is None:
            self._bare(site, request, reply, found.status, found.headers)
            return
        size = answer_in_words(reply, request, found.status, slug, headers=found.headers)
        self._count(site, request, found.status, size)

    def _small(self, site: Site, request: Request, found: StaticAnswer, reply: Reply) -> None:
        try:
            assert found.path
            body = read_part(found.path, found.start, found.length)
        except OSError:  # it went away since it was looked at
            self._refusal(site, request, StaticAnswer(404, ()), reply)
            return
        reply.whole(found.status, found.headers, body)
        self._count(site, request, found.status, len(body))

    async def _big(self, site: Site, request: Request, found: StaticAnswer, reply: Reply) -> None:
        assert found.path
        try:
            await send_file(found, found.path, reply)
        except OSError:
            self._refusal(site, request, StaticAnswer(404, ()), reply)
            return
        self._count(site, request, found.status, found.length)

    def _bare(self, site: Site, request: Request, reply: Reply, status: int, headers: Headers) -> None:
        reply.whole(status, headers, b"")
        self._count(site, request, status, 0)

    def _count(self, site: Site, request: Request, status: int, size: int) -> None:
        self._statics.add(
            site.id,
            at_us=request.started_us,
            method=request.method,
            target=request.target,
            status=status,
            size=size,
            total_us=int((time.monotonic() - request.arrived) * 1e6),
        )
