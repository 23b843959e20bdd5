"""How this system gets what makes environments, as one line for a terminal."""

import platform
import sys

# By ID and ID_LIKE of /etc/os-release: descendants (Ubuntu, Mint, Rocky) name the one that they come from.
_LINUX = {
    "debian": "sudo apt install python3-venv",
    "fedora": "sudo dnf install python3-pip",
    "arch": "sudo pacman -S python-pip",
    "suse": "sudo zypper install python3-pip",
}


def venv_command() -> str:
    match sys.platform:
        case "darwin":
            return "brew install python"
        case "win32":
            return "winget install Python.Python.3.13"
    known = (_LINUX[name] for name in _system_names() if name in _LINUX)
    return next(known, "curl -LsSf https://astral.sh/uv/install.sh | sh && uv run launcher.py")


def _system_names() -> list[str]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
