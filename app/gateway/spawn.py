"""The one place where a script's process is started."""

import os
import signal
import subprocess
import sys

from .portable import IS_PORTABLE
from .values import Call, Limits

if sys.platform != "win32":
    import resource


def spawn(call: Call, *, stdin: int, stdout: int, stderr: int) -> int:
    """Start a script in a session of its own, with these three descriptors and no other; answers with its pid.

    Raises OSError with the errno of chdir, fork or exec.
    """
    return _spawn_portable(call, stdin, stdout, stderr) if IS_PORTABLE else _spawn(call, stdin, stdout, stderr)


if sys.platform != "win32":
    # What this process ignores, a child would go on ignoring after exec.
    _IGNORED = tuple(one for one in signal.valid_signals() if signal.getsignal(one) is signal.SIG_IGN)

    def _spawn(call: Call, stdin: int, stdout: int, stderr: int) -> int:
        os.chdir(call.working_directory)  # posix_spawn has none; this process has one thread and uses absolute paths
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _within(call.limits.open_files, hard)
        # glibc refuses descriptors beyond the limit in file_actions: then it is set a moment after the start instead.
        is_before = max(stdin, stdout, stderr) < wanted
        try:
            if is_before:
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            pid = os.posix_spawn(
                call.program,
                call.argv,
                call.environment,
                # All other descriptors of this process close themselves on exec (PEP 446).
                file_actions=(
                    (os.POSIX_SPAWN_DUP2, stdin, 0),
                    (os.POSIX_SPAWN_DUP2, stdout, 1),
                    (os.POSIX_SPAWN_DUP2, stderr, 2),
                ),
                setsid=True,
                setsigmask=(),
                setsigdef=_IGNORED,
            )
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        _limit(pid, call.limits, is_files_set=is_before)
        return pid


def raise_open_files() -> None:
    """Let this process hold as many sockets as the system allows; scripts get their own limit back.  Linux only."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_within(1 << 16, hard), hard))


def _within(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def _limit(pid: int, limits: Limits, *, is_files_set: bool = False) -> None:
    """Set from outside, once exec is done: RLIMIT_AS set before would hold for our own memory too."""
    if sys.platform != "linux":
        return  # nothing there can limit another process
    try:
        if not is_files_set:
            _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (_within(limits.open_files, hard), hard))
        if limits.memory_mib is not None:
            resource.prlimit(pid, resource.RLIMIT_AS, (limits.memory_mib << 20, limits.memory_mib << 20))
    except OSError:
        pass  # ended already, or it runs with other rights than ours (set-uid)


_windows: dict[int, "subprocess.Popen[bytes]"] = {}


def _spawn_portable(call: Call, stdin: int, stdout: int, stderr: int) -> int:
    process = subprocess.Popen(
        [os.fsdecode(one) for one in call.argv],
        executable=os.fsdecode(call.program),
        env={os.fsdecode(name): os.fsdecode(value) for name, value in call.environment.items()},
        cwd=os.fsdecode(call.working_directory),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
    )
    _limit(process.pid, call.limits)
    if sys.platform == "win32":
        _windows[process.pid] = process  # its handle keeps the pid from being used again
    else:
        process.returncode = 0  # it is waited for by its pid, with its usage; Popen must not do so too
    return process.pid


def wait(pid: int) -> tuple[int | None, "resource.struct_rusage | None"]:
    """Block until a process has ended: (wait status, usage), each None where the system does not tell."""
    if sys.platform == "win32":
        return _windows.pop(pid).wait() << 8, None
    try:
        _, status, usage = os.wait4(pid, 0)
    except ChildProcessError:
        return None, None
    return status, usage
