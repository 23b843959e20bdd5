"""The records that a gateway could not hand over, because we had died: judged, and ready for the recorder."""

import traceback
from pathlib import Path
from typing import Any, Literal

from app.diagnose.facts import facts
from app.diagnose.judge import judge
from app.gateway.messages import CLOSED, OPENED, Unpacker
from db import queries
from db.connection import reading

Spooled = list[tuple[Literal["opened", "closed"], dict[str, Any]]]


def read_spool(path: Path, database: Path) -> Spooled:
    """The records of the spool file, closing ones with their judgement; empty where there is no file.

    Leaves the file: it goes when the recorder has stored them (`drop_spool`).
    """
    try:
        frames = Unpacker().feed(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError, EOFError, TypeError):
        traceback.print_exc()  # damaged, as by a full disk: what was in it is lost, the program starts
        return []
    opened = {record["run"]: record for kind, record in frames if kind == OPENED}
    return [
        ("closed", _judged(record, opened, database)) if kind == CLOSED else ("opened", record)
        for kind, record in frames
    ]


def drop_spool(path: Path) -> None:
    path.unlink(missing_ok=True)


def _judged(closed: dict[str, Any], opened: dict[int, dict[str, Any]], database: Path) -> dict[str, Any]:
    """Where its opening record was stored before, the database has it."""
    try:
        first, folder = _before(closed["run"], opened, database)
        judgement = judge(facts(first, closed, folder))
    except Exception:
        # An old database may be damaged or gone; the record itself is whole.
        return {**closed, "verdict": "suspicious", "explanations": []}
    return {**closed, "verdict": judgement.verdict, "explanations": [one.as_dict() for one in judgement.diagnoses]}


def _before(run: int, opened: dict[int, dict[str, Any]], database: Path) -> tuple[dict[str, Any], Path]:
    with reading(database) as db:
        first = opened.get(run) or queries.run(db, run)
        site = first and queries.site_by_id(db, first["site"])
    if not first or not site:
        raise LookupError(run)
    return dict(first), Path(site["folder"])
