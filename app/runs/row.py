"""A run as the database hands it out, and the same facts in the form the rest of `app.runs` reads.

`db.queries.run()` gives the keys of `app.gateway.messages` (OPENED_KEYS and CLOSED_KEYS) with bodies as
bytes; what only its JSON "meta" document knew (headers, meta-variables) may be text or {"$base64": …}.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from app.runs.text import untext

Pairs = list[tuple[bytes, bytes]]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def pairs(value: Iterable[Any] | None) -> Pairs:
    """Headers: names and values as bytes, in order."""
    return [(untext(key), untext(content)) for key, content in value or ()]


def mapping(value: Mapping[Any, Any] | Iterable[Any] | None) -> dict[bytes, bytes]:
    """Meta-variables: names and values as bytes, in order; also from a list of pairs."""
    return dict(pairs(value.items() if isinstance(value, Mapping) else value))


def started(row: Mapping[str, Any]) -> str:
    """When the request had arrived."""
    return moment(row["started_us"])


def moment(microseconds: int) -> str:
    """Microseconds since 1970 as ISO 8601 in UTC with milliseconds: '2026-11-24T17:04:15.123Z'."""
    when = _EPOCH + timedelta(microseconds=int(microseconds))
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def run_id(row: Mapping[str, Any]) -> int:
    return int(row["id"] if "id" in row else row["run"])


def is_running(row: Mapping[str, Any]) -> bool:
    """The opening record is there, the closing one is not."""
    return row.get("end") in {None, "running"}


def milliseconds(microseconds: int | None) -> float | None:
    return None if microseconds is None else round(microseconds / 1000, 3)
