"""A static file's answer onto the wire: small ones at once, big ones by sendfile."""

import asyncio
from pathlib import Path

from .reply import Reply
from .static import StaticAnswer

AT_ONCE = 128 * 1024


def read_part(path: Path, start: int, length: int) -> bytes:
    """Raises OSError where the file went away."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


async def send_file(answer: StaticAnswer, path: Path, reply: Reply) -> None:
    """A body of any length, without reading it into this process.  The head must not have been sent.

    Raises OSError before anything is sent where the file cannot be opened.
    """
    with path.open("rb") as file:
        reply.start(answer.status, answer.headers, length=answer.length)
        if not reply.wants_body:
            reply.end()
            return
        try:
            sent = await _send(file, answer, reply)
        except (OSError, RuntimeError):  # RuntimeError: "transport is closing"
            sent = -1
    if sent == answer.length:
        reply.end()
    else:
        reply.cut()  # it left, or the file was shortened meanwhile


async def _send(file: object, answer: StaticAnswer, reply: Reply) -> int:
    transport = reply.client.transport
    if not transport:
        return -1
    loop = asyncio.get_running_loop()
    return await loop.sendfile(transport, file, answer.start, answer.length)  # type: ignore[arg-type]
