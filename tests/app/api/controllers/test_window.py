import os
import sys
from pathlib import Path

import pytest

from app.api.controllers.window import own_url
from app.errors import GatehouseError


def test_the_window_comes_to_the_front(world):
    world.ask("POST", "/api/window/focus", {})
    world.ask("POST", "/api/window/setup", {})

    assert world.window.acts == ["focus", "setup"]


def test_a_chosen_folder_comes_back_and_a_cancelled_choice_is_null(world):
    assert world.ask("POST", "/api/window/choose-folder", {}).json == {"folder": None}
    world.window.chosen = world.folder
    assert world.ask("POST", "/api/window/choose-folder", {}).json == {"folder": str(world.folder)}


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text there")
def test_a_chosen_folder_whose_name_is_no_utf8_comes_as_it_is(world):
    world.window.chosen = Path(os.fsdecode(b"/home/caf\xe9"))

    folder = world.ask("POST", "/api/window/choose-folder", {}).json["folder"]

    assert os.fsencode(folder) == b"/home/caf\xe9"


def test_without_a_native_window_there_is_no_dialog(world):
    world.window.native = False

    reply = world.ask("POST", "/api/window/choose-folder", {})

    assert (reply.status, reply.json["slug"]) == (409, "window-none")


def test_our_own_page_and_those_of_sites_open_in_the_browser(world):
    world.add_site()
    urls = [f"http://127.0.0.1:{world.port}/s/guestbook#code=x", "http://localhost:8101/cgi-bin/hello.py?a=b"]

    for url in urls:
        assert world.ask("POST", "/api/open", {"url": url}).json == {"ok": True}

    assert world.window.opened == urls


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.example/",
        "http://evil.example:8610/",
        "http://127.0.0.1/",
        "http://127.0.0.1:22/",
        "https://127.0.0.1:8610/",
        "file:///etc/passwd",
        "javascript:alert(1)//127.0.0.1:8610",
        "http://127.0.0.1:8610@evil.example/",
        "http://evil.example#@127.0.0.1:8610/",
        "http://evil.example\\@127.0.0.1:8610/",
        "http://127.0.0.1:8610/\nfile:///x",
        "http://127.0.0.1:8610/ --new-window",
        "http://127.0.0.1:8610/é",
        "http://127.0.0.1:99999/",
        "http://[::1:8610/",
        "--help",
        "",
    ],
)
def test_no_other_address_is_handed_to_the_desktop(url):
    with pytest.raises(GatehouseError) as caught:
        own_url(url, {8610})

    assert caught.value.slug == "url-foreign"
