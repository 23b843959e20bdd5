"""Opening the database: the one connection that writes, and readers for a moment.

All SQLite from 3.7.0 to 3.51.2 can damage a WAL file when two connections write or checkpoint at the same time
(sqlite.org/wal.html#walresetbug), and mmap made it worse.  So exactly one connection writes and checkpoints,
nothing is mapped, and one program holds a data folder.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from peewee import SqliteDatabase

from . import migrations, reserve, salvage, tables
from .errors import NewerDatabase, NoDatabase
from .raw import driver, transaction
from .tables import TABLES, Mark
from .trouble import DatabaseTrouble, is_damage, is_full, is_not_writable, is_of_disk

_WRITER = (
    ("auto_vacuum", 2),  # incremental; only counts before the first page is written, so it stands first
    ("journal_mode", "wal"),
    ("synchronous", "normal"),  # a power cut may take the last commits, never the file
    ("busy_timeout", 5000),
    ("foreign_keys", 1),
    ("cache_size", -32_000),
    ("temp_store", "memory"),
    ("journal_size_limit", 64 << 20),
    ("mmap_size", 0),
)
_READER = (("query_only", 1), ("wal_autocheckpoint", 0), ("busy_timeout", 5000), ("mmap_size", 0))


@dataclass(frozen=True, slots=True)
class Opened:
    """What was found where the database was to be."""

    path: Path
    """The file in use: not the one asked for where `is_temporary`."""

    is_new: bool = False
    was_clean: bool = True
    """The program that had it last closed it."""

    was_salvaged: bool = False
    """The file was damaged: it was put aside, and a new one begun, into which the recorder copies what can be read."""

    salvaged_to: Path | None = None
    """The folder that holds the damaged file."""

    rows: int = 0
    """Runs rescued up to now."""

    is_salvaging: bool = False
    """The recorder goes on rescuing runs, newest first, while nothing else is to do."""

    is_temporary: bool = False
    """The data folder cannot be written, or has no room at all: this history ends with the program."""

    migrated_from: int | None = None
    backup: Path | None = None
    """The file as it was before its tables were changed."""


class _DamagedError(Exception):
    """The file is no database, not ours, or torn."""


def open_database(path: Path, *, is_damaged: bool = False) -> tuple[SqliteDatabase, Opened]:
    """The one writing connection, of the calling thread; made, migrated, begun anew or put elsewhere as needed.

    `is_damaged`: begin anew in any case.  Raises NewerDatabase, and peewee.OperationalError where the trouble is
    none of these (no room in the temporary folder either, say).
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_damaged:
            return _anew(path)
        return _open(path)
    except _DamagedError:
        return _anew(path)
    except OSError:
        return _elsewhere(path)
    except DatabaseTrouble as error:
        # Of the files beside its own (WAL, index), SQLite does not say that they find no room.
        if is_not_writable(error) or is_full(error) or (is_of_disk(error) and reserve.is_full(path.parent)):
            return _elsewhere(path)
        raise


@contextmanager
def reading(path: Path) -> Iterator[SqliteDatabase]:
    """A reader for one request; it sees the database as it was at its first query.

    Raises NoDatabase and NewerDatabase.
    """
    db = _reader(path)
    try:
        if _version_of(db, path) == 0:
            raise NoDatabase(path)
        yield db
    finally:
        db.close()


def close(db: SqliteDatabase) -> None:
    """At the end of the program: a clean file in one piece."""
    try:
        Mark.delete().where(Mark.name == "in_use").execute(db)
        driver(db).execute("PRAGMA optimize")
    except DatabaseTrouble:
        pass  # a full disk; it only counts as unclean
    finally:
        db.close()


def _open(path: Path) -> tuple[SqliteDatabase, Opened]:
    try:
        if path.is_file():
            _refuse_newer(path)
        db = _connect(str(path), _WRITER)
    except DatabaseTrouble as error:
        if is_damage(error):
            raise _DamagedError from error
        raise
    try:
        return db, _prepare(db, path)
    except DatabaseTrouble as error:
        db.close()
        if is_damage(error):
            raise _DamagedError from error
        raise
    except BaseException:
        db.close()
        raise


def _refuse_newer(path: Path) -> None:
    """Before the writer's pragmas change the file's header (journal_mode)."""
    with closing(_connect(f"{path.absolute().as_uri()}?mode=rw", _READER)) as db:
        _version_of(db, path)


def _prepare(db: SqliteDatabase, path: Path) -> Opened:
    found, opened = _version_of(db, path), Opened(path)
    names = set(db.get_tables())
    if found == 0 and names:
        raise _DamagedError  # somebody else's file
    if found == 0:
        with transaction(db):
            tables.create(db)
            driver(db).execute(f"PRAGMA user_version = {migrations.version()}")
        opened = replace(opened, is_new=True)
    elif found < migrations.version():
        opened = replace(opened, migrated_from=found, backup=migrations.migrate(db, path, found))
    elif not names.issuperset(table._meta.table_name for table in TABLES):
        raise _DamagedError
    for table in TABLES:  # a look into each: what is torn mostly shows at once
        list(table.select().limit(1).tuples().execute(db))
    return _resume(db, replace(opened, was_clean=_take(db)))


def _take(db: SqliteDatabase) -> bool:
    """Note that the file is in use; was it left cleanly?"""
    was_clean = not Mark.select().where(Mark.name == "in_use").exists(db)
    try:
        Mark.insert(name="in_use", value="").on_conflict_replace().execute(db)
    except DatabaseTrouble as error:
        if not is_full(error):
            raise  # a full disk is the recorder's to deal with
    return was_clean


def _resume(db: SqliteDatabase, opened: Opened) -> Opened:
    """Was a rescue interrupted?"""
    if not (progress := salvage.progress(db)):
        return opened
    return replace(opened, was_salvaged=True, is_salvaging=True, salvaged_to=progress.file.parent, rows=progress.rows)


def _anew(path: Path) -> tuple[SqliteDatabase, Opened]:
    damaged = salvage.put_aside(path)
    try:
        db, opened = _open(path)
        with transaction(db):
            salvage.begin(db, damaged)
    except BaseException:
        salvage.put_back(damaged, path)  # nothing notes yet what is to be rescued
        raise
    return db, _resume(db, opened)


def _elsewhere(path: Path) -> tuple[SqliteDatabase, Opened]:
    """In a temporary folder, with the sites and settings of the file that cannot be written."""
    folder = Path(tempfile.mkdtemp(prefix="gatehouse-"))
    try:
        db, opened = _open(folder / path.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        with closing(_connect_read_only(path)) as old:
            _version_of(old, path)
            with transaction(db):
                salvage.copy_essentials(driver(old), db)
    except (NoDatabase, *DatabaseTrouble):
        pass  # there is none yet, or it is damaged too
    return db, replace(opened, is_temporary=True)


def _connect(name: str, pragmas: tuple[tuple[str, int | str], ...]) -> SqliteDatabase:
    db = SqliteDatabase(name, pragmas=pragmas, autoconnect=False, uri=name.startswith("file:"))
    db.connect()
    return db


def _reader(path: Path) -> SqliteDatabase:
    """A query-only connection that may write beside the file what a WAL needs; without, where the folder forbids it."""
    try:
        db = _connect(f"{path.absolute().as_uri()}?mode=rw", _READER)
        try:
            driver(db).execute("PRAGMA user_version")  # the first look at the file finds out
        except BaseException:
            db.close()
            raise
    except DatabaseTrouble as error:
        if not is_not_writable(error):
            raise
        return _connect_read_only(path)
    return db


def _connect_read_only(path: Path) -> SqliteDatabase:
    """Of a folder that may not be written.  `immutable` skips the WAL, so only where none is left."""
    try:
        is_there, has_wal = path.is_file(), path.with_name(path.name + "-wal").exists()
    except OSError as error:
        raise NoDatabase(path) from error
    if not is_there:
        raise NoDatabase(path)
    return _connect(f"{path.absolute().as_uri()}?mode=ro{'' if has_wal else '&immutable=1'}", _READER)


def _version_of(db: SqliteDatabase, path: Path) -> int:
    (found,) = driver(db).execute("PRAGMA user_version").fetchone()
    if found > migrations.version():
        raise NewerDatabase(path, found=found, known=migrations.version())
    return int(found)
