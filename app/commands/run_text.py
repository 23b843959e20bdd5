"""A run as text for a terminal: how it ended and why first, then what came in and what went out.

Everything that a script or a client wrote goes through `printable`, so that it cannot steer the terminal.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.commands.runs import local_time, table
from app.runs.text import Text, printable, untext
from app.words import Language, phrase

_LINES = 40
"""Of a stream; `--json` has all of it."""

Run = Mapping[str, Any]


def run_text(run: Run, lang: Language) -> str:
    """`run` is of app.runs.whole."""
    sections = [
        _heading(run, lang),
        *(_explanation(one, lang) for one in run["explanations"]),
        _section("show.stderr", _tail(run["stderr"], lang), lang),
        _section("show.fields", _fields(run), lang),
        _section("show.headers", _pairs(run["request"]["headers"]), lang),
        _section("show.stdin", _head(run["stdin"], lang), lang),
        _section("show.stdout", _head(run["stdout"], lang), lang),
    ]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _heading(run: Run, lang: Language) -> list[str]:
    request = run["request"]
    params = {"run": run["id"], "site": run["site_name"], "started": local_time(run["started"])}
    return [
        printable(phrase("show.run", lang, params)),
        printable(f"{request['method']} {printable(request['target'])} {request['version'] or ''}").rstrip(),
        printable(run["script"]),
        phrase("show.comma", lang).join(_ending(run, lang)),
    ]


def _ending(run: Run, lang: Language) -> Iterator[str]:
    """How it ended, what was answered, how it was judged, how long it took."""
    outcome = run["outcome"]
    if run["is_running"]:
        yield phrase("show.running", lang)
        return
    yield phrase(
        f"show.end.{outcome['end']}", lang, {name: value for name, value in outcome.items() if value is not None}
    )
    if run["response"] and run["response"]["status"]:
        yield phrase("show.status", lang, {"status": run["response"]["status"]})
    if run["verdict"]:
        yield phrase(f"show.verdict.{run['verdict']}", lang)
    if run["timings_ms"]["total"] is not None:
        yield f"{run['timings_ms']['total']:.0f} ms"


def _explanation(explanation: Mapping[str, Any], lang: Language) -> list[str]:
    """The title, and under it what happened, why, and what to do."""
    parts = [
        explanation["what"],
        explanation["why"],
        phrase("show.fix", lang, {"fix": explanation["fix"]["text"]}) if explanation["fix"]["text"] else "",
        *(f"{fact['label']}: {fact['value']}" for fact in explanation["evidence"] if fact["name"] != "traceback"),
    ]
    return [printable(explanation["title"]), *_indented(part for part in parts if part)]


def _section(slug: str, lines: Iterable[str], lang: Language) -> list[str]:
    """Nothing at all where there are no lines."""
    body = list(lines)
    return [phrase(slug, lang), *_indented(body)] if body else []


def _fields(run: Run) -> Iterator[str]:
    rows = [[printable(name), _one_line(value)] for name, values in run["fields"].items() for value in values]
    rows += [[printable(file["name"]), _file(file)] for file in run["files"]]
    yield from table(rows) if rows else ()


def _file(file: Mapping[str, Any]) -> str:
    size = "" if file["size"] is None else f", {file['size']} B"
    return f"{_one_line(file['filename'])} ({_one_line(file['type'] or '?')}{size})"


def _pairs(pairs: Iterable[tuple[str, Text]]) -> Iterator[str]:
    rows = [[printable(name), _one_line(value)] for name, value in pairs]
    yield from table(rows) if rows else ()


def _head(stream: Text | None, lang: Language) -> Iterator[str]:
    lines = printable(stream or "").splitlines()
    yield from lines[:_LINES]
    if len(lines) > _LINES:
        yield phrase("show.more-after", lang, {"lines": len(lines) - _LINES})


def _tail(stream: Text | None, lang: Language) -> Iterator[str]:
    lines = printable(stream or "").splitlines()
    if len(lines) > _LINES:
        yield phrase("show.more-before", lang, {"lines": len(lines) - _LINES})
    yield from lines[-_LINES:]


def _one_line(value: Text) -> str:
    return printable(value if isinstance(value, str) else untext(value)).replace("\n", "\\n").replace("\t", "\\t")


def _indented(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        yield from (f"  {line}".rstrip() for line in printable(part).split("\n"))
