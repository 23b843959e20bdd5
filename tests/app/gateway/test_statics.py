import asyncio

from app.gateway.statics import Statics


def told_of(*, is_watched: bool, times: int) -> list[tuple[str, dict]]:
    """What the parent hears of so many requests for files of site 7."""
    told: list[tuple[str, dict]] = []

    async def scene() -> None:
        heard = asyncio.Event()
        statics = Statics(
            asyncio.get_running_loop(), lambda kind, content: (told.append((kind, dict(content))), heard.set())
        )
        statics.is_watched = is_watched
        for number in range(times):
            statics.add(7, at_us=number, method="GET", target=b"/%d" % number, status=200, size=1, total_us=1)
        await asyncio.wait_for(heard.wait(), 60)

    asyncio.run(scene())
    return told


def test_every_request_is_counted_once_and_not_listed_while_nobody_looks():
    assert told_of(is_watched=False, times=3) == [("static", {"site": 7, "count": 3, "items": []})]


def test_while_somebody_looks_the_newest_are_listed_and_all_are_counted():
    ((_kind, content),) = told_of(is_watched=True, times=502)

    assert content["count"] == 502
    assert [one["target"] for one in content["items"]][::499] == [b"/2", b"/501"]
