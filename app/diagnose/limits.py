"""The script was ended by Gatehouse because it met one of the site's limits (`[limits]` in gatehouse.toml)."""

from app.diagnose.facts import RunFacts
from app.diagnose.readable import last_line, readable, seconds
from app.diagnose.rule import diagnosis
from app.diagnose.steps import setting
from app.diagnose.values import Diagnosis, Fact, Fix

KEYS = {"silence": "silence_s", "time": "time_s", "output": "output_mib", "processes": "processes"}
"""The limit → the key of `[limits]` that raises it."""


@diagnosis("time-limit")
def time_limit(run: RunFacts) -> Diagnosis | None:
    """No byte for `silence_s` seconds, or `time_s` seconds in all."""
    return _told(run) if run.limit in {"silence", "time"} else None


@diagnosis("endless-loop")
def endless_loop(run: RunFacts) -> Diagnosis | None:
    """It was computing, not waiting, when its time was up: nearly all of it was processor time."""
    if run.limit not in {"silence", "time"} or run.cpu_s is None or run.cpu_s < 0.7 * run.total_s:
        return None
    return Diagnosis(
        params={"script": readable(run.script), "cpu": seconds(run.cpu_s), "ran": seconds(run.total_s)},
        evidence=_evidence(run),
        certainty="likely",
    )


@diagnosis("output-limit")
def output_limit(run: RunFacts) -> Diagnosis | None:
    """More MiB than the site allows."""
    return _told(run) if run.limit == "output" else None


@diagnosis("process-limit")
def process_limit(run: RunFacts) -> Diagnosis | None:
    """More processes at a time than the site allows one run."""
    return _told(run) if run.limit == "processes" else None


def _told(run: RunFacts) -> Diagnosis:
    key = KEYS[run.limit or "time"]
    value = run.limit_value or 0
    return Diagnosis(
        params={
            "script": readable(run.script),
            "key": key,
            "value": seconds(value),
            "ran": seconds(run.total_s),
            "better": seconds(_more(value)),
        },
        evidence=_evidence(run),
        # Raising a limit helps a slow script and only delays the end of one that hangs: never unasked.
        fix=Fix((setting(f"limits.{key}", int(_more(value))),), automatic="ask"),
    )


def _more(value: float) -> float:
    """A limit that a script a bit slower than this one would pass: four times as much."""
    return max(1, round(4 * value))


def _evidence(run: RunFacts) -> tuple[Fact, ...]:
    cpu = (Fact("cpu", f"{seconds(run.cpu_s)} s"),) if run.cpu_s is not None else ()
    limit = Fact("limit", f"{KEYS[run.limit or 'time']} = {seconds(run.limit_value or 0)}")
    last = last_line(run.stderr)
    said = (Fact("stderr-end", last),) if last else ()
    return (limit, Fact("ran", f"{seconds(run.total_s)} s"), *cpu, Fact("stdout-size", str(run.stdout_size)), *said)
