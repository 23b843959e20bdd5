import random

import pytest

from app.gateway.http import Refusal, read_head

PORT = 8000


def head(*fields: bytes, line: bytes = b"GET / HTTP/1.1", host: bytes = b"localhost"):
    return read_head(b"\r\n".join([line, b"Host: " + host, *fields, b"", b""]), PORT)


def refused(*fields: bytes, **more: bytes) -> tuple[int, str]:
    with pytest.raises(Refusal) as refusal:
        head(*fields, **more)
    return refusal.value.status, refusal.value.slug


def test_a_head_is_taken_apart():
    found = head(b"X-A:  b  ", b"x-a: c", line=b"put /a%20b?c HTTP/1.1", host=b"LocalHost:8000")

    assert (found.method, found.target, found.path, found.version) == ("put", b"/a%20b?c", b"/a%20b?c", "HTTP/1.1")
    assert found.headers == ((b"Host", b"LocalHost:8000"), (b"X-A", b"b"), (b"x-a", b"c"))
    assert (found.host, found.keeps_alive, found.has_body) == ("localhost", True, False)


def test_an_upgrade_keeps_its_name_in_the_record():
    found = head(b"Connection: upgrade", b"UPGRADE: websocket", b"Content-Length: 2")

    assert (b"Upgrade", b"websocket") in found.headers
    assert found.length == 2


@pytest.mark.parametrize(
    ("field", "keeps"), [(b"Connection: close", False), (b"Connection: x, Close", False), (b"Connection: closed", True)]
)
def test_connection_close_is_a_token(field, keeps):
    assert head(field).keeps_alive == keeps


def test_http_1_0_closes_and_needs_no_host():
    found = read_head(b"GET / HTTP/1.0\r\n\r\n", PORT)

    assert (found.version, found.host, found.keeps_alive) == ("HTTP/1.0", "127.0.0.1", False)


def test_a_later_1_x_is_read_as_1_1():
    assert head(line=b"GET / HTTP/1.2").version == "HTTP/1.1"


def test_the_host_of_an_absolute_target_counts():
    found = head(line=b"GET HTTP://localhost:8000?a HTTP/1.1", host=b"evil.example")

    assert (found.path, found.host) == (b"/?a", "localhost")


def test_header_values_may_hold_any_byte_above_127():
    assert (b"X", b"\xff\xe4") in head(b"X: \xff\xe4").headers


@pytest.mark.parametrize(
    ("field", "refusal"),
    [
        (b"Transfer-Encoding: gzip", (501, "transfer-coding")),
        (b"Transfer-Encoding: gzip, chunked", (501, "transfer-coding")),
        (b"Transfer-Encoding: chunked, chunked", (400, "bad-head")),
        (b"Transfer-Encoding: identity", (501, "transfer-coding")),
        (b"Transfer-Encoding:", (400, "bad-head")),
        (b"Content-Length: 1 1", (400, "bad-head")),
        (b"Content-Length: 18446744073709551616", (400, "bad-head")),
        (b"Expect: 200-ok", (417, "expectation")),
        (b"Host: localhost", (400, "host-count")),
    ],
)
def test_fields_that_are_refused(field, refusal):
    assert refused(field) == refusal


@pytest.mark.parametrize("coding", [b"chunked", b"Chunked", b" chunked "])
def test_chunked_is_the_one_coding_that_is_known(coding):
    assert head(b"Transfer-Encoding:" + coding).is_chunked


def test_whatever_comes_is_a_head_or_a_refusal():
    """Broken heads by the thousand: nothing else is raised, and no name or value can end a line."""
    dice = random.Random(7)
    good = (
        b"POST /a?b HTTP/1.1\r\nHost: localhost:8000\r\nTransfer-Encoding: chunked\r\nUpgrade: x\r\nExpect: y\r\n\r\n"
    )
    for _ in range(20_000):
        raw = bytearray(good)
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.randrange(3)] = dice.choice(
                (b"", b"\0", b"\r", b"\n", b" ", b":", b"\xff", b"\r\n", b"1,")
            )
        try:
            found = read_head(bytes(raw), PORT)
        except Refusal:
            continue
        for name, value in found.headers:
            assert name
            assert not {0, 10, 13} & {*name, *value}
