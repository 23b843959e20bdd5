"""The environment in the data folder: a venv with our packages, named by what it was made for.

It sees the system's packages too, since Debian's GTK binding cannot be had from an index (PLATFORM.md 1).  A change of
the dependencies or of Python gives another name, so an environment is never changed after it is complete.
"""

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import GatehouseError
from app.start.locks import share, try_lock

_COMPLETE = ".complete"


@dataclass(frozen=True, slots=True)
class Environment:
    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def is_complete(self) -> bool:
        """The packages are all in it, and the Python that it was made of is still there."""
        return (self.folder / _COMPLETE).is_file() and self.python.exists()

    @property
    def is_ours(self) -> bool:
        """Do we run in it?"""
        return Path(sys.prefix) == self.folder


def environment(data: Path, wanted: Sequence[str], *, kind: str = "") -> Environment:
    """The one for these distributions and this Python; `kind` keeps the tests' apart."""
    python = (sys.implementation.cache_tag, sys.version_info[:3], sys.base_prefix)
    name = hashlib.sha256(repr((sorted(wanted), python)).encode()).hexdigest()[:12]
    return Environment(data / f"env-{name}{kind}")


def make_empty(made: Environment) -> None:
    """A venv without our packages.  What an interrupted start left of it is removed.  Raises GatehouseError."""
    from importlib.util import find_spec

    from app.start.venv_command import venv_command

    # With pip at hand, Debian's python3-venv is not needed: an environment that sees the system sees its pip.
    has_pip = find_spec("pip") is not None and sys.prefix == sys.base_prefix
    if find_spec("venv") is None or not (has_pip or find_spec("ensurepip") is not None):
        raise GatehouseError("start-no-venv", params={"python": sys.executable, "command": venv_command()})
    import shutil
    import venv

    try:
        shutil.rmtree(made.folder, ignore_errors=True)
        builder = venv.EnvBuilder(system_site_packages=True, with_pip=not has_pip, symlinks=os.name != "nt", clear=True)
        builder.create(made.folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GatehouseError("data-folder", params={"folder": str(made.folder), "reason": reason}) from error
    except Exception as error:  # ensurepip's failure comes as CalledProcessError, with its output gone
        raise GatehouseError("start-no-venv", params={"python": sys.executable, "command": venv_command()}) from error


def mark_complete(made: Environment) -> None:
    (made.folder / _COMPLETE).touch()


@contextlib.contextmanager
def in_use() -> Iterator[None]:
    """While this lasts, no other start takes the environment that we run in for an old one."""
    mark = Path(sys.prefix) / _COMPLETE
    if not mark.is_file():
        yield
        return
    with mark.open("rb") as file:
        share(file.fileno())
        yield


def remove_old() -> None:
    """After a good start: those that this same Python made for earlier dependencies, and those whose Python is gone.

    Another Python's stay, or two that take turns would make theirs anew each time.
    """
    ours = Path(sys.prefix)
    if not ours.name.startswith("env-"):
        return
    for folder in ours.parent.glob("env-*"):
        is_same_kind = folder.name.count("-") == ours.name.count("-")
        if folder == ours or not is_same_kind or not (folder / _COMPLETE).is_file():
            continue
        if _home(folder) == _home(ours) or not Environment(folder).python.exists():
            _remove(folder)


def _remove(folder: Path) -> None:
    try:
        with (folder / _COMPLETE).open("rb") as file:
            if not try_lock(file.fileno()):
                return  # a command still runs in it
            (folder / _COMPLETE).unlink()
    except OSError:
        return
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _home(folder: Path) -> str | None:
    """The folder of the interpreter that made it, as `pyvenv.cfg` has it."""
    try:
        lines = (folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition("=")[2].strip() for line in lines if line.startswith("home")), None)
