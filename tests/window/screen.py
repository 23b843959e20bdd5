"""What a person does on a screen, by the window manager's own means."""

import os
import subprocess
from dataclasses import dataclass

from tests.program.running import eventually

TITLE = "Gatehouse"


@dataclass(frozen=True)
class Screen:
    display: str

    def run(self, *command: str) -> str:
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def window(self, title: str = TITLE) -> str:
        """The id of the window with this title, once it is on the screen."""
        return eventually(lambda: self._find(title))

    def close(self) -> None:
        """As a click on the window's cross."""
        self.run("wmctrl", "-i", "-c", self.window())

    def active(self) -> int:
        """The window that has the keyboard; 0 for none."""
        return int(self.run("xprop", "-root", "_NET_ACTIVE_WINDOW").rpartition(" ")[2], 16)

    def _find(self, title: str) -> str | None:
        lines = [line.split(maxsplit=3) for line in self.run("wmctrl", "-l").splitlines()]
        return next((line[0] for line in lines if line[3:] == [title]), None)
