"""The oldest runs of a site go, in small steps, when it passes its number of runs or of bytes.

Bytes are counted as captured (`Run.bytes`), so a site whose outputs repeat takes less on disk than it is
allowed, never more.  Runs that go on, and the newest 100 of a site, stay whatever they hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import SqliteDatabase, fn

from .raw import driver
from .store import Stock, Store
from .tables import TALLY_US, BlobUse, Run, Site, Tally

NEVER = 100
"""The newest runs of a site that are never pruned."""

STEP = 200
"""Runs of one transaction: the writer is away for some 10 ms."""

PULSE_US = 8 * 24 * 3600 * 1_000_000
"""How long tallies are kept: a week and today."""


@dataclass(frozen=True, slots=True)
class Keep:
    """What a site may keep; the keys keep.runs and keep.bytes_gib."""

    runs: int
    bytes: int


def excess(stock: Stock, keep: Keep, *, slack: int = 0) -> bool:
    """Is there something to prune?  With `slack`, only when that many runs, or 1 % of the bytes, are too many."""
    if stock.runs <= NEVER:
        return False
    return stock.runs > keep.runs + slack or stock.bytes > keep.bytes + (keep.bytes // 100 if slack else 0)


def prune(db: SqliteDatabase, store: Store, site: int, keep: Keep, *, most: int = STEP) -> int:
    """One step, inside a transaction: the number of runs that went.  If it does not commit, `store.reload`."""
    stock = store.stocks[site]
    going = _oldest_beyond(db, site, stock, keep, min(most, stock.runs - NEVER))
    if not going:
        return 0
    Run.delete().where(Run.id.in_([run for run, _, _ in going])).execute(db)
    size, failed = sum(row[1] for row in going), sum(row[2] == "failed" for row in going)
    Site.update(runs=Site.runs - len(going), failed=Site.failed - failed, bytes=Site.bytes - size).where(
        Site.id == site
    ).execute(db)
    stock.runs -= len(going)
    stock.bytes -= size
    store.forget_bodies(site, free_bodies(db, site))
    return len(going)


def free_bodies(db: SqliteDatabase, site: int, *, most: int = 4 * STEP) -> list[tuple[int, bytes]]:
    """Delete bodies whose lease (`bodies.py`) ended before the site's oldest run; (blob, hash) of each."""
    oldest = Run.select(fn.MIN(Run.id)).where(Run.site == site).scalar(db)
    ended = BlobUse.select(BlobUse.blob, BlobUse.hash).where(BlobUse.site == site).limit(most)
    if oldest is not None:
        ended = ended.where(BlobUse.until_run < oldest)
    freed = [(int(blob), bytes(digest)) for blob, digest in ended.tuples().execute(db)]
    delete_blobs(db, [blob for blob, _ in freed])
    return freed


def delete_blobs(db: SqliteDatabase, blobs: Sequence[int]) -> None:
    connection, ids = driver(db), [(blob,) for blob in blobs]
    connection.executemany("DELETE FROM blob WHERE id = ?", ids)
    connection.executemany("DELETE FROM blob_use WHERE blob = ?", ids)


def forget_pulse(db: SqliteDatabase, *, now_us: int) -> None:
    """Drop tallies that no screen shows any more."""
    Tally.delete().where(Tally.slot < (now_us - PULSE_US) // TALLY_US).execute(db)


def give_back(db: SqliteDatabase, *, pages: int = 100, spare: int = 4096) -> bool:
    """Hand free pages back to the file system, a few at a time; False where there is nothing (more) to give.

    Up to `spare` pages stay, since the next runs want them.
    """
    (free,) = driver(db).execute("PRAGMA freelist_count").fetchone()
    if free <= spare:
        return False
    # Each row that is fetched frees a page.
    driver(db).execute(f"PRAGMA incremental_vacuum({int(pages)})").fetchall()
    return True


def _oldest_beyond(
    db: SqliteDatabase, site: int, stock: Stock, keep: Keep, most: int
) -> list[tuple[int, int, str | None]]:
    """(id, bytes, verdict) of the oldest runs without which the site keeps its bounds."""
    oldest = (
        Run.select(Run.id, Run.bytes, Run.verdict)
        .where((Run.site == site) & (Run.end != "running"))
        .order_by(Run.id)
        .limit(max(0, most))
    )
    going: list[tuple[int, int, str | None]] = []
    runs, size = stock.runs, stock.bytes
    for row in oldest.tuples().execute(db):
        if runs <= keep.runs and size <= keep.bytes:
            break
        going.append(row)
        runs, size = runs - 1, size - row[1]
    return going
