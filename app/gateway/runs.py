"""The runs that go on: opened, stopped, and closed when process and answer are both known."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from . import record
from .hosted import Hosted
from .prepare import prepare
from .processes import MARK, mark
from .pump import Running, Workshop
from .record import Answer
from .records import Records
from .values import Call, Interrupted, Request, Script


class Run:
    """One run.  `process` goes on by itself; whoever answers the client says so by `answered`."""

    def __init__(
        self,
        shop: Workshop,
        number: int,
        site: int,
        request: Request,
        call: Call,
        *,
        queued_s: float,
        on_over: Callable[["Run"], None],
        on_closed: Callable[[dict[str, Any]], None],
    ) -> None:
        """`on_over` when the process has ended, `on_closed` with the record when it was answered too."""
        self.number = number
        self.site = site
        self.request = request
        self.call = call
        self.process = Running(shop, call, self._over)
        self._queue_us = int(queued_s * 1e6)
        self._answer: Answer | None = None
        self._on_over = on_over
        self._on_closed = on_closed

    def answered(self, answer: Answer) -> None:
        """What the client got.  Said once; what is said again is not heard."""
        if self._answer is None:
            self._answer = answer
            self._close()

    def so_far(self, answer: Answer) -> dict[str, Any]:
        """The closing record as it would be now, with this answer."""
        is_over = self.process.outcome is not None
        return record.closed(self.number, self.process.so_far(), answer, queue_us=self._queue_us, is_over=is_over)

    def _over(self) -> None:
        self._on_over(self)
        self._close()

    def _close(self) -> None:
        outcome = self.process.outcome
        if outcome and self._answer:
            self._on_closed(record.closed(self.number, outcome, self._answer, queue_us=self._queue_us))


class Runs:
    """One for the whole gateway."""

    def __init__(self, shop: Workshop, records: Records, *, gateway: str, legacy_cgi: Path | None) -> None:
        """`gateway`: the mark of this process (see `processes.mark`)."""
        self._shop = shop
        self._records = records
        self._gateway = gateway
        self._legacy_cgi = legacy_cgi
        self._living: dict[int, Run] = {}

    def open(self, hosted: Hosted, request: Request, script: Script, *, came_from: int | None, queued_s: float) -> Run:
        """Number it, tell the recorder, start the process: in this order, so that it is on screen before it runs.

        Takes over one of the site's places, and gives it back when the process has ended.
        """
        number = self._records.number()
        try:
            call = prepare(hosted.site, request, script, legacy_cgi=self._legacy_cgi)
        except BaseException:
            hosted.places.leave()
            raise
        call = replace(call, environment={**call.environment, MARK: mark(self._gateway, number)})

        def over(run: Run) -> None:
            del self._living[run.number]
            hosted.places.leave()

        run = Run(
            self._shop,
            number,
            hosted.site.id,
            request,
            call,
            queued_s=queued_s,
            on_over=over,
            on_closed=self._records.closed,
        )
        self._living[number] = run
        self._records.opened(record.opened(number, hosted.site.id, request, script, call, redirected_from=came_from))
        run.process.start()
        return run

    def stop(self, number: int) -> None:
        """Somebody pressed Stop."""
        run = self._living.get(number)
        if run:
            run.process.stop(Interrupted("person"))

    def stop_all(self, *, site: int | None = None, by: Literal["person", "stop"] = "stop") -> list[Run]:
        """End those of one site, or all; answers with them."""
        found = [run for run in self._living.values() if site is None or run.site == site]
        for run in found:
            run.process.stop(Interrupted(by))
        return found
