"""What a script's file looks like at the moment it is called."""

import os

from .values import FileFacts

_HEAD = 512
# A pipe that was put in place of the script would keep us waiting for its writer.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def file_facts(path: str) -> FileFacts | None:
    """One open, one fstat, one read; None where nothing is there.  A file closed to us has an empty head."""
    try:
        descriptor = os.open(path, _FLAGS)
    except PermissionError:
        return _from_outside(path)
    except OSError:
        return None
    try:
        info = os.fstat(descriptor)
        return FileFacts(info.st_mode, info.st_size, info.st_mtime_ns, os.read(descriptor, _HEAD))
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _from_outside(path: str) -> FileFacts | None:
    """A program may be executable and not readable (mode 711)."""
    try:
        info = os.stat(path)  # noqa: PTH116 - as above, without the detour through Path
    except OSError:
        return None
    return FileFacts(info.st_mode, info.st_size, info.st_mtime_ns, b"")
