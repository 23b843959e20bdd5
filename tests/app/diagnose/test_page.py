"""The page that a browser gets in place of "500"."""

import json

import pytest

from app.diagnose.page import failure_page

FOUND = {
    "slug": "wrong-interpreter-path",
    "params": {
        "script": "cgi-bin/<b>.py",
        "first_line": "#!/nowhere/python3",
        "interpreter": "/nowhere/python3",
        "name": "python3",
        "better": "#!/usr/bin/python3",
    },
    "evidence": [{"name": "errno", "value": "ENOENT (2): No such file or directory"}],
    "certainty": "certain",
    "fix": {
        "steps": [
            {"do": "first-line", "path": "cgi-bin/b.py", "old": "#!/nowhere/python3", "new": "#!/usr/bin/python3"}
        ],
        "automatic": "ask",
    },
}


def page(**changes):
    given = {
        "site_name": "<Club>",
        "method": "POST",
        "target": b"/cgi-bin/x.py?password=hunter2",
        "status": 500,
        "explanations": [FOUND],
        "run": 7,
        "run_url": "http://127.0.0.1:1/s/club/runs/7",
        "accept": "text/html,*/*;q=0.8",
        "lang": "en",
        "stderr_tail": b"<script>alert(1)</script>\n",
        **changes,
    }
    kind, body = failure_page(**given)
    return kind, body.decode()


def test_a_browser_gets_what_happened_why_and_what_to_do():
    kind, html = page()

    assert kind == b"text/html; charset=utf-8"
    assert "#!/nowhere/python3" in html
    assert "#!/usr/bin/python3" in html
    assert 'href="http://127.0.0.1:1/s/club/runs/7"' in html


def test_nothing_of_a_script_or_a_request_becomes_markup():
    _kind, html = page()

    assert "<script" not in html
    assert "<Club>" not in html
    assert "cgi-bin/<b>" not in html


def test_the_query_is_not_on_the_page():
    assert "hunter2" not in page()[1]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, b"text/plain; charset=utf-8"),
        ("*/*", b"text/plain; charset=utf-8"),
        ("application/json", b"application/json"),
        ("text/html;q=0, application/problem+json", b"application/json"),
        ("application/xhtml+xml", b"text/html; charset=utf-8"),
    ],
)
def test_a_program_gets_what_it_can_read(accept, kind):
    assert page(accept=accept)[0] == kind


def test_json_has_the_shape_of_our_errors_and_the_run():
    told = json.loads(page(accept="application/json")[1])

    assert (told["ok"], told["status"], told["slug"], told["run"]) == (False, 500, "wrong-interpreter-path", 7)
    assert told["explanations"][0]["fix"]["automatic"] == "ask"


def test_chinese_readers_get_chinese():
    assert 'lang="zh-CN"' in page(lang="zh-CN")[1]
    assert page(lang="zh-CN")[1] != page()[1]


def test_without_an_explanation_it_says_that_the_script_failed_and_where_to_look():
    _kind, text = page(explanations=[], accept=None)

    assert "http://127.0.0.1:1/s/club/runs/7" in text
    assert "alert(1)" in text
