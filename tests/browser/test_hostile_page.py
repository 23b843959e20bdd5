"""A page of a hosted site is on our host and only the port differs: it must not reach the window's server (B19)."""

import json
from pathlib import Path

from .conftest import LONG_S

HOSTILE = Path(__file__).parent / "hostile.html"


def test_a_hosted_page_can_neither_read_runs_nor_change_anything(page, program, small_site):
    (small_site / "hostile.html").write_text(HOSTILE.read_text().replace("UI_ADDRESS", program.url))
    url = json.loads(program.ask("POST", "/api/sites", json.dumps({"folder": str(small_site)})))["url"]
    before = json.loads(program.ask("GET", "/api/state"))

    # In the same browser that was let in, as a person would meet it.
    hostile = page.context.new_page()
    hostile.goto(f"{url}hostile.html")
    hostile.wait_for_function("window.results !== undefined", timeout=LONG_S * 1000)
    results = hostile.evaluate("window.results")

    assert results["read"] == results["token"] == results["change"] == "refused"
    assert results["read-blind"] in {"opaque", "refused"}  # an opaque answer cannot be read
    assert results["storage"] is None
    assert results["frame"] == results["window"] == "closed"
    after = json.loads(program.ask("GET", "/api/state"))
    assert [site["slug"] for site in after["sites"]] == [site["slug"] for site in before["sites"]]
    assert program.process.poll() is None


def test_a_form_of_a_hosted_page_cannot_end_the_program(page, program, small_site):
    (small_site / "hostile.html").write_text(HOSTILE.read_text().replace("UI_ADDRESS", program.url))
    url = json.loads(program.ask("POST", "/api/sites", json.dumps({"folder": str(small_site)})))["url"]
    hostile = page.context.new_page()
    hostile.goto(f"{url}hostile.html")

    with hostile.expect_navigation() as navigation:
        hostile.evaluate("document.forms[0].submit()")

    assert navigation.value.status == 403
    assert json.loads(program.ask("GET", "/api/state"))["version"]
