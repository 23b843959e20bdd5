"""What a script leaves behind becomes our child, not init's, so that it can be found and ended."""

import ctypes
import os

from .portable import IS_PORTABLE

_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


def become_subreaper() -> None:
    """Raises OSError where the kernel refuses.  Does nothing on other systems."""
    if IS_PORTABLE:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
