"""A lock between processes, which ends with the process that holds it."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextlib.contextmanager
def exclusive(path: Path, *, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock file `path`; where another process holds it, `on_wait` is called once and we wait."""
    with path.open("a+b") as file:
        if not try_lock(file.fileno()):
            on_wait()
            _lock(file.fileno())
        yield


def try_lock(fd: int) -> bool:
    """False where another process has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def share(fd: int) -> None:
    """Say that something is in use, together with others: `try_lock` fails until the last of us has ended."""
    if sys.platform != "win32":
        fcntl.flock(fd, fcntl.LOCK_SH)


def _lock(fd: int) -> None:
    if sys.platform == "win32":
        while not try_lock(fd):
            with contextlib.suppress(OSError):
                msvcrt.locking(fd, msvcrt.LK_LOCK, 1)  # tries for ten seconds
                return
    else:
        fcntl.flock(fd, fcntl.LOCK_EX)
