"""The sites: adding a folder, turning a site on and off, opening it."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.api import views
from app.api.fields import Field
from app.api.figures import read_figures
from app.api.request import Request
from app.api.routes import route
from app.api.schemas import DONE, STRING, ref, thing
from app.api.services import HostedSite, Services
from app.errors import GatehouseError

_PORT = Field("port", "For this time only; where it is taken, the site does not start.", "integer", least=1, most=65535)


def known_site(services: Services, slug: str) -> HostedSite:
    """Raises GatehouseError site-gone."""
    if site := services.sites.get(slug):
        return site
    raise GatehouseError("site-gone", status=404, params={"site": slug[:100]})


@route(
    "POST",
    "/api/sites",
    "Make a folder a site, and start it.",
    content=(Field("folder", "Absolute, or beginning with `~`.", is_required=True),),
    answers=ref("Site"),
)
def add_site(services: Services, request: Request) -> Mapping[str, Any]:
    return _shown(services, services.sites.add(_absolute(request.content["folder"])).slug, request)


@route("GET", "/api/sites/{slug}", "One site.", answers=ref("Site"))
def show_site(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    return _shown(services, slug, request)


@route("DELETE", "/api/sites/{slug}", "Forget a site and its runs; its files stay.", answers=DONE)
def forget_site(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    known_site(services, slug)
    services.sites.forget(slug)
    return {"ok": True}


@route("POST", "/api/sites/{slug}/start", "Start a site.", content=(_PORT,), answers=ref("Site"))
def start_site(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    known_site(services, slug)
    services.sites.start(slug, port=request.content.get("port"))
    return _shown(services, slug, request)


@route("POST", "/api/sites/{slug}/stop", "Stop a site: its port closes, its scripts end.", answers=ref("Site"))
def stop_site(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    known_site(services, slug)
    services.sites.stop(slug)
    return _shown(services, slug, request)


@route("POST", "/api/sites/{slug}/restart", "Stop a site and start it again.", answers=ref("Site"))
def restart_site(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    known_site(services, slug)
    services.sites.restart(slug)
    return _shown(services, slug, request)


@route(
    "POST",
    "/api/sites/{slug}/open",
    "Open a page of a site in the person's browser.",
    content=(Field("path", "With the query string; begins with `/`."),),
    answers=thing(ok={"type": "boolean"}, url=STRING),
)
def open_site(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    site = known_site(services, slug)
    path = request.content.get("path", "/")
    if not path.startswith("/"):
        raise GatehouseError("path-no-slash", params={"path": path[:200]})
    if site.port is None or site.state != "serving":
        raise GatehouseError("site-not-serving", status=409, params={"site": site.name})
    # What no URL may hold is encoded; what is encoded already stays.
    url = views.site_url(site.port) + quote(path[1:], safe="!$%&'()*+,-./:;=?@_~#[]", errors="surrogateescape")
    services.window.open(url)
    return {"ok": True, "url": url}


@route("POST", "/api/sites/{slug}/open-folder", "Show a site's folder in the file manager.", answers=DONE)
def open_folder(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    services.window.open_folder(known_site(services, slug).folder)
    return {"ok": True}


def _shown(services: Services, slug: str, request: Request) -> Mapping[str, Any]:
    site = known_site(services, slug)
    return views.site(site, read_figures(services.database, site.id, now=datetime.now()), request.language)


def _absolute(typed: str) -> Path:
    """As a person types or pastes it; raises GatehouseError folder-not-absolute.

    There is no folder that a relative path could be meant to start from: the program may run from anywhere.
    """
    # What is pasted often ends with a blank or a line end by mistake; few names of folders do.
    exactly = typed.startswith("/") and "\0" not in typed and Path(typed).exists()
    folder = typed if exactly else os.path.expanduser(typed.strip())  # noqa: PTH111 - Path's raises for "~nobody"
    if not Path(folder).is_absolute() or "\0" in folder:
        raise GatehouseError("folder-not-absolute", params={"folder": typed[:200].replace("\0", "\\0")})
    return Path(folder)
