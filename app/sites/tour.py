"""*Tour*, the sample site of the first start: put into the data folder once, and the person's from then on."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

FOLDER_NAME = "tour"

GUESTBOOK = "/cgi-bin/guestbook.py"
BROKEN = "/cgi-bin/greeting.py?Name=Ada"
"""Fails on purpose, by GET: asked for once at the first start, so that one failed run is there to look at."""

BROKEN_FORM = "/greeting.html"
"""The page whose form asks for `BROKEN`."""

_SOURCE = Path(__file__).parent / "tour"

_ENTRIES = (
    ("Ada", "A form, a table and a page. What more does a guestbook need?", "2026-11-01 09:30"),
    ("小明", "中文也可以。", "2026-11-02 14:05"),
)


def make_tour(data: Path) -> Path:
    """The sample site's folder inside the data folder; made where it is missing, otherwise left as it is.

    It appears whole or not at all: a start that is killed half-way leaves no half site.
    Raises OSError where the data folder cannot be written.
    """
    tour = data / FOLDER_NAME
    if tour.exists():
        return tour
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".tour-", dir=data) as workshop:
        made = Path(workshop) / FOLDER_NAME
        shutil.copytree(_SOURCE, made, ignore=shutil.ignore_patterns("__pycache__"))
        _set_modes(made)
        _make_guestbook(made / "data" / "guestbook.sqlite")
        _move_into_place(made, tour)
    return tour


def _set_modes(folder: Path) -> None:
    """Wheels and zip files lose modes, and a package may be installed read-only."""
    for path in (folder, *folder.rglob("*")):
        is_program = path.is_dir() or path.parent.name == "cgi-bin"
        path.chmod(0o755 if is_program else 0o644)


def _make_guestbook(path: Path) -> None:
    """Two entries to begin with.  The script makes the same table where it is missing."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT, message TEXT, at TEXT)")
        connection.executemany("INSERT INTO entry (name, message, at) VALUES (?, ?, ?)", _ENTRIES)


def _move_into_place(made: Path, tour: Path) -> None:
    try:
        os.rename(made, tour)  # noqa: PTH104 - fails where somebody else was quicker, as it should
    except OSError:
        if not tour.exists():
            raise
