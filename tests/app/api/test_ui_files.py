import sys
from contextlib import suppress

import pytest

from app.api.ui_files import UI_CSP, ui_answer
from app.errors import GatehouseError


@pytest.fixture
def dist(tmp_path):
    """A built front end, with a secret beside it."""
    (tmp_path / "secret.txt").write_text("mine")
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>the front end")
    (folder / "assets" / "app-1a2b.js").write_text("run()")
    (folder / "icon.svg").write_text("<svg/>")
    return folder


@pytest.mark.parametrize("path", ["/", "/s/guestbook/runs/1284", "/s/my.site", "/help/first-steps", "/index.html"])
def test_every_address_of_the_ui_is_the_one_page(dist, path):
    answer = ui_answer(dist, path, "en")

    assert answer.body == b"<!doctype html>the front end"
    assert answer.content_type == "text/html; charset=utf-8"
    assert dict(answer.headers)["Content-Security-Policy"] == UI_CSP
    assert dict(answer.headers)["Cache-Control"] == "no-cache"


def test_a_file_is_served_with_its_type_and_kept_when_its_name_is_a_hash(dist):
    answer = ui_answer(dist, "/assets/app-1a2b.js", "en")

    assert (answer.body, answer.content_type) == (b"run()", "text/javascript; charset=utf-8")
    assert "immutable" in dict(answer.headers)["Cache-Control"]
    assert ui_answer(dist, "/icon.svg", "en").content_type == "image/svg+xml"


@pytest.mark.parametrize("path", ["/assets/app-0000.js", "/favicon.ico", "/assets/"])
def test_a_file_of_an_older_build_is_gone_and_not_the_page(dist, path):
    with pytest.raises(GatehouseError) as caught:
        ui_answer(dist, path, "en")

    assert (caught.value.slug, caught.value.status) == ("ui-file-gone", 404)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/..\\secret.txt",
        "//../secret.txt",
        "/./../dist/../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/\0",
        "/secret.txt\0.js",
        "/" + "a" * 5000,
    ],
)
def test_no_path_leads_out_of_the_front_end(dist, path):
    with suppress(GatehouseError):
        assert b"mine" not in ui_answer(dist, path, "en").body


def test_an_absolute_path_stays_inside(dist, tmp_path):
    answer = ui_answer(dist, f"/{tmp_path}/secret.txt", "en")

    assert b"mine" not in answer.body


@pytest.mark.skipif(sys.platform == "win32", reason="needs a right there")
def test_a_link_that_leads_out_is_not_followed(dist, tmp_path):
    (dist / "assets" / "link.txt").symlink_to(tmp_path / "secret.txt")

    with pytest.raises(GatehouseError):
        ui_answer(dist, "/assets/link.txt", "en")


def test_without_a_built_front_end_a_page_says_what_to_do(tmp_path):
    answer = ui_answer(tmp_path / "nowhere", "/", "en")

    assert answer.status == 503
    assert b"python3 -m ui.build" in answer.body
