"""In a checkout: what is missing is made, before anything of it is needed.

Outside of the environment, `prepare` makes it (packages and front end side by side) and starts Gatehouse again inside;
inside, it only looks whether the front end is up to date.  What the first process knows goes over in one variable.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from app.errors import GatehouseError
from app.start import front_end, pip, requirements
from app.start.environment import Environment, environment, make_empty, mark_complete
from app.start.folders import data_folder, make_data_folder
from app.start.locks import exclusive
from app.start.options import Options
from app.start.progress import Progress
from app.start.starting_page import StartingPage, is_wanted
from app.start.terminal import TerminalProgress, say_error
from ui.build import ROOT

_HANDED = "GATEHOUSE_HANDED_OVER"


@dataclass(slots=True)
class Prepared:
    page: StartingPage | None = None
    """Open in the browser, and waiting to become the program."""
    trouble: GatehouseError | None = None
    """The front end could not be built; the one before serves."""


def prepare(options: Options, arguments: list[str]) -> Prepared:
    """Return once this process has all it needs; where it cannot, another takes its place.  Raises GatehouseError."""
    handed: dict[str, Any] = json.loads(os.environ.pop(_HANDED, "{}"))
    if not handed:
        wanted = requirements.requirements(ROOT)
        if target := _environment_to_enter(options.data, wanted):
            _enter(target, wanted, options, arguments)
    prepared = _from(handed, options)
    if options.needs_front_end and prepared.trouble is None and not front_end.is_fresh():
        _build(options, prepared)
    return prepared


def _environment_to_enter(data: Path, wanted: tuple[str, ...]) -> Environment | None:
    """None where this Python has everything: it runs in the environment, or in one that a developer made."""
    is_bare = sys.prefix == sys.base_prefix
    if not is_bare and requirements.are_met(wanted):
        return None
    # One that was made for the usual data folder serves another one just as well.
    for folder in (data, data_folder(None)):
        if (known := environment(folder, wanted)).is_complete:
            return known
    if is_bare and requirements.are_met(wanted):
        return None
    return environment(data, wanted)


def _enter(target: Environment, wanted: tuple[str, ...], options: Options, arguments: list[str]) -> NoReturn:
    handed: dict[str, Any] = {"environment": str(target.folder)}
    if not target.is_complete:
        handed |= _make(target, wanted, options)
    _start_again(target, handed, arguments)


def _make(target: Environment, wanted: tuple[str, ...], options: Options) -> dict[str, Any]:
    """Make the environment, and the front end beside it; what `_from` needs of that."""
    make_data_folder(options.data)
    progress, page = _open_progress(options, is_first=True)
    progress.done("python", platform.python_version())
    try:
        trouble = _make_both(target, wanted, options, progress)
    except GatehouseError as error:
        _tell_failure(error, progress, page)
        raise
    progress.begin("window")
    return {
        "progress": progress.as_dict(),
        "page": page and page.hand_over(),
        "trouble": trouble and [trouble.slug, trouble.params],
    }


def _make_both(
    target: Environment, wanted: tuple[str, ...], options: Options, progress: Progress
) -> GatehouseError | None:
    """The trouble with the front end, where there is an older one to start with."""
    log = _log(options.data)
    progress.begin("environment")
    with exclusive(
        options.data / "env.lock", on_wait=lambda: progress.tell("environment", "…")
    ):  # another start makes it
        if target.is_complete:
            progress.done("environment")
            progress.done("packages")
            return None  # and the front end too, or it is looked at inside
        make_empty(target)
        progress.done("environment")
        with ThreadPoolExecutor(2, "prepare") as side_by_side:
            packages = side_by_side.submit(_fetch, target, wanted, progress, log)
            screens = side_by_side.submit(_screens, target.python, options, progress, log)
        packages.result()
        mark_complete(target)
        return screens.result()


def _fetch(target: Environment, wanted: tuple[str, ...], progress: Progress, log: Path) -> None:
    progress.begin("packages")
    pip.install(target.python, wanted, log=log, tell=lambda what, note: progress.tell("packages", what, note))
    progress.done("packages", f"{len(wanted)} / {len(wanted)}")


def _screens(python: Path, options: Options, progress: Progress, log: Path) -> GatehouseError | None:
    """Raises GatehouseError where there is no front end at all."""
    if not options.needs_front_end or front_end.is_fresh():
        progress.done("screens")
        return None
    try:
        front_end.bring_up_to_date(python, progress, log=log)
    except GatehouseError as error:
        if not front_end.old_one_serves():
            raise
        progress.done("screens", "–")
        return _with_old_one(error)
    return None


def _build(options: Options, prepared: Prepared) -> None:
    """The environment stands; the front end's sources have changed since it was built."""
    make_data_folder(options.data)
    progress, page = _open_progress(options, is_first=False, page=prepared.page)
    for step in ("python", "environment", "packages"):
        progress.done(step, "")
    try:
        prepared.trouble = _screens(Path(sys.executable), options, progress, _log(options.data))
    except GatehouseError as error:
        _tell_failure(error, progress, page)
        raise
    progress.begin("window")
    prepared.page = page
    if prepared.trouble:
        say_error(prepared.trouble.slug, prepared.trouble.params)


def _open_progress(
    options: Options, *, is_first: bool, page: StartingPage | None = None
) -> tuple[Progress, StartingPage | None]:
    """Told on the terminal, and on a page where nobody sees one."""
    if page is not None:
        page.progress.on_change = TerminalProgress()
        return page.progress, page
    progress = Progress(on_change=TerminalProgress(), is_first=is_first)
    if options.is_double_click and is_wanted():
        page = StartingPage(progress, options.data)
        page.open()
    return progress, page


def _from(handed: Mapping[str, Any], options: Options) -> Prepared:
    """What the process that started us knew."""
    prepared = Prepared()
    if handed.get("page"):
        progress = Progress()
        progress.restore(handed["progress"])
        prepared.page = StartingPage.resume(progress, options.data, handed["page"])
    if handed.get("trouble"):
        slug, params = handed["trouble"]
        prepared.trouble = GatehouseError(slug, params=params)
        say_error(slug, params)
    return prepared


def _tell_failure(error: GatehouseError, progress: Progress, page: StartingPage | None) -> None:
    """On the page, which is told before the process ends; on the terminal `main` says it."""
    progress.fail(error.slug, error.params)
    if page is not None:
        page.end()


def _with_old_one(error: GatehouseError) -> GatehouseError:
    reason = str(error.params.get("reason", error.slug))
    return GatehouseError("start-front-end-old", params={"reason": reason})


def _log(data: Path) -> Path:
    folder = data / "log"
    folder.mkdir(exist_ok=True)
    return folder / "start.log"


def _start_again(target: Environment, handed: Mapping[str, Any], arguments: list[str]) -> NoReturn:
    os.environ[_HANDED] = json.dumps(handed)
    command = [str(target.python), str(ROOT / "launcher.py"), *arguments]
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    if os.name == "nt":
        # There, exec would end this process before the other has begun, and the terminal would think us done.
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(target.python, command)
