"""Which Python could show a window: our own, or the system's, which sees the GTK that the distribution installed.

Our environment may stand on a Python without GTK's binding (pyenv, uv, a python.org build).  The window is a process
of its own that needs only pywebview, pure Python, so the system's Python can run it from our folders.

`GATEHOUSE_WINDOW_PYTHON` names the interpreters to try instead, separated as in PATH: one that has Qt, say.
"""

import os
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Where `app` is imported from."""

_NAMED = "GATEHOUSE_WINDOW_PYTHON"
_SYSTEM_PYTHONS = ("/usr/bin/python3",)


@dataclass(frozen=True, slots=True)
class Candidate:
    python: str
    environment: Mapping[str, str] = field(default_factory=dict)
    """To be set on top of ours."""


def candidates() -> list[Candidate]:
    """In the order in which they are to be tried."""
    if named := os.environ.get(_NAMED):
        return [_other(python) for python in named.split(os.pathsep)]
    found = [Candidate(sys.executable, {"PYTHONPATH": str(ROOT)})]
    if sys.platform.startswith("linux"):
        found += [_other(python) for python in _SYSTEM_PYTHONS if _is_another(python)]
    return found


def has_display() -> bool:
    """Elsewhere than on Linux and the BSDs a graphical session is taken for granted."""
    if sys.platform in {"darwin", "win32", "cygwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _other(python: str) -> Candidate:
    """One that has to be lent our pywebview."""
    return Candidate(python, {"PYTHONPATH": os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])})


def _is_another(python: str) -> bool:
    """Is it here, and not the one that our environment stands on (which sees the same packages)?"""
    base = getattr(sys, "_base_executable", sys.executable)
    return Path(python).exists() and Path(python).resolve() != Path(base).resolve()
