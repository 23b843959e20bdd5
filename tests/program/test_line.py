"""The whole line: a folder becomes a site, a request a run, and the run is seen in every window."""

import http.client
import json
from contextlib import closing
from urllib.parse import urlsplit

from tests.program.running import DEADLINE_S, eventually, fetch


def test_the_first_start_serves_the_tour_with_one_failed_run(begin):
    program = begin()

    (failed,) = program.closed_runs("tour", 1)

    assert (failed["status"], failed["verdict"]) == (500, "failed")
    run = program.api("GET", f"/api/runs/{failed['id']}")
    assert run["explanations"], run
    tour = program.serving("tour")
    assert tour["is_sample"]
    assert tour["scripts"] >= 4
    assert "Python" in tour["languages"]
    assert fetch(tour["url"])[0] == 200


def test_a_tour_that_was_removed_does_not_come_back(begin):
    first = begin()
    first.closed_runs("tour", 1)
    first.api("DELETE", "/api/sites/tour")
    first.interrupt()

    second = begin()

    assert second.api("GET", "/api/state")["sites"] == []


def test_a_request_becomes_a_run_with_everything_about_it(begin, shop):
    program = begin()
    site = program.api("POST", "/api/sites", {"folder": str(shop)})
    assert (site["slug"], site["state"], site["scripts"]) == ("shop", "serving", 2)

    assert fetch(site["url"], "/cgi-bin/hello.py?a=1&a=2") == (200, b"hello\n")

    (line,) = program.closed_runs("shop", 1)
    assert (line["verdict"], line["status"], line["script"]) == ("good", 200, "cgi-bin/hello.py")
    run = program.api("GET", f"/api/runs/{line['id']}")
    assert run["fields"] == {"a": ["1", "2"]}
    assert run["meta_variables"]["SCRIPT_NAME"] == "/cgi-bin/hello.py"
    assert run["stdout"].endswith("hello\n")
    assert run["outcome"]["exit"] == 0


def test_a_failed_script_is_answered_with_the_page_that_explains_it(begin, shop):
    (shop / "cgi-bin" / "hello.py").chmod(0o644)
    program = begin()
    site = program.api("POST", "/api/sites", {"folder": str(shop)})

    status, page = fetch(site["url"], "/cgi-bin/hello.py")

    (line,) = program.closed_runs("shop", 1)
    assert status == 500
    assert f"{program.url}s/shop/runs/{line['id']}".encode() in page
    assert line["tag"] == "no-exec-bit"


def test_a_run_is_seen_while_it_goes_on_and_can_be_stopped(begin, shop):
    program = begin()
    site = program.api("POST", "/api/sites", {"folder": str(shop)})
    with closing(http.client.HTTPConnection(urlsplit(site["url"]).netloc, timeout=DEADLINE_S)) as client:
        client.request("GET", "/cgi-bin/slow.sh")
        assert client.getresponse().read(6) == b"begun\n"
        # The opening record is handed over before the script starts, and not waited for.
        (line,) = eventually(lambda: program.api("GET", "/api/sites/shop/runs")["runs"])
        assert line["is_running"]

        program.api("POST", f"/api/runs/{line['id']}/stop")

        (line,) = program.closed_runs("shop", 1)
    assert line["end"] == "interrupted"
    assert program.api("GET", f"/api/runs/{line['id']}")["outcome"]["interrupted_by"] == "person"


def test_the_event_stream_tells_of_a_run(begin, shop):
    program = begin()
    site = program.api("POST", "/api/sites", {"folder": str(shop)})
    with closing(http.client.HTTPConnection(urlsplit(program.url).netloc, timeout=DEADLINE_S)) as listener:
        listener.request("GET", "/api/events", headers={"X-Gatehouse-Token": program._token})
        stream = listener.getresponse()
        assert stream.readline().startswith(b":")

        fetch(site["url"], "/cgi-bin/hello.py")

        # Of ours: the Tour's first run may come in between.
        runs = (event for name, event in _events(stream) if name == "run" and event["site"] == "shop")
        ended = next(event for event in runs if not event["is_running"])
    assert ended["verdict"] == "good"


def test_static_requests_are_counted_and_listed_while_somebody_looks(begin, shop):
    program = begin()
    site = program.api("POST", "/api/sites", {"folder": str(shop)})
    fetch(site["url"])
    eventually(lambda: program.api("GET", "/api/sites/shop/static")["count"] == 1)
    assert program.api("GET", "/api/sites/shop/static")["items"] == []
    with closing(http.client.HTTPConnection(urlsplit(program.url).netloc, timeout=DEADLINE_S)) as listener:
        listener.request("GET", "/api/events?static=shop", headers={"X-Gatehouse-Token": program._token})
        stream = listener.getresponse()  # kept: its end would close the connection, and nobody would be looking
        assert stream.readline().startswith(b":")

        def is_listed():
            fetch(site["url"], "/index.html")
            return program.api("GET", "/api/sites/shop/static")["items"]

        (item, *_) = eventually(is_listed)
    assert (item["target"], item["status"], item["method"]) == ("/index.html", 200, "GET")


def test_a_setting_changed_by_a_click_stands_in_the_file_and_is_in_force(begin, shop):
    program = begin()
    program.api("POST", "/api/sites", {"folder": str(shop)})

    program.api("PATCH", "/api/sites/shop/settings", {"environment.GREETING": "hi"})

    assert 'GREETING = "hi"' in (shop / "gatehouse.toml").read_text()
    fetch(program.site("shop")["url"], "/cgi-bin/hello.py")
    (line,) = program.closed_runs("shop", 1)
    assert program.api("GET", f"/api/runs/{line['id']}")["meta_variables"]["GREETING"] == "hi"


def test_a_setting_changed_in_an_editor_is_in_force_soon(begin, shop):
    program = begin()
    program.api("POST", "/api/sites", {"folder": str(shop)})

    (shop / "gatehouse.toml").write_text('name = "The corner shop"\n')

    eventually(lambda: program.site("shop")["name"] == "The corner shop")


def test_a_damaged_settings_file_is_told_and_the_site_served_all_the_same(begin, shop):
    (shop / "gatehouse.toml").write_text("port = = 3\n")
    program = begin()

    site = program.api("POST", "/api/sites", {"folder": str(shop)})

    assert site["state"] == "serving"
    assert site["problem"]["slug"] == "settings-damaged"
    assert fetch(site["url"])[0] == 200


def test_a_folder_that_goes_is_a_problem_and_serves_again_when_it_is_back(begin, shop):
    program = begin()
    program.api("POST", "/api/sites", {"folder": str(shop)})

    shop.rename(shop.with_name("elsewhere"))
    gone = eventually(lambda: (site := program.site("shop"))["state"] == "problem" and site)
    shop.with_name("elsewhere").rename(shop)

    assert gone["problem"]["slug"] == "folder-gone"
    assert fetch(program.serving("shop")["url"])[0] == 200


def _events(stream):
    name = ""
    for line in stream:
        if line.startswith(b"event: "):
            name = line[7:].strip().decode()
        elif line.startswith(b"data: "):
            yield name, json.loads(line[6:])
