from datetime import datetime, timedelta

from app.api.figures import SLICES, read_figures
from tests.app.api.runs import NOT_STARTED


def microseconds(moment):
    return int(moment.timestamp() * 1_000_000)


def test_a_day_begins_at_the_persons_midnight(world):
    site = world.add_site()
    noon = datetime(2026, 11, 24, 12, 0)
    world.record(site, started_us=microseconds(noon - timedelta(hours=13)))
    world.record(site, started_us=microseconds(noon - timedelta(hours=11)))
    world.record(site, started_us=microseconds(noon - timedelta(minutes=1)), **NOT_STARTED)

    figures = read_figures(world.services.database, site.id, now=noon)

    assert (figures.runs, figures.failed) == (2, 1)
    assert len(figures.activity) == SLICES
    assert sum(runs for runs, _ in figures.activity) == 2
    assert list(figures.activity[-1]) == [1, 1]
    assert list(figures.activity[5]) == [1, 0], "an hour of twelve is five slices of sixty"
    assert figures.last_failure["script"] == "cgi-bin/hello.py"


def test_at_midnight_the_day_has_slices_and_nothing_in_them(world):
    site = world.add_site()
    midnight = datetime(2026, 11, 24)
    world.record(site, started_us=microseconds(midnight - timedelta(minutes=1)))

    figures = read_figures(world.services.database, site.id, now=midnight)

    assert [list(one) for one in figures.activity] == [[0, 0]] * SLICES
    assert (figures.runs, figures.failed, figures.median_us) == (0, 0, None)
