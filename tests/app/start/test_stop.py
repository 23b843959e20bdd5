import signal
import subprocess
import sys
import threading

import pytest

from app.start.stop import Stop

DEADLINE_S = 60

WAITING = """
import signal
from app.start.stop import Stop
stop = Stop()
stop.on_signals()
print("waits", flush=True)
stop.wait()
print(stop.signal and signal.Signals(stop.signal).name, flush=True)
"""


@pytest.fixture
def stop():
    stop = Stop()
    yield stop
    stop.close()


def _signalled(number, **options):
    command = [sys.executable, "-c", WAITING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options) as process:
        assert process.stdout.readline() == "waits\n"
        process.send_signal(number)
        said, _ = process.communicate(timeout=DEADLINE_S)
    return process.returncode, said.strip()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_wait(name):
    assert _signalled(getattr(signal, name)) == (0, name)


def test_what_nohup_has_us_ignore_stays_ignored():
    command = [sys.executable, "-c", WAITING]

    def ignore():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=ignore) as process:  # noqa: PLW1509
        assert process.stdout.readline() == "waits\n"
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=DEADLINE_S)
    assert said.strip() == "SIGTERM"


def test_another_thread_may_ask(stop):
    threading.Thread(target=stop.ask).start()

    stop.wait()


def test_asking_often_and_late_is_no_fault(stop):
    for _ in range(100_000):
        stop.ask()
    stop.wait()
    stop.close()

    stop.ask()


def test_a_wait_with_an_end_tells_whether_somebody_asked(stop):
    assert not stop.wait_for(0.001)
    stop.ask()
    assert stop.wait_for(DEADLINE_S)
