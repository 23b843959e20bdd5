"""`gatehouse runs`: the newest runs, one a line."""

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.commands.speak import in_words
from app.commands.store import recorded
from app.errors import GatehouseError
from app.runs.summary import summary
from app.runs.text import printable
from db import queries

LIMIT = 50
_TARGET_WIDTH = 60
"""Characters of a request target before it is cut, so that the columns stay columns."""

Line = Mapping[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", metavar="NAME", help="only the runs of this site")
    parser.add_argument("--limit", type=_count, default=LIMIT, metavar="N", help=f"how many at most ({LIMIT})")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


@in_words
def run(options: argparse.Namespace) -> int:
    """Newest first.  Exit 1 where there is no such site, or nothing was ever recorded."""
    with recorded(options) as db:
        site = None if options.site is None else find_site(queries.sites(db), options.site)["id"]
        lines = [summary(row) for row in queries.runs(db, site=site, limit=options.limit)]
    if options.json:
        for line in lines:
            print(json.dumps(line))
    else:
        sys.stdout.writelines(f"{row}\n" for row in table([as_columns(line) for line in lines]))
    sys.stdout.flush()
    return 0


def find_site(sites: Sequence[Mapping[str, Any]], wanted: str) -> Mapping[str, Any]:
    """By its name in addresses, or else by the name that people see; raises GatehouseError site-unknown."""
    for key in ("slug", "name"):
        for site in sites:
            if site[key] == wanted:
                return site
    known = ", ".join(site["slug"] for site in sites) or "–"
    raise GatehouseError("site-unknown", status=404, params={"site": wanted, "known": known})


def as_columns(line: Line) -> list[str]:
    """id, time, site, outcome, duration, method, target, cause."""
    target = printable(line["target"]).replace("\n", "\\n")
    return [
        str(line["id"]),
        local_time(line["started"]),
        line["site"],
        outcome(line),
        "" if line["total_ms"] is None else f"{line['total_ms']:.0f} ms",
        line["method"],
        target if len(target) <= _TARGET_WIDTH else target[: _TARGET_WIDTH - 1] + "…",
        line["tag"] or "",
    ]


def outcome(line: Line) -> str:
    """'200', or how it ended where that says more."""
    if line["is_running"]:
        return "running"
    match line["end"]:
        case "exited" if line["status"]:
            return str(line["status"])
        case "exited":
            return f"exit {line['exit']}"
        case "signalled":
            return f"signal {line['signal']}"
    return str(line["end"]).replace("_", " ")


def local_time(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Rows with their columns in line; the last one may be of any width."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _width(cell: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if ord(char) >= 0x1100 and _is_wide(char) else 1 for char in cell)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in {"W", "F"}


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:10]) <= 1_000_000):
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 1000000")
    return int(text)
