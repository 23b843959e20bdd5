"""Acts of the desktop that need no window of ours: the person's browser and file manager."""

import os
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path

from app.window.candidates import has_display


def browser() -> webbrowser.BaseBrowser | None:
    """The person's browser.  Without a display only one that they named (BROWSER): others would take the terminal."""
    if not has_display() and not os.environ.get("BROWSER"):
        return None
    try:
        return webbrowser.get()
    except webbrowser.Error:
        return None


def open_in_browser(url: str, *, wait_s: float = 0) -> bool:
    """Hand an address to the browser; False where there is none, or it says within `wait_s` that it cannot.

    A program that ends right after this must wait for that time, too, to let it begin.
    """
    found = browser()
    if found is None:
        return False
    said: list[bool] = []
    # Some commands return only when the browser is closed.
    opening = threading.Thread(target=lambda: said.append(found.open(url)), name="browser", daemon=True)
    opening.start()
    opening.join(wait_s)
    return False not in said


def open_in_file_manager(folder: Path) -> bool:
    """Show a folder; False where nothing here can."""
    command = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    try:
        subprocess.Popen(
            [command, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True
