"""What only a real browser can tell: which headers it sends, and what it lets a preview do."""

import pytest

PATIENCE_MS = 60_000
SCRIPT = b"""Content-Type: text/html

<!doctype html><title>quiet</title><p>what the script printed</p>
<form action="/api/quit" method="post"><button>send</button></form>
<img src="/api/state"><script>document.title = "ran"; parent.postMessage("ran", "*")</script>
<img src="x" onerror="parent.postMessage('ran', '*')">"""


@pytest.fixture
def page(browser, world):
    """Our own page, let in."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{world.port}/")
    page.evaluate("token => { window.token = token; window.heard = [] }", world.tokens.token)
    page.evaluate("() => { onmessage = event => heard.push(event.data) }")
    yield page
    context.close()


def ask(page, method, path, content):
    return page.evaluate(
        """async ([method, path, content]) => {
            const headers = { "X-Gatehouse-Token": token, "Content-Type": "application/json" }
            const answer = await fetch(path, { method, headers, body: JSON.stringify(content) })
            return { status: answer.status, json: await answer.json() }
        }""",
        [method, path, content],
    )


def test_our_own_page_passes_every_check(page):
    """With `Referrer-Policy: no-referrer` some requests say `Origin: null`, which the guard refuses; ours do not."""
    assert ask(page, "PATCH", "/api/settings", {"theme": "dark"}) == {"status": 200, "json": {"theme": "dark"}}
    assert ask(page, "POST", "/api/window/focus", {})["status"] == 200


def test_a_preview_is_shown_and_can_do_nothing(page, world):
    run = world.record(world.add_site(), stdout=SCRIPT, stdout_size=len(SCRIPT))
    key = ask(page, "POST", "/api/keys", {"path": f"/api/runs/{run}/preview"})["json"]["key"]
    answered = []
    page.on("response", lambda response: answered.append(response.url))

    page.evaluate(
        """src => new Promise(done => {
            const frame = document.createElement("iframe")
            frame.onload = done
            frame.src = src
            document.body.append(frame)
        })""",
        f"/api/runs/{run}/preview?key={key}",
    )

    frame = page.frames[1]
    assert frame.locator("p").text_content() == "what the script printed"
    assert frame.title() == "quiet", "no script ran"
    assert page.evaluate("heard") == []
    assert [url.partition("?")[0] for url in answered] == [f"http://127.0.0.1:{world.port}/api/runs/{run}/preview"]
    frame.get_by_role("button").click()
    assert not world.has_quit.is_set()
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None, "an origin that is nobody's"
