import os
import signal
from pathlib import Path

import pytest

from app.gateway import spawn as module
from app.gateway.spawn import spawn, wait
from app.gateway.values import Call, Limits


@pytest.fixture(autouse=True, params=[False, True], ids=["native", "portable"])
def is_portable(monkeypatch, request):
    here = Path.cwd()
    monkeypatch.setattr(module, "IS_PORTABLE", request.param)
    yield
    os.chdir(here)  # the native way moves the process that spawns


def call(folder: Path, *argv: str, program: str = "/bin/sh", **environment: str) -> Call:
    return Call(
        program=program.encode(),
        argv=tuple(one.encode() for one in argv),
        environment={name.encode(): value.encode() for name, value in environment.items()},
        working_directory=bytes(folder),
        stdin=None,
        limits=Limits(),
        file=None,
        is_nph=False,
    )


def output_of(one: Call) -> tuple[bytes, int]:
    """(stdout, exit status)."""
    reader, writer = os.pipe()
    with open(os.devnull, "rb") as nothing, os.fdopen(reader, "rb") as ours:  # noqa: PTH123
        try:
            pid = spawn(one, stdin=nothing.fileno(), stdout=writer, stderr=2)
        finally:
            os.close(writer)
        text = ours.read()
        status, _ = wait(pid)
    return text, os.waitstatus_to_exitcode(status)


def test_a_process_gets_its_words_environment_and_folder(tmp_path):
    one = call(tmp_path, "sh", "-c", 'echo "$0 $1 $A"; pwd; exit 3', "zero", "one two", A="b")

    assert output_of(one) == (f"zero one two b\n{tmp_path}\n".encode(), 3)


def test_nothing_of_our_environment_is_inherited(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET", "x")

    assert b"SECRET" not in output_of(call(tmp_path, "env", program="/usr/bin/env"))[0]


@pytest.mark.parametrize(("program", "folder"), [("/no/such/program", "."), ("/bin/sh", "gone")])
def test_what_cannot_be_started_raises_its_errno(tmp_path, program, folder):
    with pytest.raises(FileNotFoundError):
        output_of(call(tmp_path / folder, "x", program=program))


def test_a_session_of_its_own(tmp_path):
    text, _ = output_of(call(tmp_path, "sh", "-c", "cut -d' ' -f1,6 /proc/$$/stat", PATH="/usr/bin:/bin"))

    pid, session = text.split()
    assert pid == session


def test_an_end_by_signal_is_seen(tmp_path):
    assert output_of(call(tmp_path, "sh", "-c", "kill -TERM $$"))[1] == -signal.SIGTERM
