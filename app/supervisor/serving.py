"""Which sites the gateway listens for: what it was asked, what it answered, and all of it again after a restart."""

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from app.gateway.messages import SERVE, STOP_SITE
from app.gateway.values import Site
from app.gateway.wire import site_to_wire
from app.sites.settings_file import Problem
from app.supervisor.hosted import Hosted
from app.supervisor.port_holder import refusal
from app.supervisor.records import Send

PATIENCE_S = 5
"""Seconds that an act waits for the gateway's answer before it returns with the state as it is."""

_ENDED = ("stopped", "problem")


class Serving:
    """The states of the sites.  Methods named after frames are called by the gateway's reader thread."""

    def __init__(self, *, send: Send, on_change: Callable[[Hosted], None]) -> None:
        """`on_change` hears of each new state, port or problem; it must not wait."""
        self._send, self._on_change = send, on_change
        self._sites: dict[int, Hosted] = {}
        self._is_up = False
        self._changed = threading.Condition(threading.RLock())

    def ask(self, hosted: Hosted, site: Site) -> None:
        """Serve a site, or serve it with other settings.  `listening` tells when it does."""
        with self._changed:
            self._sites[hosted.id] = hosted
            if hosted.state == "serving" and site.port == hosted.wished:
                site = replace(site, port=hosted.port)  # it was given another port, and keeps that
            else:
                hosted.wished, hosted.why_not = site.port, None
            if hosted.once_port:
                site = replace(site, port=hosted.once_port)
            if site == hosted.sent and hosted.state == "serving":
                return
            hosted.sent = site
            if hosted.state != "serving" or site.port != hosted.port:
                self._set(hosted, "starting")
            if self._is_up:
                self._send(SERVE, {"site": site_to_wire(site), "slug": hosted.slug})

    def end(self, hosted: Hosted, why: Problem | None = None) -> None:
        """Close its port and end its scripts; waits for that.  `why`: it cannot be served, which is a problem."""
        with self._changed:
            was_asked, hosted.sent = hosted.sent is not None, None
            hosted.why_not = why
            if was_asked and self._is_up:
                self._send(STOP_SITE, {"site": hosted.id})
                self._changed.wait_for(lambda: hosted.state in _ENDED or not self._is_up, PATIENCE_S)
            if hosted.sent is None:
                self._set(hosted, "problem" if why else "stopped")

    def wait(self, hosted: Hosted, *, patience_s: float = PATIENCE_S) -> None:
        """Until it serves or a problem is known."""
        with self._changed:
            self._changed.wait_for(lambda: hosted.state != "starting", patience_s)

    def forget(self, hosted: Hosted) -> None:
        with self._changed:
            self._sites.pop(hosted.id, None)

    def listening(self, site: int, port: int) -> None:
        with self._changed:
            hosted = self._sites.get(site)
            if hosted and hosted.sent:
                hosted.port = port
                if port == (hosted.once_port or hosted.wished):
                    hosted.why_not = None
                elif hosted.why_not:
                    hosted.why_not = moved(hosted.why_not, port)
                self._set(hosted, "serving")

    def not_listening(self, site: int, port: int, error: int) -> None:
        """The port wished for was refused, and another one follows; with port 0 there is none at all."""
        why = refusal(port, error) if port else Problem("no-port", {"reason": os.strerror(error)})
        with self._changed:
            hosted = self._sites.get(site)
            if hosted and hosted.sent:
                hosted.why_not = why
                if port == 0:
                    self._set(hosted, "problem")

    def stopped(self, site: int) -> None:
        with self._changed:
            hosted = self._sites.get(site)
            if hosted and hosted.sent is None:
                self._set(hosted, "problem" if hosted.why_not else "stopped")

    def gateway_up(self) -> None:
        with self._changed:
            self._is_up = True
            for hosted in self._asked():
                assert hosted.sent
                hosted.sent = replace(hosted.sent, port=hosted.port or hosted.sent.port)
                self._send(SERVE, {"site": site_to_wire(hosted.sent), "slug": hosted.slug})

    def gateway_down(self) -> None:
        with self._changed:
            self._is_up = False
            for hosted in self._asked():
                self._set(hosted, "starting")
            self._changed.notify_all()

    def _asked(self) -> Iterable[Hosted]:
        return [hosted for hosted in self._sites.values() if hosted.sent]

    def _set(self, hosted: Hosted, state: str) -> None:
        hosted.state = state  # type: ignore[assignment]  # one of State
        self._changed.notify_all()
        self._on_change(hosted)


def moved(why: Problem, instead: int) -> Problem:
    """The same, where the site was given another port: 'moved-port-taken-by', ….  Said once is enough."""
    slug = why.slug if why.slug.startswith("moved-") else f"moved-{why.slug}"
    return Problem(slug, {**why.params, "instead": instead})
