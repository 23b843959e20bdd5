import pytest

from db import changes, queries
from tests.db.conftest import add_site
from tests.db.records import STARTED_US, closed, failed, opened

MINUTE_US = 60_000_000


def record(writer, *runs, site=1, end=closed, **changes):
    for run in runs:
        writer.write([("opened", opened(run, site=site, **changes)), ("closed", end(run))])


def numbers(rows):
    return [row["id"] for row in rows]


def test_sites_come_in_the_order_in_which_they_were_added(writer, read):
    add_site(writer, "another")

    assert [site["slug"] for site in read(queries.sites)] == ["one", "another"]


def test_a_site_is_found_by_slug_and_by_number(writer, read):
    site = {
        "id": 1, "slug": "one", "name": "One", "folder": "/home/ada/one", "port": None, "is_sample": False,
        "is_wanted": False, "added_us": 5, "overrides": {},
    }  # fmt: skip

    assert read(queries.site, "one") == read(queries.site_by_id, 1) == site
    assert read(queries.site, "two") is read(queries.site_by_id, 2) is None


def test_a_run_that_is_not_there_is_none(writer, read):
    assert read(queries.run, 1) is None
    assert read(queries.latest_run_id) is None


def test_the_latest_run_of_a_site_and_of_all(writer, read):
    two = add_site(writer, "two")
    record(writer, 1, 2)
    record(writer, 3, site=two)

    assert read(queries.latest_run_id) == 3
    assert read(queries.latest_run_id, 1) == 2


def test_a_line_of_the_list_has_what_the_list_shows(writer, read):
    record(writer, 1, end=failed)

    assert read(queries.runs) == [
        {
            "id": 1, "site": 1, "site_slug": "one", "started_us": STARTED_US + 1_000_000, "method": "GET",
            "target": b"/cgi-bin/hello.sh?n=1", "script": "cgi-bin/hello.sh", "status": 502, "verdict": "failed",
            "end": "exited", "exit": 1, "signal": None, "tag": "no-header", "total_us": 2000,
        }
    ]  # fmt: skip


@pytest.fixture
def two_sites(writer):
    """Runs 1-9 of site 1, of which 3, 6, 9 failed; 11-14 of site 2, of which 12 failed; 20 goes on."""
    two = add_site(writer, "two")
    for run in range(1, 10):
        record(writer, run, end=closed if run % 3 else failed)
    for run in range(11, 15):
        record(writer, run, site=two, end=failed if run == 12 else closed)
    writer.write([("opened", opened(20))])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({}, [20, 14, 13, 12, 11, 9, 8, 7, 6, 5, 4, 3, 2, 1], id="all, newest first"),
        pytest.param({"limit": 3}, [20, 14, 13], id="a few"),
        pytest.param({"before": 12, "limit": 3}, [11, 9, 8], id="the next page"),
        pytest.param({"site": 2}, [14, 13, 12, 11], id="of a site"),
        pytest.param({"site": 1, "before": 3}, [2, 1], id="the last page of a site"),
        pytest.param({"site": 1, "verdict": "failed"}, [9, 6, 3], id="failed ones of a site"),
        pytest.param({"verdict": "failed"}, [12, 9, 6, 3], id="failed ones of all"),
        pytest.param({"verdict": "failed", "before": 12, "limit": 2}, [9, 6], id="the next page of these"),
        pytest.param({"verdict": "good", "site": 2}, [14, 13, 11], id="good ones"),
        pytest.param({"verdict": "suspicious"}, [], id="none"),
        pytest.param({"site": 3}, [], id="of no site"),
    ],
)
def test_lists(two_sites, read, asked, found):
    assert numbers(read(queries.runs, **asked)) == found


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ("", "SCAN run"),  # from its end, by its own number
        ("WHERE run.site_id = 1 AND run.id < 9", "INDEX run_site (site_id=? AND rowid<?)"),
        ("WHERE run.site_id = 1 AND run.verdict = ?", "INDEX run_verdict (site_id=? AND verdict=?)"),
    ],
)
def test_a_list_is_read_in_its_order_from_an_index(writer, look, where, index):
    plan = look(f"EXPLAIN QUERY PLAN {queries._LIST} {where.replace('?', repr('good'))} ORDER BY run.id DESC LIMIT 50")

    steps = [row[3] for row in plan]
    assert index in steps[0]
    assert not any("TEMP B-TREE" in step for step in steps)


def test_counts_are_of_what_is_kept(two_sites, read):
    assert read(queries.counts, 1) == {"total": 10, "failed": 3, "median_us": 2000}
    assert read(queries.counts, 9) == {"total": 0, "failed": 0, "median_us": None}


def test_the_median_is_of_the_newest_runs_that_ended(writer, read, monkeypatch):
    monkeypatch.setattr(queries, "MEDIAN_OF", 3)
    for run, total_us in enumerate([9_000_000, 10, 30, 20], start=1):
        record(writer, run, end=lambda run, us=total_us: closed(run, total_us=us))
    writer.write([("opened", opened(5))])

    assert read(queries.median_us, 1) == 20


def test_today_is_what_began_since_then(writer, read):
    midnight = STARTED_US + 10 * MINUTE_US
    record(writer, 1, started_us=midnight - 1)
    record(writer, 2, started_us=midnight, end=failed)
    record(writer, 3, started_us=midnight + 5)

    assert read(queries.today, 1, midnight) == {"runs": 2, "failed": 1, "median_us": 2000}
    assert read(queries.today, 1, midnight + MINUTE_US) == {"runs": 0, "failed": 0, "median_us": None}


def test_activity_is_by_slices(writer, read):
    since = STARTED_US
    for run, minute in enumerate([0, 0, 1, 3], start=1):
        record(writer, run, started_us=since + minute * MINUTE_US, end=failed if minute == 1 else closed)
    record(writer, 9, started_us=since + 4 * MINUTE_US)  # after the last slice
    record(writer, 10, started_us=since - MINUTE_US)

    found = read(queries.activity, 1, since_us=since, until_us=since + 4 * MINUTE_US, slices=4)

    assert found == [[2, 0], [1, 1], [0, 0], [1, 0]]


def test_activity_of_no_time_is_nothing(writer, read):
    assert read(queries.activity, 1, since_us=STARTED_US, until_us=STARTED_US, slices=3) == [[0, 0]] * 3


def test_a_tally_that_began_before_the_first_slice_is_in_it(writer, read):
    record(writer, 1, started_us=STARTED_US + 3_000_000)

    found = read(queries.activity, 1, since_us=STARTED_US + 2_000_000, until_us=STARTED_US + MINUTE_US, slices=6)

    assert found[0] == [1, 0]


def test_the_last_failure_tells_its_cause(two_sites, read):
    assert read(queries.last_failure, 1) == {
        "id": 9, "started_us": STARTED_US + 9_000_000, "script": "cgi-bin/hello.sh", "status": 502,
        "tag": "no-header", "tag_params": {"line": "oops"},
    }  # fmt: skip
    assert read(queries.last_failure, 3) is None


def test_settings_are_of_any_kind(writer, read):
    writer.do(lambda db: changes.set_setting(db, "theme", "dark"))
    writer.do(lambda db: changes.set_setting(db, "paused", {"runs": [1, None]}))

    assert read(queries.settings) == {"theme": "dark", "paused": {"runs": [1, None]}}
