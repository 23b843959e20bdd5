import argparse
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from db import changes
from db.recorder import Recorder
from tests.app.api.runs import closed_record, opened_record


class Store:
    """A data folder with sites and runs in it, as a Gatehouse that has ended leaves it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, *runs: dict[str, Any], site: str = "guestbook") -> None:
        """One more site with runs of these facts; `is_running` leaves one open."""
        recorder = Recorder(
            self.folder / "gatehouse.db", on_stored=lambda stored: None, on_trouble=lambda trouble: None
        )
        recorder.start()
        row = {"slug": site, "name": site.title(), "folder": f"/sites/{site}", "is_sample": False, "added_us": 0}
        number = recorder.do(lambda db: changes.add_site(db, **row)).result()
        for run, facts in enumerate(runs, recorder.next_run):
            recorder.opened(opened_record(run, number, facts))
            if not facts.get("is_running"):
                recorder.closed(closed_record(run, facts))
        recorder.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


@pytest.fixture
def call(store: Store, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Calls a command with its arguments: (exit code, stdout, stderr)."""

    def call(command: ModuleType, *arguments: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        options = parser.parse_args(arguments)
        options.data = store.folder
        code = command.run(options)
        return code, *capsys.readouterr()

    return call
