"""What a person does in the window, by keyboard, as far as only a real window can show it."""

import os
import signal
import socket
from urllib.parse import urlsplit

import pytest

from app.start.desktop_entry import entry
from tests.program.running import DEADLINE_S, children, eventually, is_alive
from tests.window.backends import BACKENDS
from tests.window.screen import insist
from tests.window.started import command

DIALOG = "Choose the folder of a site"


@pytest.fixture
def program(start, backend, screen):
    """Its window is shown, and its page obeys."""
    program = start(**BACKENDS[backend])
    program.wait_window(backend)
    obeys(program, screen, "dark")
    return program


def obeys(program, screen, theme: str) -> None:
    """The page changes its theme when asked by keyboard: it was let in, and is alive."""
    insist(lambda: screen.command(f"{theme} theme"), lambda: program.api("GET", "/api/state").get("theme") == theme)


def ask_for_folder(screen) -> None:
    insist(lambda: screen.command("add folder"), lambda: is_open(screen))


def is_open(screen) -> bool:
    return DIALOG in screen.titles()


def test_the_desktop_finds_the_entry_and_its_icon_by_the_window(program, screen):
    line = next(line for line in entry(["gatehouse"]).splitlines() if line.startswith("StartupWMClass="))

    said = screen.run("xprop", "-id", screen.window(), "WM_CLASS")

    assert f'"{line.partition("=")[2]}"' in said


def test_a_window_on_another_port_is_let_in_too(program, start, screen, backend):
    """Storage belongs to the port, so it is the fresh code of each start that lets in."""
    screen.close()
    assert program.process.wait(DEADLINE_S) == 0
    with socket.create_server(("127.0.0.1", urlsplit(program.url).port)):
        again = start(**BACKENDS[backend])
        again.wait_window(backend)

        assert again.url != program.url
        obeys(again, screen, "light")


def test_a_folder_that_is_chosen_in_the_dialog_becomes_a_site(program, screen, site):
    (site / "templates").mkdir()  # GTK goes on into a folder that is the only one
    ask_for_folder(screen)

    screen.type(str(site))
    insist(lambda: screen.press("Return"), lambda: not is_open(screen))

    eventually(lambda: program.ask("GET", "/api/sites/shop")[0] == 200)
    assert program.site("shop")["folder"] == str(site)


def test_a_dialog_that_is_cancelled_changes_nothing(program, screen):
    sites = program.api("GET", "/api/state")["sites"]
    ask_for_folder(screen)

    screen.press("Escape")

    eventually(lambda: not is_open(screen))
    obeys(program, screen, "light")
    assert len(program.api("GET", "/api/state")["sites"]) == len(sites)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_open_dialog_keeps_nothing_from_ending(program, screen, number):
    window = program.child("app.window")
    ask_for_folder(screen)

    program.process.send_signal(number)

    assert program.process.wait(DEADLINE_S) == (0 if number == signal.SIGTERM else -number)
    eventually(lambda: not is_alive(window))


def test_a_site_opens_in_the_browser_and_never_in_the_window(program, screen, opened, site):
    url = program.api("POST", "/api/sites", {"folder": str(site)})["url"]

    insist(
        lambda: screen.command("go to shop") or screen.press("o"),
        lambda: opened.exists() and url in opened.read_text().split(),
    )

    obeys(program, screen, "light")


def test_a_page_whose_renderer_died_is_loaded_again(program, screen):
    renderers = renderers_of(program.child("app.window"))
    assert renderers

    for pid in renderers:
        os.kill(pid, signal.SIGKILL)

    eventually(lambda: not any(map(is_alive, renderers)))
    obeys(program, screen, "light")
    assert program.process.poll() is None


def renderers_of(window: int) -> list[int]:
    """WebKit's renderer is a program of its own; Chromium's is what a zygote has forked."""
    pages = [pid for pid in children(window) if "WebKitWebProcess" in command(pid)]
    zygotes = [pid for pid in children(window) if "--type=zygote" in command(pid)]
    return pages + [pid for zygote in zygotes for pid in children(zygote)]
