"""What the native window and the desktop do for us."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from app.api.fields import Field
from app.api.hosts import is_ours
from app.api.request import Request
from app.api.routes import route
from app.api.schemas import DONE, MAYBE_STRING, says, thing
from app.api.services import Services
from app.errors import GatehouseError


@route("POST", "/api/window/focus", "Bring the native window to the front.", answers=DONE)
def focus(services: Services, request: Request) -> Mapping[str, Any]:
    services.window.focus()
    return {"ok": True}


@route(
    "POST",
    "/api/window/choose-folder",
    "Ask the person for a folder, by the native dialog; answers when they have chosen.",
    answers=thing(folder=says("null where they cancelled.", MAYBE_STRING)),
)
def choose_folder(services: Services, request: Request) -> Mapping[str, Any]:
    if not services.window.native:
        raise GatehouseError("window-none", status=409)
    folder = services.window.choose_folder(request.language)
    return {"folder": None if folder is None else str(folder)}


@route(
    "POST",
    "/api/window/setup",
    "Begin to install what a native window needs; notices tell how it goes.",
    answers=DONE,
)
def setup(services: Services, request: Request) -> Mapping[str, Any]:
    services.window.setup()
    return {"ok": True}


@route(
    "POST",
    "/api/open",
    "Open an address of Gatehouse or of a site in the person's browser.",
    content=(Field("url", "Begins with `http://127.0.0.1:`, or another name of this computer.", is_required=True),),
    answers=DONE,
)
def open_url(services: Services, request: Request) -> Mapping[str, Any]:
    ports = {request.port, *(site.port for site in services.sites.all() if site.port is not None)}
    services.window.open(own_url(request.content["url"], ports))
    return {"ok": True}


def own_url(url: str, ports: set[int]) -> str:
    """The URL, where it leads to one of our own ports; raises GatehouseError url-foreign for everything else.

    The desktop opens whatever it is given, by any program that calls the scheme its own: only our own is handed on.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        port = None
    if port not in ports or not url.isascii() or not url.isprintable() or " " in url:
        raise GatehouseError("url-foreign", params={"url": url[:200]})
    if parts.scheme != "http" or not is_ours(parts.netloc, port):
        raise GatehouseError("url-foreign", params={"url": url[:200]})
    return urlunsplit(parts)
