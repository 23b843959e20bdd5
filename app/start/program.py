"""The program: all parts are put together here, in the order in which they depend on each other, and taken apart again.

lock → database → gateway → UI server → instance.json → the printed link → window or browser
"""

import contextlib
import errno
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from app.errors import GatehouseError
from app.start.folders import make_data_folder
from app.start.instance import SilentError, ask, read_instance, take_lock

PATIENCE_S = 20
"""Seconds that a second start waits for a first one that begins, or ends, at this moment."""


@dataclass(frozen=True, slots=True)
class ProgramOptions:
    data: Path
    """The data folder, absolute."""

    port: int | None
    """Of the UI server; None: the one of the last start, or any."""

    mode: Literal["window", "browser", "none"]
    serve: Path | None
    """The one folder to serve (`gatehouse serve`); None: the sites that were served when Gatehouse ended last."""

    serve_port: int | None
    json: bool
    """Print the addresses as one line of JSON."""

    dist: Path
    """The built front end."""

    front_end_trouble: str | None = None
    """Why it is older than its sources, which could not be built; None: it is up to date."""


def run_program(options: ProgramOptions, on_ready: Callable[[str], None] | None = None) -> int:
    """Run until a signal, the window or a click ends it; the exit status.

    `on_ready` is given a link that signs a browser in, once it is served.
    Raises GatehouseError where the program cannot start: nothing is left running then.
    """
    with contextlib.ExitStack() as until_end:
        data = _own_folder(options.data, until_end)
        # Late, so that a second start is quick, and the lock is held before anything is read.
        if data is None:
            from app.start.second import second_start

            return second_start(options, on_ready)
        from app.start.parts import run_parts

        try:
            return run_parts(replace(options, data=data), on_ready, is_temporary=data != options.data)
        except OSError as error:
            if not _is_of_folder(error, data):
                raise
            params = {"folder": str(error.filename or data), "reason": error.strerror}
            raise GatehouseError("data-folder", params=params) from error


def _own_folder(data: Path, until_end: contextlib.ExitStack) -> Path | None:
    """The data folder, held; None where another Gatehouse has it.

    A temporary one where it cannot be written (a read-only home): sites are served all the same.
    """
    try:
        make_data_folder(data)
        lock = take_lock(data) or _take_or_find(data)
    except (OSError, GatehouseError) as error:
        if isinstance(error, GatehouseError) and error.slug == "instance-silent":
            raise
        data = Path(until_end.enter_context(tempfile.TemporaryDirectory(prefix="gatehouse-")))
        lock = take_lock(data)
    if lock is None:
        return None
    until_end.enter_context(lock)
    return data


def _is_of_folder(error: OSError, data: Path) -> bool:
    """A full disk, or something in our data folder that is in the way of a file of ours."""
    name = error.filename
    return error.errno in {errno.ENOSPC, errno.EDQUOT} or (isinstance(name, str) and Path(name).is_relative_to(data))


def _take_or_find(data: Path) -> BinaryIO | None:
    """The lock once it is free, None once another Gatehouse has answered that it is its own.

    One that begins or ends at this moment holds the lock and does not answer; it is waited for.
    Raises GatehouseError instance-silent.
    """
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with contextlib.suppress(SilentError):
            if instance := read_instance(data):
                ask(instance, "GET", "/api/openapi.json")
                return None
        if lock := take_lock(data):
            return lock
        time.sleep(0.05)
    raise GatehouseError("instance-silent", params={"folder": str(data)})
