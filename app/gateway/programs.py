"""Programs of this computer: found on a script's PATH, and which Python one of them is."""

import os
import re
import stat
import subprocess
from collections.abc import Mapping

_VERSION = re.compile(r"python(\d)\.(\d+)(?:\.exe)?\Z")
_PYTHON = re.compile(r"python[\d.]*(?:\.exe)?\Z")
_QUESTION = "import sys; sys.stdout.write('%d.%d' % sys.version_info[:2])"
_PATIENCE_S = 5

Version = tuple[int, int]

_known: dict[tuple[str, int, int, str], Version | None] = {}
"""(program, inode, time of change, working directory) → version.  A program that is upgraded is looked at again."""


def on_path(name: str, path: str) -> str | None:
    """Absolute path of a program in the folders of PATH; an absolute one is answered as it is, if it is there."""
    if os.path.isabs(name):  # noqa: PTH117
        return name if _is_program(name) else None
    if not name or "/" in name or os.sep in name:
        return None
    endings = ("", ".exe", ".bat", ".cmd") if os.name == "nt" else ("",)
    candidates = (os.path.join(folder, name + ending) for folder in path.split(os.pathsep) for ending in endings)  # noqa: PTH118
    return next(filter(_is_program, candidates), None)


def is_gone(path: bytes) -> bool:
    """Does the path lead nowhere?  (A folder or a closed file is something: the kernel says what is wrong with it.)"""
    try:
        os.stat(path)  # noqa: PTH116 - a path of bytes
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def is_python(program: str) -> bool:
    """By its name: python, python3, /usr/bin/python3.13."""
    return _PYTHON.match(program.replace(os.sep, "/").rpartition("/")[2]) is not None


def python_version(program: str, environment: Mapping[bytes, bytes], working_directory: str) -> Version | None:
    """(3, 13); None where the program does not tell.

    Read from the names on the way to the real file where these say it (python3 → python3.13).  Otherwise it is asked,
    once: a process a run would cost more than the run.
    """
    try:
        info = os.stat(program)  # noqa: PTH116 - twice as fast as Path's, and asked for each run
    except OSError:
        return None
    key = (program, info.st_ino, info.st_mtime_ns, working_directory)
    if key not in _known:
        _known[key] = _by_name(program) or _asked(program, environment, working_directory)
    return _known[key]


def _by_name(program: str) -> Version | None:
    for name in (os.path.realpath(program), program):
        if match := _VERSION.search(name):
            return int(match[1]), int(match[2])
    return None


def _asked(program: str, environment: Mapping[bytes, bytes], working_directory: str) -> Version | None:
    """Starts the interpreter, though not a script: those are started in spawn.py only.

    Where `python3` is a shim of pyenv or asdf, folder and environment decide which Python it is: both are the script's.
    """
    try:
        answer = subprocess.run(
            [program, "-S", "-E", "-c", _QUESTION],
            cwd=working_directory,
            env=dict(environment) if os.name != "nt" else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=True,
        )
        major, minor = answer.stdout.split(b".")
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _is_program(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode) and os.access(path, os.X_OK)  # noqa: PTH116
    except OSError:
        return False
