"""How a run ended, where nothing more is known: a signal, an exit status, an errno, an interruption."""

import signal

from app.diagnose.facts import RunFacts
from app.diagnose.readable import errno_name, errno_text, last_line, readable, seconds, signal_name
from app.diagnose.rule import diagnosis
from app.diagnose.values import Diagnosis, Fact

CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE}
"""The processor refused what the program did."""


@diagnosis("c-segfault")
def c_segfault(run: RunFacts) -> Diagnosis | None:
    """The program, or a library that the script's language loaded, did what the processor refuses."""
    return _signalled(run) if run.signal in CRASHES else None


@diagnosis("c-abort")
def c_abort(run: RunFacts) -> Diagnosis | None:
    """The program gave up on itself: abort(), usually after it found its memory damaged."""
    return _signalled(run) if run.signal == signal.SIGABRT else None


@diagnosis("killed")
def killed(run: RunFacts) -> Diagnosis | None:
    """SIGKILL or SIGTERM that Gatehouse did not send: somebody's kill, or the system out of memory."""
    return _signalled(run) if run.signal in {signal.SIGKILL, signal.SIGTERM} else None


@diagnosis("resource-limit")
def resource_limit(run: RunFacts) -> Diagnosis | None:
    """A limit of the account (ulimit): processor time, or the size of a file."""
    return _signalled(run) if run.signal in {signal.SIGXCPU, signal.SIGXFSZ} else None


@diagnosis("signalled", general=True)
def signalled(run: RunFacts) -> Diagnosis | None:
    """Any other signal."""
    return _signalled(run) if run.signal else None


@diagnosis("exit-status", general=True)
def exit_status(run: RunFacts) -> Diagnosis | None:
    """Exit status other than 0, with words on stderr: the last of them are the best that is known."""
    last = last_line(run.stderr)
    if run.end != "exited" or not run.exit or not last:
        return None
    return Diagnosis(
        params={"script": readable(run.script), "exit": run.exit, "last": last},
        evidence=(Fact("exit", str(run.exit)), Fact("stderr-end", last)),
    )


@diagnosis("exit-status-silent", general=True)
def exit_status_silent(run: RunFacts) -> Diagnosis | None:
    """Exit status other than 0, and not a word about it."""
    if run.end != "exited" or not run.exit or last_line(run.stderr):
        return None
    return Diagnosis(
        params={"script": readable(run.script), "exit": run.exit},
        evidence=(Fact("exit", str(run.exit)), Fact("stdout-size", str(run.stdout_size))),
    )


@diagnosis("not-started", general=True)
def not_started(run: RunFacts) -> Diagnosis | None:
    """The kernel refused to start it, for a reason that no other rule knows."""
    if run.end != "not_started":
        return None
    number = run.errno or 0
    mode = (Fact("mode", run.file.mode_text),) if run.file else ()
    first = (Fact("first-line", readable(run.shebang.line)),) if run.shebang else ()
    return Diagnosis(
        params={"script": readable(run.script), "errno": errno_name(number), "reason": errno_text(number)},
        evidence=(
            Fact("errno", errno_text(number)),
            *mode,
            *first,
            Fact("program", readable(run.program)),
            Fact("working-directory", readable(run.working_directory)),
        ),
    )


@diagnosis("own-error-status")
def own_error_status(run: RunFacts) -> Diagnosis | None:
    """The script ended well and itself answered with a 5xx status."""
    if not run.ended_well or run.response in {None, "malformed"} or run.status < 500:
        return None
    return Diagnosis({"script": readable(run.script), "status": run.status}, (Fact("status", str(run.status)),))


@diagnosis("client-left")
def client_left(run: RunFacts) -> Diagnosis | None:
    """The browser closed the connection before the answer was complete."""
    return _interrupted(run) if run.interrupted_by == "client" else None


@diagnosis("stopped")
def stopped(run: RunFacts) -> Diagnosis | None:
    """A person pressed Stop."""
    return _interrupted(run) if run.interrupted_by == "person" else None


@diagnosis("gatehouse-ended")
def gatehouse_ended(run: RunFacts) -> Diagnosis | None:
    """The site was stopped, or Gatehouse ended, while the script ran."""
    return _interrupted(run) if run.interrupted_by == "stop" else None


def _signalled(run: RunFacts) -> Diagnosis:
    number = run.signal or 0
    last = last_line(run.stderr)
    return Diagnosis(
        params={"script": readable(run.script), "signal": signal_name(number), "ran": seconds(run.total_s)},
        evidence=(
            Fact("signal", f"{signal_name(number)} ({number})"),
            Fact("ran", f"{seconds(run.total_s)} s"),
            *((Fact("stderr-end", last),) if last else ()),
        ),
    )


def _interrupted(run: RunFacts) -> Diagnosis:
    return Diagnosis(
        params={"script": readable(run.script), "ran": seconds(run.total_s)},
        evidence=(Fact("ran", f"{seconds(run.total_s)} s"), Fact("stdout-size", str(run.stdout_size))),
    )
