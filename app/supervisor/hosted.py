"""A site of ours and how it fares at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from app.gateway.values import Site
from app.sites.settings import Settings
from app.sites.settings_file import Problem

State = Literal["serving", "stopped", "starting", "problem"]


@dataclass(slots=True, eq=False)
class Hosted:
    """Changed by the desk alone, under its lock; anybody may read.  (An `app.api.services.HostedSite`.)"""

    id: int
    slug: str
    name: str
    folder: Path
    port: int | None
    is_sample: bool
    is_wanted: bool
    """Served when the program ended last, or now: to be served at the next start."""

    added_us: int
    overrides: Mapping[str, Any]
    """Settings of a read-only folder, by dotted name."""

    state: State = "stopped"
    scripts: int = 0
    languages: Sequence[str] = ()
    settings: Settings | None = None
    """None until they were read for the first time."""

    sent: Site | None = None
    """As the gateway was told last; None where it was not told, or to stop."""

    stored_port: int | None = None
    """`port` as the database has it."""

    wished: int | None = None
    """The port it was meant to have when it was served last, by its settings or as last time."""

    once_port: int | None = None
    """A port for this time only."""

    why_not: Problem | None = None
    """Why it does not serve, or not where it was meant to."""

    seen: tuple[Any, ...] = field(default=())
    """What the folder looked like when the settings were read: `watch.look_of`."""

    @property
    def problem(self) -> Problem | None:
        """Why it does not serve, or what is wrong while it does."""
        return self.why_not or (self.settings.problem if self.settings else None)


def hosted(row: Mapping[str, Any]) -> Hosted:
    """From a row of `db.queries.sites`."""
    return Hosted(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        folder=Path(row["folder"]),
        port=row["port"],
        stored_port=row["port"],
        is_sample=bool(row["is_sample"]),
        is_wanted=bool(row["is_wanted"]),
        added_us=row["added_us"],
        overrides=row["overrides"] or {},
    )
