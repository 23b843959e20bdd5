import threading

import pytest

from app.sites.settings import load
from app.supervisor import watch
from app.supervisor.watch import Watch, look_of
from tests.app.supervisor.heard import DEADLINE_S


@pytest.fixture
def site(tmp_path):
    (tmp_path / "cgi-bin").mkdir()
    (tmp_path / "index.html").write_text("<p>hello")
    return tmp_path


def _changes(site, act):
    settings = load(site)
    before = look_of(site, settings)
    act()
    return look_of(site, settings) != before


def test_an_untouched_folder_looks_the_same(site):
    assert not _changes(site, lambda: None)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda site: (site / "gatehouse.toml").write_text("port = 8123\n"), id="settings are written"),
        pytest.param(lambda site: (site / "cgi-bin" / "new.py").write_text("#!/usr/bin/python3\n"), id="a new script"),
        pytest.param(lambda site: (site / "cgi-bin").rename(site / "scripts"), id="the script folder is renamed"),
        pytest.param(lambda site: site.rename(site.with_name("elsewhere")), id="the site's folder is gone"),
    ],
)
def test_what_may_change_the_settings_changes_the_look(site, act):
    assert _changes(site, lambda: act(site))


def test_the_watch_looks_until_it_is_closed(monkeypatch):
    monkeypatch.setattr(watch, "LOOK_S", 0.001)
    looked = threading.Semaphore(0)
    watching = Watch(looked.release)
    watching.start()

    assert looked.acquire(timeout=DEADLINE_S)
    assert looked.acquire(timeout=DEADLINE_S)
    watching.close()


def test_a_watch_that_never_began_can_be_closed():
    Watch(lambda: None).close()
