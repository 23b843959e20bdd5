"""How this system gets a native window: the exact command, by what /etc/os-release says."""

import platform
import sys
from collections.abc import Iterable

QT_MIB = 710
"""What PySide6 takes on the disk, measured (PLATFORM.md 1)."""

_DEBIAN = "sudo apt install python3-gi python3-gi-cairo gir1.2-gtk-3.0 gir1.2-webkit2-4.1"
_COMMANDS = {
    "debian": _DEBIAN,
    "ubuntu": _DEBIAN,
    "fedora": "sudo dnf install python3-gobject gtk3 webkit2gtk4.1",
    "rhel": "sudo dnf install python3-gobject gtk3 webkit2gtk3",
    "arch": "sudo pacman -S python-gobject gtk3 webkit2gtk-4.1",
    "suse": "sudo zypper install python3-gobject-Gdk typelib-1_0-Gtk-3_0 typelib-1_0-WebKit2-4_1",
    "opensuse": "sudo zypper install python3-gobject-Gdk typelib-1_0-Gtk-3_0 typelib-1_0-WebKit2-4_1",
}


def command() -> str:
    """What to type so that the next start has a window."""
    match sys.platform:
        case "darwin":
            return f"{sys.executable} -m pip install pyobjc-core pyobjc-framework-WebKit"
        case "win32":
            return "winget install Microsoft.EdgeWebView2Runtime"
    return command_for(_system_names()) or "gatehouse --setup-window"


def command_for(names: Iterable[str]) -> str | None:
    """The command of the first system that we know among ID and ID_LIKE ('linuxmint', 'ubuntu', 'debian')."""
    for name in names:
        if found := _COMMANDS.get(name) or _COMMANDS.get(name.partition("-")[0]):
            return found
    return None


def _system_names() -> list[str]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
