"""Answers of the gateway itself, in words: refusals, "busy", "not found", and our own faults."""

from .http import Refusal
from .pages import own_page
from .reply import Reply
from .values import Headers, Request

METHODS = (b"Allow", b"GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
RETRY_AFTER = (b"Retry-After", b"2")
NO_STORE = (b"Cache-Control", b"no-store")


def answer_in_words(
    reply: Reply,
    request: Request | None,
    status: int,
    slug: str,
    *,
    headers: Headers = (),
    near: str | None = None,
) -> int:
    """Send the page of `slug` (see `pages.py`); answers with its size.  `request`: None where it was never whole."""
    kind, body = own_page(status, slug, accept=accept_of(request), accept_language=language_of(request), near=near)
    reply.whole(status, ((b"Content-Type", kind), *headers), body)
    return len(body)


def refuse(reply: Reply, refusal: Refusal, *, accept: bytes, language: bytes) -> None:
    """A request that could not be understood, or is not for us."""
    kind, body = own_page(refusal.status, refusal.slug, accept=accept, accept_language=language)
    allowed = (METHODS,) if refusal.status == 405 else ()
    reply.whole(refusal.status, ((b"Content-Type", kind), *allowed), body)


def own_fault(reply: Reply, request: Request | None) -> None:
    """A fault of ours: the answer says so, or ends where it is."""
    if reply.has_started:
        reply.cut()
    else:
        answer_in_words(reply, request, 500, "own-fault")


def language_of(request: Request | None) -> bytes:
    return _field(request, b"accept-language")


def accept_of(request: Request | None) -> bytes:
    return _field(request, b"accept")


def _field(request: Request | None, name: bytes) -> bytes:
    return (request.header(name) if request else None) or b""
