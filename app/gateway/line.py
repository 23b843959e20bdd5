"""The line of one request, from its target to its answer, and nothing else: each step stands in its own file.

Request → resolve → StaticFile | Redirect | NotFound → files
                  → Script → admission → runs.open (prepare, record, spawn) → respond → closed
"""

import asyncio
import sys
import time
import traceback
from collections.abc import Coroutine
from typing import Any

from .admission import Admission
from .explain import Explainer
from .files import Files
from .hosted import Hosted
from .own_answers import own_fault
from .record import Answer
from .redirects import MOST_HOPS, redirected
from .reply import Reply
from .resolve import resolve
from .respond import (
    await_failure,
    read_header,
    send_circle_page,
    send_failure_page,
    send_raw,
    send_response,
)
from .runs import Run, Runs
from .values import Interrupted, LocalRedirect, Malformed, Request, Script


class Line:
    """What the steps share; one for the whole gateway."""

    def __init__(self, *, admission: Admission, runs: Runs, files: Files, explainer: Explainer) -> None:
        self._admission = admission
        self._runs = runs
        self._files = files
        self._explainer = explainer
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, hosted: Hosted, request: Request, path: bytes, reply: Reply) -> None:
        """Answer, at once or in a task.  `path`: the target in origin-form."""
        try:
            work = self._begin(hosted, request, path, reply)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            own_fault(reply, request)
            work = None
        if work:
            self._start(work, request, reply)
        else:
            _close_body(request)

    def _begin(self, hosted: Hosted, request: Request, path: bytes, reply: Reply) -> Coroutine[Any, Any, None] | None:
        if path == b"*":
            self._files.about_server(hosted.site, request, reply)
            return None
        found = resolve(hosted.site, path)
        if isinstance(found, Script):
            return self._scripts(hosted, request, found, reply)
        return self._files.answer(hosted.site, request, found, reply)

    async def _scripts(self, hosted: Hosted, request: Request, script: Script, reply: Reply) -> None:
        """A script, and where its local redirects lead (RFC 3875 §6.2.2)."""
        came_from: int | None = None
        visited = {(request.method, request.target)}
        while True:
            step = await self._script(hosted, request, script, reply, came_from)
            if step is None:
                return
            run, location = step
            if ("GET", location) in visited or len(visited) > MOST_HOPS:
                run.answered(await send_circle_page(hosted, run, MOST_HOPS, reply, self._explainer))
                return
            visited.add(("GET", location))
            run.answered(Answer("local_redirect"))
            came_from, request = run.number, redirected(request, location)
            found = resolve(hosted.site, location)
            if not isinstance(found, Script):
                self.answer(hosted, request, location, reply)
                return
            script = found

    async def _script(
        self,
        hosted: Hosted,
        request: Request,
        script: Script,
        reply: Reply,
        came_from: int | None,
    ) -> tuple[Run, bytes] | None:
        """Run one script and answer; or, not having answered, the local redirect that it asked for."""
        asked_at = time.monotonic()
        if not await self._admission.admit(hosted, request, reply):
            return None
        queued_s = time.monotonic() - asked_at
        run = self._runs.open(hosted, request, script, came_from=came_from, queued_s=queued_s)
        reply.client.on_leave = lambda: run.process.stop(Interrupted("client"))
        try:
            return await self._respond(hosted, run, reply)
        except BaseException:
            run.process.stop(Interrupted("stop"))
            run.answered(Answer(None, reply.status))
            raise

    async def _respond(self, hosted: Hosted, run: Run, reply: Reply) -> tuple[Run, bytes] | None:
        if run.call.is_nph:
            answer = await send_raw(run, reply)
        else:
            header = await read_header(run)
            match header.response:
                case LocalRedirect(location):
                    run.process.output.discard()
                    return run, location
                case Malformed() as malformed:
                    answer = await await_failure(run, malformed)
                case found:
                    answer = await send_response(run, header, found, reply)
        if answer.is_replaced:
            answer = await send_failure_page(hosted, run, answer, reply, self._explainer)
        run.answered(answer)
        return None

    async def settle(self, patience_s: float) -> None:
        """Wait for the answers that are under way."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience_s)

    def _start(self, work: Coroutine[Any, Any, None], request: Request, reply: Reply) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)

        def done(_task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            _close_body(request)
            if task.cancelled():
                reply.cut()  # the client has left
            elif error := task.exception():
                traceback.print_exception(error, file=sys.stderr)
                own_fault(reply, request)

        task.add_done_callback(done)


def _close_body(request: Request) -> None:
    """The spooled body: the script has a descriptor of its own, or nobody wants it."""
    if request.body and request.body.spool:
        request.body.spool.close()
