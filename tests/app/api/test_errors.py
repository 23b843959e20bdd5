import ast
import json
import re
from pathlib import Path

import pytest

from app import words
from app.api.errors import bug_answer, bug_page, error_answer, error_page
from app.errors import GatehouseError
from app.words import LANGUAGES

API = Path(__file__).parents[3] / "app" / "api"
SLUGS = sorted(
    {
        node.args[0].value
        for path in API.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and re.search(r"GatehouseError$|_wrong$|\berror$", ast.unparse(node.func))
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
)


def test_a_failure_has_one_shape():
    answer = error_answer(GatehouseError("run-gone", status=404, params={"run": 57}), "en")

    assert answer.status == 404
    assert json.loads(answer.body) == {
        "ok": False,
        "status": 404,
        "slug": "run-gone",
        "error": "There is no run 57.",
        "fix": words.error("run-gone", "en")["fix"],
    }


def test_a_failure_is_worded_in_the_readers_language():
    answer = error_answer(GatehouseError("run-gone", status=404, params={"run": 57}), "zh-CN")

    assert json.loads(answer.body)["error"] == "没有运行 57。"


def test_a_page_says_what_the_json_says():
    page = error_page(GatehouseError("host-foreign", status=421, params={"host": "<evil>", "port": 1}), "en")

    assert page.status == 421
    assert "&lt;evil&gt; is not a name of this computer" in page.body.decode()


def test_a_bug_shows_its_traceback():
    try:
        raise ZeroDivisionError("ours")
    except ZeroDivisionError as bug:
        told, page = json.loads(bug_answer(bug, "en").body), bug_page(bug, "en").body.decode()

    assert (told["status"], told["slug"]) == (500, "our-bug")
    assert "ZeroDivisionError: ours" in told["traceback"]
    assert "ZeroDivisionError: ours" in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_failure_that_the_api_tells_has_its_words(slug, lang):
    said = words.error(slug, lang)

    assert said["error"] not in {"", slug}
    assert said["fix"] != ""
