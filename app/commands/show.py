"""`gatehouse show`: one run, whole."""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from app.commands.run_text import run_text
from app.commands.speak import add_language, in_words, language_of
from app.commands.store import recorded
from app.errors import GatehouseError
from app.runs.whole import run_whole
from db import queries


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=_which, metavar="ID|latest", help="the run's number, or the newest run")
    parser.add_argument("--json", action="store_true", help="everything that is known of it, as JSON")
    parser.add_argument("--reveal", action="store_true", help="show passwords, tokens and cookies in clear")
    add_language(parser)


@in_words
def run(options: argparse.Namespace) -> int:
    """Exit 1 where there is no such run."""
    whole = _whole(options)
    if options.json:
        print(json.dumps(whole, indent=2))
    else:
        sys.stdout.write(run_text(whole, language_of(options)))
    sys.stdout.flush()
    return 0


def _whole(options: argparse.Namespace) -> Mapping[str, Any]:
    with recorded(options) as db:
        number = queries.latest_run_id(db) if options.run == "latest" else options.run
        if number is None:
            raise GatehouseError("no-runs", status=404)
        row = queries.run(db, number)
        site = row and queries.site_by_id(db, row["site"])
    if not row or not site:
        raise GatehouseError("run-unknown", status=404, params={"run": number})
    return run_whole(row, site, reveal=options.reveal, lang=language_of(options))


def _which(text: str) -> int | str:
    if text == "latest":
        return text
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise argparse.ArgumentTypeError('must be the number of a run, or "latest"')
    return int(text)
