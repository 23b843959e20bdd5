"""The HTML of the failure page.  Everything that comes from a script or a request goes through `escape`."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from app.diagnose.words import templates
from app.words import Piece, phrase, pieces

_LOGO = (
    '<svg viewBox="0 0 20 20" aria-hidden="true"><path fill="var(--accent)" d="M2 18V4h3v2.2h2.6V4h4.8v2.2H15V4h3v14'
    'h-5v-4.2a3 3 0 0 0-6 0V18z"/></svg>'
)
_ICON = '<svg viewBox="0 0 24 24" aria-hidden="true" stroke-linecap="round" stroke-linejoin="round"'
_CROSS = f'{_ICON} class="x"><circle cx="12" cy="12" r="10"/><path d="m15 9-6 6"/><path d="m9 9 6 6"/></svg>'
_ARROW = f'{_ICON}><path d="M7 7h10v10"/><path d="M7 17 17 7"/></svg>'
_CHEVRON = f'{_ICON}><path d="m9 18 6-6-6-6"/></svg>'

Diagnosis = Mapping[str, Any]


def html_page(
    *,
    site_name: str,
    request: str,
    diagnoses: Sequence[Diagnosis],
    run: int,
    run_url: str | None,
    lang: str,
    stderr: str,
) -> str:
    """The whole page.  `request` is shown as it is: '500 POST /cgi-bin/guestbook.py'."""
    best = diagnoses[0] if diagnoses else None
    card = _card(best, lang) if best else _bare_card(lang)
    who = f"<b>{escape(site_name)}</b>{_say('page.could-not', lang)}<span>{escape(request)}</span>"
    parts = (
        f'<p class="from">{_LOGO}{who}</p>',
        f'<article class="card">{_CROSS}<div>{card}{_open_run(run, run_url, lang)}</div></article>',
        _also(diagnoses[1:], lang),
        _facts(best, lang),
        _details(_say("page.stderr", lang), f"<pre>{escape(stderr)}</pre>") if stderr else "",
        f"<footer>{_say('page.kept', lang)}</footer>",
    )
    return _FRAME.format(
        lang=escape(lang), title=_title(best, lang), style=_style(), main="\n".join(part for part in parts if part)
    )


_FRAME = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">\
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">\
<title>{title}</title><style>
{style}</style></head><body><main>
{main}
</main></body></html>
"""


def _card(diagnosis: Diagnosis, lang: str) -> str:
    """What · why · fix, always in this order (UI.md, 3)."""
    words, params = templates(diagnosis["slug"], lang), diagnosis["params"]
    said = {part: _marked(pieces(template, params)) for part, template in words.items()}
    return (
        f'<h1>{said["title"]}</h1><p class="why">{said["what"]}</p><p class="why">{said["why"]}</p>'
        f'<h2>{_say("page.fix", lang)}</h2><p class="why">{said["fix"]}</p>{_diff(diagnosis["fix"]["steps"])}'
    )


def _bare_card(lang: str) -> str:
    return f'<h1>{_say("page.failed", lang)}</h1><p class="why">{_say("page.see-run", lang)}</p>'


def _diff(steps: Iterable[Mapping[str, Any]]) -> str:
    """A changed first line, old and new."""
    return "".join(
        f'<br><div class="diff"><div class="del"><span>1</span><span>−</span><span>{escape(step["old"])}</span></div>'
        f'<div class="add"><span>1</span><span>+</span><span>{escape(step["new"])}</span></div></div>'
        for step in steps
        if step["do"] == "first-line"
    )


def _open_run(run: int, run_url: str | None, lang: str) -> str:
    if not run_url:
        return ""
    label = escape(phrase("page.open-run", lang, {"run": run}))
    return f'<div class="acts"><a class="btn pri" href="{escape(run_url)}">{label}{_ARROW}</a></div>'


def _also(others: Sequence[Diagnosis], lang: str) -> str:
    """What was found besides."""
    if not others:
        return ""
    items = "".join(
        f"<li>{_marked(pieces(templates(other['slug'], lang)['what'], other['params']))}</li>" for other in others
    )
    return _details(_say("page.also", lang), f"<ul>{items}</ul>", count=len(others))


def _facts(diagnosis: Diagnosis | None, lang: str) -> str:
    """The evidence; a whole traceback is on stderr and needs no second place."""
    facts = [fact for fact in (diagnosis or {}).get("evidence", ()) if fact["name"] != "traceback"]
    if not facts:
        return ""
    rows = "".join(f"<dt>{_say('fact.' + fact['name'], lang)}</dt><dd>{escape(fact['value'])}</dd>" for fact in facts)
    return _details(_say("page.facts", lang), f"<dl>{rows}</dl>", count=len(facts))


def _details(title: str, content: str, count: int | None = None) -> str:
    number = f"<span>{count}</span>" if count else ""
    return f"<details><summary>{_CHEVRON}{title}{number}</summary>{content}</details>"


def _marked(sentence: Iterable[Piece]) -> str:
    return "".join(f"<code>{escape(piece.text)}</code>" if piece.is_code else escape(piece.text) for piece in sentence)


def _title(diagnosis: Diagnosis | None, lang: str) -> str:
    if not diagnosis:
        return _say("page.failed", lang)
    template = templates(diagnosis["slug"], lang)["title"]
    return escape("".join(piece.text for piece in pieces(template, diagnosis["params"])))


def _say(slug: str, lang: str) -> str:
    return escape(phrase(slug, lang))


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
