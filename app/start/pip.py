"""Installing distributions with pip, told step by step."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from app.errors import GatehouseError
from app.start.requirements import name_of

_COLLECTING = re.compile(r"Collecting ([A-Za-z0-9._-]+)")
_FETCHING = re.compile(
    r"(?:Downloading|Using cached|Processing) (?:\S*/)?([A-Za-z0-9._]+)-([0-9][^-/\s]*?)(?:-|\.tar|\.zip)"
)
_NO_NETWORK = (
    "NewConnectionError",
    "Failed to establish a new connection",
    "Name or service not known",
    "Temporary failure in name resolution",
    "NameResolutionError",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ProxyError",
)

Tell = Callable[[str, str], None]
"""Told the distribution that is being fetched ("peewee 4.5.3"), and how many of those asked for are ("4 / 7")."""


def install(python: Path, wanted: Iterable[str], *, log: Path, tell: Tell, is_new: bool = True) -> None:
    """Into the environment of this interpreter; a new one gets all of them, whatever the system's Python has.

    The whole output goes to `log`.  Raises GatehouseError.
    """
    wanted = tuple(wanted)
    # One retry: pip's usual five let a person without a network wait for minutes.
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar=off", "--retries=1"]
    if is_new:
        options.append("--ignore-installed")  # what the system has may change under us
    command = [str(python), "-m", "pip", "install", *options, *wanted]
    begun: set[str] = set()
    tail: list[str] = []
    with (
        log.open("a", encoding="utf-8") as whole,
        subprocess.Popen(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as pip,
    ):
        assert pip.stdout is not None
        names = {name_of(requirement) for requirement in wanted}
        for line in pip.stdout:
            whole.write(line)
            tail.append(line)
            if match := _COLLECTING.search(line):
                begun.update({name_of(match[1])} & names)
                tell(name_of(match[1]), f"{len(begun)} / {len(names)}")
            elif match := _FETCHING.search(line):
                tell(f"{name_of(match[1])} {match[2]}", f"{len(begun)} / {len(names)}")
    if pip.returncode:
        raise _trouble("".join(tail), log)


def _trouble(output: str, log: Path) -> GatehouseError:
    if any(sign in output for sign in _NO_NETWORK):
        return GatehouseError("start-no-network", params={"command": start_command()})
    errors = [line for line in output.splitlines() if line.startswith("ERROR: ")]
    reason = (errors or output.strip().splitlines() or ["?"])[-1].removeprefix("ERROR: ")
    return GatehouseError("start-packages", params={"reason": reason, "log": str(log)})


def start_command() -> str:
    """As it was typed, or as it can be."""
    name = Path(sys.argv[0]).name
    return f"python3 {name}" if name == "launcher.py" else name


def _environment() -> dict[str, str]:
    """The person's own (index, proxy, certificates), without what would put the packages elsewhere."""
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_REQUIREMENT", "PYTHONPATH", "PYTHONHOME"}
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**kept, "PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
