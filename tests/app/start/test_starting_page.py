"""The page of a start without a terminal, asked by HTTP and seen in a real browser."""

import http.client
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.start.progress import Progress
from app.start.starting_page import StartingPage, is_wanted

from .conftest import wait_for

ROOT = Path(__file__).parents[3]


@pytest.fixture
def progress():
    made = Progress()
    made.done("python", "3.11.2")
    made.begin("environment")
    made.done("environment", "2.4 s")
    made.begin("packages")
    made.tell("packages", "peewee 4.5.3", "4 / 7")
    return made


@pytest.fixture
def page(progress, tmp_path):
    made = StartingPage(progress, tmp_path)
    yield made
    made.end(patience_s=0)


def ask(page, path="", **headers):
    parts = urlsplit(page.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts.path + path if not path.startswith("/") else path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_it_tells_the_steps(page):
    state = json.loads(ask(page, "progress")[1])

    assert [(step["title"], step["state"]) for step in state["steps"]] == [
        ("Find Python", "done"),
        ("Make an environment", "done"),
        ("Fetch the packages", "now"),
        ("Build the screens", "todo"),
        ("Open the window", "todo"),
    ]
    assert state["steps"][2]["detail"] == "peewee 4.5.3"
    assert state["steps"][2]["note"] == "4 / 7"
    assert 0 < state["percent"] < 100
    assert state["failure"] is state["link"] is None


def test_it_speaks_the_browsers_language(page):
    html = ask(page, **{"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.1"})[1].decode()

    assert '<html lang="zh-CN">' in html
    assert "Gatehouse 正在准备" in html


def test_a_strict_policy_and_nothing_from_elsewhere(page):
    answer, html = ask(page)

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert b"http" not in html


def test_without_the_key_nothing_is_told(page):
    for path in ("/", "/progress", "/wrong/progress", f"/{page.key}/../progress", f"/{page.key}/nothing"):
        assert ask(page, path)[0].status == 404, path


def test_another_name_for_our_address_is_refused(page):
    """DNS rebinding: a page of elsewhere whose name leads here would read the link that signs in."""
    assert ask(page, "progress", Host="evil.example")[0].status == 421


def test_a_folder_with_signs_of_html_stays_text(progress, tmp_path):
    page = StartingPage(progress, tmp_path / "<b>&$x")
    try:
        assert b"&lt;b&gt;&amp;$x</code>" in ask(page)[1]
    finally:
        page.end(patience_s=0)


def test_who_looks_is_known(page):
    assert not page.is_watched(patience_s=0)

    ask(page, "progress")

    assert page.is_watched(patience_s=30)


def test_it_ends_once_the_page_knows_the_link(page):
    page.become("http://127.0.0.1:1/#code")

    assert json.loads(ask(page, "progress")[1])["link"] == "http://127.0.0.1:1/#code"
    page._server_thread.join(30)
    assert not page._server_thread.is_alive()


def test_another_process_goes_on_serving_it(page):
    """The socket goes over; who connects meanwhile waits and is answered."""
    handed = json.dumps({"page": page.hand_over(), "progress": page.progress.as_dict()})
    code = """
import json, sys
from pathlib import Path
from app.start.progress import Progress
from app.start.starting_page import StartingPage
handed = json.loads(sys.argv[1])
progress = Progress()
progress.restore(handed["progress"])
page = StartingPage.resume(progress, Path("/data"), handed["page"])
progress.begin("window")
page.become("http://127.0.0.1:1/")
page._server_thread.join()
"""
    with subprocess.Popen([sys.executable, "-c", code, handed], cwd=ROOT, close_fds=False):
        state = wait_for(lambda: told if (told := json.loads(ask(page, "progress")[1]))["link"] else None)

    assert state["link"] == "http://127.0.0.1:1/"
    assert [step["state"] for step in state["steps"]] == ["done", "done", "now", "todo", "now"]
    assert state["steps"][0]["note"] == "3.11.2"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "w"}, True), ({"BROWSER": "x"}, True)],
)
def test_without_a_desktop_there_is_no_page(environ, expected, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)

    assert is_wanted(environ) is expected


@pytest.fixture
def program():
    """Stands for the program: any page, anywhere on this computer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<title>The program</title>")

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def tab(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(tab):
    """What the browser's console says against the page: its policy is kept, its script does not fail."""
    said = []
    tab.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_in_a_browser_it_shows_the_steps_and_becomes_the_program(page, progress, program, tab, complaints):
    tab.goto(page.url)
    tab.wait_for_selector("li.now")
    assert tab.locator("li.done").count() == 2
    assert tab.locator("li.now").inner_text().split("\n")[0].startswith("Fetch the packages")
    assert tab.locator("li.now small").inner_text() == "peewee 4.5.3"
    assert tab.get_attribute("li.now", "aria-current") == "step"
    assert int(tab.locator("#percent").inner_text().removesuffix(" %")) > 5

    progress.done("packages")
    progress.begin("window")
    tab.wait_for_selector("li.now >> text=Open the window")
    page.become(program + "#code=abc")

    tab.wait_for_url(program + "#code=abc")
    assert tab.title() == "The program"
    assert [one for one in complaints if "favicon" not in one] == []


def test_in_a_browser_a_failure_shows_the_sentence_and_the_command(page, progress, tab, complaints):
    tab.goto(page.url)
    tab.wait_for_selector("li.now")

    progress.fail("start-no-venv", {"python": "/usr/bin/python3", "command": "sudo apt install python3-venv"})

    tab.wait_for_selector("[role=alert]:visible")
    assert "/usr/bin/python3 cannot make one" in tab.locator("#error").inner_text()
    assert tab.locator("#command").inner_text() == "sudo apt install python3-venv"
    assert not tab.locator("#progress").is_visible()
    page.end()  # it has been told, so this does not wait
    assert complaints == []


def test_in_a_browser_it_says_when_gatehouse_has_gone(page, tab):
    tab.clock.install()
    tab.goto(page.url)
    tab.wait_for_selector("li.now")
    tab.route("**/progress", lambda route: route.abort())

    for _ in range(80):
        tab.clock.run_for(300)
        if tab.locator("[role=alert]").is_visible():
            break

    assert "Gatehouse stopped while it was getting ready." in tab.locator("#error").inner_text()
