"""From one version of the tables to the next, by PRAGMA user_version.

STEPS[0] makes version 2 of version 1, and so on; a step's first line says why it exists.  A step writes SQL of
its own, never the models: those are of today, the step is of its day.  Before the first step the file is copied.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from peewee import SqliteDatabase

from .raw import driver, transaction

Step = Callable[[sqlite3.Connection], None]

STEPS: tuple[Step, ...] = ()


def version() -> int:
    """The version of the tables that this program knows."""
    return 1 + len(STEPS)


def migrate(db: SqliteDatabase, path: Path, found: int) -> Path:
    """Bring an older file up to date, all or nothing; the copy that was made before."""
    copy = _back_up(driver(db), path.with_name(f"{path.stem}-version-{found}{path.suffix}"))
    with transaction(db):
        for step in STEPS[found - 1 :]:
            step(driver(db))
        driver(db).execute(f"PRAGMA user_version = {version()}")
    return copy


def _back_up(source: sqlite3.Connection, copy: Path) -> Path:
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy
