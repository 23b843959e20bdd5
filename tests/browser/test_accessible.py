"""Every screen, in both themes and languages: nothing that axe-core finds (WCAG 2.2 AA), and a picture to look at."""

import json
import urllib.request

import pytest

from .conftest import LONG_S, OUTPUT, ROOT

AXE = ROOT / "ui/node_modules/axe-core/axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SCREENS = {
    "sites": "/",
    "runs": "/s/tour/runs",
    "run-error": "/s/tour/runs/1?tab=error",
    "run-request": "/s/tour/runs/1?tab=request",
    "run-input": "/s/tour/runs/1?tab=input",
    "run-environment": "/s/tour/runs/1?tab=environment",
    "run-output": "/s/tour/runs/2?tab=output",
    "run-stderr": "/s/tour/runs/1?tab=stderr",
    "site-settings": "/s/tour/settings",
    "settings": "/settings",
    "help": "/help",
    "help-failures": "/help/failures",
    "nowhere": "/no/such/address",
}


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_has_a_violation(browser, program, theme, lang):
    if not AXE.exists():
        pytest.skip("axe-core is not installed (python3 -m tests does it)")
    program.ask("PATCH", "/api/settings", json.dumps({"language": lang, "theme": theme}))
    OUTPUT.mkdir(exist_ok=True)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    context.set_default_timeout(LONG_S * 1000)
    try:
        page = context.new_page()
        page.goto(program.link)
        # The Tour is made a moment after the first page is there; its failed run is number 1, and ours number 2.
        page.get_by_text("127.0.0.1:").first.wait_for()
        page.goto(f"{program.url}/s/tour/runs")
        page.get_by_role("row").filter(has_text="greeting.py").wait_for()
        tour = json.loads(program.ask("GET", "/api/sites/tour"))["url"]
        urllib.request.urlopen(f"{tour}cgi-bin/guestbook.py", timeout=LONG_S).read()
        found = {}
        for name, path in SCREENS.items():
            page.goto(program.url + path)
            page.locator(f"html[data-theme={theme}][lang={lang}] main").first.wait_for()
            page.locator("main h1, main h2").first.wait_for()
            found[name] = violations(page, f"{name}-{theme}-{lang}")
        for name, key in {"palette": "Control+k", "keys": "?"}.items():
            page.goto(program.url)
            page.locator("main h1").wait_for()
            page.keyboard.press(key)
            page.get_by_role("dialog").wait_for()
            found[name] = violations(page, f"{name}-{theme}-{lang}")
        assert {name: told for name, told in found.items() if told} == {}
    finally:
        context.close()


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_a_stranger_sees_has_no_violation(browser, program, small_site, theme, lang):
    """The page of a browser that was not let in, and of a visitor: a script that failed, and nothing at an address."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (python3 -m tests does it)")
    site = json.loads(program.ask("POST", "/api/sites", json.dumps({"folder": str(small_site)})))["url"]
    OUTPUT.mkdir(exist_ok=True)
    context = browser.new_context(bypass_csp=True, color_scheme=theme, locale=lang)
    context.set_default_timeout(LONG_S * 1000)
    try:
        page = context.new_page()
        found = {}
        for name, address in {
            "let-in": program.url,
            "failure": f"{site}cgi-bin/closed.sh",
            "not-found": f"{site}nowhere",
        }.items():
            page.goto(address)
            page.locator("main h1").first.wait_for()
            found[name] = violations(page, f"{name}-{theme}-{lang}")
        assert {name: told for name, told in found.items() if told} == {}
    finally:
        context.close()


def violations(page, picture: str) -> list[tuple[str, list]]:
    """What axe-core finds on the page as it is, of which a picture is kept."""
    page.screenshot(path=OUTPUT / f"{picture}.png")
    page.add_script_tag(path=AXE)
    results = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in results["violations"]]
