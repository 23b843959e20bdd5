"""The keys of gatehouse.toml: what each may hold, its unit and its default.

One table, `KEYS`; a check takes what stands in the file and answers with what it means, or raises the
GatehouseError whose words name the key, what is wrong with it, and what is allowed.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from app.errors import GatehouseError
from app.gateway.values import Limits

from .folder import inside
from .layout import url_of

FILE_NAME = "gatehouse.toml"

Check = Callable[[str, Any, Path], Any]
"""(key, value, site's folder) → the value in its plain form; raises GatehouseError setting-…"""


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    """With a dot where it stands in a table: 'limits.time_s'."""

    check: Check
    default: Any
    """JSON-able.  None: recognised in the folder, any free port, or no limit."""

    is_table: bool = False
    """A table of names that the person chooses: `[environment]`, `[interpreters]`."""


def number(least: float, most: float, *, is_whole: bool = False, zero_is_none: bool = False) -> Check:
    """A number between two bounds; with `zero_is_none`, 0 stands for "no limit"."""

    def check(key: str, value: Any, _folder: Path) -> float | int | None:
        if zero_is_none and value == 0 and not isinstance(value, bool):
            return None
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not is_number or not least <= value <= most or (is_whole and value != int(value)):
            slug = "setting-not-whole" if is_whole else "setting-not-number"
            raise _wrong(slug, key, value, least=least, most=most)
        return int(value) if is_whole else value

    return check


def choice(*allowed: str) -> Check:
    def check(key: str, value: Any, _folder: Path) -> str:
        if value not in allowed:
            raise _wrong("setting-not-choice", key, value, choices=", ".join(f'"{one}"' for one in allowed))
        return str(value)

    return check


def yes_or_no(key: str, value: Any, _folder: Path) -> bool:
    if not isinstance(value, bool):
        raise _wrong("setting-not-yes-no", key, value)
    return value


def site_name(key: str, value: Any, _folder: Path) -> str:
    """One line of text, for people."""
    name = value.strip() if isinstance(value, str) else ""
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise _wrong("setting-not-name", key, value)
    return name


def folder_inside(key: str, value: Any, folder: Path) -> str:
    """A folder of the site, relative to it, with '/' on every system; '.' is the site's own folder."""
    if not isinstance(value, str) or not value:
        raise _wrong("setting-not-folder", key, value)
    try:
        target = inside(folder, value)
    except GatehouseError as error:
        raise _wrong("setting-outside", key, value) from error
    if not target.is_dir():
        raise _wrong("setting-no-folder", key, value, folder=str(target))
    return Path(value).as_posix()


def script_folders(key: str, value: Any, folder: Path) -> list[str]:
    """Folders of the site; each answers at `/<its own name>/`, so no two may have the same."""
    if not isinstance(value, list):
        raise _wrong("setting-not-list", key, value)
    found = [folder_inside(key, one, folder) for one in value]
    urls: dict[str, str] = {}
    for one in found:
        url = url_of(folder / one)
        if url in urls:
            raise _wrong("setting-same-url", key, one, other=urls[url], url=url)
        urls[url] = one
    return found


def extensions(key: str, value: Any, _folder: Path) -> list[str]:
    """Endings with their dot.  Only pages' files with the execute bit are run, so '.html' may stand here too."""
    if not isinstance(value, list):
        raise _wrong("setting-not-list", key, value)
    for one in value:
        if not isinstance(one, str) or not re.fullmatch(r"\.[\w+-]{1,16}", one):
            raise _wrong("setting-not-extension", key, one)
    return list(dict.fromkeys(value))


def variables(key: str, value: Any, _folder: Path) -> dict[str, str]:
    """Environment variables: names a shell could use, text without NUL (execve ends a value there)."""
    for name, text in _table(key, value).items():
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise _wrong("setting-not-variable", f"{key}.{name}", text, name=name)
        if not isinstance(text, str) or "\0" in text:
            raise _wrong("setting-not-text", f"{key}.{name}", text)
    return dict(value)


def programs(key: str, value: Any, _folder: Path) -> dict[str, str]:
    """Extension or interpreter name → a program's name or absolute path.  It need not exist on this computer."""
    for name, program in _table(key, value).items():
        is_program = isinstance(program, str) and program.strip() and "\0" not in program
        if not is_program or ("/" in program and not Path(program).is_absolute()):
            raise _wrong("setting-not-program", f"{key}.{name}", program)
    return dict(value)


KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("name", site_name, None),
        Key("port", number(1, 65535, is_whole=True, zero_is_none=True), None),
        Key("pages", folder_inside, None),
        Key("scripts", script_folders, None),
        Key("script_extensions", extensions, None),
        Key("working_directory", choice("script", "site"), None),
        Key("missing_interpreter", choice("same-name", "fail"), "same-name"),
        Key("pass_authorization", yes_or_no, False),
        Key("follow_links", yes_or_no, False),
        Key("environment", variables, {}, is_table=True),
        Key("interpreters", programs, {}, is_table=True),
        Key("limits.silence_s", number(0.1, 86400), 30),
        Key("limits.time_s", number(0.1, 604800), 600),
        Key("limits.open_files", number(16, 1048576, is_whole=True), 1024),
        Key("limits.scripts", number(1, 4096, is_whole=True), 64),
        Key("limits.queue", number(0, 65536, is_whole=True), 256),
        Key("limits.body_mib", number(1, 1048576, is_whole=True, zero_is_none=True), 1024),
        Key("limits.output_mib", number(1, 1048576, is_whole=True, zero_is_none=True), None),
        Key("limits.memory_mib", number(1, 16777216, is_whole=True, zero_is_none=True), None),
        Key("limits.processes", number(1, 65536, is_whole=True, zero_is_none=True), None),
        Key("keep.runs", number(1, 100000000, is_whole=True), 20000),
        Key("keep.bytes_gib", number(0.01, 65536), 1),
    )
}


def key_of(name: str) -> Key | None:
    """The key that a dotted name belongs to: 'environment.LANG' to `environment`; None where there is none."""
    table, dot, _entry = name.partition(".")
    if dot and table in KEYS and KEYS[table].is_table:
        return KEYS[table]
    return KEYS.get(name)


def unknown(name: str) -> tuple[str, dict[str, Any]]:
    """Slug and parameters of the sentence about a key that is not in the table."""
    if name in {key.partition(".")[0] for key in KEYS}:
        return "setting-not-table", {"key": name, "value": "…"}
    near = get_close_matches(name, KEYS, n=1, cutoff=0.7)
    return ("setting-misspelt", {"key": name, "near": near[0]}) if near else ("setting-unknown", {"key": name})


def limits(values: Mapping[str, Any]) -> Limits:
    return Limits(**{one.name: values[f"limits.{one.name}"] for one in fields(Limits)})


def _table(key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong("setting-not-table", key, value)
    return value


def _wrong(slug: str, key: str, value: Any, **params: str | float) -> GatehouseError:
    return GatehouseError(slug, params={"key": key, "value": as_written(value), **params})


def as_written(value: Any) -> str:
    """A value as the file has it, short enough for a sentence."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"
