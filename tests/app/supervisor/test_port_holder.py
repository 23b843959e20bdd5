import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.supervisor.port_holder import holder_of, refusal, trial

needs_proc = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system has no /proc")


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_port_that_somebody_listens_on_is_refused_at_trial(taken):
    assert trial(taken) == errno.EADDRINUSE


def test_a_port_that_was_let_go_is_free(taken):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert trial(port) is None


@needs_proc
def test_the_holder_is_named_with_its_process(taken):
    holder = holder_of(taken)

    assert holder
    assert holder.pid == os.getpid()
    assert refusal(taken, errno.EADDRINUSE).slug == "port-taken-by"


@needs_proc
def test_another_process_is_named_too():
    program = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        port = int(other.stdout.readline())

        holder = holder_of(port)

        other.communicate(b"\n")
    assert holder.pid == other.pid
    assert "python" in holder.name


def test_where_nobody_is_known_the_sentence_names_nobody():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert refusal(port, errno.EADDRINUSE).slug == "port-taken"


def test_a_port_of_the_system_is_not_called_taken():
    assert refusal(80, errno.EACCES).slug == "port-not-allowed"
