import asyncio

from app.gateway.messages import BODY_CAP
from app.gateway.output import HIGH, Output, Stderr


class Pipe:
    """What Output does to its pipe."""

    def __init__(self) -> None:
        self.did: list[str] = []

    def pause(self) -> None:
        self.did.append("pause")

    def resume(self) -> None:
        self.did.append("resume")

    def close(self) -> None:
        self.did.append("close")


def in_loop(scene):
    async def run():
        output = Output(asyncio.get_running_loop())
        output.reading = Pipe()
        return await scene(output)

    return asyncio.run(run())


def test_what_comes_together_is_taken_together():
    async def scene(output: Output):
        waiting = asyncio.create_task(output.more())
        await asyncio.sleep(0)
        output.feed(b"a")
        output.feed(b"b")
        first = await waiting
        output.end()
        return first, await output.more()

    assert in_loop(scene) == (b"ab", b"")


def test_the_pipe_rests_while_too_much_waits():
    async def scene(output: Output):
        output.feed(bytes(HIGH))
        assert output.is_paused
        await output.more()
        return output.reading.did

    assert in_loop(scene) == ["pause", "resume"]


def test_what_nobody_wants_holds_nothing_back():
    async def scene(output: Output):
        output.discard()
        output.feed(bytes(HIGH * 8))
        output.end()
        return output.reading.did, await output.more(), output.size, len(b"".join(output.kept))

    assert in_loop(scene) == ([], b"", HIGH * 8, BODY_CAP)


def test_an_end_is_waited_for_only_a_moment():
    async def scene(output: Output):
        late = await output.ended_within(0.001)
        asyncio.get_running_loop().call_soon(output.end)
        return late, await output.ended_within(60)

    assert in_loop(scene) == (False, True)


def test_stderr_keeps_its_beginning_and_its_end():
    stderr = Stderr()
    for number in range(300):
        stderr.feed(b"%06d\n" % number * 1000)

    kept = stderr.kept()

    assert (stderr.size, len(kept)) == (2_100_000, BODY_CAP)
    assert kept.startswith(b"000000\n")
    assert kept.endswith(b"000299\n")


def test_a_short_stderr_is_kept_whole():
    stderr = Stderr()
    stderr.feed(b"a")
    stderr.feed(b"b")

    assert (stderr.kept(), stderr.size) == (b"ab", 2)
