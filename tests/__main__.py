"""`python3 -m tests`: everything that must pass.  Arguments go to pytest, and then only it is run.

The environment is made as the program's own is, with the tests' packages in it, and kept beside it.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import launcher

if sys.version_info < launcher.OLDEST:
    sys.exit(launcher.too_old())

from app.errors import GatehouseError
from app.start import pip, requirements
from app.start.environment import Environment, environment, make_empty, mark_complete
from app.start.folders import data_folder, make_data_folder, shown
from app.start.locks import exclusive
from app.start.terminal import say_error
from ui import build

ROOT = build.ROOT

# What the live tests start: a program → the Debian package that has it, and what is skipped without it.
PROGRAMS = {
    "chromium": ("chromium", "the window's pages in a browser"),
    "Xvfb": ("xvfb", "the native window"),
    "openbox": ("openbox", "the native window"),
    "wmctrl": ("wmctrl", "the native window"),
    "xdotool": ("xdotool", "the native window"),
    "xprop": ("x11-utils", "the native window"),
    "git": ("git", "git over HTTP, and the repository's own rules"),
    "perl": ("perl", "scripts in Perl"),
    "gcc": ("gcc", "scripts in C"),
    "php-cgi": ("php-cgi", "PHP pages"),
    "lighttpd": ("lighttpd", "benchmarks against lighttpd"),
}
FILES = {
    "/usr/share/gitweb/gitweb.cgi": ("gitweb", "gitweb"),
    "/usr/lib/*/girepository-1.0/WebKit2-4.1.typelib": ("gir1.2-webkit2-4.1 python3-gi", "the native window"),
}


def main(arguments: list[str]) -> int:
    """The worst exit status of all that was run; what pytest says comes last."""
    enter_environment(arguments)
    tell_missing()
    front_end = check_front_end(everything=not arguments)
    # The environment sees the system's packages; plugins of pytest among them would have their say in our tests.
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-n", "auto", "--dist", "loadfile", *arguments]
    return subprocess.run(command, cwd=ROOT, env=alone, check=False).returncode or front_end


def enter_environment(arguments: list[str]) -> None:
    """Return in an environment that has the tests' packages; make it, and start again in it, where this has not."""
    wanted = requirements.requirements(ROOT, extra="test")
    if sys.prefix != sys.base_prefix and requirements.are_met(wanted):
        return
    data = data_folder(None)
    made = environment(data, wanted, kind="-test")
    make_data_folder(data)
    with exclusive(data / "env-test.lock", on_wait=lambda: say("Waiting for another run that makes the environment …")):
        if not made.is_complete:
            make(made, wanted, log=data / "tests.log")
    sys.stdout.flush()
    command = [str(made.python), "-m", "tests", *arguments]
    if os.name == "nt":
        sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)
    os.chdir(ROOT)
    os.execv(made.python, command)


def make(made: Environment, wanted: tuple[str, ...], *, log: Path) -> None:
    say(f"Making the tests' environment in {shown(made.folder)} …")
    make_empty(made)
    node = [] if build.find_node() else [build.NODE_WHEEL]
    pip.install(made.python, (*wanted, *node), log=log, tell=lambda what, note: say(f"  {note:>7}  {what}"))
    mark_complete(made)


def check_front_end(*, everything: bool) -> int:
    """Vitest and the type checker; always the build, which the browser's tests look at."""
    node = build.find_node()
    if node is None:
        say(
            f"No Node.js {build.NODE_MIN[0]}.{build.NODE_MIN[1]} or newer: install {build.NODE_WHEEL} into {sys.prefix}"
        )
        return 1
    checks = {
        "npm ci": lambda: build.install_packages(node, with_tests=True),
        "vitest": lambda: build.npm(node, "run", "--silent", "test"),
        "tsc": lambda: build.npm(node, "run", "--silent", "check"),
    }
    failed = []
    for name, check in {**(checks if everything else {}), "vite build": build.ensure}.items():
        try:
            check()
        except build.BuildError as error:
            say(f"{error}\n\n{name}: FAILED")
            failed.append(name)
        else:
            say(f"{name}: passed")
    return 1 if failed else 0


def tell_missing() -> None:
    """What a full run needs of the system, where it is not here; pytest names each test that it skips for that."""
    missing = {package: tests for program, (package, tests) in PROGRAMS.items() if not shutil.which(program)}
    missing |= {package: tests for path, (package, tests) in FILES.items() if not list(Path("/").glob(path[1:]))}
    if missing:
        say(f"For a full run, install: sudo apt install {' '.join(missing)}")
        say("Without them these are skipped: " + "; ".join(dict.fromkeys(missing.values())))
    if not os.environ.get("GATEHOUSE_QT_PYTHON") and find_spec("PySide6") is None:
        say("No PySide6 here, and no GATEHOUSE_QT_PYTHON that has it: the native window is tried with GTK only.")
    pythons = [f"3.{minor}" for minor in (11, 13) if not has_python(minor)]
    if pythons:
        say(f"No Python {' and no '.join(pythons)} on PATH or in GATEHOUSE_PYTHONS (folders, as PATH has them):")
        say("scripts are not tried on it.")


def has_python(minor: int) -> bool:
    folders = f"{os.environ.get('GATEHOUSE_PYTHONS', '')}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return sys.version_info[1] == minor or shutil.which(f"python3.{minor}", path=folders) is not None


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except GatehouseError as error:
        say_error(error.slug, error.params)
        sys.exit(1)
