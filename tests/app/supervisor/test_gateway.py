"""The gateway's life, with the real process."""

import os
import signal
import threading

import pytest

from app.gateway.messages import LISTENING, SERVE
from app.gateway.values import Site
from app.gateway.wire import site_to_wire
from app.supervisor import gateway as module
from app.supervisor.gateway import Gateway
from tests.app.supervisor.heard import DEADLINE_S


class Heard:
    def __init__(self):
        self.frames = []
        self.ups = threading.Semaphore(0)
        self.downs = []
        self.news = threading.Condition()

    def frame(self, kind, content):
        with self.news:
            self.frames.append((kind, content))
            self.news.notify_all()

    def wait_for(self, kind):
        with self.news:
            assert self.news.wait_for(lambda: any(one == kind for one, _ in self.frames), DEADLINE_S)
            return next(content for one, content in self.frames if one == kind)


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def gateway(tmp_path, heard):
    gateway = Gateway(
        spool=tmp_path / "records",
        on_frame=heard.frame,
        on_up=heard.ups.release,
        on_down=heard.downs.append,
        next_run=lambda: 1,
    )
    yield gateway
    gateway.stop()


def _shop(folder):
    return {"site": site_to_wire(Site(id=3, name="shop", folder=folder, pages=folder)), "slug": "shop"}


def test_it_says_when_it_is_up_and_serves_what_it_is_told(gateway, heard, tmp_path):
    gateway.start()
    assert heard.ups.acquire(timeout=DEADLINE_S)

    gateway.send(
        SERVE, {"site": site_to_wire(Site(id=3, name="shop", folder=tmp_path, pages=tmp_path)), "slug": "shop"}
    )

    assert heard.wait_for(LISTENING)["site"] == 3


def test_when_it_dies_it_is_started_again(gateway, heard):
    gateway.start()
    assert heard.ups.acquire(timeout=DEADLINE_S)
    first = gateway.pid

    os.kill(first, signal.SIGKILL)

    assert heard.ups.acquire(timeout=DEADLINE_S)
    assert heard.downs == [-signal.SIGKILL]
    assert gateway.pid != first


def test_it_is_started_again_each_time_it_dies(gateway, heard, monkeypatch):
    monkeypatch.setattr(module, "PAUSES_S", (0,))
    gateway.start()

    for _ in range(4):
        assert heard.ups.acquire(timeout=DEADLINE_S)
        os.kill(gateway.pid, signal.SIGKILL)

    assert heard.ups.acquire(timeout=DEADLINE_S)


def test_a_stopped_one_stays_stopped_and_is_no_death(gateway, heard):
    gateway.start()
    assert heard.ups.acquire(timeout=DEADLINE_S)
    pid = gateway.pid

    gateway.stop()
    gateway.start()

    assert gateway.pid == pid
    assert heard.downs == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_stopping_in_the_pause_before_a_new_start_does_not_wait_for_it(gateway, heard, monkeypatch):
    monkeypatch.setattr(module, "PAUSES_S", (3600,))
    gateway.start()
    assert heard.ups.acquire(timeout=DEADLINE_S)
    os.kill(gateway.pid, signal.SIGKILL)

    gateway.stop()


def test_one_that_hangs_is_ended(gateway, heard):
    gateway.start()
    assert heard.ups.acquire(timeout=DEADLINE_S)
    os.kill(gateway.pid, signal.SIGSTOP)

    gateway.stop(patience_s=0.1)

    with pytest.raises(ProcessLookupError):
        os.kill(gateway.pid, 0)


def test_sending_never_waits_for_one_that_hangs(gateway, heard, tmp_path):
    gateway.start()
    assert heard.ups.acquire(timeout=DEADLINE_S)
    os.kill(gateway.pid, signal.SIGSTOP)

    for _ in range(64):
        gateway.send("nothing", {"ballast": b"x" * (1 << 20)})

    os.kill(gateway.pid, signal.SIGCONT)
    gateway.send(
        SERVE, {"site": site_to_wire(Site(id=3, name="shop", folder=tmp_path, pages=tmp_path)), "slug": "shop"}
    )
    assert heard.wait_for(LISTENING)["site"] == 3


def test_what_is_sent_to_none_is_lost_without_a_fault(gateway):
    gateway.send("nothing", {})
    gateway.set_link("http://127.0.0.1:1")

    assert gateway.link == "http://127.0.0.1:1"
    assert gateway.pid is None
