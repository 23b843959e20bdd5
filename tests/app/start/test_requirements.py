import re
from pathlib import Path

import pytest

from app import VERSION
from app.start.requirements import are_met, fits, name_of, requirements

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("version", "clauses", "expected"),
    [
        pytest.param("0.13.4", ">=0.13.4,<0.14", True, id="oldest"),
        pytest.param("0.13.10", ">=0.13.4,<0.14", True, id="numbers-are-no-text"),
        pytest.param("0.14", ">=0.13.4,<0.14", False, id="too-new"),
        pytest.param("0.14.0", "<0.14", False, id="zeros-do-not-count"),
        pytest.param("2.0.0", ">=2,<3", True, id="zeros-do-not-count-2"),
        pytest.param("0.13.3", ">=0.13.4,<0.14", False, id="too-old"),
        pytest.param("3.0rc1", ">=2, <3", False, id="candidate-of-the-next"),
        pytest.param("1.0", "", True, id="any"),
    ],
)
def test_a_version_fits_or_not(version, clauses, expected):
    assert fits(version, clauses) is expected


def test_our_own_requirements_use_only_the_signs_that_are_understood():
    """A sign that `fits` does not know would be taken for met."""
    for requirement in (*requirements(ROOT), *requirements(ROOT, extra="test")):
        assert re.fullmatch(r"[\w.-]+(\[[\w,]+\])?(>=[\d.]+)?(,?<[\d.]+)?", requirement), requirement


def test_the_extra_of_the_tests_adds_to_the_dependencies():
    assert set(requirements(ROOT)) < set(requirements(ROOT, extra="test"))


def test_the_python_that_runs_the_tests_has_everything():
    assert are_met(requirements(ROOT, extra="test"))


def test_what_is_missing_or_too_old_is_noticed():
    assert not are_met(("gatehouse-of-another-world>=1",))
    assert not are_met(("bottle>=99",))


def test_names_are_written_as_indexes_write_them():
    assert name_of("Legacy_CGI.x>=2.6.4,<3") == "legacy-cgi-x"
    assert name_of("pywebview[pyside6]") == "pywebview"


def test_the_version_is_the_same_in_both_places():
    assert f'\nversion = "{VERSION}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
