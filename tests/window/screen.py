"""What a person does on a screen, by the window manager's own means."""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.program.running import DEADLINE_S, eventually

TITLE = "Gatehouse"
PATIENCE_S = 3


@dataclass(frozen=True)
class Screen:
    display: str

    def run(self, *command: str, check: bool = True) -> str:
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(command, env=environment, check=check, capture_output=True, text=True).stdout

    def window(self, title: str = TITLE) -> str:
        """The id of the window with this title, once it is on the screen."""
        return eventually(lambda: self.titles().get(title))

    def titles(self) -> dict[str, str]:
        """What is on the screen: title → id."""
        # wmctrl fails where there is no window, and where one goes while it looks.
        lines = [line.split(maxsplit=3) for line in self.run("wmctrl", "-l", check=False).splitlines()]
        return {line[3]: line[0] for line in lines if len(line) == 4}

    def close(self) -> None:
        """As a click on the window's cross."""
        self.run("wmctrl", "-i", "-c", self.window())

    def active(self) -> int:
        """The window that has the keyboard; 0 for none."""
        return int(self.run("xprop", "-root", "_NET_ACTIVE_WINDOW").rpartition(" ")[2], 16)

    def press(self, *keys: str) -> None:
        """In the window that has the keyboard."""
        self.run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        self.run("xdotool", "type", "--delay", "5", text)

    def command(self, words: str) -> None:
        """By the palette of Gatehouse's window; words that only one command has."""
        self.run("xdotool", "windowactivate", "--sync", self.window())
        self.press("Escape", "ctrl+k")
        self.type(words)
        self.press("Return")


def insist(act: Callable[[], object], holds: Callable[[], object]) -> None:
    """Act until it holds: keys that come while a page is being drawn are lost, and a person presses them again."""
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        act()
        again = time.monotonic() + PATIENCE_S
        while time.monotonic() < again:
            if holds():
                return
            time.sleep(0.02)
    raise AssertionError("never so")
