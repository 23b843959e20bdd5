"""What becomes of a run: its two records go to the recorder, and between them the judgement is made."""

import traceback
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from app.diagnose.facts import facts
from app.diagnose.judge import judge
from app.diagnose.page import failure_page
from app.diagnose.values import Judgement
from app.gateway.messages import ACK, CLOSED_KEYS, EXPLAINED
from app.supervisor.tell import Tell
from app.words import language

Record = dict[str, Any]
Stored = Iterable[tuple[int, Literal["opened", "closed"], Record]]
Send = Callable[[str, dict[str, Any]], None]

_JUDGES = 2
"""Threads: a judgement looks at files, and must not keep the next run's record waiting."""


class RecordedSite(Protocol):
    """What a record needs of its site."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def folder(self) -> Path: ...


class Store(Protocol):
    """The recorder, as far as records go."""

    def opened(self, record: Record) -> None: ...
    def closed(self, record: Record) -> None: ...


@dataclass(slots=True)
class _Run:
    """A run between its opening and the moment when all of it is on disk."""

    site: RecordedSite
    opened: Record
    is_closed: bool = False
    judged: tuple[tuple[Any, ...], Judgement] | None = None
    """How it had ended when the failure page was asked for, and what was judged then."""


class Records:
    """`opened`, `explain` and `closed` are called by the gateway's reader thread, `stored` by the recorder's."""

    def __init__(
        self,
        *,
        site_of: Callable[[int], RecordedSite | None],
        send: Send,
        tell: Tell,
        link: Callable[[], str | None],
    ) -> None:
        """`link` is the UI's address, for the failure page's way to the run."""
        self._site_of, self._send, self._tell, self._link = site_of, send, tell, link
        self._runs: dict[int, _Run] = {}
        self._store: Store
        self._pool = ThreadPoolExecutor(_JUDGES, thread_name_prefix="judge")
        self._judging: set[Future[None]] = set()
        self._last = 0

    def keep_in(self, store: Store) -> None:
        self._store = store

    @property
    def last(self) -> int:
        """The highest run number seen; 0 before the first run of this start."""
        return self._last

    def opened(self, record: Record) -> None:
        """May wait: the recorder takes no more while too much waits to be written."""
        run = record["run"]
        site = self._site_of(record["site"])
        if site is None:
            self._send(ACK, {"runs": [[run, "opened"]]})  # forgotten a moment ago, with all its runs
            return
        self._last = max(self._last, run)
        self._runs[run] = _Run(site, record)
        self._store.opened(record)

    def explain(self, asked: Record) -> None:
        """The gateway waits 300 ms for the page; without it the bare facts go out."""
        run = self._runs.get(asked["run"])
        if run:
            self._judge_later(self._explain, run, asked)

    def closed(self, record: Record) -> None:
        run = self._runs.get(record["run"])
        if run is None or run.is_closed:
            self._send(ACK, {"runs": [[record["run"], "closed"]]})
            return
        run.is_closed = True
        if is_plainly_good(run.opened, record):
            self._store.closed({**record, "verdict": "good", "explanations": []})
        else:
            self._judge_later(self._judge, run, record)

    def stored(self, stored: Stored) -> None:
        """On disk: the gateway may forget them, and the windows may show them."""
        stored = list(stored)
        self._send(ACK, {"runs": [[run, kind] for run, kind, _ in stored]})
        for number, kind, record in stored:
            run = self._runs.get(number)
            if run is None:
                continue
            row = {**run.opened, "site_slug": run.site.slug, "end": "running"}
            if kind == "closed":
                del self._runs[number]
                row.update(record)
            self._tell.run(row)

    def gateway_died(self) -> None:
        """What it was running has no end that anybody saw."""
        for number, run in list(self._runs.items()):
            if not run.is_closed:
                self.closed(interrupted(number))

    def settle(self, patience_s: float) -> None:
        """Until all that has arrived is judged and handed to the recorder, or it takes no more (a full disk)."""
        wait(list(self._judging), patience_s)

    def close(self) -> None:
        """After the recorder: what waited for it to take a record waits no longer."""
        self._pool.shutdown(wait=True)

    def _judge_later(self, act: Callable[[_Run, Record], None], run: _Run, record: Record) -> None:
        judging = self._pool.submit(_careful, act, run, record)
        self._judging.add(judging)
        judging.add_done_callback(self._judging.discard)

    def _explain(self, run: _Run, asked: Record) -> None:
        judgement = self._judgement(run, asked)
        run.judged = (_ending(asked), judgement)
        number, link = asked["run"], self._link()
        content_type, body = failure_page(
            site_name=run.site.name,
            method=asked.get("method") or run.opened["method"],
            target=run.opened["target"],
            status=asked["status"] or 500,
            explanations=[found.as_dict() for found in judgement.diagnoses],
            run=number,
            run_url=f"{link}/s/{run.site.slug}/runs/{number}" if link else None,
            accept=_text(asked.get("accept")),
            lang=language(_text(asked.get("language"))),
            stderr_tail=asked.get("stderr") or b"",
        )
        page = {"run": number, "status": asked["status"] or 500, "content_type": content_type, "body": body}
        self._send(EXPLAINED, page)

    def _judge(self, run: _Run, record: Record) -> None:
        judgement = self._judgement(run, record)
        explanations = [found.as_dict() for found in judgement.diagnoses]
        self._store.closed({**record, "verdict": judgement.verdict, "explanations": explanations})

    def _judgement(self, run: _Run, record: Record) -> Judgement:
        if run.judged and run.judged[0] == _ending(record):
            return run.judged[1]
        try:
            return judge(facts(run.opened, record, run.site.folder))
        except Exception:
            # A bug in our looking must not cost the run its record.
            traceback.print_exc()
            return Judgement("suspicious", ())


def is_plainly_good(opened: Mapping[str, Any], closed: Mapping[str, Any]) -> bool:
    """Nothing that any rule could have a word about: nearly every run, so no rule is asked."""
    return (
        closed["end"] == "exited"
        and closed["exit"] == 0
        and closed["response"] != "malformed"
        and closed["status"] < 500
        and not closed["stderr_size"]
        and not closed["notes"]
        and not opened["notes"]
    )


def interrupted(run: int) -> Record:
    """The closing record of a run whose gateway died under it."""
    known = {"run": run, "end": "interrupted", "interrupted_by": "stop", "status": 0, "is_replaced": False}
    empty = {"stdout": b"", "stdout_size": 0, "stderr": b"", "stderr_size": 0, "queue_us": 0, "spawn_us": 0}
    rest = {"total_us": 0, "peak_is_bound": False, "response_headers": [], "notes": []}
    return {**dict.fromkeys(CLOSED_KEYS), **known, **empty, **rest}


def _ending(record: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(record.get(key) for key in ("end", "exit", "signal", "errno", "limit", "response"))


def _text(value: bytes | str | None) -> str | None:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _careful(act: Callable[[_Run, Record], None], run: _Run, record: Record) -> None:
    """A bug in a judge must be seen, and not end silently in a Future that nobody asks."""
    try:
        act(run, record)
    except Exception:
        traceback.print_exc()
