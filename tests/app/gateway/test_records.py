import asyncio

from app.gateway.messages import Unpacker
from app.gateway.records import Records


def test_runs_are_numbered_from_the_given_one():
    records = Records(7, [].append)

    assert [records.number(), records.number()] == [7, 8]


def test_what_is_acknowledged_waits_no_more(tmp_path):
    sent: list[bytes] = []
    records = Records(1, sent.append)
    records.opened({"run": 1})
    records.closed({"run": 1})
    records.opened({"run": 2})

    records.acknowledged([(1, "opened"), (1, "closed"), (9, "opened")])

    assert records.waiting_bytes == len(sent[2])
    records.spool(tmp_path / "spool")
    assert Unpacker().feed((tmp_path / "spool").read_bytes()) == [("opened", {"run": 2})]


def test_nothing_waiting_makes_no_spool(tmp_path):
    Records(1, [].append).spool(tmp_path / "spool")

    assert list(tmp_path.iterdir()) == []


def test_room_comes_with_an_acknowledgement():
    async def scene() -> bool:
        records = Records(1, [].append, cap=10)
        records.opened({"run": 1, "stdin": bytes(100)})
        assert not records.has_room
        waiting = asyncio.create_task(records.room(60))
        await asyncio.sleep(0)
        records.acknowledged([(1, "opened")])
        return await waiting

    assert asyncio.run(scene())


def test_patience_for_room_ends():
    async def scene() -> bool:
        records = Records(1, [].append, cap=10)
        records.opened({"run": 1, "stdin": bytes(100)})
        return await records.room(0.01)

    assert not asyncio.run(scene())
