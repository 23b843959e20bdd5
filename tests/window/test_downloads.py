"""What the page in the window hands to the person's browser, seen by a browser that is told that it is the window."""

import urllib.request
from urllib.parse import urlsplit

import pytest

from tests.program.running import DEADLINE_S, eventually, fetch


@pytest.fixture
def program(start, site):
    program = start("--no-window")
    script = site / "cgi-bin" / "hello.sh"
    script.write_text("#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello'\n")
    script.chmod(0o755)
    url = program.api("POST", "/api/sites", {"folder": str(site)})["url"]
    fetch(url, "/cgi-bin/hello.sh")
    program.closed_runs("shop", 1)
    return program


@pytest.fixture
def page(browser, program):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(DEADLINE_S * 1000)
    page = context.new_page()
    page.goto(f"{program.api('POST', '/api/links')['url']}&window=1")
    page.get_by_role("heading", name="Sites", level=1).wait_for()
    yield page
    context.close()


def test_a_download_is_saved_by_the_persons_browser(page, program, opened):
    (run,) = program.closed_runs("shop", 1)
    page.goto(f"{program.url}s/shop/runs/{run['id']}?tab=output")
    downloads = []
    page.on("download", lambda download: downloads.append(download.url))

    page.get_by_role("button", name="Download").first.click()

    address = eventually(lambda: opened.exists() and opened.read_text()).strip()
    assert urlsplit(address).path.startswith(f"/api/runs/{run['id']}/")
    with urllib.request.urlopen(address, timeout=DEADLINE_S) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.read().endswith(b"hello")
    assert downloads == []


def test_without_a_browser_it_says_so(page, program, start, tmp_path):
    (tmp_path / "browser").unlink()

    page.get_by_role("button", name="Open").first.click()

    page.get_by_text("No browser was found").wait_for()
