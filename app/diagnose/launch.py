"""The script was not started, for a reason that lies in its file (except its first line: `interpreter.py`)."""

import errno
from shlex import quote

from app.diagnose.facts import RunFacts, ScriptFile
from app.diagnose.readable import errno_text, first_bytes, readable
from app.diagnose.rule import diagnosis
from app.diagnose.steps import chmod, unix_line_ends
from app.diagnose.values import Certainty, Diagnosis, Fact, Fix

MAGIC_NUMBERS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
"""Compiled programs: Linux, Windows, macOS."""


@diagnosis("no-exec-bit")
def no_exec_bit(run: RunFacts) -> Diagnosis | None:
    """exec() needs an x bit, for root too; uploads, unzip and copies from Windows lose it."""
    if run.errno != errno.EACCES or not run.file or run.file.is_executable:
        return None
    better = f"{_with_exec_bits(run.file.mode):03o}"
    return Diagnosis(
        params={
            "script": readable(run.script),
            "mode": run.file.mode_text,
            "better": better,
            "path": quote(readable(run.script)),
        },
        evidence=(Fact("mode", run.file.mode_text), _errno(run), Fact("first-bytes", first_bytes(run.file.head))),
        fix=Fix((chmod(run.script, better),), automatic="yes"),
    )


@diagnosis("crlf-shebang")
def crlf_shebang(run: RunFacts) -> Diagnosis | None:
    """The kernel takes the carriage return as part of the interpreter's name or of its argument."""
    shebang = run.shebang
    if not run.file or not shebang or not shebang.has_cr or not (certainty := _crlf_hurts(run)):
        return None
    return Diagnosis(
        params={
            "script": readable(run.script),
            "path": quote(readable(run.script)),
            "interpreter": readable(shebang.wanted or shebang.interpreter),
        },
        evidence=(Fact("first-bytes", _start_with_line_end(run.file)), *_how_it_ended(run)),
        certainty=certainty,
        fix=Fix((unix_line_ends(run.script),), automatic="yes"),
    )


@diagnosis("no-shebang")
def no_shebang(run: RunFacts) -> Diagnosis | None:
    """A text file without '#!': the kernel does not know what to do with it (ENOEXEC)."""
    if run.errno != errno.ENOEXEC or not run.file or run.file.shebang:
        return None
    if run.file.head.startswith(MAGIC_NUMBERS) or b"\0" in run.file.head:
        return None
    return Diagnosis(
        params={"script": readable(run.script), "first_line": readable(run.file.head.partition(b"\n")[0])},
        evidence=(Fact("first-bytes", first_bytes(run.file.head)), _errno(run)),
    )


@diagnosis("text-file-busy")
def text_file_busy(run: RunFacts) -> Diagnosis | None:
    """Somebody had the program open for writing while it was called."""
    if run.errno != errno.ETXTBSY:
        return None
    return Diagnosis(params={"script": readable(run.script)}, evidence=(_errno(run),))


@diagnosis("script-gone")
def script_gone(run: RunFacts) -> Diagnosis | None:
    """The file went away between the look at the URL and the start."""
    if run.errno != errno.ENOENT or run.file or run.path.exists():
        return None
    return Diagnosis(params={"script": readable(run.script)}, evidence=(_errno(run),))


def _with_exec_bits(mode: int) -> int:
    """x for everybody who may read, and for the owner in any case: 644 → 755, 600 → 700."""
    return mode | (mode & 0o444) >> 2 | 0o100


def _crlf_hurts(run: RunFacts) -> Certainty | None:
    """Is the line end the cause?  Beside a missing x bit it is what will fail next."""
    match run.errno:
        case errno.ENOENT if run.runs_itself:
            return "certain"
        case errno.EACCES if run.file and not run.file.is_executable:
            return "likely"
    # "#!/usr/bin/env python3\r": env is started, and looks for "python3\r".
    is_env_at_a_loss = run.end == "exited" and run.exit == 127 and not run.stdout_size
    return "certain" if is_env_at_a_loss and run.shebang and run.shebang.is_env else None


def _start_with_line_end(file: ScriptFile) -> str:
    """Enough of the file to see the CR LF at the end of its first line."""
    return first_bytes(file.head, min(len(file.head.partition(b"\n")[0]) + 1, 64))


def _how_it_ended(run: RunFacts) -> tuple[Fact, ...]:
    return (_errno(run),) if run.errno else (Fact("exit", str(run.exit)),)


def _errno(run: RunFacts) -> Fact:
    return Fact("errno", errno_text(run.errno or 0))
