"""A run in one line: what the list, the event stream and `gatehouse runs` show of it."""

from collections.abc import Mapping
from typing import Any

from app.runs.row import is_running, milliseconds, run_id, started
from app.runs.secrets import mask_url
from app.runs.text import name, untext


def summary(row: Mapping[str, Any], site: str | None = None) -> dict[str, Any]:
    """The line of one run; null where unknown, as everything about the end of a run that goes on.

    `site` is the site's slug, where the row does not bring it itself.
    """
    running = is_running(row)
    return {
        "id": run_id(row),
        "site": site or row.get("site_slug") or row.get("slug") or row.get("site"),
        "started": started(row),
        "method": row["method"],
        "target": name(mask_url(untext(row["target"]))),
        "script": row["script"],
        "status": row.get("status") or None,
        "verdict": row.get("verdict"),
        "end": None if running else row["end"],
        "exit": row.get("exit"),
        "signal": row.get("signal"),
        "tag": tag(row),
        "total_ms": milliseconds(row.get("total_us")),
        "is_running": running,
    }


def tag(row: Mapping[str, Any]) -> str | None:
    """The slug of the first explanation: the run's cause in a word."""
    if explanations := row.get("explanations"):
        return str(explanations[0]["slug"])
    return row.get("tag")
