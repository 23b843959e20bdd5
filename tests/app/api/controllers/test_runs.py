import pytest

from tests.app.api.runs import NOT_STARTED


def test_the_runs_of_a_site_come_newest_first_and_by_pages(world):
    site, other = world.add_site(), world.add_site("poll")
    runs = [world.record(site) for _ in range(5)]
    world.record(other)

    first = world.ask("GET", "/api/sites/guestbook/runs?limit=2").json
    second = world.ask("GET", f"/api/sites/guestbook/runs?limit=100&before={runs[3]}").json

    assert [run["id"] for run in first["runs"]] == [runs[4], runs[3]]
    assert [run["id"] for run in second["runs"]] == [runs[2], runs[1], runs[0]]
    assert (first["total"], first["failed"], first["median_ms"]) == (5, 0, 43.21)


def test_the_runs_of_one_verdict(world):
    site = world.add_site()
    world.record(site)
    failed = world.record(site, **NOT_STARTED)

    page = world.ask("GET", "/api/sites/guestbook/runs?verdict=failed").json

    assert [(run["id"], run["tag"], run["status"]) for run in page["runs"]] == [(failed, "no-exec-bit", 500)]
    assert (page["total"], page["failed"]) == (2, 1), "of the site, whatever was asked for"


def test_a_line_masks_secrets(world):
    world.record(world.add_site())

    page = world.ask("GET", "/api/sites/guestbook/runs")

    assert b"hunter2" not in page.body
    assert "name=ann" in page.json["runs"][0]["target"]


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "before=0", "verdict=bad"])
def test_what_cannot_be_asked_for_is_refused(world, query):
    world.add_site()

    assert world.ask("GET", f"/api/sites/guestbook/runs?{query}").status == 400


def test_a_run_is_shown_whole_with_secrets_masked_until_revealed(world):
    run = world.record(world.add_site())

    masked, clear = world.ask("GET", f"/api/runs/{run}"), world.ask("GET", f"/api/runs/{run}?reveal=1")

    assert b"hunter2" not in masked.body
    assert clear.json["meta_variables"]["HTTP_COOKIE"] == "id=hunter2"
    assert clear.json["response"]["body"] == "<h1>hi</h1>"
    assert (clear.json["site"], clear.json["site_name"]) == ("guestbook", "Guestbook")


def test_an_explanation_is_worded_in_the_readers_language(world):
    run = world.record(world.add_site(), **NOT_STARTED)

    english = world.ask("GET", f"/api/runs/{run}").json["explanations"][0]
    chinese = world.ask("GET", f"/api/runs/{run}", headers={"Accept-Language": "zh-CN"}).json["explanations"][0]

    assert english["title"] == "The script may not be executed"
    assert chinese["slug"] == english["slug"] == "no-exec-bit"
    assert not chinese["title"].isascii()


@pytest.mark.parametrize("path", ["", "/preview", "/stdin", "/stdout", "/stderr", "/body"])
def test_a_run_that_is_not_there_is_told(world, path):
    reply = world.ask("GET", f"/api/runs/57{path}")

    assert (reply.status, reply.json["slug"], reply.json["error"]) == (404, "run-gone", "There is no run 57.")


def test_the_largest_number_that_an_address_takes_is_only_not_there(world):
    assert world.ask("GET", f"/api/runs/{'9' * 18}").json["slug"] == "run-gone"


def test_a_running_script_is_asked_to_end(world):
    run = world.record(world.add_site(), is_running=True)

    assert world.ask("POST", f"/api/runs/{run}/stop").json == {"ok": True}
    assert world.runs.stopped == [run]
    assert world.ask("POST", "/api/runs/57/stop").status == 404


def test_the_runs_of_a_site_are_deleted_and_the_windows_told(world):
    site = world.add_site()
    world.record(site)

    with world.listening() as events:
        world.ask("DELETE", "/api/sites/guestbook/runs")

        assert ("runs-gone", {"slug": "guestbook"}) in events
        assert next(content for name, content in events if name == "site")["runs_today"] == 0
    assert world.ask("GET", "/api/sites/guestbook/runs").json["total"] == 0


def test_a_preview_is_a_page_of_its_own_that_can_do_nothing(world):
    run = world.record(world.add_site())

    reply = world.ask("GET", f"/api/runs/{run}/preview")

    assert reply.body == b"<h1>hi</h1>"
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_what_a_script_was_sent_and_wrote_can_be_kept_as_files(world):
    run = world.record(world.add_site(), stdin=b"a=b", stdin_size=3, stderr=b"warning\n", stderr_size=8)

    replies = {name: world.ask("GET", f"/api/runs/{run}/{name}") for name in ("stdin", "stdout", "stderr", "body")}

    assert replies["stdin"].body == b"a=b"
    assert replies["stderr"].body == b"warning\n"
    assert replies["stdout"].body.endswith(b"\n\n<h1>hi</h1>")
    assert replies["body"].body == b"<h1>hi</h1>"
    assert all(reply.headers["Content-Disposition"].startswith("attachment") for reply in replies.values())
