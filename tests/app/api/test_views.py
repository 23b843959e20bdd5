from pathlib import Path

from app.api import views
from app.api.figures import Figures
from app.sites.settings_file import Problem
from tests.app.api.world import MemorySite

FIGURES = Figures(runs=3, failed=1, median_us=1500, activity=[[0, 0]] * 59 + [[3, 1]], last_failure=None)


def test_a_site_without_a_port_has_no_url():
    shown = views.site(MemorySite(1, "a", "A", Path("/a"), port=None, state="stopped"), FIGURES, "en")

    assert (shown["url"], shown["port"]) == (None, None)
    assert (shown["runs_today"], shown["failed_today"], shown["median_ms"]) == (3, 1, 1.5)
    assert shown["activity"][-1] == [3, 1]


def test_a_problem_brings_slug_parameters_and_words():
    """So that a window may word it again in a language that is chosen later."""
    told = views.problem(Problem("site-gone", {"site": "x"}), "zh-CN")

    assert told["slug"] == "site-gone"
    assert told["params"] == {"site": "x"}
    assert told["error"] == "没有网站 x。"


def test_a_failure_without_a_cause_has_no_title():
    row = {"id": 7, "started_us": 0, "script": "a.py", "status": 0, "tag": None, "tag_params": None}

    assert views.last_failure(row) == {
        "id": 7,
        "started": "1970-01-01T00:00:00.000Z",
        "script": "a.py",
        "status": None,
        "title_slug": None,
        "title_params": {},
    }


def test_settings_of_a_newer_version_are_passed_over():
    stored = {"theme": "sepia", "language": "zh-CN", "density": 3, "single_keys": [], "tour_hidden": True}

    assert views.settings(stored) == {"language": "zh-CN", "tour_hidden": True}
