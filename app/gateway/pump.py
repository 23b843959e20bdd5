"""A script while it lives: its three pipes pumped at once, its limits watched, its end brought about or awaited."""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from .children import Children
from .ending import GRACE_S, Ender
from .orphans import Ledger
from .output import Output, Stderr
from .pipes import Pipes, Reading
from .processes import MARK, all_processes, members
from .spawn import spawn
from .values import Body, Call, End, Exited, NotStarted, Outcome, Signalled, TimedOut, Usage

_MIB = 1 << 20
_STDERR_GRACE_S = 1.0
"""How long the record waits for a stderr that a background process holds open."""

_COUNT_S = 0.25
"""How often the processes of a run are counted, where there is a limit on them."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every script needs: one for the whole gateway."""

    loop: asyncio.AbstractEventLoop
    children: Children
    pipes: Pipes
    ender: Ender
    ledger: Ledger
    devnull: int


class Running:
    """One script's process.  `start` it, read `output`, await `over`; `stop` it at any time."""

    def __init__(self, shop: Workshop, call: Call, on_over: Callable[[], None]) -> None:
        self.output = Output(shop.loop)
        self.outcome: Outcome | None = None
        """Set when the process has ended and so have its outputs."""

        self.over: asyncio.Future[Outcome] = shop.loop.create_future()
        self._on_over = on_over
        self._shop = shop
        self._call = call
        self._stderr = Stderr()
        self._stderr_reading: Reading | None = None
        self._stderr_has_ended = False
        self._pid = 0
        self._status: int | None = None
        self._has_exited = False
        self._usage: Usage | None = None
        self._stopped_as: End | None = None
        self._asked_at = time.monotonic()
        self._spawned_at = self._asked_at
        self._first_byte_at: float | None = None
        self._heard_at = self._asked_at
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Where the process cannot be started the run is over at once (`NotStarted`)."""
        self._asked_at = time.monotonic()
        descriptors: list[int] = []
        try:
            stdin, feed = self._stdin(descriptors)
            stdout, stdout_child = _pipe(descriptors)
            stderr, stderr_child = _pipe(descriptors)
            self._pid = self._shop.ledger.started(
                lambda: spawn(self._call, stdin=stdin, stdout=stdout_child, stderr=stderr_child)
            )
        except (OSError, ValueError) as error:  # ValueError: a NUL in a path or a variable
            for one in descriptors:
                os.close(one)
            self._spawned_at = time.monotonic()
            self._finish(NotStarted(getattr(error, "errno", None) or 22))  # 22: EINVAL
            return
        self._spawned_at = self._heard_at = time.monotonic()
        ours = {stdout, stderr, feed}
        for one in descriptors:
            if one not in ours:
                os.close(one)
        self._attend(stdout, stderr, feed)

    def stop(self, end: End) -> None:
        """End the whole run.  The first reason given is the one that is recorded."""
        if self.outcome or self._stopped_as:
            return
        self._stopped_as = end
        self._shop.ender.end(self._pid, self._call.environment.get(MARK, b""))
        self.output.wake()
        self._set_timer(GRACE_S + 1.5, self._give_up)

    @property
    def is_stopped(self) -> bool:
        """Was it ended by us, or is it being ended?"""
        return self._stopped_as is not None

    def so_far(self) -> Outcome:
        """How it stands; where it is not over yet, `end` says nothing useful."""
        return self.outcome or self._outcome_as(self._stopped_as or Exited(0))

    # -- its pipes

    def _stdin(self, descriptors: list[int]) -> tuple[int, int]:
        """(the script's stdin, the end that we write to or -1)."""
        body: Body | None = self._call.stdin
        if body and body.spool:
            os.lseek(body.spool.fileno(), 0, os.SEEK_SET)
            return body.spool.fileno(), -1
        if not body or not body.in_memory:
            return self._shop.devnull, -1
        return _pipe(descriptors)

    def _attend(self, stdout: int, stderr: int, feed: int) -> None:
        pipes = self._shop.pipes
        self._shop.children.watch(self._pid, self._on_exit)
        self.output.reading = pipes.read(stdout, self._on_stdout)
        self._stderr_reading = pipes.read(stderr, self._on_stderr)
        if feed >= 0 and self._call.stdin:
            pipes.write(feed, self._call.stdin.in_memory)
        self._watch()

    def _on_stdout(self, data: bytes) -> None:
        if not data:
            self.output.end()
            self._check_over()
            return
        self._heard_at = time.monotonic()
        if self._first_byte_at is None:
            self._first_byte_at = self._heard_at
        self.output.feed(data)
        cap = self._call.limits.output_mib
        if cap is not None and self.output.size > cap * _MIB:
            self.stop(TimedOut("output", cap))

    def _on_stderr(self, data: bytes) -> None:
        if not data:
            self._stderr_has_ended = True
            self._check_over()
            return
        self._heard_at = time.monotonic()
        self._stderr.feed(data)

    # -- its end

    def _on_exit(self, status: int | None, usage: Usage | None) -> None:
        self._has_exited = True
        self._status, self._usage = status, usage
        self._check_over()

    def _check_over(self) -> None:
        if self.outcome or not self._has_exited or not self.output.is_ended:
            return
        if self._stderr_has_ended:
            self._finish(self._stopped_as or _end(self._status))
        elif not self._stopped_as:
            self._set_timer(_STDERR_GRACE_S, self._give_up)

    def _give_up(self) -> None:
        """What still holds the pipes does not hold the record."""
        if self.outcome:
            return
        if self._stopped_as and self.output.reading and self._stderr_reading:
            self.output.reading.close()
            self._stderr_reading.close()
        self._finish(self._stopped_as or _end(self._status))

    def _finish(self, end: End) -> None:
        if self._timer:
            self._timer.cancel()
        self._shop.ledger.ended(self._pid)
        self.outcome = self._outcome_as(end)
        self.output.end()
        self.over.set_result(self.outcome)
        self._on_over()

    def _outcome_as(self, end: End) -> Outcome:
        was_started = not isinstance(end, NotStarted)
        return Outcome(
            end=end,
            stdout=b"".join(self.output.kept),
            stdout_size=self.output.size,
            stderr=self._stderr.kept(),
            stderr_size=self._stderr.size,
            spawn_us=_us(self._asked_at, self._spawned_at),
            first_byte_us=None if self._first_byte_at is None else _us(self._spawned_at, self._first_byte_at),
            total_us=_us(self._asked_at, time.monotonic()),
            usage=self._usage if was_started else None,
        )

    # -- its limits

    def _watch(self) -> None:
        """Look at the clock, and again when the next limit would be met."""
        now = time.monotonic()
        limits = self._call.limits
        left = [self._spawned_at + limits.time_s - now]
        if left[0] <= 0:
            self.stop(TimedOut("time", limits.time_s))
            return
        if self.output.is_paused:
            self._heard_at = now  # it is the client that is slow
        if not self.output.is_ended:  # afterwards it has no way to be heard, and may work on
            left.append(self._heard_at + limits.silence_s - now)
            if left[1] <= 0:
                self.stop(TimedOut("silence", limits.silence_s))
                return
        if limits.processes is not None:
            left.append(_COUNT_S)
            if self._count() > limits.processes:
                self.stop(TimedOut("processes", limits.processes))
                return
        self._set_timer(min(left), self._watch)

    def _count(self) -> int:
        return len(members(self._pid, self._call.environment.get(MARK, b""), all_processes()))

    def _set_timer(self, seconds: float, act: Callable[[], None]) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self._shop.loop.call_later(seconds, act)


def _pipe(descriptors: list[int]) -> tuple[int, int]:
    read, write = os.pipe()
    descriptors += (read, write)
    return read, write


def _end(status: int | None) -> End:
    if status is None:
        return Exited(0)
    code = os.waitstatus_to_exitcode(status)
    return Exited(code) if code >= 0 else Signalled(-code)


def _us(start: float, end: float) -> int:
    return int((end - start) * 1e6)
