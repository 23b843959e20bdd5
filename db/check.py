"""Looks a whole file over for damage, beside other work: 15 s for 800 MB, so only after an unclean exit."""

import sqlite3
from pathlib import Path
from threading import Event

from .connection import reading
from .raw import driver
from .trouble import DatabaseTrouble, is_damage

_OFTEN = 10_000
"""SQLite's steps between two looks at whether to go on: some milliseconds."""


def first_fault(path: Path, stop: Event) -> str | None:
    """What SQLite finds wrong first; None where all is well, or where `stop` ended the search."""
    try:
        with reading(path) as db:
            connection = driver(db)
            connection.set_progress_handler(stop.is_set, _OFTEN)
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return None if found == "ok" else str(found)
    except sqlite3.OperationalError:
        return None  # interrupted
    except DatabaseTrouble as error:
        return str(error) if is_damage(error) else None
