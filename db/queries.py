"""Questions to the database, each with its name.  Rows are dicts; bytes stay bytes.

Lists go by key (`before`), never by OFFSET, which took 285 ms half-way through a million runs.
"""

import json
from collections.abc import Iterable, Mapping
from heapq import nlargest
from statistics import median
from typing import Any

from peewee import SqliteDatabase, fn

from . import meta
from .bodies import inflate
from .names import from_column
from .raw import driver
from .tables import TALLY_US, Blob, Run, Script, Setting, Site, Tally

Row = dict[str, Any]

MEDIAN_OF = 500
"""Medians are of so many of the newest runs: what a script takes now, in a millisecond."""

_SITE = (
    Site.id, Site.slug, Site.name, Site.folder, Site.port, Site.is_sample, Site.is_wanted,
    Site.added_us, Site.overrides,
)  # fmt: skip


def sites(db: SqliteDatabase) -> list[Row]:
    """In the order in which they were added."""
    return [_site(row) for row in Site.select(*_SITE).order_by(Site.id).dicts().execute(db)]


def site(db: SqliteDatabase, slug: str) -> Row | None:
    return next((_site(row) for row in Site.select(*_SITE).where(Site.slug == slug).dicts().execute(db)), None)


def site_by_id(db: SqliteDatabase, id: int) -> Row | None:
    return next((_site(row) for row in Site.select(*_SITE).where(Site.id == id).dicts().execute(db)), None)


def run(db: SqliteDatabase, id: int) -> Row | None:
    """A run whole: the keys of both its records, and id, site_slug, verdict, explanations, tag."""
    query = (
        Run.select(Run, Site.slug.alias("site_slug"), Script.path.alias("script_path"))
        .join(Site, on=(Site.id == Run.site))
        .join(Script, on=(Script.id == Run.script))
        .where(Run.id == id)
    )
    for row in query.dicts().execute(db):
        return _whole(db, row)
    return None


def latest_run_id(db: SqliteDatabase, site: int | None = None) -> int | None:
    query = Run.select(fn.MAX(Run.id))
    found = (query if site is None else query.where(Run.site == site)).scalar(db)
    return None if found is None else int(found)


def runs(
    db: SqliteDatabase,
    *,
    site: int | None = None,
    verdict: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Row]:
    """Newest first, with what a line of a list shows; `before`: only runs with a smaller number."""
    if site is None and verdict is not None:
        return _lines(db, {"run.id IN ({})": _numbers_of_verdict(db, verdict, before, limit)}, limit)
    return _lines(db, {"run.site_id = ?": site, "run.verdict = ?": verdict, "run.id < ?": before}, limit)


def counts(db: SqliteDatabase, site: int) -> Row:
    """Of what is kept now."""
    for total, failed in Site.select(Site.runs, Site.failed).where(Site.id == site).tuples().execute(db):
        return {"total": total, "failed": failed, "median_us": median_us(db, site)}
    return {"total": 0, "failed": 0, "median_us": None}


def today(db: SqliteDatabase, site: int, since_us: int) -> Row:
    """What happened since then, also of runs that were pruned meanwhile."""
    query = Tally.select(fn.SUM(Tally.runs), fn.SUM(Tally.failed)).where(
        (Tally.site == site) & (Tally.slot >= since_us // TALLY_US)
    )
    ((total, failed),) = query.tuples().execute(db)
    return {"runs": total or 0, "failed": failed or 0, "median_us": median_us(db, site, since_us=since_us)}


def activity(db: SqliteDatabase, site: int, *, since_us: int, until_us: int, slices: int) -> list[list[int]]:
    """[runs, failed] of each of so many equal slices of the time; to ten seconds, as tallies are kept."""
    found = [[0, 0] for _ in range(slices)]
    length = max(1, until_us - since_us)
    query = Tally.select(Tally.slot, Tally.runs, Tally.failed).where(
        (Tally.site == site) & (Tally.slot >= since_us // TALLY_US) & (Tally.slot * TALLY_US < until_us)
    )
    for slot, total, failed in query.tuples().execute(db):
        place = found[max(0, slot * TALLY_US - since_us) * slices // length]
        place[0] += total
        place[1] += failed
    return found


def median_us(db: SqliteDatabase, site: int, *, since_us: int = 0) -> int | None:
    """The median time of the newest runs; None where none has ended."""
    newest = (
        Run.select(Run.total_us, Run.started_us)
        .where((Run.site == site) & Run.total_us.is_null(False))
        .order_by(Run.id.desc())
        .limit(MEDIAN_OF)
    )
    times = [total for total, started in newest.tuples().execute(db) if started >= since_us]
    return round(median(times)) if times else None


def last_failure(db: SqliteDatabase, site: int) -> Row | None:
    query = (
        Run.select(Run.id, Run.started_us, Script.path.alias("script"), Run.status, Run.tag, Run.closing)
        .join(Script, on=(Script.id == Run.script))
        .where((Run.site == site) & (Run.verdict == "failed"))
        .order_by(Run.id.desc())
        .limit(1)
    )
    for row in query.dicts().execute(db):
        found = meta.explanations(row.pop("closing"))
        params = found[0].get("params", {}) if found else {}
        return {**row, "tag_params": params}
    return None


def settings(db: SqliteDatabase) -> Row:
    return {name: json.loads(value) for name, value in Setting.select().tuples().execute(db)}


_COLUMNS = (
    "id", "site", "site_slug", "started_us", "method", "target", "script", "status", "verdict", "end", "exit",
    "signal", "tag", "total_us",
)  # fmt: skip
# CROSS JOIN keeps the run as the outer loop, so that the index gives the order and LIMIT ends the search.
_LIST = (
    "SELECT run.id, run.site_id, site.slug, run.started_us, run.method, run.target, script.path, run.status,"
    ' run.verdict, run."end", run.exit, run.signal, run.tag, run.total_us'
    " FROM run CROSS JOIN site ON site.id = run.site_id CROSS JOIN script ON script.id = run.script"
)


def _lines(db: SqliteDatabase, conditions: Mapping[str, Any], limit: int) -> list[Row]:
    """Those whose conditions hold; a condition of None is none, one of a list is about its members."""
    asked, values = [], []
    for condition, value in conditions.items():
        if value is None:
            continue
        members = value if isinstance(value, list) else [value]
        asked.append(condition.format(", ".join("?" * len(members))))
        values += members
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    cursor = driver(db).execute(f"{_LIST}{where} ORDER BY run.id DESC LIMIT ?", (*values, limit))
    return [_line(row) for row in cursor]


def _numbers_of_verdict(db: SqliteDatabase, verdict: str, before: int | None, limit: int) -> list[int]:
    """Of all sites.  There are few, and each one's are sorted; an index of its own would cost every run."""
    newest = Run.select(Run.id).where(Run.verdict == verdict).order_by(Run.id.desc()).limit(limit)
    if before is not None:
        newest = newest.where(Run.id < before)
    sites = [site for (site,) in Site.select(Site.id).tuples().execute(db)]
    found = (number for site in sites for (number,) in newest.where(Run.site == site).tuples().execute(db))
    return nlargest(limit, found)


def _line(values: Iterable[Any]) -> Row:
    row = dict(zip(_COLUMNS, values, strict=True))
    row["script"] = from_column(row["script"])
    return row


def _site(row: Row) -> Row:
    return {**row, "overrides": json.loads(row["overrides"])}


def _whole(db: SqliteDatabase, row: Row) -> Row:
    base = _body(db, row.pop("base"))
    row |= meta.call_from(base.decode() if base else None, row.pop("opening"))
    closing = meta.closing_from(row.pop("closing"))
    notes = [*row["notes"], *closing["notes"]]
    bodies = {name: _body(db, row[name]) for name in ("stdin", "stdout", "stderr")}
    script = row.pop("script_path")
    return {**row, **closing, **bodies, "run": row["id"], "script": script, "notes": notes}


def _body(db: SqliteDatabase, blob: int | None) -> bytes:
    """Empty, too, where a damaged file has lost it."""
    if blob is None:
        return b""
    for codec, data in Blob.select(Blob.codec, Blob.data).where(Blob.id == blob).tuples().execute(db):
        return inflate(codec, data)
    return b""
