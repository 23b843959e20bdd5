"""A bounded look into a folder: a person may add their whole disk, and must not wait for it."""

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

ENTRIES = 4000
"""Directory entries that one look reads at most."""

DEPTH = 4
"""Folders below the one looked at; sites made of scripts are shallow."""

_SKIPPED = frozenset({"__pycache__", "node_modules", "CVS"})


def files_below(folder: Path, *, entries: int = ENTRIES, depth: int = DEPTH) -> Iterator[Path]:
    """The regular files in and below a folder, nearest first, hidden ones left out.

    What cannot be read is passed over.  Links to folders are not followed, so a ring of links ends.
    """
    waiting = deque([(folder, 0)])
    left = entries
    while waiting and left > 0:
        here, level = waiting.popleft()
        for entry in _entries(here):
            left -= 1
            if left < 0:
                return
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            if _is_folder(entry):
                if level < depth:
                    waiting.append((Path(entry.path), level + 1))
            elif _is_file(entry):
                yield Path(entry.path)


def first_bytes(path: Path, size: int) -> bytes:
    """The beginning of a file; empty where it cannot be read.  Never waits for a pipe's writer."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return b""
    try:
        return os.read(descriptor, size)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def is_executable(path: Path) -> bool:
    """True where any execute bit is set (the account that runs the script may not be the owner)."""
    try:
        return bool(path.stat().st_mode & 0o111)
    except OSError:
        return False


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    # scandir is lazy: a folder of a million files costs only the entries that are taken.
    try:
        with os.scandir(folder) as found:
            yield from found
    except OSError:
        return


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False
