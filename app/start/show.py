"""Where the program is shown: the native window, else the browser, else nowhere; stderr says which and why."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from app.start.setup_by_click import SetupByClick
from app.start.terminal import say, terminal_language
from app.window.desk import Window
from app.window.desktop import open_in_browser
from app.words import phrase

Mode = Literal["window", "browser", "none"]


class Shown:
    """The desk of the window and the desktop, and the ladder from one to the other."""

    def __init__(
        self,
        data: Path,
        *,
        new_link: Callable[[], str],
        on_closed: Callable[[], None],
        page_left: Callable[[], float | None],
        setup: SetupByClick,
    ) -> None:
        """`new_link` makes an address that signs a browser in; `on_closed` hears that the person closed the window;
        `page_left` tells when the window's page stopped to follow the event stream.
        """
        self._new_link = new_link
        self.desk = Window(
            data,
            on_closed=on_closed,
            on_lost=self._without_window,
            new_link=new_link,
            page_left=page_left,
            install=setup.begin if setup.is_possible else None,
        )

    def show(self, mode: Mode) -> None:
        """Returns at once."""
        match mode:
            case "window":
                self.desk.start()
            case "browser":
                if not open_in_browser(self._new_link()):
                    _say("shown.no-browser")

    def stop(self) -> None:
        self.desk.stop()

    def _without_window(self, reason: str) -> None:
        """There is none, or it has died: the person must still find what they had before them."""
        has_browser = open_in_browser(self._new_link())
        _say(f"shown.{reason}", "shown.in-browser" if has_browser else "shown.nowhere")


def _say(*slugs: str) -> None:
    lang = terminal_language()
    say(" ".join(phrase(slug, lang) for slug in slugs))
