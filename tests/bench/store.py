"""The run history at a million runs: `python -m tests.bench.store [RUNS] [KILLS]` (1,000,000 and 200).

Prints each figure beside its goal (STORAGE.md 1.3) and as the share of the goal that it takes; CPU rather than time
where it is ours.  The peer is peewee as one would write it first: `Model.create` and `save`, a transaction each.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from peewee import BlobField, IntegerField, Model, SqliteDatabase, TextField

from db import changes, meta, queries, retention
from db.connection import reading
from db.retention import Keep
from db.writer import Writer
from tests.bench.records import pairs
from tests.db.test_kill import killed_after

BATCH = 200
FREE = Keep(runs=1 << 60, bytes=1 << 60)


def say(what: str, found: float, goal: float, unit: str, *, at_least: bool = False) -> None:
    share = goal / found if at_least else found / goal
    print(
        f"  {what:54} {found:10,.2f} {unit:6} goal {'>=' if at_least else '<='} {goal:<8,g} {share:6.2f} of it",
        flush=True,
    )


def batches(source: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(source)
    while batch := list(islice(iterator, size)):
        yield batch


def fill(path: Path, runs: int) -> Writer:
    writer = Writer(path)
    for number in range(1, 21):
        writer.do(
            lambda db, n=number: changes.add_site(db, slug=f"s{n}", name="S", folder="/s", is_sample=False, added_us=1)
        )
    took, cpu = [], 0.0
    for batch in batches(pairs(runs), BATCH // 2):
        # As a busy gateway sends them: the beginnings of some while others end.
        records = [("opened", opened) for opened, _ in batch] + [("closed", closed) for _, closed in batch]
        cpu -= time.thread_time()
        start = time.perf_counter()
        writer.write(records[: BATCH // 2])
        writer.write(records[BATCH // 2 :])
        took.append(time.perf_counter() - start)
        cpu += time.thread_time()
    print(f"{runs:,} runs in transactions of {BATCH // 2} records, beginning and end apart")
    say("stored", runs / sum(took), 2000, "runs/s", at_least=True)
    say("CPU a run", cpu / runs * 1e6, 150, "us")
    print(f"  {'CPU a run, against create and save of a model':54} {cpu / runs / create_cpu_s(path.parent):10,.2f} x")
    size = sum(part.stat().st_size for part in path.parent.glob("gatehouse.db*"))
    say("on disk a run", size / runs, 1024, "bytes")
    return writer


def create_cpu_s(folder: Path, number: int = 500) -> float:
    """CPU seconds of a run as peewee's models would write it: created, then updated, all in columns of its own row."""
    db = SqliteDatabase(str(folder / "plain.db"), pragmas={"journal_mode": "wal", "synchronous": "normal"})

    class PlainRun(Model):
        opening, closing, stdin = TextField(), TextField(null=True), BlobField()
        stdout, stderr = BlobField(null=True), BlobField(null=True)
        site, started_us, script, method = IntegerField(), IntegerField(), TextField(), TextField()
        status, total_us, end, verdict = (
            kind(null=True) for kind in (IntegerField, IntegerField, TextField, TextField)
        )

        class Meta:
            database = db

    db.create_tables([PlainRun])
    both = list(pairs(number, seed=6))
    start = time.thread_time()
    for opened, closed in both:
        columns = {name: opened[name] for name in ("site", "started_us", "script", "method", "stdin")}
        run = PlainRun.create(**columns, opening=meta.whole(meta.call_of(opened)))
        for name in ("status", "total_us", "end", "verdict", "stdout", "stderr"):
            setattr(run, name, closed[name])
        run.closing = meta.closing(closed)
        run.save()
    db.close()
    return (time.thread_time() - start) / number


def single_commits(writer: Writer, number: int = 2000) -> None:
    took = []
    for opened, closed in pairs(number, first=writer.next_run, seed=5):
        for record in (("opened", opened), ("closed", closed)):
            start = time.perf_counter()
            writer.write([record])
            took.append(time.perf_counter() - start)
    print("one record a transaction, as on an idle computer")
    say("commit, p50", median(took) * 1e3, 1, "ms")
    say("commit, p99", quantiles(took, n=100)[98] * 1e3, 10, "ms")


def lists(path: Path) -> None:
    middle = 0
    with reading(path) as db:
        middle = queries.latest_run_id(db) // 2
    asked: dict[str, Callable[[SqliteDatabase], Any]] = {
        "newest 100": lambda db: queries.runs(db, limit=100),
        "100 from the middle": lambda db: queries.runs(db, before=middle, limit=100),
        "of a site": lambda db: queries.runs(db, site=7, limit=100),
        "of a site, from the middle": lambda db: queries.runs(db, site=7, before=middle, limit=100),
        "failed ones of a site": lambda db: queries.runs(db, site=7, verdict="failed", limit=100),
        "failed ones of all 20 sites": lambda db: queries.runs(db, verdict="failed", limit=100),
        "a run with its bodies": lambda db: queries.run(db, middle),
        "counts of a site": lambda db: queries.counts(db, 7),
        "activity of a site": lambda db: queries.activity(
            db, 7, since_us=1_790_000_000_000_000, until_us=1_790_086_400_000_000, slices=60
        ),
        "today of a site": lambda db: queries.today(db, 7, 1_790_000_000_000_000),
        "last failure of a site": lambda db: queries.last_failure(db, 7),
    }
    print("questions, each with a reader of its own (opening it is in the time), median of 20")
    for what, question in asked.items():
        say(what, median(timed(path, question) for _ in range(20)) * 1e3, 10, "ms")


def timed(path: Path, question: Callable[[SqliteDatabase], Any]) -> float:
    start = time.perf_counter()
    with reading(path) as db:
        question(db)
    return time.perf_counter() - start


def prune(writer: Writer, share: float) -> None:
    keep = {site: Keep(int(stock.runs * (1 - share)), 1 << 60) for site, stock in writer.store.stocks.items()}
    before = sum(stock.runs for stock in writer.store.stocks.values())
    took, beside = [], []
    fresh = pairs(1_000_000, first=writer.next_run, seed=8)
    more = True
    while more:
        start = time.perf_counter()
        more = writer.prune(keep)
        took.append(time.perf_counter() - start)
        if len(took) % 10 == 0:
            opened, closed = next(fresh)
            start = time.perf_counter()
            writer.write([("opened", opened), ("closed", closed)])
            beside.append(time.perf_counter() - start)
    gone = before - sum(stock.runs for stock in writer.store.stocks.values())
    print(f"retention: {gone:,} runs in steps of {retention.STEP}")
    say("pruned", gone / sum(took), 5000, "runs/s", at_least=True)
    say("a step, p99 (so long may a record wait)", quantiles(took, n=100)[98] * 1e3, 100, "ms")
    say("a write between, p99", quantiles(beside, n=100)[98] * 1e3, 100, "ms")


def open_again(path: Path) -> None:
    start = time.perf_counter()
    writer = Writer(path)
    took = time.perf_counter() - start
    say("open with its tables, to the first number", took * 1e3, 50, "ms")
    writer.close()


def kills(folder: Path, rounds: int) -> None:
    path, chance, acknowledged = folder / "killed" / "gatehouse.db", random.Random(4), set()
    worst = 0.0
    for _ in range(rounds):
        acknowledged |= killed_after(path, chance.randrange(1, 12))
        start = time.perf_counter()
        writer = Writer(path)
        worst = max(worst, time.perf_counter() - start)
        writer.close()
    lost = 0
    with reading(path) as db:
        rows = dict(db.execute_sql('SELECT id, "end" FROM run').fetchall())
        whole = db.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
    for word in acknowledged:
        run, kind = int(word[:-1]), word[-1]
        lost += run not in rows or (kind == "c" and rows[run] != "exited")
    print(f"kill -9, {rounds} times: {len(acknowledged):,} acknowledged records, {lost} lost, integrity {whole}")
    say("worst reopening", worst * 1e3, 100, "ms")


def main(runs: int = 1_000_000, rounds: int = 200) -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        path = Path(name) / "gatehouse.db"
        writer = fill(path, runs)
        single_commits(writer)
        writer.close()
        open_again(path)
        lists(path)
        writer = Writer(path)
        prune(writer, 0.1)
        writer.close()
        if rounds:
            kills(Path(name), rounds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
