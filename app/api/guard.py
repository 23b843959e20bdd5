"""Every door of the UI server, checked in this order; each check names the attack that it stops.

Gatehouse runs programs, and everything that runs in this computer's browser can reach 127.0.0.1.

1. *Is the Host ours?*  DNS rebinding: a page from evil.example lets its name point at 127.0.0.1 and then is
   "same origin" with us, in its browser's eyes.  Its Host is still evil.example: 421.
2. *Did our own page ask?* (API)  Cross-site request forgery, and a hosted site's page, which is on our host but on
   another port: the browser says `Sec-Fetch-Site: same-site` or `cross-site`, and sends its Origin: 403.
   A change is never made by GET, so no link, image or prefetch can make one.
3. *Is the token right?* (API)  Everything else on this computer that can open a socket: other accounts, programs in
   sandboxes, a page in a browser too old for 2.  401 without, 403 with a wrong one.  The token is in a header, never in
   a cookie, since cookies do not know ports: every local server would be sent it.

Three doors need no token: the files of the front end (they are public), `POST /api/session` (which trades a
one-time code for it), and a run's preview and downloads, which a frame or a link opens with a key of one minute.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qs

from app.api.hosts import is_ours
from app.api.tokens import Tokens
from app.errors import GatehouseError

Environ = Mapping[str, Any]
Access = Literal["token", "open", "key"]

TOKEN_HEADER = "X-Gatehouse-Token"
_KEYED = re.compile(r"/api/runs/[^/]+/(preview|stdin|stdout|stderr|body|\{stream\})")


def admit(environ: Environ, tokens: Tokens) -> None:
    """Let the request pass, or raise the GatehouseError that says why not.

    PATH_INFO must be what the router will see.  (bottle drops bytes that are no UTF-8: "/ap%FFi/state" is routed
    as "/api/state", so it is bottle's own hook, after that, that calls this.)
    """
    refuse_foreign_host(environ)
    if is_api(environ["PATH_INFO"]):
        refuse_foreign_page(environ)
        refuse_stranger(environ, tokens)


def is_api(path: str) -> bool:
    return path == "/api" or path.startswith("/api/")


def access(method: str, path: str) -> Access:
    """What a route asks for; the OpenAPI document says the same."""
    if (method, path) == ("POST", "/api/session"):
        return "open"
    if method in {"GET", "HEAD"} and is_keyed(path):
        return "key"
    return "token"


def is_keyed(path: str) -> bool:
    """May a key stand in for the token here?  Only where a run's bytes are answered."""
    return bool(_KEYED.fullmatch(path))


def refuse_foreign_host(environ: Environ) -> None:
    """Stops DNS rebinding.  An absolute-form target's host counts as well (RFC 9112 §3.2.2)."""
    port = int(environ["SERVER_PORT"])
    for host in (_host(environ), environ.get("gatehouse.authority")):
        if host is not None and not is_ours(host, port):
            raise GatehouseError("host-foreign", status=421, params={"host": host[:100], "port": port})


def refuse_foreign_page(environ: Environ) -> None:
    """Stops cross-site request forgery, and pages of hosted sites, which share our host and differ in the port.

    A browser's page cannot forge or leave out either header; a program that sends none is left to the token.
    """
    if environ.get("HTTP_SEC_FETCH_SITE", "none") not in {"same-origin", "none"}:
        raise GatehouseError("page-foreign", status=403)
    origin = environ.get("HTTP_ORIGIN")
    # "null" is a sandboxed frame, such as our own preview of what a script printed.
    if origin is not None and origin.lower() != f"http://{_host(environ)}".lower():
        raise GatehouseError("origin-foreign", status=403, params={"origin": origin[:100]})


def refuse_stranger(environ: Environ, tokens: Tokens) -> None:
    """Stops whoever reaches the port without having been let in."""
    path = environ["PATH_INFO"]
    match access(environ["REQUEST_METHOD"], path):
        case "open":
            return
        case "key":
            if key := parse_qs(environ.get("QUERY_STRING", "")).get("key"):
                if tokens.opens(key[0], path):
                    return
                raise GatehouseError("key-wrong", status=403)
    offered = environ.get("HTTP_X_GATEHOUSE_TOKEN")
    if not offered:
        raise GatehouseError("token-missing", status=401)
    if not tokens.is_token(offered):
        raise GatehouseError("token-wrong", status=403)


def _host(environ: Environ) -> str:
    """The Host header.  Without it, HTTP/1.0 means us; HTTP/1.1 must send exactly one (RFC 9112 §3.2)."""
    host = environ.get("HTTP_HOST")
    if host is None and environ["SERVER_PROTOCOL"] in {"HTTP/0.9", "HTTP/1.0"}:
        return f"127.0.0.1:{environ['SERVER_PORT']}"
    # WSGI joins repeated headers with a comma, which no host has.
    if not host or "," in host:
        raise GatehouseError("host-missing", status=400)
    return str(host)
