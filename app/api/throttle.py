"""News about many subjects, each told soon but not too often, and never without its last word."""

import traceback
from collections.abc import Callable
from math import inf
from threading import Condition, Thread
from time import monotonic


class Due:
    """When each subject may be told next: at once after a silence, else an interval after it was told last."""

    def __init__(self, interval_s: float) -> None:
        self._interval_s = interval_s
        self._due: dict[str, float] = {}
        self._told: dict[str, float] = {}

    def touch(self, subject: str, now: float) -> bool:
        """True where it was not due already."""
        if subject in self._due:
            return False
        self._due[subject] = max(now, self._told.get(subject, -inf) + self._interval_s)
        return True

    def drop(self, subject: str) -> None:
        """It is no more."""
        self._due.pop(subject, None)
        self._told.pop(subject, None)

    def take(self, now: float) -> list[str]:
        """The subjects whose time has come; they count as told."""
        ready = [subject for subject, when in self._due.items() if when <= now]
        for subject in ready:
            del self._due[subject]
            self._told[subject] = now
        return ready

    def wait_s(self, now: float) -> float | None:
        """Until the next subject is due; None where there is none."""
        return max(0.0, min(self._due.values()) - now) if self._due else None


class Throttle:
    """Calls `tell(subject)` from a thread of its own."""

    def __init__(self, tell: Callable[[str], None], *, interval_s: float) -> None:
        self._tell = tell
        self._due = Due(interval_s)
        self._changed = Condition()
        self._is_closed = False
        self._thread = Thread(target=self._run, name="throttle", daemon=True)
        self._thread.start()

    def touch(self, subject: str) -> None:
        """There is news about it.  From any thread; never waits for the telling."""
        with self._changed:
            if self._due.touch(subject, monotonic()):
                self._changed.notify()

    def drop(self, subject: str) -> None:
        with self._changed:
            self._due.drop(subject)

    def close(self) -> None:
        """Tell nothing more.  Returns when nothing is being told."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while (subjects := self._next()) is not None:
            for subject in subjects:
                try:
                    self._tell(subject)
                except Exception:
                    # The next news must still be told; this one is a bug of ours, or a database that is gone.
                    traceback.print_exc()

    def _next(self) -> list[str] | None:
        """Wait for subjects that are due; None once closed."""
        with self._changed:
            while not self._is_closed:
                if subjects := self._due.take(monotonic()):
                    return subjects
                self._changed.wait(self._due.wait_s(monotonic()))
        return None
