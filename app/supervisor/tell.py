"""How the supervisor tells the outside what has changed.  Who implements it decides what an event looks like."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Tell(Protocol):
    """Each is called from whatever thread has the news, and must not wait."""

    def site_changed(self, slug: str) -> None: ...
    def site_gone(self, slug: str) -> None: ...
    def runs_gone(self, slug: str) -> None: ...
    def run(self, row: Mapping[str, Any]) -> None:
        """A run was opened or closed: its record (both records, once closed) and `site_slug`."""
        ...

    def static(self, slug: str, items: Sequence[Mapping[str, Any]]) -> None:
        """Requests for files, while somebody looks."""
        ...

    def notice(self, slug: str, params: Mapping[str, Any]) -> None: ...
