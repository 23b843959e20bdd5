import bottle
import pytest

from app.api.application import ROUTES, bottle_path


def test_the_front_end_is_served_at_every_address_but_the_apis(world):
    for path in ("/", "/s/guestbook/runs/7?tab=error", "/apis", "/help/first"):
        reply = world.ask("GET", path, is_let_in=False)
        assert (reply.status, reply.body) == (200, b"<!doctype html>the front end")


@pytest.mark.parametrize("path", ["/", "/api/state", "/api/nothing", "/assets/gone.js", "/api/runs/1/preview"])
def test_every_answer_carries_the_headers_that_keep_it_safe(world, path):
    headers = world.ask("GET", path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    if path.startswith("/api"):
        assert headers["Cache-Control"] == "no-store"
    else:
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_answers_of_the_guard_carry_them_too(world):
    reply = world.ask("GET", "/api/state", is_let_in=False)

    assert (reply.status, reply.headers["X-Content-Type-Options"]) == (401, "nosniff")


def test_an_address_that_is_none_is_told_in_the_one_shape(world):
    for method in ("GET", "POST", "DELETE"):
        reply = world.ask(method, "/api/nothing")
        assert (reply.status, reply.json["slug"], reply.json["ok"]) == (404, "address-unknown", False)


@pytest.mark.parametrize("run", ["0", "-1", "x", "1.0", "٧", "9" * 19, "1/preview/x"])
def test_what_is_no_number_of_a_run_is_no_address(world, run):
    assert world.ask("GET", f"/api/runs/{run.encode().hex() if not run.isascii() else run}").status == 404


def test_a_method_that_an_address_does_not_take_is_told_with_those_that_it_does(world):
    reply = world.ask("GET", "/api/quit")

    assert (reply.status, reply.json["slug"]) == (405, "method-wrong")
    assert reply.headers["Allow"] == "POST"
    assert "POST" in reply.json["fix"]


def test_a_page_that_takes_no_post_says_so_as_a_page(world):
    reply = world.ask("POST", "/s/guestbook", {})

    assert reply.status == 405
    assert reply.headers["Content-Type"].startswith("text/html")


def test_head_is_get_without_the_body(world):
    head, whole = world.ask("HEAD", "/api/state"), world.ask("GET", "/api/state")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def test_head_of_the_event_stream_ends(world):
    assert world.ask("HEAD", "/api/events").body == b""


def test_failures_are_worded_in_the_language_that_was_asked_for(world):
    reply = world.ask("GET", "/api/sites/none", headers={"Accept-Language": "zh-CN,zh;q=0.9"})

    assert reply.json["error"] == "没有网站 none。"


def test_a_bug_is_told_with_its_traceback_and_on_stderr(world, monkeypatch, capfd):
    monkeypatch.setattr(world.sites, "all", lambda: 1 / 0)

    reply = world.ask("GET", "/api/state")

    assert (reply.status, reply.json["slug"]) == (500, "our-bug")
    assert "ZeroDivisionError" in reply.json["traceback"]
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_database_that_cannot_be_read_is_told_in_words(world, capfd):
    """As when the disk that it is on was taken away."""
    for file in world.services.data_folder.glob("gatehouse.db*"):
        file.unlink()

    reply = world.ask("GET", "/api/runs/1")

    assert (reply.status, reply.json["slug"]) == (503, "database-trouble")
    assert "Traceback" not in capfd.readouterr().err


def test_a_bug_while_a_page_is_made_is_a_page(world, monkeypatch, capfd):
    (world.dist / "index.html").unlink()
    (world.dist / "index.html").mkdir()
    monkeypatch.setattr("app.api.application.ui_answer", lambda *_: 1 / 0)

    reply = world.ask("GET", "/")

    assert reply.status == 500
    assert reply.headers["Content-Type"].startswith("text/html")
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_bug_in_the_guard_lets_nobody_in(world, monkeypatch, capfd):
    monkeypatch.setattr(world.tokens, "is_token", lambda offered: 1 / 0)

    reply = world.ask("GET", "/api/state")

    assert (reply.status, reply.json["slug"]) == (500, "our-bug")
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_reader_that_leaves_in_the_middle_is_no_news(world, capfd):
    with world.listening():
        pass
    world.events.publish("notice", {"slug": "x"})
    world.events.close()
    world.server.stop()

    assert capfd.readouterr().err == ""


def test_what_may_stand_in_an_address_is_what_the_document_says():
    assert bottle_path("/api/runs/{run}/{stream}") == (
        "/api/runs/<run:re:[1-9][0-9]{0,17}>/<stream:re:stdin|stdout|stderr|body>"
    )
    assert bottle_path("/api/sites/{slug}") == "/api/sites/<slug:re:[^/]+>"


def test_routes_have_names_of_their_own():
    names = [route.name for route in ROUTES]

    assert len(set(names)) == len(names)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_bottle_is_the_version_whose_hooks_the_guard_relies_on():
    """0.14 changes how PATH_INFO is decoded; then test_guard decides whether it still holds."""
    assert bottle.__version__.startswith("0.13.")
