"""What the windows hear: one sequence of events for all of them, of which the newest are kept.

A stream that broke off asks for what came after its last event.  Where that is no longer kept, or is of an
earlier start of the program, it is told to read everything again.
"""

import secrets
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from threading import Condition, Lock
from typing import Any

from app.words import Language

Content = Mapping[str, Any]
Worded = Callable[[Language], Content]
"""Content that has words in it: made when it is sent, in the language of the window that hears it."""


@dataclass(frozen=True, slots=True)
class Event:
    number: int
    """Counted from 1 at each start."""

    name: str
    """run, site, site-gone, runs-gone, static, settings, notice, reset."""

    content: Content | Worded


class EventHub:
    """Publishing costs an append and a wake-up: what an event looks like on the wire is the streams' work."""

    def __init__(self, *, kept: int = 4096, on_watch: Callable[[frozenset[str]], None] | None = None) -> None:
        """`on_watch` hears whose static requests are being looked at (slugs), each time that changes."""
        # Numbers of another start mean other events, so an id carries which start it is of.
        self._start = secrets.token_hex(4)
        self._events: deque[Event] = deque(maxlen=kept)
        self._last = 0
        self._changed = Condition()
        self._is_closed = False
        self._watched: Counter[str] = Counter()
        self._watch_lock = Lock()
        self._window_pages = 0
        self._window_left: float | None = None
        self._on_watch = on_watch

    def publish(self, name: str, content: Content | Worded) -> None:
        """Tell every window.  From any thread; never waits."""
        with self._changed:
            self._last += 1
            self._events.append(Event(self._last, name, content))
            self._changed.notify_all()

    @property
    def last(self) -> int:
        return self._last

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    def id_of(self, number: int) -> str:
        """What a stream sends as `id:` and gets back as Last-Event-ID."""
        return f"{self._start}-{number}"

    def number_of(self, event_id: str) -> int | None:
        """None where the id is not of this start."""
        start, _, number = event_id.partition("-")
        is_ours = start == self._start and number.isascii() and number.isdigit()
        return int(number) if is_ours and int(number) <= self._last else None

    def after(self, number: int, *, wait_s: float) -> list[Event] | None:
        """The events after `number`, oldest first; empty when none came in `wait_s`; None when some are lost."""
        with self._changed:
            self._changed.wait_for(lambda: self._last > number or self._is_closed, timeout=wait_s)
            missing = self._last - number
            if missing > len(self._events):
                return None
            return list(islice(self._events, len(self._events) - missing, None))

    @contextmanager
    def watching(self, slug: str | None) -> Iterator[None]:
        """Somebody looks at the static requests of a site, for as long as this lasts."""
        self._watch(slug, 1)
        try:
            yield
        finally:
            self._watch(slug, -1)

    @property
    def window_left(self) -> float | None:
        """When (time.monotonic) the page in our own window stopped to listen; None: it listens, or never did.

        If that is long ago, its renderer has died.
        """
        return self._window_left

    @contextmanager
    def in_window(self, is_so: bool) -> Iterator[None]:
        """A page listens for as long as this lasts."""
        self._count_page(int(is_so))
        try:
            yield
        finally:
            self._count_page(-int(is_so))

    def close(self) -> None:
        """End all streams."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _count_page(self, step: int) -> None:
        with self._watch_lock:
            self._window_pages += step
            if step:
                self._window_left = None if self._window_pages else time.monotonic()

    def _watch(self, slug: str | None, step: int) -> None:
        if slug is None:
            return
        # One lock over count and call, so that the last call tells the last state.
        with self._watch_lock:
            before = frozenset(self._watched)
            self._watched[slug] += step
            self._watched = +self._watched  # drops what is no longer watched
            after = frozenset(self._watched)
            if after != before and self._on_watch:
                self._on_watch(after)
