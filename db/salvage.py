"""What can still be read of a damaged database, row by row.

The damaged file is put aside as it is, and a new one begun with its sites, settings and numbering, so that
the program starts at once.  Its runs follow in small steps, newest first, between the writer's other work
(`recorder.py`); how far that went is noted in the new file, so an interrupted rescue goes on at the next start.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from .bodies import inflate
from .raw import driver
from .retention import Keep, excess
from .store import Store
from .tables import Mark, Run, Script, Setting, Site, Table
from .trouble import DatabaseTrouble, is_passing

_TOP = (1 << 63) - 1
_BODIES = ("base", "stdin", "stdout", "stderr")


@dataclass(frozen=True, slots=True)
class Progress:
    file: Path
    """The damaged file, where it was put."""

    below: int = _TOP
    """Runs with smaller numbers are still to come."""

    rows: int = 0
    """Runs rescued up to now."""


def put_aside(path: Path) -> Path:
    """Move a database with its WAL into a folder `corrupt-<time>` beside it; where the file is now."""
    name = datetime.now().strftime("corrupt-%Y%m%d-%H%M%S")
    folder = next(one for one in _numbered(path.parent / name) if not one.exists())
    folder.mkdir()
    _move(path, folder / path.name)
    return folder / path.name


def put_back(damaged: Path, path: Path) -> None:
    """Undo `put_aside`, when no new database could be begun."""
    for part in _parts(path):
        part.unlink(missing_ok=True)
    _move(damaged, path)
    damaged.parent.rmdir()


def begin(db: SqliteDatabase, damaged: Path) -> None:
    """Copy what the program needs to start, and note that the rest is to come."""
    try:
        with closing(_open(damaged)) as old:
            copy_essentials(old, db)
    except sqlite3.Error:
        pass  # nothing to be had; the rescue of runs will find the same, and end
    _note(db, Progress(damaged))


def progress(db: SqliteDatabase) -> Progress | None:
    """Of a rescue that has not ended."""
    for (value,) in Mark.select(Mark.value).where(Mark.name == "salvage").tuples().execute(db):
        found = json.loads(value)
        return Progress(Path(found["file"]), found["below"], found["rows"])
    return None


def copy_essentials(old: sqlite3.Connection, db: SqliteDatabase) -> None:
    """Sites (their counters at zero), scripts and settings; and the numbering, so that no number comes twice."""
    nothing_kept = {"runs": 0, "failed": 0, "bytes": 0}
    for row in rows(old, "site"):
        _insert(db, Site, {**row, **nothing_kept})
    for row in rows(old, "script"):
        _insert(db, Script, row)
    for row in rows(old, "setting"):
        _insert(db, Setting, row)
    driver(db).execute("DELETE FROM sqlite_sequence WHERE name = 'run'")
    driver(db).execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('run', ?)", (_highest_run(old),))


class Rescue:
    """Takes the runs over; each step inside a transaction of the writer."""

    def __init__(self, db: SqliteDatabase, store: Store, progress: Progress) -> None:
        self._db = db
        self._store = store
        self.progress = progress
        self._old = _open(progress.file)
        self._rows = rows(self._old, "run", below=progress.below)

    def step(self, keep: Mapping[int, Keep], *, most: int = 100) -> bool:
        """Take over so many runs; False where there are no more."""
        for _ in range(most):
            row = next(self._rows, None)
            if row is None:
                Mark.delete().where(Mark.name == "salvage").execute(self._db)
                self._store.flush()
                return False
            taken = self._take(row, keep.get(row["site_id"]))
            self.progress = replace(self.progress, below=row["id"], rows=self.progress.rows + taken)
        self._store.flush()
        _note(self._db, self.progress)
        return True

    def close(self) -> None:
        self._old.close()

    def _take(self, row: dict[str, Any], keep: Keep | None) -> bool:
        stock = self._store.stocks.get(row["site_id"])
        if stock is None or self._is_there(row["id"]):
            return False
        if keep and excess(stock, replace(keep, runs=keep.runs - 1)):
            return False
        if row["end"] == "running":
            row |= {"end": "interrupted", "interrupted_by": "stop", "verdict": "suspicious"}
        for name in _BODIES:
            row[name] = self._store.bodies.keep(row["site_id"], row["id"], self._body(row[name]))
        try:
            self._store.insert_salvaged(row)
        except DatabaseTrouble as error:
            if is_passing(error):
                raise
            return False
        except (KeyError, TypeError, ValueError, OverflowError):  # a damaged row may hold anything
            return False
        return True

    def _is_there(self, run: int) -> bool:
        return bool(Run.select(Run.id).where(Run.id == run).exists(self._db))

    def _body(self, blob: int | None) -> bytes:
        """Empty where it cannot be read."""
        try:
            row = self._old.execute("SELECT codec, data FROM blob WHERE id = ?", (blob,)).fetchone()
            return inflate(*row) if row else b""
        except (sqlite3.Error, zlib.error, TypeError):
            return b""


def rows(old: sqlite3.Connection, table: str, *, below: int = _TOP) -> Iterator[dict[str, Any]]:
    """The readable rows of a table, highest number first.

    Behind a damaged page the search goes on at growing distances, so a hole costs some forty queries, and at
    most as many good rows as it is wide.
    """
    step = 1
    while below > -1:
        try:
            query = f"SELECT rowid AS _place, * FROM {table} WHERE rowid < ? ORDER BY rowid DESC"
            cursor = old.cursor()
            cursor.row_factory = sqlite3.Row
            for row in cursor.execute(query, (below,)):
                below, step = row["_place"], 1
                yield {key: row[key] for key in row.keys() if key != "_place"}  # noqa: SIM118  (a Row is no dict)
            return
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return
            below, step = _further(old, table, below, step)
        except sqlite3.DatabaseError:
            below, step = _further(old, table, below, step)


def _further(old: sqlite3.Connection, table: str, below: int, step: int) -> tuple[int, int]:
    return min(below, _bound(old, table)) - step, step * 2


def _bound(old: sqlite3.Connection, table: str) -> int:
    """No row has a higher number.  Where the file does not tell, probed for with growing steps."""
    if known := _sequence(old, table):
        return known + 1
    found, probe = 0, 1
    while probe < 1 << 40:
        try:
            query = f"SELECT rowid FROM {table} WHERE rowid >= ? ORDER BY rowid LIMIT 1"
            row = old.execute(query, (probe,)).fetchone()
        except sqlite3.DatabaseError:
            probe *= 2
            continue
        if row is None:
            break
        found, probe = row[0], row[0] * 2
    return 2 * found + 1


def _highest_run(old: sqlite3.Connection) -> int:
    return max(_sequence(old, "run"), next((row["id"] for row in rows(old, "run")), 0))


def _sequence(old: sqlite3.Connection, table: str) -> int:
    try:
        row = old.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return int(row[0]) if row else 0
    except sqlite3.DatabaseError:
        return 0


def _open(path: Path) -> sqlite3.Connection:
    """To read only, with its WAL, but for the file that goes with a WAL in use, which SQLite makes itself."""
    old = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    old.text_factory = lambda text: text.decode("utf-8", "replace")
    # Otherwise a file that is shorter than its header says is refused as a whole (lockBtree in SQLite's btree.c).
    old.execute("PRAGMA writable_schema = ON")
    return old


def _insert(db: SqliteDatabase, table: type[Table], row: dict[str, Any]) -> None:
    columns = {field: row[field.column_name] for field in table._meta.sorted_fields if field.column_name in row}
    try:
        table.insert(columns).on_conflict_ignore().execute(db)
    except DatabaseTrouble as error:
        if is_passing(error):
            raise
    except (TypeError, ValueError, OverflowError):
        pass  # a damaged row may hold anything


def _note(db: SqliteDatabase, progress: Progress) -> None:
    value = json.dumps({"file": str(progress.file), "below": progress.below, "rows": progress.rows})
    Mark.insert(name="salvage", value=value).on_conflict_replace().execute(db)


def _parts(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")]


def _move(path: Path, target: Path) -> None:
    for part, there in zip(_parts(path), _parts(target), strict=True):
        if part.exists():
            part.rename(there)


def _numbered(folder: Path) -> Iterator[Path]:
    yield folder
    number = 2
    while True:
        yield folder.with_name(f"{folder.name}-{number}")
        number += 1
