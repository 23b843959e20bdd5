"""The first start shows something at once: the sample site, serving, with one run that failed on purpose."""

import http.client
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

from app.errors import GatehouseError
from app.sites.tour import BROKEN, make_tour
from app.supervisor.hosted import Hosted
from app.supervisor.supervisor import Supervisor
from db import changes, queries
from db.connection import reading

_SETTING = "tour_added"


def is_first_start(database: Path) -> bool:
    """No site yet, and the sample site was never there: whoever has removed it does not get it back."""
    with reading(database) as db:
        return not queries.sites(db) and not queries.settings(db).get(_SETTING)


def add_tour(supervisor: Supervisor, data: Path) -> None:
    """Takes a moment; a data folder that cannot be written has no sample site."""
    try:
        tour = supervisor.sites.add(make_tour(data), is_sample=True)
    except (
        OSError,
        sqlite3.Error,
        GatehouseError,
    ) as error:  # of SQLite, on a full disk: the guestbook is a file of it
        reason = error.args[0][0][2] if isinstance(error, shutil.Error) else error  # the first of many
        print(f"Gatehouse: the sample site was not made: {reason}", file=sys.stderr)
        return
    supervisor.recorder.do(_remember)
    _ask_for(tour, BROKEN)


def _remember(db: Any) -> None:
    changes.set_setting(db, _SETTING, True)


def _ask_for(site: Hosted, target: str) -> None:
    if site.state != "serving" or site.port is None:
        return
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request("GET", target, headers={"Accept": "text/html"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        pass  # the program ends already
    finally:
        connection.close()
