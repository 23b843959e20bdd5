"""Room set aside for the day the disk is full.

In a full file system SQLite cannot even delete or checkpoint (measured, STORAGE.md 1.1), so retention could not
help.  Giving back a file of our own makes room enough for both.
"""

import os
import shutil
from pathlib import Path

SIZE = 16 << 20
NAME = "reserve"
_LITTLE = 1 << 20
"""Free bytes of a disk that counts as full: less than a WAL and its index want."""


def set_aside(folder: Path) -> bool:
    """Make the reserve if it is not there; False where there is no room for it."""
    path = folder / NAME
    try:
        if path.exists() and path.stat().st_size >= SIZE:
            return True
        # To try and fail would take, for a moment, the room that somebody else needs just then.
        if shutil.disk_usage(folder).free < SIZE + _LITTLE:
            return False
        with path.open("wb") as file:
            _fill(file.fileno())
    except OSError:
        give_up(folder)
        return False
    return True


def is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False  # there is no such folder yet


def give_up(folder: Path) -> None:
    try:
        (folder / NAME).unlink(missing_ok=True)
    except OSError:
        pass  # a read-only folder has no reserve


def _fill(descriptor: int) -> None:
    """Real blocks, not a hole."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, SIZE)
        return
    for _ in range(SIZE >> 20):
        os.write(descriptor, b"\0" * (1 << 20))
