"""Errors that Python itself reports: an exception that nobody caught, and a file that is no valid Python."""

from pathlib import Path

from app.diagnose.facts import RunFacts
from app.diagnose.readable import readable
from app.diagnose.rule import diagnosis
from app.diagnose.traceback import Frame, Traceback, from_cgitb, read_traceback
from app.diagnose.values import Certainty, Diagnosis, Fact


@diagnosis("py-syntax-error")
def py_syntax_error(run: RunFacts) -> Diagnosis | None:
    """Python could not read a file of the site, so no line of it ran."""
    traceback = _traceback(run)
    if not traceback or not traceback.is_syntax_error:
        return None
    return _told(run, traceback, traceback.frames[-1])


@diagnosis("python-traceback")
def python_traceback(run: RunFacts) -> Diagnosis | None:
    """An exception that the script did not catch, or caught and printed."""
    traceback = _traceback(run)
    if not traceback or traceback.is_syntax_error:
        return None
    frame = traceback.own_frame(run.site_folder, run.working_directory)
    return _told(run, traceback, frame) if frame else None


def _traceback(run: RunFacts) -> Traceback | None:
    """From stderr; or from the page that cgitb made of it, which only counts where the script failed:
    a page *about* tracebacks is no failure."""
    if run.end != "exited":
        return None
    if found := read_traceback(run.stderr.decode("utf-8", "backslashreplace")):
        return found
    return from_cgitb(run.stdout.decode("utf-8", "backslashreplace")) if run.exit else None


def _told(run: RunFacts, traceback: Traceback, frame: Frame) -> Diagnosis:
    # With exit status 0 the script went on after it: an exception that was caught and logged looks the same.
    certainty: Certainty = "certain" if run.exit else "likely"
    return Diagnosis(
        params={
            "type": readable(traceback.type),
            "message": readable(traceback.message),
            "error": readable(f"{traceback.type}: {traceback.message}".removesuffix(": ")),
            "file": _shown(frame.file, run),
            "line": frame.line,
            "source": readable(frame.source or _line_of(frame, run)) or "?",
            "function": readable(frame.function or ""),
        },
        evidence=(
            Fact("exit", str(run.exit)),
            Fact("frames", str(len(traceback.frames))),
            Fact("traceback", traceback.text[-8000:]),
        ),
        certainty=certainty,
    )


def _line_of(frame: Frame, run: RunFacts) -> str:
    """The line as it stands in the file now, where Python could not show it."""
    try:
        lines = Path(run.working_directory, frame.file).read_bytes().splitlines()
        return lines[frame.line - 1].strip().decode("utf-8", "backslashreplace")
    except (OSError, IndexError, ValueError):
        return ""


def _shown(file: str, run: RunFacts) -> str:
    """Relative to the site where the file is in it: what the person knows it by."""
    whole = Path(run.working_directory, file)
    if run.site_folder in whole.parents:
        return readable(whole.relative_to(run.site_folder).as_posix())
    return readable(file)
