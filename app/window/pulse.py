"""Is the page in the window alive?  A renderer that dies leaves a white page or its last picture, and tells nobody.

The page follows the event stream for as long as it lives, so what tells is that nobody follows it (PLATFORM.md 2.9).
"""

import time
from collections.abc import Callable

SILENCE_S = 10
"""A page that is loaded again, or whose stream broke off, is back long before that."""


class Pulse:
    """Asked again and again, with the time (of the same clock) at which the page stopped to follow."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._mourned: float | None = None

    def is_dead(self, left: float | None) -> bool:
        """True once for each page that has been gone for too long: time to load it again.

        None: it is there, or has not come yet (it may ask to be let in), so there is nothing to miss.
        """
        if left is None or left == self._mourned or self._now() - left <= SILENCE_S:
            return False
        self._mourned = left
        return True
