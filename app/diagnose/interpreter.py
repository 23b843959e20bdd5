"""The first line names a program that cannot run the script: not there, a folder, a Windows path, closed to us."""

import errno
from pathlib import Path

from app.diagnose.facts import RunFacts
from app.diagnose.programs import closed_folder, instead_of, is_program, on_path
from app.diagnose.readable import errno_text, readable
from app.diagnose.rule import diagnosis
from app.diagnose.shebang import Shebang
from app.diagnose.steps import first_line
from app.diagnose.values import Diagnosis, Fact, Fix


@diagnosis("windows-path-shebang")
def windows_path_shebang(run: RunFacts) -> Diagnosis | None:
    """Copied from a Windows server: "#!C:\\xampp\\perl\\bin\\perl.exe"."""
    shebang = _not_found(run)
    better = _better(run, shebang)
    return _told(run, shebang, better) if shebang and shebang.is_windows_path and better else None


@diagnosis("wrong-interpreter-path")
def wrong_interpreter_path(run: RunFacts) -> Diagnosis | None:
    """The path after '#!' leads nowhere (or is relative), but a program of that kind is here."""
    shebang = _not_found(run)
    better = _better(run, shebang)
    return _told(run, shebang, better) if shebang and not shebang.is_windows_path and better else None


@diagnosis("env-with-arguments")
def env_with_arguments(run: RunFacts) -> Diagnosis | None:
    """Linux hands everything after `env` over as one argument, so "python3 -u" is looked up as one name."""
    shebang = _env_failed(run)
    if not shebang or not shebang.argument or " " not in shebang.argument or shebang.argument.startswith("-"):
        return None
    if not on_path(shebang.wanted, run.search_path):
        return None
    return _told(run, shebang, f"#!{shebang.interpreter} -S {shebang.argument}")


@diagnosis("env-name-not-found")
def env_name_not_found(run: RunFacts) -> Diagnosis | None:
    """env is there, the name is not on the script's PATH, but a program of that kind is here."""
    shebang = _env_failed(run)
    if not shebang or on_path(shebang.wanted, run.search_path):
        return None
    found = instead_of(shebang.wanted, run.search_path)
    if not found:
        return None
    name = Path(found).name
    # Outside the script's PATH env would not find it under any name.
    is_reachable = on_path(name, run.search_path)
    return _told(run, shebang, f"#!{shebang.interpreter} {name}" if is_reachable else f"#!{found}")


@diagnosis("interpreter-missing")
def interpreter_missing(run: RunFacts) -> Diagnosis | None:
    """The first line asks for a program, and nothing of that kind is on this computer."""
    shebang = _not_found(run) or _env_failed(run)
    if not shebang or instead_of(shebang.wanted, run.search_path):
        return None
    return Diagnosis(params=_params(run, shebang), evidence=_evidence(run, shebang))


@diagnosis("shebang-is-directory")
def shebang_is_directory(run: RunFacts) -> Diagnosis | None:
    """ "#!/usr/bin": executing a folder is EACCES, which reads like a question of rights."""
    shebang = run.shebang
    if run.errno != errno.EACCES or not shebang or not Path(run.working_directory, shebang.interpreter).is_dir():
        return None
    return Diagnosis(params=_params(run, shebang), evidence=_evidence(run, shebang))


@diagnosis("interpreter-not-executable")
def interpreter_not_executable(run: RunFacts) -> Diagnosis | None:
    """The first line names a file that is there, but is no program: its own x bit is off."""
    shebang = run.shebang
    if run.errno != errno.EACCES or not shebang or not run.file or not run.file.is_executable:
        return None
    interpreter = Path(run.working_directory, shebang.interpreter)
    if not interpreter.is_file() or interpreter.stat().st_mode & 0o111:
        return None
    return Diagnosis(params=_params(run, shebang), evidence=_evidence(run, shebang))


@diagnosis("interpreter-in-private-home")
def interpreter_in_private_home(run: RunFacts) -> Diagnosis | None:
    """A folder on the way to the interpreter may not be passed by the account that runs Gatehouse."""
    shebang = run.shebang
    if run.errno != errno.EACCES or not shebang or not run.file or not run.file.is_executable:
        return None
    folder = closed_folder(str(Path(run.working_directory, shebang.interpreter)))
    if not folder:
        return None
    return Diagnosis(params={**_params(run, shebang), "folder": readable(folder)}, evidence=_evidence(run, shebang))


def _not_found(run: RunFacts) -> Shebang | None:
    """The kernel did not find the program that the first line names.  With a CR, that is `crlf-shebang`'s subject."""
    shebang = run.shebang
    if run.errno != errno.ENOENT or not shebang or shebang.has_cr or not run.runs_itself:
        return None
    return None if is_program(shebang.interpreter, run.working_directory) else shebang


def _env_failed(run: RunFacts) -> Shebang | None:
    """env ran and found nothing to run: exit status 127 (POSIX, `env`, EXIT STATUS) before any output."""
    shebang = run.shebang
    if run.end != "exited" or run.exit != 127 or run.stdout_size or not shebang or shebang.has_cr:
        return None
    return shebang if shebang.is_env else None


def _better(run: RunFacts, shebang: Shebang | None) -> str | None:
    """A first line that works here, its argument kept; None where nothing of that kind is installed."""
    found = instead_of(shebang.wanted, run.search_path) if shebang else None
    if not shebang or not found:
        return None
    return " ".join(filter(None, (f"#!{found}", None if shebang.is_env else shebang.argument)))


def _told(run: RunFacts, shebang: Shebang, better: str) -> Diagnosis:
    return Diagnosis(
        params={**_params(run, shebang), "better": better},
        evidence=_evidence(run, shebang),
        fix=Fix((first_line(run.script, shebang.line, better),), automatic="ask"),
    )


def _params(run: RunFacts, shebang: Shebang) -> dict[str, str]:
    return {
        "script": readable(run.script),
        "first_line": readable(shebang.line),
        "interpreter": readable(shebang.interpreter),
        "name": readable((shebang.argument if shebang.is_env else shebang.wanted) or shebang.interpreter),
    }


def _evidence(run: RunFacts, shebang: Shebang) -> tuple[Fact, ...]:
    how = Fact("errno", errno_text(run.errno)) if run.errno else Fact("exit", str(run.exit))
    return (Fact("first-line", readable(shebang.line)), how, Fact("search-path", readable(run.search_path or "–")))
