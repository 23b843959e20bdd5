import os
import stat
import sys

import pytest

from app.api.tokens import KEY_LIFE_S, Tokens


class Clock:
    """Handed in: stands still until a test moves it."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_the_token_is_the_same_at_the_next_start(tmp_path):
    first = Tokens(tmp_path).token

    assert Tokens(tmp_path).token == first
    assert len(first) >= 43


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_the_file_of_the_token_is_for_its_owner_only(tmp_path):
    Tokens(tmp_path)

    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_rights_that_a_restored_backup_made_wider_are_taken_back(tmp_path):
    Tokens(tmp_path)
    (tmp_path / "token").chmod(0o644)

    Tokens(tmp_path)

    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600


@pytest.mark.parametrize("left", [b"", b"short\n", b"\xff" * 60], ids=["emptied", "cut", "not ASCII"])
def test_a_damaged_token_is_replaced(tmp_path, left):
    (tmp_path / "token").write_bytes(left)

    token = Tokens(tmp_path).token

    assert len(token) >= 43
    assert (tmp_path / "token").read_text().strip() == token


def test_only_the_token_is_the_token(tmp_path):
    tokens = Tokens(tmp_path)

    assert tokens.is_token(tokens.token)
    assert not tokens.is_token(tokens.token[:-1])
    assert not tokens.is_token("")
    assert not tokens.is_token("ключ\udcff")


def test_a_code_is_good_once(tmp_path):
    tokens = Tokens(tmp_path)
    code = tokens.new_code()

    assert tokens.redeem(code) == tokens.token
    assert tokens.redeem(code) is None


def test_a_code_that_was_never_given_is_refused(tmp_path):
    tokens = Tokens(tmp_path)
    tokens.new_code()

    assert tokens.redeem("") is None
    assert tokens.redeem("guess") is None


def test_of_many_unused_codes_the_oldest_go(tmp_path):
    tokens = Tokens(tmp_path)
    codes = [tokens.new_code() for _ in range(33)]

    assert tokens.redeem(codes[0]) is None
    assert tokens.redeem(codes[1]) == tokens.token


def test_a_key_opens_one_path_for_a_minute(tmp_path):
    clock = Clock()
    tokens = Tokens(tmp_path, now=clock)
    key = tokens.new_key("/api/runs/1/preview")

    clock.now += KEY_LIFE_S - 1
    assert tokens.opens(key, "/api/runs/1/preview")
    assert not tokens.opens(key, "/api/runs/2/preview")
    clock.now += 1
    assert not tokens.opens(key, "/api/runs/1/preview")


def test_of_many_keys_the_oldest_go(tmp_path):
    tokens = Tokens(tmp_path)
    keys = [tokens.new_key("/api/runs/1/body") for _ in range(257)]

    assert not tokens.opens(keys[0], "/api/runs/1/body")
    assert tokens.opens(keys[1], "/api/runs/1/body")


def test_after_a_reset_nothing_old_lets_in(tmp_path):
    tokens = Tokens(tmp_path)
    old, code, key = tokens.token, tokens.new_code(), tokens.new_key("/api/runs/1/body")

    new = tokens.reset()

    assert new != old
    assert not tokens.is_token(old)
    assert tokens.redeem(code) is None
    assert not tokens.opens(key, "/api/runs/1/body")
    assert Tokens(tmp_path).token == new


def test_a_leftover_of_a_start_that_broke_off_is_no_hindrance(tmp_path):
    (tmp_path / f"token.{os.getpid()}").write_text("half")

    assert len(Tokens(tmp_path).token) >= 43
    assert [path.name for path in tmp_path.iterdir()] == ["token"]
