"""Requests for plain files: counted, and listed without being stored."""

from collections.abc import Mapping
from typing import Any

from app.api import views
from app.api.controllers.sites import known_site
from app.api.request import Request
from app.api.routes import route
from app.api.schemas import ref
from app.api.services import Services


@route(
    "GET",
    "/api/sites/{slug}/static",
    "The requests for files of a site that came while somebody looked (GET /api/events?static=…).",
    answers=ref("Statics"),
)
def list_statics(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    known_site(services, slug)
    return views.statics(*services.sites.static_requests(slug))
