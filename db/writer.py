"""What the recorder's thread does to the file: batches, tasks, tidying, and starting anew when it is damaged."""

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from peewee import SqliteDatabase

from . import connection, reserve, retention, salvage
from .raw import driver, transaction
from .retention import Keep
from .store import Kind, Record, Store

T = TypeVar("T")
_DAY_US = 24 * 3600 * 1_000_000


class Writer:
    """Holds the one writing connection; all of it, with its making, on one thread.

    Every act is a transaction of its own.  When one fails, nothing of it happened, and the error goes on.
    """

    def __init__(self, path: Path) -> None:
        """Raises NewerDatabase."""
        self._wished = path
        self._is_stale = False
        self.left_over_below = 0
        self._open(is_damaged=False)

    @property
    def store(self) -> Store:
        """With its memory of the file read again, where an act failed or somebody else has written."""
        if self._is_stale:
            self._memory.reload()
            self._is_stale = False
        return self._memory

    @property
    def next_run(self) -> int:
        return self.store.newest + 1

    def write(self, records: Sequence[tuple[Kind, Record]]) -> None:
        self._transact(lambda store: store.write(records))

    def do(self, task: Callable[[SqliteDatabase], T]) -> T:
        """Somebody else's change; afterwards nothing that was remembered is believed."""
        self._is_stale = True
        with transaction(self._db):
            return task(self._db)

    def mark_left_over(self) -> bool:
        """Runs that go on and have a number below `left_over_below` never get an end."""
        if not self.left_over_below:
            return False
        below = self.left_over_below
        self._transact(lambda store: store.mark_interrupted([run for run in store.running() if run < below]))
        self.left_over_below = 0
        return True

    def prune(self, keep: Mapping[int, Keep], *, slack: int = 0) -> bool:
        """One step at one site that keeps too much; False where none does.

        A site whose bounds are not known (yet) keeps all: a guess would cost runs that somebody wants.
        """
        for site, stock in self.store.stocks.items():
            bound = keep.get(site)
            if bound and retention.excess(stock, bound, slack=slack) and self._prune_site(site, bound):
                self._has_pruned = True
                return True
        return False

    def _prune_site(self, site: int, bound: Keep) -> int:
        return self._transact(lambda store: retention.prune(self._db, store, site, bound))

    def tidy(self, keep: Mapping[int, Keep]) -> bool:
        """One small step of what can wait until nothing else is to do; False where all is tidy."""
        return (
            self.mark_left_over()
            or self.prune(keep)
            or self._rescue_some(keep)
            or self._give_back()
            or self._forget_pulse()
        )

    def make_room(self, keep: Mapping[int, Keep]) -> None:
        """On a full disk: give up the reserve, so that the WAL can be emptied and what is due can be pruned."""
        reserve.give_up(self.opened.path.parent)
        driver(self._db).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        while self.prune(keep):
            pass

    def has_reserve(self) -> bool:
        """Make it, where it is not there; False where there is no room."""
        return self.opened.is_temporary or reserve.set_aside(self.opened.path.parent)

    def begin_anew(self) -> None:
        """The file is damaged: put it aside, go on with a new one, and rescue into it what can be read."""
        self._let_go()
        self._open(is_damaged=True)

    def close(self) -> None:
        if self._rescue:
            self._rescue.close()
        connection.close(self._db)
        if self.opened.is_temporary:
            shutil.rmtree(self.opened.path.parent, ignore_errors=True)

    def _open(self, *, is_damaged: bool) -> None:
        self.had_no_room = reserve.is_full(self._wished.parent)
        if self.had_no_room:
            reserve.give_up(self._wished.parent)
        self._db, self.opened = connection.open_database(self._wished, is_damaged=is_damaged)
        self._memory = Store(self._db)
        self._is_stale = False
        self._rescue = self._resume_rescue()
        self._has_pruned = False
        self._day = 0
        if not self.had_no_room:  # otherwise the recorder tries, once it has written something
            self.has_reserve()

    def _let_go(self) -> None:
        if self._rescue:
            self._rescue.close()
        self._db.close()

    def _resume_rescue(self) -> salvage.Rescue | None:
        found = salvage.progress(self._db)
        return salvage.Rescue(self._db, self.store, found) if found else None

    def _rescue_some(self, keep: Mapping[int, Keep]) -> bool:
        if not self._rescue:
            return False
        rescue, before = self._rescue, self._rescue.progress
        try:
            goes_on = self._transact(lambda _: rescue.step(keep))
        except BaseException:
            rescue.close()
            self._rescue = salvage.Rescue(self._db, self.store, before)  # what it took was rolled back
            raise
        self.opened = replace(self.opened, rows=rescue.progress.rows, is_salvaging=goes_on)
        if not goes_on:
            rescue.close()
            self._rescue = None
        return True

    def _give_back(self) -> bool:
        """Only after pruning: pages that a long run of the program freed, beyond what the next runs want."""
        self._has_pruned = self._has_pruned and retention.give_back(self._db)
        return self._has_pruned

    def _forget_pulse(self) -> bool:
        now_us = time.time_ns() // 1000
        if now_us // _DAY_US == self._day:
            return False
        self._day = now_us // _DAY_US
        self._transact(lambda _: retention.forget_pulse(self._db, now_us=now_us))
        return True

    def _transact(self, act: Callable[[Store], T]) -> T:
        store = self.store
        try:
            with transaction(self._db):
                return act(store)
        except BaseException:
            self._is_stale = True
            raise
