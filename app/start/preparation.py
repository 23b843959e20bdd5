"""In a checkout: what is missing is made, before anything of it is needed.

Outside of the environment, `prepare` has it made and starts Gatehouse again inside; inside, it only looks whether the
front end is up to date.  What the first process knows goes over in one variable of the environment.
Nearly all starts find that nothing is missing, so what makes things (`making`) is imported only then.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.errors import GatehouseError
from app.start import requirements
from app.start.environment import Environment, environment
from app.start.folders import data_folder
from app.start.options import Options
from app.start.terminal import say_error
from ui.build import ROOT, is_fresh

if TYPE_CHECKING:
    from app.start.starting_page import StartingPage

_HANDED = "GATEHOUSE_HANDED_OVER"


@dataclass(slots=True)
class Prepared:
    page: "StartingPage | None" = None
    """Open in the browser, and waiting to become the program."""
    trouble: GatehouseError | None = None
    """The front end could not be built; the one before serves."""


def prepare(options: Options, arguments: Sequence[str]) -> Prepared:
    """Return once this process has all it needs; where it cannot, another takes its place.  Raises GatehouseError."""
    handed: dict[str, Any] = json.loads(os.environ.pop(_HANDED, "{}"))
    if not handed:
        wanted = requirements.requirements(ROOT)
        if target := _environment_to_enter(options.data, wanted):
            _enter(target, wanted, options, arguments)
    prepared = _from(handed, options)
    if options.needs_front_end and prepared.trouble is None and not is_fresh():
        from app.start.making import build_again

        prepared.page, prepared.trouble = build_again(options, prepared.page)
    if prepared.trouble:
        say_error(prepared.trouble.slug, prepared.trouble.params)
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


def _enter(target: Environment, wanted: tuple[str, ...], options: Options, arguments: Sequence[str]) -> NoReturn:
    handed: Mapping[str, Any] = {"environment": str(target.folder)}
    if not target.is_complete:
        from app.start.making import make

        handed = {**handed, **make(target, wanted, options)}
    os.environ[_HANDED] = json.dumps(handed)
    start_again(target, [str(ROOT / "launcher.py"), *arguments])


def start_again(target: Environment, arguments: Sequence[str]) -> NoReturn:
    """As this process, with the environment's Python."""
    command = [str(target.python), *arguments]
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    if os.name == "nt":
        import subprocess

        # There, exec would end this process before the other has begun, and the terminal would think us done.
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(target.python, command)


def _from(handed: Mapping[str, Any], options: Options) -> Prepared:
    """What the process that started us knew."""
    prepared = Prepared()
    if handed.get("page"):
        from app.start.making import resume_page

        prepared.page = resume_page(handed, options)
    if handed.get("trouble"):
        slug, params = handed["trouble"]
        prepared.trouble = GatehouseError(slug, params=params)
    return prepared
