"""The window's button that fetches Qt: the same as --setup-window, with notices in place of lines on the terminal."""

import threading
from pathlib import Path

from app.errors import GatehouseError
from app.start.setup_window import can_install, install_qt
from app.supervisor.notices import Notices


class SetupByClick:
    def __init__(self, data: Path, notices: Notices) -> None:
        self._data, self._notices = data, notices
        self._is_busy = threading.Lock()

    @property
    def is_possible(self) -> bool:
        return can_install()

    def begin(self) -> None:
        """Returns at once; a second click while it goes on changes nothing."""
        if self._is_busy.acquire(blocking=False):
            threading.Thread(target=self._run, name="window-setup", daemon=True).start()

    def _run(self) -> None:
        try:
            install_qt(self._data, tell=self._tell)
        except GatehouseError as error:
            self._notices.put(error.slug, error.params)
        else:
            self._notices.put("window-setup-done")
        finally:
            self._notices.drop("window-setup-fetching")
            self._is_busy.release()

    def _tell(self, what: str, _note: str) -> None:
        self._notices.put("window-setup-fetching", {"what": what})
