from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition
from typing import Any

import pytest

from db.connection import reading
from db.recorder import Recorder
from db.writer import Writer
from tests.db.records import new_site

DEADLINE_S = 60


class Heard:
    """What a recorder has told, and a way to wait for it."""

    def __init__(self) -> None:
        self.stored: list[tuple[int, str, dict[str, Any]]] = []
        self.batches: list[int] = []
        self.troubles: list[str | None] = []
        self._told = Condition()

    def on_stored(self, records: list[tuple[int, str, dict[str, Any]]]) -> None:
        with self._told:
            self.stored += records
            self.batches.append(len(records))
            self._told.notify_all()

    def on_trouble(self, message: str | None) -> None:
        with self._told:
            self.troubles.append(message)
            self._told.notify_all()

    def wait(self, until: Callable[[], Any]) -> None:
        with self._told:
            assert self._told.wait_for(until, DEADLINE_S), (len(self.stored), self.troubles)

    def wait_for_stored(self, number: int) -> None:
        self.wait(lambda: len(self.stored) >= number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "gatehouse.db"


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def start_recorder(path: Path, heard: Heard) -> Iterator[Callable[..., Recorder]]:
    """Starts a recorder on the test's database; all are closed at the end."""
    started = []

    def start(where: Path = path, **keywords: Any) -> Recorder:
        recorder = Recorder(where, on_stored=heard.on_stored, on_trouble=heard.on_trouble)
        recorder.start(**keywords)
        started.append(recorder)
        return recorder

    yield start
    for recorder in started:
        recorder.close()


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    """The recorder's other half, on the test's own thread, with the site 1 'one'."""
    writer = Writer(path)
    add_site(writer, "one")
    yield writer
    writer.close()


def add_site(writer: Writer, slug: str) -> int:
    return writer.do(lambda db: new_site(db, slug))


@pytest.fixture
def read(path: Path) -> Callable[..., Any]:
    """Asks a question of `db.queries` with a reader of its own."""

    def ask(question: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
        with reading(path) as db:
            return question(db, *arguments, **keywords)

    return ask


@pytest.fixture
def look(path: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """Runs one SQL question on the file."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        with reading(path) as db:
            return list(db.execute_sql(sql))

    return ask
