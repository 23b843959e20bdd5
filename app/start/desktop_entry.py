"""Gatehouse in the desktop's menu: a .desktop file and an icon where freedesktop.org's desktops look."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app import VERSION
from app.errors import GatehouseError
from app.start.folders import shown, xdg_data_home
from app.start.terminal import say, terminal_language
from app.words import phrase
from ui.build import ROOT, is_checkout

_ENTRY = "applications/gatehouse.desktop"
_ICON = "icons/hicolor/scalable/apps/gatehouse.svg"


def install() -> int:
    """Raises GatehouseError."""
    _require_freedesktop()
    home = xdg_data_home()
    _write(home / _ICON, (ROOT / "ui" / "icon.svg").read_text(encoding="utf-8"))
    _write(home / _ENTRY, entry(command()))
    _refresh(home)
    say(phrase("desktop-installed", terminal_language(), {"path": shown(home / _ENTRY)}))
    return 0


def uninstall() -> int:
    """Raises GatehouseError.  Nothing else of the desktop is touched."""
    _require_freedesktop()
    home = xdg_data_home()
    was_there = [path for path in (home / _ENTRY, home / _ICON) if path.is_file()]
    for path in was_there:
        try:
            path.unlink()
        except OSError as error:
            raise _unwritable(path, error) from error
    _refresh(home)
    say(phrase("desktop-uninstalled" if was_there else "desktop-none", terminal_language()))
    return 0


def command() -> list[str]:
    """What starts this very Gatehouse, from any folder."""
    if is_checkout():
        # Not the environment's Python: that goes with the next change of the dependencies.
        return [getattr(sys, "_base_executable", sys.executable), str(ROOT / "launcher.py")]
    script = Path(sys.executable).parent / "gatehouse"
    return [str(script)] if script.is_file() else [sys.executable, "-m", "launcher"]


def entry(start: Sequence[str]) -> str:
    """Desktop Entry Specification 1.5."""
    return f"""[Desktop Entry]
Version=1.5
Type=Application
Name=Gatehouse
GenericName=Web sites made of scripts
GenericName[zh_CN]=脚本网站
Comment=Serve small web sites made of scripts, and see every run
Comment[zh_CN]=运行由脚本组成的小网站，并查看每一次运行
Exec={" ".join(map(quoted, start))}
Icon=gatehouse
Terminal=false
Categories=Development;WebDevelopment;
Keywords=CGI;Python;Perl;PHP;server;
StartupNotify=true
StartupWMClass=gatehouse
SingleMainWindow=true
X-Gatehouse-Version={VERSION}
"""


def quoted(argument: str) -> str:
    """One argument of Exec: quoted as the specification's "The Exec key" says, then escaped as any string is."""
    escaped = "".join(f"\\{char}" if char in '"`$\\' else char for char in argument)
    return f'"{escaped}"'.replace("\\", "\\\\").replace("%", "%%")


def _refresh(home: Path) -> None:
    """Tell those who keep an index.  Desktops without one see the files by themselves."""
    if program := shutil.which("update-desktop-database"):
        subprocess.run([program, "-q", home / "applications"], capture_output=True, check=False)
    hicolor = home / "icons" / "hicolor"
    if hicolor.is_dir():
        os.utime(hicolor)  # an icon cache older than its folder is not used


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> GatehouseError:
    params = {"path": shown(path), "reason": error.strerror or str(error)}
    return GatehouseError("desktop-entry-unwritable", params=params)


def _require_freedesktop() -> None:
    if sys.platform in {"darwin", "win32"}:
        raise GatehouseError("desktop-entry-system", params={"program": " ".join(command())})
