"""A rule: one function that looks at the facts of a run and recognises one cause, under a slug that never changes."""

from collections.abc import Callable
from dataclasses import dataclass

from app.diagnose.facts import RunFacts
from app.diagnose.values import Diagnosis

Look = Callable[[RunFacts], Diagnosis | None]


@dataclass(frozen=True, slots=True)
class Rule:
    slug: str
    look: Look
    is_general: bool
    """Only shows how the run ended; asked only where no other rule knows more."""


def diagnosis(slug: str, *, general: bool = False) -> Callable[[Look], Rule]:
    """Makes a rule of a function.  It is not registered anywhere: `judge.RULES` lists the rules in order."""

    def make(look: Look) -> Rule:
        return Rule(slug, look, general)

    return make
