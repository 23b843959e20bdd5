"""The window itself, in a process of its own: Qt aborts and GTK exits where something is missing, without an exception.

It speaks JSON lines.  Events on stdout: `loaded` {backend}, `closed` {}, `no-backend` {}, and `answer` {id, result}.
Commands on stdin: {"do", "id"}, which is `focus`, `load` {url}, or `choose-folder` {title}; the end of stdin means that
the program is gone.

Nothing of ours is exposed to the page: pywebview's bridge would run commands for any page (PLATFORM.md 2.3).  May be
run by the system's own Python, which sees the system's GTK: only the standard library and pywebview are imported, and
nothing is written that Python 3.9 cannot read.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

import webview
from webview.errors import WebViewException

NO_BACKEND = 3
"""Exit status: pywebview found neither GTK nor Qt."""

_ICON = Path(__file__).parents[2] / "ui" / "icon.svg"
_SIZE = (1280, 800)


def show(*, url: str, storage: str) -> None:
    """Show the page until the window is closed or the program ends; then leave the process at once."""
    out = _take_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the program's business
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses root with its sandbox on
    sys.argv[0] = "gatehouse"  # becomes WM_CLASS, by which the desktop finds the entry and its icon
    window = _Window(url, Path(storage), out)
    try:
        # Without private mode, so that localStorage is there and keeps the token.
        webview.start(window.listen, private_mode=False, storage_path=storage)
        # Told here: pywebview would call a handler of `closed` on a thread that our exit outruns.
        window.tell_closed()
    except WebViewException as error:
        out.tell("no-backend", reason=str(error))
        os._exit(NO_BACKEND)
    os._exit(0)  # without waiting for pywebview's threads, which may be stuck in a page


class _Lines:
    """The one pipe to the program.  GTK and Chromium print on stdout too, so it is taken away from them."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._lock = threading.Lock()

    def tell(self, event: str, **content: Any) -> None:
        with self._lock:
            try:
                self._file.write(json.dumps({"event": event, **content}) + "\n")
                self._file.flush()
            except (OSError, ValueError):
                pass  # the program is gone; stdin says so too


def _take_stdout() -> _Lines:
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return _Lines(out)


class _Window:
    def __init__(self, url: str, storage: Path, out: _Lines) -> None:
        self._out = out
        self._size_file = storage / "size.json"
        self._size = _read_size(self._size_file)
        # text_select=False would inject a style that our content security policy refuses (PLATFORM.md 2.2).
        window = webview.create_window(
            "Gatehouse",
            url,
            width=self._size[0],
            height=self._size[1],
            min_size=(480, 320),
            text_select=True,
            zoomable=True,
        )
        assert window  # None only for a window that is to be made later
        self._window = window
        self._window.events.before_show += self._set_icon
        self._window.events.loaded += self._on_loaded
        self._window.events.resized += self._on_resized

    def listen(self) -> None:
        """Called by pywebview once its loop runs."""
        threading.Thread(target=self._obey, name="commands", daemon=True).start()

    def tell_closed(self) -> None:
        """It is gone: the person closed it, or the program asked for that."""
        try:
            self._size_file.write_text(json.dumps(self._size), encoding="ascii")
        except OSError:
            pass  # it opens in its first size next time
        self._out.tell("closed")

    def _obey(self) -> None:
        for line in sys.stdin:
            # Each on a thread of its own: a dialog waits for the person, and the end must be heard meanwhile.
            threading.Thread(target=self._answer, args=(json.loads(line),), daemon=True).start()
        # An open dialog has a loop of its own, which would go on.
        threading.Timer(1, os._exit, [0]).start()
        self._window.destroy()

    def _answer(self, command: dict[str, Any]) -> None:
        self._out.tell("answer", id=command.get("id"), result=self._do(command))

    def _do(self, command: dict[str, Any]) -> Any:
        try:
            if command["do"] == "choose-folder":
                return self._choose_folder(command["title"])
            if command["do"] == "focus":
                self._window.restore()
                if not str(webview.renderer).startswith("gtk"):
                    self._window.show()  # would call GTK from this thread; there, restore() is enough
            elif command["do"] == "load":
                self._window.load_url(command["url"])
        except Exception as error:
            sys.stderr.write(f"window: {command['do']}: {error!r}\n")
        return None

    def _choose_folder(self, title: str) -> "str | None":
        self._window.localization["linux.openFolder"] = title
        home = str(Path.home())  # GTK would begin with an empty list of recent files
        chosen = self._window.create_file_dialog(webview.FileDialog.FOLDER, directory=home)
        return chosen[0] if chosen else None

    def _set_icon(self) -> None:
        """For a desktop that has no entry of ours.  webview.start(icon=…) would fail where nothing here reads SVG."""
        native: Any = self._window.native
        try:
            if hasattr(native, "set_icon_from_file"):
                native.set_icon_from_file(str(_ICON))
            elif hasattr(native, "setWindowIcon"):
                from qtpy.QtGui import QIcon

                native.setWindowIcon(QIcon(str(_ICON)))
        except Exception as error:
            sys.stderr.write(f"window: icon: {error!r}\n")

    def _on_loaded(self) -> None:
        self._out.tell("loaded", backend=webview.renderer)

    def _on_resized(self, width: int, height: int) -> None:
        self._size = (int(width), int(height))


def _read_size(file: Path) -> tuple[int, int]:
    """The size of the last time.  (No position: Wayland lets no program choose it.)"""
    try:
        width, height = json.loads(file.read_text(encoding="ascii"))
        return max(480, min(int(width), 10000)), max(320, min(int(height), 10000))
    except (OSError, ValueError, TypeError):
        return _SIZE
