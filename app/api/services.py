"""What the controllers are given: the parts of the program, each behind the few acts that they need."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from app.api.events import EventHub
from app.api.tokens import Tokens
from app.sites.settings import Settings
from app.words import Language
from db.recorder import Recorder

SiteState = Literal["serving", "stopped", "starting", "problem"]


class Told(Protocol):
    """Something said by slug; its words stand in app/words."""

    @property
    def slug(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


class HostedSite(Protocol):
    """A site and how it fares at this moment."""

    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str:
        """Its name in addresses."""
        ...

    @property
    def name(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def port(self) -> int | None:
        """The port it listens on, or listened on last; None before the first time."""
        ...

    @property
    def state(self) -> SiteState: ...
    @property
    def problem(self) -> Told | None:
        """Why it does not serve, or what is wrong with its settings while it does."""
        ...

    @property
    def is_sample(self) -> bool: ...
    @property
    def scripts(self) -> int:
        """How many scripts it has."""
        ...

    @property
    def languages(self) -> Sequence[str]: ...
    @property
    def added_us(self) -> int:
        """Microseconds since 1970 (UTC)."""
        ...


class SiteDesk(Protocol):
    """The sites.  Every change is told to the event hub by the desk, so that all windows hear it.

    Acts raise GatehouseError for what is impossible (folder-…, setting-…).  Controllers ask `get` first, so an
    unknown slug reaches no act.
    """

    def all(self) -> Sequence[HostedSite]:
        """In the order in which they were added."""
        ...

    def get(self, slug: str) -> HostedSite | None: ...
    def add(self, folder: Path) -> HostedSite:
        """Make a folder a site, and start it."""
        ...

    def forget(self, slug: str) -> None:
        """Stop it, and drop it and its runs; its files stay."""
        ...

    def start(self, slug: str, *, port: int | None = None) -> None:
        """Return when it serves or a problem is known, at the latest after a few seconds ("starting").

        `port` is for this time only; where it is taken, raises GatehouseError.
        """
        ...

    def stop(self, slug: str) -> None: ...
    def restart(self, slug: str) -> None: ...
    def settings(self, slug: str) -> Settings: ...
    def change_settings(self, slug: str, changes: Mapping[str, Any]) -> None:
        """By dotted name; None goes back to what is recognised, or to the default.  In force at once."""
        ...

    def static_requests(self, slug: str) -> tuple[Sequence[Mapping[str, Any]], int]:
        """The newest requests for files (items of the gateway's STATIC message, newest first), and the count of all."""
        ...


class RunDesk(Protocol):
    def stop(self, run: int) -> None:
        """End a running script; the event stream tells when it has ended."""
        ...


class WindowDesk(Protocol):
    """The native window, and what the desktop does for us."""

    @property
    def native(self) -> bool:
        """Is there a native window now?"""
        ...

    @property
    def backend(self) -> str | None: ...
    @property
    def offer(self) -> Mapping[str, Any]:
        """How a native window can be had: {possible, command, qt_mib}."""
        ...

    def choose_folder(self, lang: Language) -> Path | None:
        """The native dialog; None where it was cancelled.  Waits for the person."""
        ...

    def open(self, url: str) -> None:
        """In the person's browser, never in our window."""
        ...

    def open_folder(self, path: Path) -> None:
        """In the file manager."""
        ...

    def focus(self) -> None: ...
    def setup(self) -> None:
        """Begin to install Qt into our own environment; progress comes as notices."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    database: Path
    """For readers; they open it for one request."""

    recorder: Recorder
    """For writes, on the one writing connection."""

    events: EventHub
    sites: SiteDesk
    runs: RunDesk
    window: WindowDesk
    tokens: Tokens
    quit: Callable[[], None]
    """Asks the program to end, and returns at once."""

    dist: Path
    """The built front end."""

    version: str
    data_folder: Path
    notices: Callable[[], Sequence[Mapping[str, Any]]]
    """What everybody should know now: {slug, params}."""
