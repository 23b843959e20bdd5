"""A local redirect (RFC 3875 §6.2.2): the request that the server makes of it for itself."""

from dataclasses import replace

from .values import Request

MOST_HOPS = 10

_OF_THE_BODY = frozenset(
    {b"content-type", b"content-length", b"content-encoding", b"transfer-encoding", b"expect", b"trailer", b"range"}
)


def redirected(request: Request, location: bytes) -> Request:
    """GET of `location` (path and query) as the same client would have asked; HEAD stays HEAD."""
    kept = tuple(pair for pair in request.headers if pair[0].lower() not in _OF_THE_BODY)
    method = "HEAD" if request.method == "HEAD" else "GET"
    return replace(request, method=method, target=location, headers=kept, body=None)
