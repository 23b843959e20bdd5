"""Records become rows: the hot path, one transaction for a batch.

Everything here goes through executemany on peewee's connection with SQL generated once from the models
(18 µs a row, against 418 for `Model.create`, STORAGE.md 1.1).

The same record may come twice (a gateway sends again what was not acknowledged), or late (its site was forgotten
while it ran): what is there already, or belongs to nothing, changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from peewee import EXCLUDED, SqliteDatabase, fn

from . import meta
from .bodies import Bodies
from .raw import driver, sql_of
from .tables import TALLY_US, Run, Script, Site, Tally

Kind = Literal["opened", "closed"]
Record = dict[str, Any]

_OPENING = (
    "id", "site", "script", "started_us", "method", "target", "version",
    "base", "opening", "stdin", "stdin_size", "redirected_from",
)  # fmt: skip
_CLOSING = (
    "end", "exit", "signal", "errno", "limit", "limit_value", "interrupted_by", "response", "status", "is_replaced",
    "stdout", "stdout_size", "stderr", "stderr_size", "queue_us", "spawn_us", "first_byte_us", "total_us",
    "user_us", "system_us", "peak_kib", "peak_is_bound", "verdict", "tag", "closing",
)  # fmt: skip
_STDOUT, _STDERR, _VERDICT, _TAG, _DOCUMENT = map(_CLOSING.index, ("stdout", "stderr", "verdict", "tag", "closing"))
_RUNNING = ("running", *[None] * (len(_CLOSING) - 1))

_BASES = 512
"""Calls kept in memory to compare with, those last used; about 10 KB each."""


@dataclass(slots=True)
class Stock:
    """What is kept of a site."""

    runs: int
    bytes: int


@dataclass(slots=True)
class _Base:
    blob: int
    until_run: int
    size: int
    call: meta.Document


@dataclass(frozen=True, slots=True)
class _Running:
    site: int
    slot: int


class Store:
    """Writes on the one writing connection.  Its memory of the database is right after each commit; see `reload`."""

    def __init__(self, db: SqliteDatabase) -> None:
        self._db = db
        self.bodies = Bodies(db)
        self.stocks: dict[int, Stock] = {}
        self.newest = 0
        """The highest number ever given to a run."""

        self._running: dict[int, _Running] = {}
        self._scripts: dict[tuple[int, str], int] = {}
        self._bases: dict[tuple[Any, ...], _Base] = {}
        self._counts: dict[int, list[int]] = {}
        self._tallies: dict[tuple[int, int], list[int]] = {}
        self.reload()

    def reload(self) -> None:
        """Believe only what is on disk: after a rollback, or when somebody else changed rows."""
        self.bodies.forget()
        sites = Site.select(Site.id, Site.runs, Site.bytes).tuples().execute(self._db)
        self.stocks = {site: Stock(runs, size) for site, runs, size in sites}
        self.newest = newest_run(self._db)
        running = Run.select(Run.id, Run.site, Run.started_us).where(Run.end == "running").tuples().execute(self._db)
        self._running = {run: _Running(site, started // TALLY_US) for run, site, started in running}
        self._scripts.clear()
        self._bases.clear()
        self._counts = defaultdict(lambda: [0, 0, 0])
        self._tallies = defaultdict(lambda: [0, 0])

    def write(self, records: Iterable[tuple[Kind, Record]]) -> None:
        """Inside a transaction.  If it does not commit, `reload`."""
        opened: dict[int, Record] = {}
        closed: dict[int, Record] = {}
        for kind, record in records:
            (opened if kind == "opened" else closed)[record["run"]] = record
        # A run that has ended before its beginning was written costs one statement instead of two.
        rows = [self._row(record, closed.pop(run, None)) for run, record in opened.items() if self._is_new(record)]
        ends = [self._end_of(run, record) for run, record in closed.items() if run in self._running]
        self.bodies.write()
        connection = driver(self._db)
        connection.executemany(_INSERT, rows)
        connection.executemany(_UPDATE, ends)
        self._write_counts()

    def insert_salvaged(self, row: Mapping[str, Any]) -> None:
        """A row as it was in a damaged database, its bodies kept before; the caller then calls `flush`."""
        slot, failed, size = row["started_us"] // TALLY_US, row["verdict"] == "failed", int(row["bytes"])
        columns = {field: row[field.column_name] for field in Run._meta.sorted_fields if field.column_name in row}
        Run.insert(columns).execute(self._db)
        self._count(row["site_id"], slot, 1, failed, size)

    def flush(self) -> None:
        self.bodies.write()
        self._write_counts()

    def mark_interrupted(self, runs: Sequence[int]) -> None:
        """Nobody will tell the end of these any more."""
        left = [run for run in runs if run in self._running]
        Run.update(end="interrupted", interrupted_by="stop", verdict="suspicious").where(
            Run.id.in_(left) & (Run.end == "running")
        ).execute(self._db)
        for run in left:
            del self._running[run]

    def running(self) -> list[int]:
        return list(self._running)

    def forget_bodies(self, site: int, freed: Sequence[tuple[int, bytes]]) -> None:
        """These blobs (id, hash) have been deleted."""
        for _, digest in freed:
            self.bodies.evict(site, digest)
        gone = {blob for blob, _ in freed}
        self._bases = {key: base for key, base in self._bases.items() if base.blob not in gone}

    def _is_new(self, record: Record) -> bool:
        run, site = record["run"], record["site"]
        if site not in self.stocks:
            return False
        if run > self.newest:
            self.newest = run
            return True
        return not Run.select(Run.id).where(Run.id == run).exists(self._db)

    def _row(self, record: Record, end: Record | None) -> tuple[Any, ...]:
        run, site, started = record["run"], record["site"], record["started_us"]
        base, opening, size = self._call(run, site, record)
        stdin = record.get("stdin") or b""
        closing, more = self._closing(run, site, end) if end else (_RUNNING, 0)
        size += len(stdin) + more
        self._count(site, started // TALLY_US, 1, bool(end) and _has_failed(closing), size)
        if not end:
            self._running[run] = _Running(site, started // TALLY_US)
        return (
            run, site, self._script(site, record["script"]), started,
            record["method"], record["target"], record["version"],
            base, opening, self.bodies.keep(site, run, stdin), record.get("stdin_size") or 0,
            record.get("redirected_from"), *closing, size,
        )  # fmt: skip

    def _end_of(self, run: int, record: Record) -> tuple[Any, ...]:
        running = self._running.pop(run)
        closing, size = self._closing(run, running.site, record)
        self._count(running.site, running.slot, 0, _has_failed(closing), size)
        return (*closing, size, run)

    def _closing(self, run: int, site: int, record: Record) -> tuple[tuple[Any, ...], int]:
        """The columns of the end, and the bytes they stand for."""
        stdout, stderr = record.get("stdout") or b"", record.get("stderr") or b""
        found = record.get("explanations")
        columns = list(map(record.get, _CLOSING))
        columns[_STDOUT] = self.bodies.keep(site, run, stdout)
        columns[_STDERR] = self.bodies.keep(site, run, stderr)
        columns[_VERDICT] = record.get("verdict") or "suspicious"
        columns[_TAG] = found[0]["slug"] if found else None
        columns[_DOCUMENT] = document = meta.closing(record)
        return tuple(columns), len(stdout) + len(stderr) + len(document or "")

    def _call(self, run: int, site: int, record: Record) -> tuple[int | None, str | None, int]:
        """Base, difference, and the bytes they stand for."""
        call = meta.call_of(record)
        file = call["file"]
        # What differs in these differs in much, so that each kind has a base of its own.
        kind = (site, record["script"], record["method"], len(call["headers"] or ()), file and file["mtime_ns"])
        if base := self._bases.pop(kind, None):
            changes = meta.difference(base.call, call)
            if changes is None or len(changes) < base.size // 2:
                if run > base.until_run:
                    base.until_run = self.bodies.extend(base.blob, run)
                self._bases[kind] = base
                return base.blob, changes, len(changes or "")
        return self._new_base(run, site, kind, call)

    def _new_base(
        self, run: int, site: int, kind: tuple[Any, ...], call: meta.Document
    ) -> tuple[int | None, str | None, int]:
        text = meta.whole(call).encode()
        blob = self.bodies.keep(site, run, text)
        assert blob is not None  # a JSON object is never empty
        if len(self._bases) >= _BASES:
            del self._bases[next(iter(self._bases))]
        self._bases[kind] = _Base(blob, run, len(text), call)
        return blob, None, len(text)

    def _script(self, site: int, path: str) -> int:
        if found := self._scripts.get((site, path)):
            return found
        script = Script.select(Script.id).where((Script.site == site) & (Script.path == path)).scalar(self._db)
        if script is None:
            script = Script.insert(site=site, path=path).execute(self._db)
        self._scripts[site, path] = int(script)
        return int(script)

    def _count(self, site: int, slot: int, runs: int, failed: bool, size: int) -> None:
        count = self._counts[site]
        count[0] += runs
        count[1] += failed
        count[2] += size
        tally = self._tallies[site, slot]
        tally[0] += runs
        tally[1] += failed

    def _write_counts(self) -> None:
        connection = driver(self._db)
        connection.executemany(_COUNT, [(*count, site) for site, count in self._counts.items()])
        connection.executemany(_TALLY, [(site, slot, *tally) for (site, slot), tally in self._tallies.items()])
        for site, (runs, _, size) in self._counts.items():
            self.stocks[site].runs += runs
            self.stocks[site].bytes += size
        self._counts.clear()
        self._tallies.clear()


def newest_run(db: SqliteDatabase) -> int:
    """The highest number ever given to a run, kept or not (AUTOINCREMENT remembers it)."""
    row = driver(db).execute("SELECT seq FROM sqlite_sequence WHERE name = 'run'").fetchone()
    return max(int(row[0]) if row else 0, Run.select(fn.MAX(Run.id)).scalar(db) or 0)


def _has_failed(closing: tuple[Any, ...]) -> bool:
    return bool(closing[_VERDICT] == "failed")


def _columns(names: Iterable[str]) -> dict[Any, None]:
    """peewee writes columns in the model's order, so the names above stand in it too."""
    return dict.fromkeys(getattr(Run, name) for name in names)


_INSERT = sql_of(Run.insert(_columns((*_OPENING, *_CLOSING, "bytes"))))
_UPDATE = sql_of(Run.update({**_columns(_CLOSING), Run.bytes: Run.bytes + 0}).where(Run.id == 0))
_COUNT = sql_of(
    Site.update({Site.runs: Site.runs + 0, Site.failed: Site.failed + 0, Site.bytes: Site.bytes + 0}).where(
        Site.id == 0
    )
)
_TALLY = sql_of(
    Tally.insert({Tally.site: 0, Tally.slot: 0, Tally.runs: 0, Tally.failed: 0}).on_conflict(
        conflict_target=(Tally.site, Tally.slot),
        update={Tally.runs: Tally.runs + EXCLUDED.runs, Tally.failed: Tally.failed + EXCLUDED.failed},
    )
)
