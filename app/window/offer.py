"""How this system gets a native window: the exact command, by what /etc/os-release says."""

import platform
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

QT_MIB = 710
"""What PySide6 takes on the disk, measured (PLATFORM.md 1)."""

_DEBIAN = "sudo apt install python3-gi python3-gi-cairo gir1.2-gtk-3.0 gir1.2-webkit2-4.1"
_SUSE = "sudo zypper install python3-gobject-Gdk typelib-1_0-Gtk-3_0 typelib-1_0-WebKit2-4_1"
_COMMANDS = {
    "debian": _DEBIAN,
    "ubuntu": _DEBIAN,
    "fedora": "sudo dnf install python3-gobject gtk3 webkit2gtk4.1",
    "rhel": "sudo dnf install python3-gobject gtk3 webkit2gtk3",
    "arch": "sudo pacman -S --needed python-gobject gtk3 webkit2gtk-4.1",
    "suse": _SUSE,
    "opensuse": _SUSE,
}


def command() -> str:
    """What to type so that the next start has a window."""
    match sys.platform:
        case "darwin":
            # pip fetches whatever of pywebview's own requirements is missing.
            return shlex.join([sys.executable, "-m", "pip", "install", "pywebview"])
        case "win32":
            return "winget install Microsoft.EdgeWebView2Runtime"
    return command_for(_release()) or _setup_command()


def command_for(release: Mapping[str, str]) -> str | None:
    """The command of the first system that we know among ID and ID_LIKE ('linuxmint', 'ubuntu', 'debian')."""
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    if "rhel" in names and not release.get("VERSION_ID", "").startswith(("8", "9")):
        return None  # RHEL 10 dropped WebKitGTK
    for name in names:
        if found := _COMMANDS.get(name) or _COMMANDS.get(name.partition("-")[0]):
            return found
    return None


def _setup_command() -> str:
    """Qt instead, by the very program that runs."""
    program = Path(sys.argv[0]).resolve()
    python = [sys.executable] if program.suffix == ".py" else []
    return shlex.join([*python, str(program), "--setup-window"])


def _release() -> Mapping[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}
