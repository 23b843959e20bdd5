"""--setup-window: Qt, for a native window, into the environment that Gatehouse runs in."""

import sys
from importlib.util import find_spec
from pathlib import Path

from app.errors import GatehouseError
from app.start import pip
from app.start.folders import make_data_folder, shown
from app.start.terminal import say, terminal_language
from app.window.offer import QT_MIB
from app.words import phrase

_QT = "pywebview[pyside6]>=6.2.1,<7"
_DOWNLOAD_MIB = 252
"""PySide6 and its parts as wheels, measured in November 2026."""


def run(data: Path, *, says_yes: bool) -> int:
    """Tell the size, ask, fetch.  Raises GatehouseError."""
    lang = terminal_language()
    if find_spec("PySide6"):
        say(phrase("window-setup-there", lang, {"backend": "Qt"}))
        return 0
    _require_own_environment()
    sizes = {"download_mib": _DOWNLOAD_MIB, "disk_mib": QT_MIB, "folder": shown(Path(sys.prefix))}
    question = phrase("window-setup-ask", lang, sizes)
    if not says_yes and not _agrees(question):
        say(phrase("window-setup-no", lang))
        return 0
    install_qt(data, tell=lambda what, note: say(phrase("window-setup-fetching", lang, {"what": what})))
    say(phrase("window-setup-done", lang))
    return 0


def install_qt(data: Path, *, tell: pip.Tell) -> None:
    """Return when it is there; the next window can use it.  Raises GatehouseError."""
    _require_own_environment()
    make_data_folder(data)
    log = data / "log" / "start.log"
    log.parent.mkdir(exist_ok=True)
    pip.install(Path(sys.executable), [_QT], log=log, tell=tell, is_new=False)


def can_install() -> bool:
    """In an environment, not a Python that others use as well; and with pip, which one made by uv has not."""
    return sys.prefix != sys.base_prefix and find_spec("pip") is not None


def _require_own_environment() -> None:
    if not can_install():
        params = {"folder": shown(Path(sys.prefix)), "command": f"{sys.executable} -m pip install '{_QT}'"}
        raise GatehouseError("window-setup-not-ours", params=params)


def _agrees(question: str) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        say(question.rstrip())
        return False
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是", "好"}
