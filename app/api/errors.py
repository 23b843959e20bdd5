"""Failures become answers here, and nowhere else (STYLE.md 6).

A GatehouseError is told in words, in one JSON shape; any other exception is a bug of ours and shows its traceback.
"""

import traceback

from app import words
from app.api.answers import Answer, json_answer, page
from app.errors import GatehouseError


def error_answer(error: GatehouseError, lang: str) -> Answer:
    """{"ok": false, "status": 404, "slug": "run-gone", "error": "No run 57.", "fix": "It may have been …"}."""
    said = words.error(error.slug, lang, error.params)
    return json_answer({"ok": False, "status": error.status, "slug": error.slug, **said}, status=error.status)


def error_page(error: GatehouseError, lang: str) -> Answer:
    """The same words for somebody who typed or followed an address."""
    said = words.error(error.slug, lang, error.params)
    return page(said["error"], said["fix"], status=error.status)


def bug_answer(bug: BaseException, lang: str) -> Answer:
    said = words.error("our-bug", lang)
    content = {"ok": False, "status": 500, "slug": "our-bug", **said, "traceback": as_text(bug)}
    return json_answer(content, status=500)


def bug_page(bug: BaseException, lang: str) -> Answer:
    said = words.error("our-bug", lang)
    return page(said["error"], said["fix"], status=500, code=as_text(bug))


def as_text(bug: BaseException) -> str:
    return "".join(traceback.format_exception(bug))
