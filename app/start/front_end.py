"""Bringing `ui/dist` up to date in a checkout, with Node where this machine has none."""

import re
import subprocess
from pathlib import Path

from app.errors import GatehouseError
from app.start import pip
from app.start.locks import exclusive
from app.start.progress import Progress
from ui import build

_KIND = re.compile(r"\[[^\]]{3,60}\] \S|\w*Error: |npm error .*\breason: ")
_PLACE = re.compile(r"\[ (\S+:\d+:\d+) \]")


def bring_up_to_date(python: Path, progress: Progress, *, log: Path) -> None:
    """Build, in a process of `python`, whose environment Node is fetched into if need be.

    Raises GatehouseError; `old_one_serves()` then tells whether there is one to start with.
    """
    progress.begin("screens")
    with exclusive(log.with_name("front-end.lock")):
        if not build.find_node():
            progress.tell("screens", "Node.js")
            _fetch_node(python, log)
        _build(python, progress, log)
    progress.done("screens")


def old_one_serves() -> bool:
    """The one built before is there: a person who breaks the source can still see their runs."""
    return (build.DIST / "index.html").is_file()


def _fetch_node(python: Path, log: Path) -> None:
    try:
        pip.install(python, [build.NODE_WHEEL], log=log, tell=lambda what, note: None)
    except GatehouseError as error:
        if error.slug == "start-no-network":
            raise
        raise GatehouseError("start-no-node", params={"version": ".".join(map(str, build.NODE_MIN))}) from error


def _build(python: Path, progress: Progress, log: Path) -> None:
    try:
        builder = subprocess.Popen(
            [str(python), "-m", "ui.build"],
            cwd=build.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise GatehouseError("start-front-end", params={"reason": str(error), "log": str(log)}) from error
    with builder:
        assert builder.stdout is not None
        assert builder.stderr is not None
        for line in builder.stdout:
            progress.tell("screens", {"packages": "npm ci", "build": "vite build"}.get(line.strip(), ""))
        said = builder.stderr.read()
    if builder.returncode:
        with log.open("a", encoding="utf-8") as whole:
            whole.write(said)
        raise _trouble(said, log)


def _trouble(said: str, log: Path) -> GatehouseError:
    kind, _, output = said.partition("\n")
    match kind:
        case "network":
            return GatehouseError("start-no-network", params={"command": pip.start_command()})
        case "no-node":
            return GatehouseError("start-no-node", params={"version": ".".join(map(str, build.NODE_MIN))})
    return GatehouseError("start-front-end", params={"reason": _first_error(output or said), "log": str(log)})


def _first_error(output: str) -> str:
    """What is wrong and where, of all that Vite says: '[PARSE_ERROR] Unexpected token (src/main.tsx:3:14)'.

    Of npm, its last word; but that is where its log lies, which holds no more than ours.
    """
    lines = [line.strip() for line in output.splitlines() if line.strip() and "A complete log of this run" not in line]
    first = next((line for line in lines if _KIND.match(line)), lines[-1] if lines else "?")
    place = _PLACE.search(output)
    return f"{first} ({place[1]})" if place and place[1] not in first else first
