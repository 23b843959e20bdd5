"""Where Gatehouse keeps its data."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.errors import GatehouseError


def data_folder(chosen: Path | None, environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """`--data`, else $GATEHOUSE_DATA, else the place that this system has for the data of programs."""
    if chosen is not None:
        return chosen.expanduser().absolute()
    if environ.get("GATEHOUSE_DATA"):
        return Path(environ["GATEHOUSE_DATA"]).expanduser().absolute()
    match platform:
        case "win32":
            return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Gatehouse"
        case "darwin":
            return Path.home() / "Library" / "Application Support" / "Gatehouse"
    return xdg_data_home(environ) / "gatehouse"


def xdg_data_home(environ: Mapping[str, str] = os.environ) -> Path:
    """XDG Base Directory Specification: a path in the variable counts only if it is absolute."""
    chosen = Path(environ.get("XDG_DATA_HOME") or "")
    return chosen if chosen.is_absolute() else Path.home() / ".local" / "share"


def make_data_folder(folder: Path) -> None:
    """For its owner only: what is kept there may hold passwords.  Raises GatehouseError in words."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise GatehouseError(
            "data-folder", params={"folder": str(folder), "reason": error.strerror or str(error)}
        ) from error


def shown(folder: Path) -> str:
    """With ~ for the home folder, as people write it."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
