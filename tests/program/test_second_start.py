"""A second start on the same data folder finds the first."""

import stat

from tests.program.running import eventually


def test_it_prints_a_link_to_the_first_and_ends(begin):
    first = begin()
    assert first.link

    second = begin()

    assert second.url == first.url
    assert second.link != first.link
    assert second.process.wait(60) == 0
    assert second.api("GET", "/api/state")["version"]


def test_it_waits_for_a_first_that_only_begins(begin):
    first, second = begin(), begin()

    ended = eventually(lambda: next((one for one in (first, second) if one.process.poll() is not None), None))

    assert ended.process.returncode == 0, ended.errors
    assert first.url == second.url


def test_it_takes_over_from_a_first_that_ends_at_this_moment(begin):
    first = begin()
    assert first.link
    first.process.terminate()

    second = begin()

    assert second.api("GET", "/api/state")["version"]
    assert first.process.wait(60) == 0


def test_in_the_browser_mode_the_browser_is_opened(begin, tmp_path):
    first = begin()
    assert first.link
    opened = tmp_path / "opened.txt"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    browser.chmod(0o755)

    second = begin(mode="browser", environment={"BROWSER": str(browser)})

    assert eventually(lambda: opened.exists() and opened.read_text()).startswith(first.url)
    assert second.process.wait(60) == 0


def test_only_the_owner_may_read_what_lets_one_in(begin, tmp_path):
    assert begin().link

    for name in ("instance.json", "token"):
        assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600
