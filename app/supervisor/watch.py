"""Looking, cheaply and often, whether a site's folder has changed under us."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.sites.keys import FILE_NAME
from app.sites.settings import Settings

LOOK_S = 2
"""A few stat() for each site; nothing is opened."""


class Watch:
    """Calls `look` every two seconds, on a thread of its own, until it is closed."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="folder-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread.ident is not None:
            # A look at a network disk that has gone may hang for ever, and must not keep the program from its end.
            self._thread.join(LOOK_S)

    def _run(self) -> None:
        while not self._closing.wait(LOOK_S):
            self._look()


def look_of(folder: Path, settings: Settings | None) -> tuple[Any, ...]:
    """Differs from the last look where the settings, or what is recognised, may have changed.

    The folder's own entries, its settings file, and the entries of its script folders and pages.
    """
    parts = [folder, folder / FILE_NAME]
    if settings:
        parts += [folder / name for name in (settings.values["pages"], *settings.values["scripts"])]
    return tuple(_stamp(path) for path in parts)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
