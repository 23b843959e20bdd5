"""gatehouse.toml on disk: read whole, written whole or not at all.

It is the person's file: comments, order and mode are kept, and it is only written when they change a setting.
"""

import errno
import os
import re
import stat
import tempfile
import tomllib
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit

from app.errors import GatehouseError

from .keys import FILE_NAME, KEYS

_SIZE = 64 << 10
"""Bytes: hundreds of times what anybody writes; to change one setting of a file of a MiB took a minute."""

_BOM = "\ufeff"
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_NEW = "# This site's settings in Gatehouse.  What is not set here has its default or is recognised in the folder.\n\n"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a settings file: a slug of app/words, and what fills its sentence."""

    slug: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    values: Mapping[str, Any] = field(default_factory=dict)
    """Dotted names → what stands in the file, unchecked; empty where there is no file."""

    problem: Problem | None = None
    """The file is there and cannot be used: settings-damaged {file, line, message}, settings-not-utf8
    {file, line}, settings-too-large {file, size}, settings-no-file {file}, settings-unreadable {file, reason}."""


def read(folder: Path) -> Read:
    """The settings file of a site's folder.  Never raises."""
    path = folder / FILE_NAME
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return _unusable("settings-no-file", path)  # a pipe would keep us waiting for ever
        data = path.read_bytes() if found.st_size <= _SIZE else None
    except FileNotFoundError:
        return Read()
    except OSError as error:
        return _unusable("settings-unreadable", path, reason=os.strerror(error.errno or 0))
    if data is None:
        return _unusable("settings-too-large", path, size=f"{_SIZE >> 10} KiB")
    try:
        return Read(flat(tomllib.loads(data.decode().removeprefix(_BOM))))
    except UnicodeDecodeError as error:
        return _unusable("settings-not-utf8", path, line=data.count(b"\n", 0, error.start) + 1)
    except tomllib.TOMLDecodeError as error:
        line, message = _place(str(error), data)
        return _unusable("settings-damaged", path, line=line, message=message)
    except RecursionError:
        return _unusable("settings-damaged", path, line=1, message="nested too deeply")


def write(folder: Path, changes: Mapping[str, Any]) -> bool:
    """Put changed values into the file; None takes a key out.  False where the folder cannot be written.

    Raises GatehouseError settings-damaged-change where the file has a mistake (it is not overwritten), and
    settings-not-written where the disk is full or the like; then the old file is still there.
    """
    if read(folder).problem:
        raise GatehouseError("settings-damaged-change", status=409, params={"file": str(folder / FILE_NAME)})
    path = (folder / FILE_NAME).resolve()  # a link stays a link: what it leads to is replaced
    try:
        # Bytes, so that a file written on Windows keeps its line ends.
        text = path.read_bytes().decode() if path.exists() else _NEW
        new = _changed(text, changes)
        _replace(path, new.encode())
    except OSError as error:
        if error.errno in _READ_ONLY:
            return False
        reason = os.strerror(error.errno or 0)
        raise GatehouseError(
            "settings-not-written", status=507, params={"file": str(path), "reason": reason}
        ) from error
    return True


def flat(document: Mapping[str, Any]) -> dict[str, Any]:
    """The tables `[limits]` and `[keep]` as dotted names; `[environment]` and `[interpreters]` stay whole."""
    values: dict[str, Any] = {}
    for name, value in document.items():
        if isinstance(value, dict) and name not in KEYS:
            values.update({f"{name}.{key}": one for key, one in value.items()})
        else:
            values[name] = value
    return values


def _changed(text: str, changes: Mapping[str, Any]) -> str:
    bom = _BOM if text.startswith(_BOM) else ""
    document = tomlkit.parse(text.removeprefix(_BOM))
    for name, value in changes.items():
        _set(document, name, value)
    return bom + tomlkit.dumps(document)


def _set(document: tomlkit.TOMLDocument, name: str, value: Any) -> None:
    table_name, dot, key = name.partition(".")
    if not dot:
        _put(document, name, value)
        return
    if table_name not in document:
        if value is None:
            return
        document[table_name] = tomlkit.table()
    # Looked up again: what a document holds is not the object that was put in.
    table = document[table_name]
    _put(table, key, value)
    if not table:
        document.pop(table_name)


def _put(table: MutableMapping[str, Any], key: str, value: Any) -> None:
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file and rename: whoever reads sees the old file or the new one."""
    # Hidden, so that it is never served if we are killed here.
    descriptor, name = tempfile.mkstemp(prefix=".gatehouse-", suffix=".toml", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(path: Path) -> int:
    """The old file's mode; for a new one what any editor would give it."""
    with suppress(OSError):
        return path.stat().st_mode & 0o7777
    return 0o644


def _place(message: str, data: bytes) -> tuple[int, str]:
    """(line, what is wrong) from tomllib's "Expected '=' after a key … (at line 3, column 5)"."""
    match = re.fullmatch(r"(?P<what>.*?)\s*\(at (?:line (?P<line>\d+).*|end of document)\)", message, re.DOTALL)
    if match is None:
        return 1, message
    last = max(1, len(data.splitlines()))
    return int(match["line"] or last), match["what"]


def _unusable(slug: str, path: Path, **params: str | int) -> Read:
    return Read(problem=Problem(slug, {"file": path.name, **params}))
