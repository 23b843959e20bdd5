"""The places for scripts of one site: so many at once, so many waiting, the rest is told to come again."""

import asyncio
from collections import deque

from .values import Limits


class Places:
    """First come, first served."""

    def __init__(self) -> None:
        self.taken = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def take(self, limits: Limits) -> bool:
        """Wait for a place; False where too many wait already.  Cancelled, it leaves the queue."""
        if self.taken < limits.scripts and not self._waiting:
            self.taken += 1
            return True
        if len(self._waiting) >= limits.queue:
            return False
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            self._withdraw(turn)
            raise
        return True

    def leave(self) -> None:
        """Give the place to whoever waits longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.taken -= 1

    def _withdraw(self, turn: asyncio.Future[None]) -> None:
        if turn in self._waiting:
            self._waiting.remove(turn)
        elif turn.done() and not turn.cancelled():
            self.leave()  # its turn had just come
