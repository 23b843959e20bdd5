"""What a controller answers with."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

PLAIN_CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""For the few pages that are not the front end's: text, with its style inside."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response, whole or as a stream."""

    body: bytes | Iterable[bytes]
    content_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


def json_answer(content: Mapping[str, Any], *, status: int = 200) -> Answer:
    r"""As ASCII: a folder's name may hold bytes that are no UTF-8, and only as "\udcNN" they come back as they went."""
    return Answer(json.dumps(content).encode("ascii"), "application/json", status)


def page(title: str, *paragraphs: str, status: int, code: str = "") -> Answer:
    """A small page in words, for where the front end cannot speak.  Everything is shown as text."""
    prose = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)
    listing = f"<pre>{escape(code)}</pre>" if code else ""
    html = f"{_PAGE_HEAD}<title>{escape(title)}</title><main><h1>{escape(title)}</h1>{prose}{listing}</main>\n"
    return Answer(
        html.encode("utf-8", "backslashreplace"),
        "text/html; charset=utf-8",
        status,
        (("Content-Security-Policy", PLAIN_CSP),),
    )


_PAGE_HEAD = """<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<style>
  body { font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 0 }
  main { max-width: 46rem; margin: 12vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.25rem; line-height: 1.4 }
  pre { font: 13px/1.5 ui-monospace, monospace; overflow: auto; padding: 1rem; background: rgb(128 128 128 / 12%) }
</style>
"""
