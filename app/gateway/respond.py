"""From a script's output to the client's answer, as it comes."""

import asyncio
from dataclasses import dataclass, replace

from .explain import Explainer
from .hosted import Hosted
from .own_answers import NO_STORE
from .record import Answer
from .reply import Reply
from .response import HeaderReader
from .runs import Run
from .values import (
    CgiResponse,
    ClientRedirect,
    Document,
    Exited,
    Malformed,
    Note,
    Signalled,
    TimedOut,
)

FIRST_FLUSH_S = 0.002
"""An answer that is whole this soon goes out in one piece, with its length; for people it is at once."""

FAILED_PATIENCE_S = 5.0
"""How long a script whose output is no CGI response may work on before its client is told."""

NOSNIFF = (b"X-Content-Type-Options", b"nosniff")
_NPH_LINE_CAP = 8192


@dataclass(frozen=True, slots=True)
class Header:
    """What stood before the body, and the body's beginning."""

    response: CgiResponse | Malformed
    rest: bytes
    length_said: int | None
    """The script's own Content-Length: only a HEAD is answered with it."""


async def read_header(run: Run) -> Header:
    """Read until the header is whole or spoiled."""
    reader, output = HeaderReader(), run.process.output
    found: CgiResponse | Malformed | None = None
    while found is None:
        data = await output.more()
        found = reader.feed(data) if data else reader.finish()
    return Header(found, reader.rest, reader.content_length)


async def send_response(run: Run, header: Header, found: Document | ClientRedirect, reply: Reply) -> Answer:
    headers = found.headers
    if any(note.slug == "no-content-type" for note in found.notes):
        headers = (*headers, NOSNIFF)  # what it is, the script did not say: nobody shall guess "HTML"
    output = run.process.output
    is_whole = await output.ended_within(FIRST_FLUSH_S)
    first = header.rest + output.take()
    length = len(first) if is_whole else None
    if reply.is_head and not first:
        length = header.length_said
    reply.start(found.status, headers, reason=found.reason, length=length, first=first)
    if not reply.wants_body:
        output.discard()
    await _pass_on(run, reply)
    return Answer(
        "document" if isinstance(found, Document) else "client_redirect", reply.status, reply.headers, notes=found.notes
    )


async def _pass_on(run: Run, reply: Reply) -> None:
    output = run.process.output
    while data := await output.more():
        reply.send(data)
        await reply.client.drain()
    if run.process.is_stopped:
        reply.cut()
    else:
        reply.end()


async def send_raw(run: Run, reply: Reply) -> Answer:
    """NPH: the script speaks HTTP itself (RFC 3875 §5).  What does not begin like it is malformed, and not sent."""
    output = run.process.output
    start = b""
    while b"\n" not in start and len(start) < _NPH_LINE_CAP and (data := await output.more()):
        start += data
    status = _status_of(start)
    if status is None:
        line = start.partition(b"\n")[0].rstrip(b"\r")[:200]
        return await await_failure(run, Malformed("bad-status" if start else "empty", 1, line))
    reply.raw(start, status)
    await _pass_on(run, reply)
    return Answer("nph", status)


def _status_of(start: bytes) -> int | None:
    words = start.split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        return None
    return int(words[1])


async def await_failure(run: Run, found: Malformed) -> Answer:
    """The script's own answer cannot be sent.  How it ended says why, so its end is awaited, for a while."""
    run.process.output.discard()
    if found.error == "too-long":
        run.process.stop(TimedOut("output", 0.25))  # 256 KiB of header (`response.HEADER_LIMIT`)
    await asyncio.wait([run.process.over], timeout=FAILED_PATIENCE_S)
    outcome = run.process.outcome
    if outcome and not isinstance(outcome.end, Exited | Signalled) and found.error in ("empty", "no-blank-line"):
        return Answer(
            None, is_replaced=True
        )  # we ended it, or it never began: that its header is missing is no fault of its own
    return Answer("malformed", malformed=found, is_replaced=True)


async def send_failure_page(hosted: Hosted, run: Run, answer: Answer, reply: Reply, explainer: Explainer) -> Answer:
    """Answer in place of the script."""
    if reply.client.is_gone:
        reply.cut()
        return replace(answer, status=0, is_replaced=False)
    outcome = run.process.outcome
    is_late = outcome is not None and isinstance(outcome.end, TimedOut) and outcome.end.limit in ("time", "silence")
    answer = replace(answer, status=504 if is_late else 500)
    slug = "script-late" if is_late else "script-failed"
    page = await explainer.page(run.so_far(answer), run.request, slug=slug, site_slug=hosted.slug)
    reply.whole(page.status, ((b"Content-Type", page.content_type), NO_STORE), page.body)
    return replace(answer, status=page.status, headers=reply.headers)


async def send_circle_page(hosted: Hosted, run: Run, hops: int, reply: Reply, explainer: Explainer) -> Answer:
    """Local redirects that never end."""
    answer = Answer("local_redirect", 500, is_replaced=True, notes=(Note("redirect-loop", {"hops": hops}),))
    page = await explainer.page(run.so_far(answer), run.request, slug="redirect-loop", site_slug=hosted.slug)
    reply.whole(500, ((b"Content-Type", page.content_type), NO_STORE), page.body)
    return replace(answer, headers=reply.headers)
