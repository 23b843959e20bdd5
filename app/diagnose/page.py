"""The page that a browser gets in place of "500": what happened, why, what to do, and where the run is.

One HTML file without scripts and without anything from elsewhere; plain text or JSON for programs.
It tells the same words as the window, from the same explanations.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.diagnose.page_html import html_page
from app.diagnose.words import explain
from app.words import phrase

Diagnoses = Sequence[Mapping[str, Any]]


def failure_page(
    *,
    site_name: str,
    method: str,
    target: bytes,
    status: int,
    explanations: Diagnoses,
    run: int,
    run_url: str | None,
    accept: str | None,
    lang: str,
    stderr_tail: bytes,
) -> tuple[bytes, bytes]:
    """(Content-Type, body) for a failed run.

    `explanations` are diagnoses as dicts, best first; without any the page says only that the script failed.
    `run_url` is None where nobody serves the window's pages.  Text unless `Accept` names HTML or JSON.
    """
    match _kind(accept):
        case "json":
            return b"application/json", _json(status, explanations, run, run_url, lang)
        case "html":
            page = html_page(
                site_name=site_name,
                request=f"{status} {method} {_path(target)}",
                diagnoses=explanations,
                run=run,
                run_url=run_url,
                lang=lang,
                stderr=_tail(stderr_tail),
            )
            return b"text/html; charset=utf-8", page.encode("utf-8", "replace")
    return b"text/plain; charset=utf-8", _text(explanations, run, run_url, lang, _tail(stderr_tail))


def _kind(accept: str | None) -> str:
    """'html', 'json' or 'text': what `Accept` names, where it does not refuse it with q=0 (RFC 9110 §12.5.1).

    "*/*" alone is what curl and fetch() send: text.
    """
    named = set()
    for item in (accept or "").lower().split(","):
        kind, *parameters = (part.replace(" ", "") for part in item.split(";"))
        if not any(part in {"q=0", "q=0.0", "q=0.00", "q=0.000"} for part in parameters):
            named.add(kind)
    if named & {"text/html", "application/xhtml+xml"}:
        return "html"
    return "json" if any(kind.endswith(("/json", "+json")) for kind in named) else "text"


def _path(target: bytes) -> str:
    """The target without its query, which may hold what is not for the screen."""
    return target.partition(b"?")[0].decode("utf-8", "replace")


def _tail(stderr: bytes) -> str:
    """The last 16 KiB, from the start of a line."""
    tail = stderr[-16384:]
    if len(tail) < len(stderr):
        tail = tail.partition(b"\n")[2]
    return tail.decode("utf-8", "backslashreplace").strip("\r\n")


def _json(status: int, diagnoses: Diagnoses, run: int, run_url: str | None, lang: str) -> bytes:
    """The shape of Gatehouse's own API errors, with the run."""
    told = [explain(diagnosis, lang) for diagnosis in diagnoses]
    content = {
        "ok": False,
        "status": status,
        "slug": told[0]["slug"] if told else "script-failed",
        "error": told[0]["what"] if told else phrase("page.failed", lang),
        "fix": told[0]["fix"]["text"] if told else phrase("page.see-run", lang),
        "run": run,
        "run_url": run_url,
        "explanations": told,
    }
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _text(diagnoses: Diagnoses, run: int, run_url: str | None, lang: str, stderr: str) -> bytes:
    blocks = []
    for diagnosis in diagnoses:
        told = explain(diagnosis, lang)
        blocks += [told["title"], told["what"], told["why"], told["fix"]["text"]]
    if not blocks:
        blocks = [phrase("page.failed", lang), phrase("page.see-run", lang)]
    if stderr:
        blocks.append(f"{phrase('page.stderr', lang)}\n{stderr}")
    if run_url:
        blocks.append(f"{phrase('page.open-run', lang, {'run': run})}: {run_url}")
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")
