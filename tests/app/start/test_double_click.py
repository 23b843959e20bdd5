"""Starts without a terminal: the page opens in the browser, and becomes the program."""

import json
import urllib.request

import pytest

from .conftest import wait_for


@pytest.fixture
def browser_link(checkout, tmp_path):
    """$BROWSER that writes down what it is asked to open; and the reader of that."""
    opened = tmp_path / "opened"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened}\n')
    program.chmod(0o755)

    def read():
        return wait_for(lambda: opened.read_text().strip() if opened.exists() else None)

    return str(program), read


def ask(link):
    with urllib.request.urlopen(f"{link}progress", timeout=30) as answer:
        return json.load(answer)


def watch_until(link, look):
    """As the page does, until there is what `look` looks for."""
    return wait_for(lambda: look(ask(link)))


def test_the_page_opens_and_becomes_the_program(checkout, browser_link):
    browser, opened = browser_link
    with checkout.start(env={"BROWSER": browser}) as process:
        link = opened()
        first = ask(link)
        assert first["link"] is None
        assert [step["title"] for step in first["steps"]][1] == "Make an environment"

        assert watch_until(link, lambda state: state["link"]) == "http://127.0.0.1:1/#code"
        stdout, stderr = process.communicate(timeout=60)

    # The page is the window now; none is opened beside it.
    assert json.loads(stdout)["mode"] == "none"
    assert process.returncode == 0, stderr


def test_a_page_that_was_closed_gives_way_to_the_window(checkout, browser_link):
    browser, opened = browser_link
    with checkout.start(env={"BROWSER": browser}) as process:
        opened()  # and never asked
        stdout, stderr = process.communicate(timeout=120)

    assert json.loads(stdout)["mode"] == "window"
    assert process.returncode == 0, stderr


def test_a_failure_is_shown_before_the_end(checkout, browser_link):
    checkout.need("gatehouse-trial>=5")
    browser, opened = browser_link
    with checkout.start(env={"BROWSER": browser}) as process:
        failure = watch_until(opened(), lambda state: state["failure"])
        _, stderr = process.communicate(timeout=60)

    assert failure["title"] == "Gatehouse could not get ready"
    assert failure["error"].endswith("No matching distribution found for gatehouse-trial>=5")
    assert process.returncode == 1
    assert failure["error"] in stderr


def test_the_second_start_opens_no_page(checkout, browser_link, tmp_path):
    assert checkout.run("--no-window").returncode == 0
    browser, _ = browser_link

    ended = checkout.run(env={"BROWSER": browser})

    assert json.loads(ended.stdout)["mode"] == "window"
    assert not (tmp_path / "opened").exists()


def test_no_window_means_no_page(checkout, browser_link, tmp_path):
    browser, _ = browser_link

    assert checkout.run("--no-window", env={"BROWSER": browser}).returncode == 0
    assert not (tmp_path / "opened").exists()
