"""What the supervisor tells becomes events for the windows (app.supervisor.tell.Tell)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.api import views
from app.api.events import EventHub
from app.api.figures import read_figures
from app.api.services import HostedSite, SiteDesk
from app.api.throttle import Throttle
from app.runs.summary import summary

INTERVAL_S = 1.0
"""A site's figures change with every run; its card is told at most this often."""


class Announce:
    """Each act is called from any thread and does not wait.  Until `start`, sites stay untold: nobody listens yet."""

    def __init__(self, events: EventHub, *, interval_s: float = INTERVAL_S) -> None:
        self._events = events
        self._interval_s = interval_s
        self._throttle: Throttle | None = None

    def start(self, sites: SiteDesk, *, database: Path) -> None:
        """`sites` did not exist when we were made, since it is made with us; nor was it known which file is used."""
        self._throttle = Throttle(lambda slug: self._tell_site(sites.get(slug), database), interval_s=self._interval_s)

    def close(self) -> None:
        throttle, self._throttle = self._throttle, None
        if throttle:
            throttle.close()

    def site_changed(self, slug: str) -> None:
        if self._throttle:
            self._throttle.touch(slug)

    def site_gone(self, slug: str) -> None:
        if self._throttle:
            self._throttle.drop(slug)
        self._events.publish("site-gone", {"slug": slug})

    def runs_gone(self, slug: str) -> None:
        self._events.publish("runs-gone", {"slug": slug})
        self.site_changed(slug)

    def run(self, row: Mapping[str, Any]) -> None:
        self._events.publish("run", summary(row))
        self.site_changed(row["site_slug"])

    def static(self, slug: str, items: Sequence[Mapping[str, Any]]) -> None:
        """The front end puts them before those that it has, so the newest comes first."""
        newest_first = sorted(items, key=lambda item: int(item["at_us"]), reverse=True)
        self._events.publish("static", {"site": slug, "items": [views.static_request(item) for item in newest_first]})

    def notice(self, slug: str, params: Mapping[str, Any]) -> None:
        self._events.publish("notice", {"slug": slug, "params": dict(params)})

    def notice_gone(self, slug: str) -> None:
        self._events.publish("notice-gone", {"slug": slug})

    def _tell_site(self, site: HostedSite | None, database: Path) -> None:
        if site is None:
            return  # forgotten meanwhile
        figures = read_figures(database, site.id, now=datetime.now())
        # Its sentences are made for each window, in that window's language.
        self._events.publish("site", lambda lang: views.site(site, figures, lang))
