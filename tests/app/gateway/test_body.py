import pytest

from app.gateway.body import MEMORY_CAP, Receiver
from app.gateway.http import Head, Refusal


def receiver(folder, *, length: int | None = None, cap: int | None = None) -> Receiver:
    head = Head(
        method="POST",
        target=b"/",
        path=b"/",
        version="HTTP/1.1",
        headers=(),
        host="localhost",
        length=length,
        is_chunked=length is None,
        expects_continue=False,
        keeps_alive=True,
    )
    return Receiver(head, cap=cap, folder=folder)


def test_a_small_body_stays_in_memory(tmp_path):
    one = receiver(tmp_path, length=5)

    assert one.feed(b"hel") == b""
    assert not one.is_whole
    assert one.feed(b"lo, and more") == b", and more"
    body = one.body()
    assert (body.size, body.in_memory, body.spool) == (5, b"hello", None)


def test_a_big_body_goes_to_a_file_without_a_name(tmp_path):
    one = receiver(tmp_path, length=MEMORY_CAP + 3)
    one.feed(b"a" * MEMORY_CAP)
    one.feed(b"bcd")

    body = one.body()

    assert body.spool
    with body.spool as spool:
        assert spool.read() == b"a" * MEMORY_CAP + b"bcd"
    assert (body.size, body.in_memory) == (MEMORY_CAP + 3, b"a" * MEMORY_CAP)
    assert list(tmp_path.iterdir()) == []


def test_a_length_beyond_the_cap_is_refused_before_it_comes(tmp_path):
    with pytest.raises(Refusal) as refusal:
        receiver(tmp_path, length=11, cap=10)

    assert refusal.value.status == 413


def test_chunks_beyond_the_cap_are_refused_as_they_come(tmp_path):
    one = receiver(tmp_path, cap=10)
    one.feed(b"a\r\n0123456789\r\n")

    with pytest.raises(Refusal) as refusal:
        one.feed(b"1\r\nx\r\n")

    assert refusal.value.status == 413


def test_a_disk_without_room_is_said(tmp_path):
    one = receiver(tmp_path / "gone", length=MEMORY_CAP + 1)

    with pytest.raises(Refusal) as refusal:
        one.feed(bytes(MEMORY_CAP + 1))

    assert refusal.value.status == 507
    one.close()
