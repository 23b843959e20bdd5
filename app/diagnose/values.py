"""What a diagnosis is: facts and numbers, no sentence (those stand in `words/`).  Each value becomes JSON as it is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Certainty = Literal["certain", "likely", "hint"]
"""certain: these facts have no other cause.  likely: they have a rare other one.  hint: worth a look."""

Automatic = Literal["yes", "ask", "no"]
"""yes: safe with one click.  ask: show the change first.  no: only a person can do it."""

Verdict = Literal["good", "suspicious", "failed"]
Step = Mapping[str, str | int]
"""One change that a program can make: {"do": "chmod", "path": "cgi-bin/x.py", "mode": "755"}; see `steps.py`."""

Params = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was seen, for people who want to check the reasoning."""

    name: str
    """Of the label, `fact.<name>` in app/words: 'mode', 'errno', 'first-line', …"""

    value: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What helps.  No steps: the words say what to do."""

    steps: tuple[Step, ...] = ()
    automatic: Automatic = "no"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a run went as it did, found by one rule."""

    params: Params
    """Put into the words of the rule's slug."""

    evidence: tuple[Fact, ...]
    certainty: Certainty = "certain"
    fix: Fix = field(default_factory=Fix)


@dataclass(frozen=True, slots=True)
class Found:
    """A diagnosis with the slug of its rule."""

    slug: str
    diagnosis: Diagnosis

    def as_dict(self) -> dict[str, Any]:
        """As it is stored with the run and sent over the API."""
        return {"slug": self.slug, **asdict(self.diagnosis)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The last word on a run."""

    verdict: Verdict
    diagnoses: tuple[Found, ...]
    """Best first; empty for a good run."""

    faults: tuple[str, ...] = ()
    """Rules that raised, 'slug: exception': our bugs, noted and skipped."""
