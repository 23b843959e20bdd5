import asyncio

from app.gateway.queue import Places
from app.gateway.values import Limits

ONE = Limits(scripts=1, queue=2)


async def ready() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


def test_places_are_given_in_the_order_of_asking():
    async def scene() -> list[int]:
        places, order = Places(), []
        assert await places.take(ONE)

        async def ask(number: int) -> None:
            assert await places.take(ONE)
            order.append(number)

        tasks = [asyncio.create_task(ask(1)), asyncio.create_task(ask(2))]
        await ready()
        assert (order, places.waiting) == ([], 2)
        places.leave()
        await ready()
        assert order == [1]
        places.leave()
        await asyncio.gather(*tasks)
        places.leave()
        assert places.taken == 0
        return order

    assert asyncio.run(scene()) == [1, 2]


def test_more_than_may_wait_are_refused():
    async def scene() -> bool:
        places = Places()
        await places.take(Limits(scripts=1, queue=0))
        return await places.take(Limits(scripts=1, queue=0))

    assert not asyncio.run(scene())


def test_who_leaves_the_queue_keeps_no_place():
    async def scene() -> tuple[int, int]:
        places = Places()
        await places.take(ONE)
        waiting = asyncio.create_task(places.take(ONE))
        await ready()
        waiting.cancel()
        await ready()
        assert places.waiting == 0
        late = asyncio.create_task(places.take(ONE))
        await ready()
        places.leave()  # its turn has come, but it is cancelled before it can take it
        late.cancel()
        await ready()
        return places.taken, places.waiting

    assert asyncio.run(scene()) == (0, 0)
