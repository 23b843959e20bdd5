import random

import pytest

from app.gateway.chunked import Dechunker
from app.gateway.http import Refusal


def dechunk(*pieces: bytes) -> tuple[bytes, bytes, bool]:
    """(body, what follows it, is it whole?)."""
    got: list[bytes] = []
    dechunker = Dechunker(got.append)
    rest = b"".join([dechunker.feed(piece) for piece in pieces])
    return b"".join(got), rest, dechunker.is_whole


def test_what_follows_the_body_is_the_next_request():
    assert dechunk(b"3\r\nabc\r\n0\r\n\r\nGET /") == (b"abc", b"GET /", True)


def test_pieces_may_end_anywhere():
    whole = b"5\r\nhello\r\nC; a=b\r\n, my\r\nworld!\r\n0\r\nX: y\r\n\r\n"
    for cut in range(len(whole)):
        assert dechunk(whole[:cut], whole[cut:]) == (b"hello, my\r\nworld!", b"", True)


def test_data_is_passed_on_before_its_chunk_is_whole():
    assert dechunk(b"FF\r\nabc") == (b"abc", b"", False)


def test_many_tiny_chunks_cost_no_square():
    assert dechunk(b"1\r\nx\r\n" * 100_000 + b"0\r\n\r\n") == (b"x" * 100_000, b"", True)


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n",
        b" 3\r\nabc\r\n",
        b"0x3\r\nabc\r\n",
        b"3\nabc\n",
        b"3\r\nabcd\r\n",
        b"3\r\nabc\n0\r\n\r\n",
        b"3 3\r\nabc\r\n",
        b"+3\r\nabc\r\n",
        b"3_0\r\nabc\r\n",
        b"ffffffffffffffff\r\n",
        b"3;a\rb\r\nabc\r\n",
        b"3;" + b"a" * 9000,
        b"0\r\nno trailer\r\n\r\n",
        b"0\r\n folded\r\n\r\n",
    ],
)
def test_what_could_be_understood_in_two_ways_is_refused(sent):
    with pytest.raises(Refusal) as refusal:
        dechunk(sent)

    assert refusal.value.status == 400


def test_whatever_comes_is_a_body_or_a_refusal():
    dice = random.Random(7)
    good = b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX: y\r\n\r\n"
    for _ in range(20_000):
        raw = bytearray(good)
        at = dice.randrange(len(raw))
        raw[at : at + dice.randrange(3)] = dice.choice((b"", b"\0", b"\r", b"\n", b" ", b";", b"\xff", b"\r\n", b"F"))
        try:
            body, rest, _ = dechunk(bytes(raw))
        except Refusal:
            continue
        assert len(body) + len(rest) <= len(raw)
