"""The recorder: the one thread that writes.

It takes what waits as one transaction: on an idle computer one record, at once; under load what came in PACE_S,
since a commit costs as much as storing two runs.
Nothing is dropped.  While the disk is full or the file locked, what waits stays in memory and is tried again;
when WAITING_CAP bytes wait, `opened` and `closed` block.  Readers have connections of their own (`connection.reading`).
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from threading import Condition, Event, Thread
from typing import Any, NamedTuple, TypeVar

from peewee import SqliteDatabase

from .check import first_fault
from .connection import Opened
from .retention import STEP, Keep
from .store import Kind, Record
from .trouble import DatabaseTrouble, is_damage, is_full, is_passing
from .writer import Writer

T = TypeVar("T")

WAITING_CAP = 64 << 20
"""Bytes of records that may wait."""

PACE_S = 0.01
"""From one commit to the next, unless a full batch waits: halves the writer's CPU at a thousand runs a second."""

BATCH_RUNS = 200
BATCH_BYTES = 4 << 20

_PAUSES_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Before the next try, while there is trouble."""

_GIVE_UP_S = 3.0
"""How long `close` goes on against trouble.  The gateway still has what was not acknowledged."""

_log = logging.getLogger(__name__)


class _Waiting(NamedTuple):
    size: int
    kind: Kind
    record: Record


class Recorder:
    """Writes runs, and whatever else is to be written (`do`).

    `on_stored` gets (number, kind, record) of what has just been committed.  `on_trouble` gets SQLite's message when
    writing does not go on, and None when it does again: perhaps in a new file, which `database_state` tells.  Both
    are called on the writer's thread, so they must not call `opened` or `closed`, which may wait for it.
    """

    def __init__(
        self,
        path: Path,
        *,
        on_stored: Callable[[list[tuple[int, Kind, Record]]], None],
        on_trouble: Callable[[str | None], None],
    ) -> None:
        self._on_stored = on_stored
        self._on_trouble = on_trouble
        self._wake = Condition()
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._tasks: deque[tuple[Callable[[SqliteDatabase], Any], Future[Any]]] = deque()
        self._keep: dict[int, Keep] = {}
        self._is_untidy = True
        self._is_closing = False
        self._give_up_at = float("inf")
        self._fault: str | None = None
        self._trouble: str | None = None
        self._tries = 0
        self._try_at = 0.0
        self._is_ready: Future[None] = Future()
        self._stop_check = Event()
        self._check_thread: Thread | None = None
        self._thread = Thread(target=self._main, args=(path,), name="recorder", daemon=True)

        self.next_run = 1
        """After `start`: the number that the next run gets."""

    @property
    def database_state(self) -> Opened:
        """What was found when the database was opened; also how far a rescue has come."""
        return self._writer.opened

    @property
    def path(self) -> Path:
        """The file in use, for readers: in a temporary folder where the data folder cannot be written."""
        return self._writer.opened.path

    def start(self, spooled: Sequence[tuple[Kind, Record]] = ()) -> int:
        """Open the database, store what a gateway had spooled, mark runs that nobody will finish as interrupted.

        The number of spooled records that still wait, because of trouble: their file must stay.  `on_stored` is told of
        them as of others.  Raises NewerDatabase.
        """
        for kind, record in spooled:
            self._append(kind, record)
        self._thread.start()
        self._is_ready.result()
        if not self.database_state.was_clean:
            self._check_thread = Thread(target=self._check, args=(self.path,), name="database-check", daemon=True)
            self._check_thread.start()
        return len(self._waiting)

    def close(self) -> int:
        """Write all that waits and close the file; the number of records that could not be written."""
        with self._wake:
            self._is_closing = True
            self._try_at = 0.0
            self._give_up_at = time.monotonic() + _GIVE_UP_S
            self._wake.notify_all()
        self._stop_check.set()
        for thread in (self._check_thread, self._thread):
            if thread and thread.ident:  # it was started
                thread.join()
        return len(self._waiting)

    def opened(self, record: Record) -> None:
        """Before the run's process starts; its keys are OPENED_KEYS of the gateway's messages."""
        self._put("opened", record)

    def closed(self, record: Record) -> None:
        """CLOSED_KEYS, and `verdict` and `explanations`."""
        self._put("closed", record)

    def do(self, task: Callable[[SqliteDatabase], T]) -> Future[T]:
        """Run `task` in a transaction on the writer's thread; before records that wait, since a person waits for it."""
        future: Future[T] = Future()
        with self._wake:
            if self._is_closing:
                raise RuntimeError("the recorder is closed")
            self._tasks.append((task, future))
            self._wake.notify_all()
        return future

    def set_keep(self, site: int, *, runs: int, bytes_: int) -> None:
        """What the site may keep; before this is known, it keeps all."""
        with self._wake:
            self._keep = {**self._keep, site: Keep(runs, bytes_)}
            self._is_untidy = True
            self._wake.notify_all()

    def _put(self, kind: Kind, record: Record) -> None:
        size = _size_of(record)
        with self._wake:
            # One record always fits, whatever its size.
            self._wake.wait_for(
                lambda: not self._waiting or self._waiting_bytes + size <= WAITING_CAP or self._is_closing
            )
            self._append(kind, record)
            if self._has_work():  # otherwise the writer looks by itself, in a moment
                self._wake.notify_all()

    def _append(self, kind: Kind, record: Record) -> None:
        one = _Waiting(_size_of(record), kind, record)
        self._waiting.append(one)
        self._waiting_bytes += one.size

    def _check(self, path: Path) -> None:
        """After an unclean exit: a look over the whole file, beside the work."""
        if fault := first_fault(path, self._stop_check):
            with self._wake:
                self._fault = fault
                self._wake.notify_all()

    # From here on, the writer's thread.

    def _main(self, path: Path) -> None:
        try:
            self._writer = Writer(path)
        except BaseException as error:
            self._is_ready.set_exception(error)
            return
        if self._writer.had_no_room and not self.database_state.is_temporary:
            self._say("database or disk is full")  # as SQLite says it
        while self._waiting and self._write(self._batch()):
            pass
        self.next_run = max(self._writer.next_run, 1 + max((one.record["run"] for one in self._waiting), default=0))
        self._writer.left_over_below = self.next_run
        if not self._waiting:  # otherwise spooled records may still tell an end
            self._attempt(self._writer.mark_left_over)
        self._is_ready.set_result(None)
        while self._works():
            pass
        self._writer.close()

    def _works(self) -> bool:
        try:
            return self._work()
        except Exception:
            _log.exception("The recorder met a fault of its own, and goes on.")
            return True

    def _work(self) -> bool:
        """The most urgent thing there is to do; False at the end."""
        with self._wake:
            self._wake.wait_for(self._has_work, timeout=self._patience())
            task = self._tasks.popleft() if self._tasks else None
        if self._fault and not self._is_pausing():
            self._attempt(self._begin_anew)
        if task:
            self._do(*task)
        elif self._is_due():
            self._write(self._batch())
        elif self._is_closing:
            return bool(self._waiting) and time.monotonic() < self._give_up_at
        elif not self._waiting and not self._fault:
            self._tidy()
        return True

    def _has_work(self) -> bool:
        if self._tasks or self._is_due() or time.monotonic() >= self._give_up_at:
            return True
        if self._fault:
            return not self._is_pausing()
        return not self._waiting and (self._is_untidy or self._is_closing)

    def _is_due(self) -> bool:
        """Is there a batch to write?  Not into a file that is known to be damaged."""
        is_full = not self._tries and len(self._waiting) >= BATCH_RUNS
        return bool(self._waiting) and not self._fault and (is_full or not self._is_pausing())

    def _is_pausing(self) -> bool:
        return time.monotonic() < self._try_at

    def _patience(self) -> float | None:
        """Seconds until there may be something to do that nobody will tell; None for ever."""
        now = time.monotonic()
        if self._waiting or self._try_at > now:
            return max(0.0, min(self._try_at, self._give_up_at) - now)
        return _PAUSES_S[-1] if self._trouble else None

    def _batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        size = 0
        with self._wake:
            for one in islice(self._waiting, BATCH_RUNS):
                size += one.size
                if batch and size > BATCH_BYTES:
                    break
                batch.append(one)
        return batch

    def _write(self, batch: list[_Waiting]) -> bool:
        """Store the first of what waits; False where trouble came between."""
        try:
            self._writer.write([(one.kind, one.record) for one in batch])
        except Exception as error:
            if is_passing(error):
                self._meet(error)
                return False
            if len(batch) > 1:
                return all(self._write([one]) for one in batch)
            # Our bug.  It must not keep all others waiting for ever.
            _log.exception("A record of run %s cannot be stored, and is left out.", batch[0].record.get("run"))
        self._written(batch)
        return True

    def _written(self, batch: list[_Waiting]) -> None:
        with self._wake:
            for one in batch:
                self._waiting.popleft()
                self._waiting_bytes -= one.size
            self._is_untidy = True
            self._wake.notify_all()
        self._tries = 0
        self._try_at = 0.0 if self._is_closing else time.monotonic() + PACE_S
        self._recover()
        self._tell(self._on_stored, [(one.record["run"], one.kind, one.record) for one in batch])
        if self._waiting:  # otherwise there is time to tidy up
            self._attempt(lambda: self._writer.prune(self._keep, slack=STEP))

    def _do(self, task: Callable[[SqliteDatabase], Any], future: Future[Any]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(self._writer.do(task))
        except BaseException as error:
            future.set_exception(error)
        self._is_untidy = True

    def _tidy(self) -> None:
        self._recover()
        self._is_untidy = False
        self._is_untidy = bool(self._attempt(lambda: self._writer.tidy(self._keep)))

    def _attempt(self, act: Callable[[], T]) -> T | None:
        """Something that will be tried again with the next record, if it does not go now."""
        try:
            return act()
        except DatabaseTrouble as error:
            self._meet(error)
            return None

    def _begin_anew(self) -> None:
        self._say(str(self._fault))
        self._writer.begin_anew()
        self._fault = None

    def _meet(self, error: Exception) -> None:
        """Say so, do what can be done, and wait longer each time."""
        self._say(str(error))
        self._try_at = time.monotonic() + _PAUSES_S[min(self._tries, len(_PAUSES_S) - 1)]
        self._tries += 1
        if is_damage(error):
            self._fault = str(error)
        elif is_full(error) and self._tries == 1:
            self._attempt(self._make_room)

    def _make_room(self) -> None:
        self._writer.make_room(self._keep)
        self._try_at = 0.0

    def _say(self, trouble: str) -> None:
        if self._trouble != trouble:
            self._trouble = trouble
            self._tell(self._on_trouble, trouble)

    def _recover(self) -> None:
        """The trouble is over when writing goes on and the reserve could be made again."""
        if self._trouble and not self._tries and self._writer.has_reserve():
            self._trouble = None
            self._tell(self._on_trouble, None)

    def _tell(self, listener: Callable[[Any], None], what: Any) -> None:
        try:
            listener(what)
        except Exception:
            _log.exception("A listener of the recorder failed.")


def _size_of(record: Record) -> int:
    """Bytes in memory, near enough: bodies, and some thousand for the headers and variables of a call."""
    bodies = sum(len(record.get(name) or b"") for name in ("stdin", "stdout", "stderr"))
    return bodies + (8192 if "meta_variables" in record else 1024)
