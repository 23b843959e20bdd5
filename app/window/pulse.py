"""Is the page in the window alive?  A renderer that dies leaves a white page or its last picture, and tells nobody.

The page follows the event stream for as long as it lives, so what tells is that nobody follows it (PLATFORM.md 2.9).
"""

import time
from collections.abc import Callable

SILENCE_S = 10
"""A page that is loaded again, or whose stream broke off, is back long before that."""


class Pulse:
    """Asked again and again how many pages of the window follow the events."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last_heard: float | None = None
        """None: nobody since the page was loaded, so there is nothing to miss (it may ask to be let in)."""

    def is_dead(self, followers: int) -> bool:
        """True once, when the page that was there has been gone for too long: time to load it again."""
        if followers:
            self._last_heard = self._now()
        elif self._last_heard is not None and self._now() - self._last_heard > SILENCE_S:
            self._last_heard = None
            return True
        return False
