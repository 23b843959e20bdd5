import os

import pytest

from app.gateway.near import is_one_slip_away, near_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("guestbook.py", "gestbook.py", id="missing"),
        pytest.param("guestbook.py", "guestbookk.py", id="too many"),
        pytest.param("guestbook.py", "guestbaok.py", id="wrong"),
        pytest.param("guestbook.py", "geustbook.py", id="exchanged"),
        pytest.param("guestbook.py", "guestbook.p", id="last missing"),
        pytest.param("guestbook.py", "uestbook.py", id="first missing"),
    ],
)
def test_one_slip_of_the_fingers_is_recognised(one, other):
    assert is_one_slip_away(one, other)
    assert is_one_slip_away(other, one)


@pytest.mark.parametrize(("one", "other"), [("hello.py", "help.py"), ("abcd", "badc"), ("a", "b"), ("ab", "abc")])
def test_two_slips_or_names_too_short_to_tell_are_not(one, other):
    assert not is_one_slip_away(one, other)


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        (b"Hello.py", "hello.py"),
        (b"helo.py", "hello.py"),
        (b"hello", "hello.py"),
        (b"goodbye.py", None),
        (b"gatehouse.tom", None),
        (b"\xff\xfe", None),
    ],
)
def test_the_name_somebody_had_in_mind_is_found_and_hidden_ones_are_not_told(tmp_path, wanted, near):
    for name in ("hello.py", "gatehouse.toml", ".hello"):
        (tmp_path / name).touch()

    assert near_name(os.fsencode(tmp_path), wanted) == near


def test_a_folder_that_is_not_there_suggests_nothing(tmp_path):
    assert near_name(os.fsencode(tmp_path / "gone"), b"a.py") is None
