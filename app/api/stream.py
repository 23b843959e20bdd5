"""Events as text/event-stream (HTML Living Standard 9.2), for one window."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.api.events import Content, Event, EventHub
from app.words import Language

HEARTBEAT_S = 15
_LOOK_S = 1.0
"""How often a silent stream looks whether its client is still there."""

_GATHER_S = 0.05
"""Pause after a batch: under load, events then travel by the dozen and wake us twenty times a second at most."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who listens, and for what."""

    language: Language
    static: str | None
    """The site whose static requests are wanted too."""

    last_event_id: str | None
    """Of the stream that broke off; None: from now on."""

    is_window: bool
    """Is it a page of our own window?"""

    is_connected: Callable[[], bool]


def stream(hub: EventHub, listener: Listener) -> Iterator[bytes]:
    """Events until the client leaves or the program stops.  A comment line at once, and each 15 s of silence."""
    with hub.watching(listener.static), hub.in_window(listener.is_window):
        number = hub.last if listener.last_event_id is None else hub.number_of(listener.last_event_id)
        yield b": Gatehouse\n\n"
        spoken = time.monotonic()
        while not hub.is_closed and listener.is_connected():
            events = None if number is None else hub.after(number, wait_s=_LOOK_S)
            if events is None:
                number = hub.last
                yield _as_text(hub.id_of(number), "reset", {})
            elif events:
                number = events[-1].number
                yield b"".join(_lines(hub, listener, events))
                time.sleep(_GATHER_S)
            elif time.monotonic() - spoken < HEARTBEAT_S:
                continue
            else:
                yield b": \n\n"
            spoken = time.monotonic()


def _lines(hub: EventHub, listener: Listener, events: Iterable[Event]) -> Iterator[bytes]:
    for event in newest_of_each(events):
        content = event.content(listener.language) if callable(event.content) else event.content
        if event.name != "static" or content["site"] == listener.static:
            yield _as_text(hub.id_of(event.number), event.name, content)


def newest_of_each(events: Iterable[Event]) -> list[Event]:
    """In a batch, what was said of a run before its last line is out of date."""
    latest: dict[object, Event] = {}
    for event in events:
        content = event.content
        subject = event.number if callable(content) or event.name != "run" else ("run", content["id"])
        latest.pop(subject, None)
        latest[subject] = event
    return list(latest.values())


def _as_text(event_id: str, name: str, content: Content) -> bytes:
    return f"id: {event_id}\nevent: {name}\ndata: {json.dumps(content)}\n\n".encode("ascii")
