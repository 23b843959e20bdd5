import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import peewee
import pytest

from db import changes, queries
from db.connection import close, open_database, reading
from db.errors import NewerDatabase, NoDatabase
from db.raw import driver
from tests.db.records import new_site


@pytest.fixture
def opened_at():
    """`open_database`, closed at the end."""
    open_ones = []

    def open_(path):
        db, opened = open_database(path)
        open_ones.append(db)
        return db, opened

    yield open_
    for db in open_ones:
        db.close()


def pragma(db, name):
    return driver(db).execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_file_has_all_tables_and_their_version(path, opened_at):
    db, opened = opened_at(path)

    assert opened.is_new
    assert opened.path == path
    assert pragma(db, "user_version") == 1
    assert {"site", "script", "run", "blob", "blob_use", "tally", "setting", "mark"} <= set(db.get_tables())


def test_the_writer_works_as_it_was_measured(path, opened_at):
    db, _ = opened_at(path)

    found = {
        name: pragma(db, name) for name in ("auto_vacuum", "journal_mode", "synchronous", "foreign_keys", "mmap_size")
    }
    assert found == {"auto_vacuum": 2, "journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "mmap_size": 0}


def test_a_reader_cannot_write_and_leaves_the_wal_alone(path, opened_at):
    opened_at(path)

    with reading(path) as db:
        assert pragma(db, "wal_autocheckpoint") == 0
        with pytest.raises(peewee.OperationalError, match="readonly"):
            db.execute_sql("DELETE FROM site")


def test_a_reader_sees_what_was_committed(path, opened_at):
    db, _ = opened_at(path)
    changes.set_setting(db, "theme", "dark")

    with reading(path) as reader:
        assert queries.settings(reader) == {"theme": "dark"}


def test_a_file_can_be_read_when_no_program_has_it(path):
    db, _ = open_database(path)
    changes.set_setting(db, "theme", "dark")
    close(db)

    with reading(path) as reader:
        assert queries.settings(reader) == {"theme": "dark"}


def test_reading_makes_no_file(path):
    path.parent.mkdir()

    with pytest.raises(NoDatabase), reading(path):
        pass

    assert not path.exists()


def test_an_empty_file_is_no_database_to_read_but_room_for_one(path, opened_at):
    path.parent.mkdir()
    path.touch()
    with pytest.raises(NoDatabase), reading(path):
        pass

    _, opened = opened_at(path)

    assert opened.is_new
    assert not opened.was_salvaged


def test_it_is_known_whether_the_file_was_left_cleanly(path, opened_at):
    db, first = open_database(path)
    close(db)
    db, after_close = open_database(path)
    db.close()  # as a kill leaves it
    _, after_kill = opened_at(path)

    assert [one.was_clean for one in (first, after_close, after_kill)] == [True, True, False]


def test_a_newer_file_is_refused_and_left_as_it_is(path):
    db, _ = open_database(path)
    driver(db).execute("PRAGMA user_version = 99")
    close(db)
    before = path.read_bytes()

    with pytest.raises(NewerDatabase) as refused:
        open_database(path)
    with pytest.raises(NewerDatabase), reading(path):
        pass

    assert (refused.value.found, refused.value.known, refused.value.path) == (99, 1, path)
    assert path.read_bytes() == before


def test_a_file_of_another_program_is_put_aside_unchanged(path, opened_at):
    path.parent.mkdir()
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE recipe (name)")
    foreign.close()

    _, opened = opened_at(path)

    assert opened.was_salvaged
    moved = sqlite3.connect(opened.salvaged_to / path.name)
    assert moved.execute("SELECT count(*) FROM recipe").fetchone() == (0,)
    moved.close()


def test_where_nothing_can_be_written_history_is_kept_for_a_while(opened_at):
    """/proc takes no files, from root neither."""
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")

    db, opened = opened_at(Path("/proc/gatehouse/gatehouse.db"))

    assert opened.is_temporary
    assert opened.path.exists()
    new_site(db)
    db.close()
    shutil.rmtree(opened.path.parent)


READ_ONLY = """
import os, sys
from pathlib import Path
from db import queries
from db.connection import open_database, reading
path = Path(sys.argv[1])
path.as_uri()  # imports what it needs while it still may: the interpreter may lie where only root reads
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
with reading(path) as db:
    print([site["slug"] for site in queries.sites(db)], queries.latest_run_id(db))
db, opened = open_database(path)
print(opened.is_temporary, opened.path != path, [site["slug"] for site in queries.sites(db)])
db.close()
"""


@pytest.mark.parametrize("is_clean", [True, False], ids=["closed before", "left by a kill"])
@pytest.mark.skipif(sys.platform != "linux", reason="tested with Linux's users and permissions")
def test_in_a_read_only_folder_the_sites_are_served_all_the_same(public_folder, is_clean):
    folder = public_folder / "data"
    db, _ = open_database(folder / "gatehouse.db")
    new_site(db)
    left = {file: file.read_bytes() for file in folder.iterdir()}
    close(db)
    if not is_clean:
        for file, content in left.items():
            file.write_bytes(content)
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)

    try:
        found = subprocess.run(
            [sys.executable, "-c", READ_ONLY, folder / "gatehouse.db"],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(public_folder)},
            cwd="/", capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    finally:
        folder.chmod(0o755)

    assert found.stdout == "['one'] None\nTrue True ['one']\n", found.stderr
