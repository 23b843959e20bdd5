"""What a person does in the first five minutes."""

import json
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from .conftest import LONG_S


def add(program, folder) -> dict:
    return json.loads(program.ask("POST", "/api/sites", json.dumps({"folder": str(folder)})))


def visit(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=LONG_S) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read()


def test_the_tour_is_serving_and_its_failed_run_explains_itself(page):
    expect(page.get_by_text("1 run failed", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Show the runs").or_(page.get_by_role("button", name="Show the runs")).click()

    page.get_by_role("row").filter(has_text="greeting.py").click()

    card = page.get_by_role("region", name=re.compile("KeyError"))
    expect(card).to_contain_text("line 17")
    expect(card).to_contain_text("What to do")
    expect(page).to_have_url(re.compile(r"/s/tour/runs/1"))


def test_the_code_leaves_the_address_and_works_once(page, browser, program):
    assert "code=" not in page.url
    page.reload()
    expect(page.get_by_role("heading", name="Sites", level=1)).to_be_visible()

    stranger = browser.new_context(locale="en-GB")
    try:
        other = stranger.new_page()
        other.goto(program.link)
        expect(other.get_by_role("heading", name="This browser has not been let in")).to_be_visible()

        link = json.loads(program.ask("POST", "/api/links", "{}"))["url"]
        other.get_by_label("Link or code").fill(link)
        other.get_by_role("button", name="Let in").click()
        expect(other.get_by_role("heading", name="Sites", level=1)).to_be_visible()
    finally:
        stranger.close()


def test_another_browser_can_be_locked_out(page, browser, program):
    link = json.loads(program.ask("POST", "/api/links", "{}"))["url"]
    stranger = browser.new_context(locale="en-GB")
    try:
        other = stranger.new_page()
        other.goto(link)
        expect(other.get_by_role("heading", name="Sites", level=1)).to_be_visible()

        page.goto(f"{program.url}/settings")
        page.get_by_role("button", name="Lock out").click()

        expect(page.get_by_text("Done. Only this one is still let in.")).to_be_visible()
        expect(other.get_by_role("heading", name="This browser has not been let in")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    finally:
        stranger.close()


def test_a_folder_is_added_and_its_runs_arrive_live(page, program, small_site, complaints):
    page.get_by_role("main").get_by_role("button", name="Add folder").click()
    field = page.get_by_label("Path of the folder")
    field.fill(str(small_site / "nowhere"))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("There is no folder")).to_be_visible()
    assert "404" in complaints.pop()  # the browser's own word for the answer above
    field.fill(str(small_site))
    page.get_by_role("button", name="Add", exact=True).click()
    expect(field).to_be_hidden()

    # The card on the home screen, or the site's own screen: both have the address.
    url = next(site["url"] for site in json.loads(program.ask("GET", "/api/state"))["sites"] if not site["is_sample"])
    page.goto(f"{program.url}/s/small/runs")
    expect(page.get_by_text("No runs yet", exact=False)).to_be_visible()
    assert visit(f"{url}cgi-bin/hello.sh?a=1")[0] == 200

    row = page.get_by_role("row").filter(has_text="hello.sh")
    expect(row).to_be_visible()
    row.click()
    page.get_by_role("tab", name=re.compile("Output")).click()
    expect(page.get_by_role("tabpanel")).to_contain_text("hello a=1")


def test_a_run_is_seen_while_it_runs_and_can_be_stopped(page, program, small_site):
    url = add(program, small_site)["url"]
    page.goto(f"{program.url}/s/small/runs")
    request = page.context.new_page()
    request.goto("about:blank")
    request.evaluate("url => { location = url }", f"{url}cgi-bin/wait.sh")

    row = page.get_by_role("row").filter(has_text="wait.sh")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Stop").click()

    expect(row).to_contain_text("Stopped")


def test_a_failed_script_gets_a_page_in_words_that_leads_to_its_run(page, program, small_site):
    url = add(program, small_site)["url"]
    visitor = page.context.new_page()
    visitor.goto(f"{url}cgi-bin/closed.sh")

    expect(visitor.get_by_role("heading", name="The script may not be executed")).to_be_visible()
    expect(visitor.locator("body")).to_contain_text("chmod 755")
    visitor.get_by_role("link", name=re.compile("Open run #")).click()
    expect(visitor.get_by_role("region", name="The script may not be executed")).to_be_visible()


def test_what_a_script_printed_is_previewed_and_cannot_do_anything(page, program, small_site, complaints):
    script = small_site / "cgi-bin" / "evil.sh"
    script.write_text(
        "#!/bin/sh\nprintf 'Content-Type: text/html\\n\\n<p id=seen>seen</p>"
        '<script>document.title="ran";parent.document.title="ran"</script><img src=x onerror="document.title=1">\'\n'
    )
    script.chmod(0o755)
    url = add(program, small_site)["url"]
    visit(f"{url}cgi-bin/evil.sh")
    run = json.loads(program.ask("GET", "/api/sites/small/runs"))["runs"][0]["id"]

    page.goto(f"{program.url}/s/small/runs/{run}?tab=output")
    page.get_by_role("button", name="Preview").or_(page.get_by_role("tab", name="Preview")).or_(
        page.get_by_role("radio", name="Preview")
    ).first.click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("#seen")).to_have_text("seen")
    assert "ran" not in page.title()
    assert page.locator("iframe").get_attribute("sandbox") == ""
    assert any("Blocked script execution" in one for one in complaints)
    complaints.clear()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_of_the_system_is_followed(page, theme):
    page.emulate_media(color_scheme=theme)

    expect(page.locator("html")).to_have_attribute("data-theme", theme)


def test_chinese_is_one_click_away_and_is_kept(page, program):
    page.goto(f"{program.url}/settings")
    page.get_by_text("简体中文").first.click()
    expect(page.get_by_role("heading", name="设置", level=1)).to_be_visible()

    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_by_keyboard_alone_a_failure_is_found_and_read(page, program, small_site):
    url = add(program, small_site)["url"]
    for name in ("hello.sh", "closed.sh", "hello.sh", "hello.sh"):
        visit(f"{url}cgi-bin/{name}")
    page.goto(f"{program.url}/s/small/runs")
    expect(page.get_by_role("row").filter(has_text="closed.sh")).to_contain_text("No +x")

    page.keyboard.press("f")
    expect(page.get_by_role("region", name="The script may not be executed")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("]")
    expect(page.get_by_role("tab", selected=True)).to_contain_text("Request")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
