"""A site's settings: what is set in its gatehouse.toml, over what its folder shows, over the defaults."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.errors import GatehouseError
from app.gateway.values import Site

from . import settings_file
from .folder import inside
from .keys import FILE_NAME, KEYS, key_of, limits, unknown
from .layout import Layout, recognise, url_of
from .php import php_cgi
from .settings_file import Problem

Origin = Literal["default", "recognised", "file", "database"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set about a site, and where each value comes from."""

    folder: Path
    values: Mapping[str, Any]
    """Every key of `KEYS` → its value, JSON-able: folders relative to the site, None for "no limit"."""

    origins: Mapping[str, Origin]
    layout: Layout
    problems: tuple[Problem, ...] = ()
    """A damaged file, or keys whose value cannot be used; these have their recognised or default value."""

    notices: tuple[Problem, ...] = ()
    """Keys that we do not know (setting-unknown, setting-misspelt): a slip of the pen, or a newer Gatehouse's."""

    is_writable: bool = True
    """False: the folder is read-only, and changes are kept in our database."""

    @property
    def path(self) -> Path:
        return self.folder / FILE_NAME

    @property
    def problem(self) -> Problem | None:
        """The first thing to put right."""
        return next(iter(self.problems), None)


def load(folder: Path, overrides: Mapping[str, Any] | None = None) -> Settings:
    """The settings of a site's folder.  Never raises for what stands in the file: the site is served anyway.

    `overrides` are the changes kept in our database for a read-only folder, by dotted name.
    """
    found = settings_file.read(folder)
    from_file, problems, notices = _checked(found.values, folder)
    from_database, _stale, _unknown = _checked(_merged_tables(overrides or {}, from_file), folder)
    layout = recognise(folder, _pages(folder, {**from_file, **from_database}))
    values: dict[str, Any] = {name: key.default for name, key in KEYS.items()}
    origins: dict[str, Origin] = dict.fromkeys(KEYS, "default")
    layers: tuple[tuple[Origin, dict[str, Any]], ...] = (
        ("recognised", recognised(layout)),
        ("file", from_file),
        ("database", from_database),
    )
    for origin, layer in layers:
        values.update(layer)
        origins.update(dict.fromkeys(layer, origin))
    return Settings(
        folder=folder,
        values=values,
        origins=origins,
        layout=layout,
        problems=((found.problem,) if found.problem else ()) + problems,
        notices=notices,
        is_writable=os.access(folder, os.W_OK),
    )


def change(folder: Path, changes: Mapping[str, Any]) -> bool:
    """Change settings by a click: {"limits.time_s": 60, "environment.LANG": "C"}; None goes back to the default.

    False where the folder is read-only: the caller keeps them in the database and hands them to `load`.
    Raises GatehouseError setting-… before anything is written, and those of `settings_file.write`.
    """
    checked = check(folder, changes)
    return settings_file.write(folder, checked)


def check(folder: Path, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes in their plain form; raises GatehouseError for the first that cannot be."""
    checked: dict[str, Any] = {}
    for name, value in changes.items():
        key = key_of(name)
        if key is None:
            slug, params = unknown(name)
            raise GatehouseError(slug, params=params)
        if value is None:
            checked[name] = None
        elif key.is_table and name != key.name:
            entry = name.removeprefix(f"{key.name}.")
            checked[name] = key.check(key.name, {entry: value}, folder)[entry]
        else:
            checked[name] = key.check(name, value, folder)
    return checked


def gateway_site(site_row: Mapping[str, Any], settings: Settings) -> Site:
    """The site as the gateway needs to know it.  `site_row` is the database's: id, and the port it had last."""
    values, folder = settings.values, settings.folder
    script_folders = [inside(folder, one) for one in values["scripts"]]
    return Site(
        id=site_row["id"],
        name=values["name"],
        folder=folder,
        pages=inside(folder, values["pages"]),
        # The name as set, not as resolved: a link called cgi-bin answers at /cgi-bin/.
        script_folders={
            url_of(folder / one): path for one, path in zip(values["scripts"], script_folders, strict=True)
        },
        script_extensions=tuple(values["script_extensions"]),
        php=_php(values["interpreters"]),
        working_directory=values["working_directory"],
        environment=values["environment"],
        interpreters=values["interpreters"],
        missing_interpreter=values["missing_interpreter"],
        pass_authorization=values["pass_authorization"],
        follow_links=values["follow_links"],
        port=values["port"] or site_row.get("port"),
        limits=limits(values),
    )


def recognised(layout: Layout) -> dict[str, Any]:
    """What a layout says, as settings."""
    folder = layout.folder
    return {
        "name": folder.name or str(folder),
        "pages": layout.pages.relative_to(folder).as_posix(),
        "scripts": [path.relative_to(folder).as_posix() for path in layout.script_folders.values()],
        "script_extensions": list(layout.script_extensions),
        "working_directory": layout.working_directory,
    }


def _checked(
    values: Mapping[str, Any], folder: Path
) -> tuple[dict[str, Any], tuple[Problem, ...], tuple[Problem, ...]]:
    """(values that can be used, problems, unknown keys)."""
    usable: dict[str, Any] = {}
    problems: list[Problem] = []
    notices: list[Problem] = []
    for name, value in values.items():
        key = KEYS.get(name)
        if key is None:
            notices.append(Problem(*unknown(name)))
            continue
        try:
            usable[name] = key.check(name, value, folder)
        except GatehouseError as error:
            problems.append(Problem(error.slug, error.params))
    return usable, tuple(problems), tuple(notices)


def _merged_tables(overrides: Mapping[str, Any], from_file: Mapping[str, Any]) -> dict[str, Any]:
    """Single entries ('environment.LANG') put into a copy of the file's table; None takes one out."""
    merged: dict[str, Any] = {}
    for name, value in overrides.items():
        key = key_of(name)
        if key is not None and key.is_table and name != key.name:
            table = merged.setdefault(key.name, dict(from_file.get(key.name, {})))
            table[name.removeprefix(f"{key.name}.")] = value
        elif value is not None:
            merged[name] = dict(value) if isinstance(value, dict) else value
    return {
        name: {entry: one for entry, one in value.items() if one is not None} if isinstance(value, dict) else value
        for name, value in merged.items()
    }


def _pages(folder: Path, values: Mapping[str, Any]) -> Path | None:
    return folder / values["pages"] if "pages" in values else None


def _php(interpreters: Mapping[str, str]) -> str | None:
    chosen = interpreters.get(".php")
    return shutil.which(chosen) if chosen else php_cgi()
