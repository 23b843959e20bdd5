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


TO_A_THREAD = """
import signal, threading
from app.start.stop import Stop
stop = Stop()
stop.on_signals()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
def unblock():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    ready.set()
    threading.Event().wait()
ready = threading.Event()
threading.Thread(target=unblock, daemon=True).start()
ready.wait()
print("waits", flush=True)
stop.wait()
print("ends", flush=True)
"""


def test_a_signal_that_the_kernel_hands_to_another_thread_ends_the_wait_too():
    """It blocks the signal in the main thread, so that only the other one can get it."""
    command = [sys.executable, "-c", TO_A_THREAD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "waits\n"
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=DEADLINE_S)
        finally:
            process.kill()
    assert said.strip() == "ends"


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
