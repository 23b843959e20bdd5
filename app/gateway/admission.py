"""Before a script starts: one of its site's places, and room for its record."""

import asyncio
from collections.abc import Callable
from typing import Any, Literal

from .hosted import Hosted
from .messages import BUSY
from .own_answers import RETRY_AFTER, answer_in_words
from .records import Records
from .reply import Reply
from .values import Request

RECORDER_PATIENCE_S = 10.0
"""How long a request waits for the recorder to catch up, before it is answered 503."""

Tell = Callable[[str, dict[str, Any]], None]


class Admission:
    def __init__(self, records: Records, tell: Tell) -> None:
        self._records = records
        self._tell = tell

    async def admit(self, hosted: Hosted, request: Request, reply: Reply) -> bool:
        """Wait for a place, which the run gives back.  False where the answer was 503, or the client has left."""
        reply.client.on_leave = _cancel_this_task()
        if not await hosted.places.take(hosted.site.limits):
            self._busy(hosted, request, reply, "queue")
            return False
        try:
            has_room = self._records.has_room or await self._records.room(RECORDER_PATIENCE_S)
        except asyncio.CancelledError:
            hosted.places.leave()
            raise
        if has_room and not reply.client.is_gone:
            return True
        hosted.places.leave()
        if not has_room:
            self._busy(hosted, request, reply, "recorder")
        return False

    def _busy(self, hosted: Hosted, request: Request, reply: Reply, reason: Literal["queue", "recorder"]) -> None:
        self._tell(BUSY, {"site": hosted.site.id, "reason": reason})
        answer_in_words(reply, request, 503, reason, headers=(RETRY_AFTER,))


def _cancel_this_task() -> Callable[[], None]:
    task = asyncio.current_task()

    def cancel() -> None:
        if task:
            task.cancel()

    return cancel
