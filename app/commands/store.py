"""The recorded runs, for a command that reads: the database of a data folder, whether Gatehouse runs or not."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.errors import GatehouseError
from app.start.folders import data_folder, shown
from db.connection import reading


@contextmanager
def recorded(options: argparse.Namespace) -> Iterator[Any]:
    """Raises GatehouseError no-database where nothing was ever recorded, and database-unreadable."""
    folder = data_folder(options.data)
    path = folder / "gatehouse.db"
    if not path.is_file():
        raise GatehouseError("no-database", status=404, params={"folder": shown(folder)})
    with reading(path) as db:
        yield db
