"""The recorded runs, for a command that reads: the database of a data folder, whether Gatehouse runs or not."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.errors import GatehouseError
from app.start.folders import data_folder, shown
from db.connection import reading
from db.errors import NewerDatabase, NoDatabase
from db.trouble import DatabaseTrouble


@contextmanager
def recorded(options: argparse.Namespace) -> Iterator[Any]:
    """Raises GatehouseError no-database where nothing was ever recorded, database-newer, and database-unreadable."""
    path = data_folder(options.data) / "gatehouse.db"
    if not path.is_file():
        raise _none(path)
    try:
        with reading(path) as db:
            yield db
    except NoDatabase as error:
        raise _none(path) from error
    except NewerDatabase as error:
        raise GatehouseError("database-newer", params={"file": shown(path)}) from error
    except DatabaseTrouble as error:
        raise GatehouseError("database-unreadable", params={"file": shown(path), "reason": str(error)}) from error


def _none(path: Path) -> GatehouseError:
    return GatehouseError("no-database", status=404, params={"folder": shown(path.parent)})
