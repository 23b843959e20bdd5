"""A site is a folder.  What may be one, and which paths lie inside it."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from app.errors import GatehouseError

from .layout import Layout, recognise


def look_at(path: Path, others: Iterable[Path]) -> Layout:
    """What a folder is as a site, or the sentence that says why it cannot be one.

    `others` are the folders that are sites already.  A read-only folder is welcome (its settings are kept in
    our database).  Links are followed first, so one folder cannot be two sites.
    Raises GatehouseError: folder-gone, folder-is-file, folder-unreadable, folder-is-site,
    folder-inside-site, folder-contains-site.
    """
    folder = readable_folder(path)
    for other in others:
        _refuse_overlap(folder, _resolved(other))
    return recognise(folder)


def readable_folder(path: Path) -> Path:
    """The folder, absolute and without links; raises GatehouseError where it is gone, a file, or unreadable."""
    given = path.expanduser()
    try:
        folder = given.resolve(strict=True)
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise GatehouseError("folder-gone", status=404, params={"folder": str(given)}) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreadable(given, error) from error
    if not is_folder:
        raise GatehouseError("folder-is-file", params={"folder": str(folder), "parent": str(folder.parent)})
    try:
        # Asking the kernel, not the mode bits: lists, mounts and other rights count too.
        with os.scandir(folder) as entries:
            next(entries, None)
        os.stat(f"{folder}/.")  # noqa: PTH116 - Path would drop the dot, and the dot needs the right to enter
    except OSError as error:
        raise _unreadable(folder, error) from error
    return folder


def inside(folder: Path, relative: str | Path) -> Path:
    """The absolute path of something in a site, given relative to it, with links followed.

    It need not exist.  Raises GatehouseError path-outside where it leads out, by '..', as an absolute path or
    through a link, and path-bad where no file can have such a name.
    """
    root = _resolved(folder)
    try:
        target = (root / relative).resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise GatehouseError("path-bad", params={"path": _shown(relative)}) from error
    if not target.is_relative_to(root):
        raise GatehouseError("path-outside", status=403, params={"path": _shown(relative), "folder": str(root)})
    return target


def _refuse_overlap(folder: Path, other: Path) -> None:
    params = {"folder": str(folder), "site": str(other)}
    if folder == other:
        raise GatehouseError("folder-is-site", status=409, params=params)
    if folder.is_relative_to(other):
        raise GatehouseError("folder-inside-site", status=409, params=params)
    if other.is_relative_to(folder):
        raise GatehouseError("folder-contains-site", status=409, params=params)


def _unreadable(folder: Path, error: Exception) -> GatehouseError:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return GatehouseError("folder-unreadable", status=403, params={"folder": str(folder), "reason": reason})


def _resolved(folder: Path) -> Path:
    """Without links; as it is where it cannot be followed (a site whose disk is not there keeps its name)."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder


def _shown(path: str | Path) -> str:
    return str(path).replace("\0", "\\0")
