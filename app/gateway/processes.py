"""What runs on this computer, from /proc: who belongs to a run, also after it left the run's session.

Linux only; elsewhere nothing is seen, and a run is its process group.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MARK = b"UNIQUE_ID"
"""The variable (Apache's mod_unique_id has the name) by which what a run left behind is known; see `mark`."""

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Seen:
    """One process as it was."""

    pid: int
    parent: int
    group: int
    session: int
    started: int
    """Clock ticks since boot (proc(5), stat field 22)."""


def mark(gateway: str, run: int) -> bytes:
    """The value of MARK: `gateway` is drawn once for each gateway process, so no two runs ever share one."""
    return f"{gateway}-{run}".encode()


def all_processes() -> list[Seen]:
    """Those that are alive; zombies are left out."""
    try:
        names = os.listdir(_PROC)  # noqa: PTH208  # names are all that is needed, for each process there is
    except OSError:
        return []
    return [seen for name in names if name.isdigit() and (seen := process(int(name)))]


def process(pid: int) -> Seen | None:
    """None where it is gone or a zombie."""
    try:
        stat = (_PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    state, parent, group, session, *rest = stat[stat.rindex(b")") + 2 :].split()
    if state in (b"Z", b"X"):
        return None
    return Seen(pid, int(parent), int(group), int(session), int(rest[15]))


def marked_with(pid: int) -> bytes | None:
    """The MARK in a process's environment, None where it has none or may not be read."""
    try:
        environment = (_PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return None
    for entry in environment.split(b"\0"):
        name, _, value = entry.partition(b"=")
        if name == MARK:
            return value
    return None


def members(leader: int, run_mark: bytes, seen: Iterable[Seen]) -> list[int]:
    """The pids of a run: its session, its descendants, and what left both but carries its mark."""
    found = {one.pid for one in seen if leader in (one.pid, one.group, one.session)}
    rest = [one for one in seen if one.pid not in found]
    while True:
        more = {one.pid for one in rest if one.parent in found}
        if not more:
            break
        found |= more
        rest = [one for one in rest if one.pid not in more]
    own = os.getpid()
    adopted = (one.pid for one in rest if one.parent == own)
    return [*found, *(pid for pid in adopted if marked_with(pid) == run_mark)]


def descendants(ancestor: int, seen: Iterable[Seen]) -> list[int]:
    """All below one process."""
    found = {ancestor}
    rest = list(seen)
    while more := {one.pid for one in rest if one.parent in found and one.pid not in found}:
        found |= more
    return sorted(found - {ancestor})
