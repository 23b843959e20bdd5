"""Making what is missing: the environment with its packages, and the front end beside it; told while it goes on."""

import platform
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from app.errors import GatehouseError
from app.start import front_end, pip
from app.start.environment import Environment, make_empty, mark_complete
from app.start.folders import make_data_folder
from app.start.locks import exclusive
from app.start.options import Options
from app.start.progress import Progress
from app.start.starting_page import StartingPage, is_wanted
from app.start.terminal import TerminalProgress
from ui.build import is_fresh


def make(target: Environment, wanted: tuple[str, ...], options: Options) -> dict[str, Any]:
    """Make all; what the process in the environment is to know of it.  Raises GatehouseError."""
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


def resume_page(handed: Mapping[str, Any], options: Options) -> StartingPage:
    """The page, served on by this process."""
    progress = Progress()
    progress.restore(handed["progress"])
    return StartingPage.resume(progress, options.data, handed["page"])


def build_again(options: Options, page: StartingPage | None) -> tuple[StartingPage | None, GatehouseError | None]:
    """The environment stands, and the front end's sources have changed.  Raises GatehouseError where none can serve."""
    make_data_folder(options.data)
    if page is None:
        # After a first start that failed at the screens, there are none that could have changed.
        progress, page = _open_progress(options, is_first=not front_end.old_one_serves())
    else:
        progress = page.progress
        progress.on_change = TerminalProgress()
    for step in ("python", "environment", "packages"):
        progress.done(step, "")
    try:
        trouble = _screens(Path(sys.executable), options, progress, _log(options.data))
    except GatehouseError as error:
        _tell_failure(error, progress, page)
        raise
    progress.begin("window")
    return page, trouble


def _make_both(
    target: Environment, wanted: tuple[str, ...], options: Options, progress: Progress
) -> GatehouseError | None:
    """The trouble with the front end, where there is an older one to start with."""
    log = _log(options.data)
    progress.begin("environment")
    # Two first starts at once: the second waits, and finds all done.
    with exclusive(options.data / "env.lock", on_wait=lambda: progress.tell("environment", "…")):
        if target.is_complete:
            progress.done("environment")
            progress.done("packages")
            return None
        make_empty(target)
        progress.done("environment")
        with ThreadPoolExecutor(2, "making") as side_by_side:
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
    """The trouble, where the one built before serves; raises GatehouseError where there is none."""
    if not options.needs_front_end or is_fresh():
        progress.done("screens")
        return None
    try:
        front_end.bring_up_to_date(python, progress, log=log)
    except GatehouseError as error:
        if not front_end.old_one_serves():
            raise
        progress.done("screens", "–")
        return GatehouseError("start-front-end-old", params={"reason": error.params.get("reason", error.slug)})
    return None


def _open_progress(options: Options, *, is_first: bool) -> tuple[Progress, StartingPage | None]:
    """Told on the terminal, and on a page where nobody sees one."""
    progress = Progress(on_change=TerminalProgress(), is_first=is_first)
    if not (options.is_double_click and is_wanted()):
        return progress, None
    page = StartingPage(progress, options.data)
    page.open()
    return progress, page


def _tell_failure(error: GatehouseError, progress: Progress, page: StartingPage | None) -> None:
    """On the page, which is told before the process ends; on the terminal `main` says it."""
    progress.fail(error.slug, error.params)
    if page is not None:
        page.end()


def _log(data: Path) -> Path:
    folder = data / "log"
    folder.mkdir(exist_ok=True)
    return folder / "start.log"
