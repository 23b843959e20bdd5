"""What the runs of a site add up to: the numbers on its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from db import queries
from db.connection import reading

SLICES = 60
"""Of the day so far, for the card's little chart."""

_SHORTEST_DAY_US = 60_000_000
"""Just after midnight, a day so short that its slices are a second each."""


@dataclass(frozen=True, slots=True)
class Figures:
    runs: int
    """Since local midnight, as `failed` and `median_us`."""

    failed: int
    median_us: int | None
    activity: Sequence[Sequence[int]]
    """[runs, failed] of each slice since local midnight, oldest first."""

    last_failure: Mapping[str, Any] | None
    """Of any day; as db.queries.last_failure() gives it."""


def read_figures(database: Path, site: int, *, now: datetime) -> Figures:
    """`now` is local time without a zone, as `datetime.now()` gives it: midnight is the person's."""
    since_us = _microseconds(now.replace(hour=0, minute=0, second=0, microsecond=0))
    until_us = max(_microseconds(now), since_us + _SHORTEST_DAY_US)
    with reading(database) as db:
        today = queries.today(db, site, since_us)
        return Figures(
            runs=today["runs"],
            failed=today["failed"],
            median_us=today["median_us"],
            activity=queries.activity(db, site, since_us=since_us, until_us=until_us, slices=SLICES),
            last_failure=queries.last_failure(db, site),
        )


def _microseconds(local: datetime) -> int:
    return int(local.timestamp() * 1_000_000)
