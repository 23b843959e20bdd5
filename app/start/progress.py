"""How far the preparation is: told by the threads that do it, read by the terminal and the starting page."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["todo", "now", "done"]

STEPS: Mapping[str, float] = {"python": 0, "environment": 3, "packages": 12, "screens": 16, "window": 2}
"""In the order in which they are shown, and about how many seconds each takes; several may go on at once."""


@dataclass(slots=True)
class Step:
    slug: str
    expected_s: float
    state: State = "todo"
    detail: str = ""
    """What it is busy with: a package and its version."""
    note: str = ""
    """At the end of its line: a version, "4 / 7", "2.4 s"."""
    began: float = 0
    """Monotonic."""

    def fraction(self, now: float) -> float:
        """Of its work, by its time: a download does not say how much there is, and a bar that stands looks dead."""
        if self.state != "now":
            return 1.0 if self.state == "done" else 0.0
        passed = (now - self.began) / max(self.expected_s, 0.1)
        # Nears the end without reaching it, however long it takes.
        return passed / (passed + 0.4) if passed < 1 else 1 - 0.286 / (1 + 0.7 * (passed - 1))


@dataclass(slots=True)
class Failure:
    slug: str
    params: Mapping[str, object]


@dataclass(slots=True)
class Progress:
    """Thread-safe.  `on_change` is called after each change, one at a time."""

    on_change: Callable[["Progress"], None] = lambda progress: None
    is_first: bool = True
    """False where only the screens are built again."""
    failure: Failure | None = None
    link: str | None = None
    """Where the program is, once it serves."""
    steps: dict[str, Step] = field(default_factory=lambda: {slug: Step(slug, s) for slug, s in STEPS.items()})
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def begin(self, slug: str, detail: str = "") -> None:
        self._set(slug, state="now", detail=detail, began=time.monotonic())

    def tell(self, slug: str, detail: str, note: str = "") -> None:
        self._set(slug, detail=detail, note=note)

    def done(self, slug: str, note: str | None = None) -> None:
        step = self.steps[slug]
        took = f"{time.monotonic() - step.began:.1f} s" if step.state == "now" else ""
        self._set(slug, state="done", detail="", note=took if note is None else note)

    def fail(self, slug: str, params: Mapping[str, object]) -> None:
        self.failure = Failure(slug, params)
        self.on_change(self)

    def percent(self) -> int:
        now = time.monotonic()
        with self._lock:
            whole = sum(step.expected_s for step in self.steps.values())
            return int(100 * sum(step.expected_s * step.fraction(now) for step in self.steps.values()) / whole)

    def left_s(self) -> int:
        """About how many seconds are left.  Packages and screens are made side by side, so the longer one counts."""
        now = time.monotonic()
        with self._lock:
            left = {slug: step.expected_s * (1 - step.fraction(now)) for slug, step in self.steps.items()}
        return max(2, round(left["environment"] + max(left["packages"], left["screens"]) + left["window"]))

    def as_dict(self) -> dict[str, Any]:
        """What outlives the step into the environment (`restore`)."""
        with self._lock:
            return {
                "is_first": self.is_first,
                "steps": {step.slug: [step.state, step.note] for step in self.steps.values()},
            }

    def restore(self, state: Mapping[str, Any]) -> None:
        self.is_first = state["is_first"]
        for slug, (step_state, note) in state["steps"].items():
            self._set(slug, state=step_state, note=note, began=time.monotonic())

    def _set(self, slug: str, **changes: Any) -> None:
        with self._lock:
            for name, value in changes.items():
                setattr(self.steps[slug], name, value)
            self.on_change(self)
