"""Settings: the program's own, which stand in the database, and a site's, which stand in its folder."""

from collections.abc import Mapping
from typing import Any

from app.api import views
from app.api.controllers.sites import known_site
from app.api.fields import Field
from app.api.request import Request
from app.api.routes import route
from app.api.schemas import ref
from app.api.services import Services
from app.words import LANGUAGES
from db import changes, queries


@route(
    "PATCH",
    "/api/settings",
    "Change the program's own settings.",
    content=(
        Field("language", "Of every window.", choices=LANGUAGES),
        Field("theme", "Light, dark, or as the system has it.", choices=("system", "light", "dark")),
        Field("tour_hidden", "Leave the tour out of the list of sites?", "boolean"),
        Field("single_keys", "Do single letters work as shortcuts?", "boolean"),
    ),
    answers=ref("Settings"),
)
def change_settings(services: Services, request: Request) -> Mapping[str, Any]:
    def store(db: Any) -> Mapping[str, Any]:
        for name, value in request.content.items():
            changes.set_setting(db, name, value)
        return views.settings(queries.settings(db))

    stored = services.recorder.do(store).result()
    services.events.publish("settings", dict(request.content))
    return stored


@route(
    "GET", "/api/sites/{slug}/settings", "A site's settings, and where each comes from.", answers=ref("SiteSettings")
)
def site_settings(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    known_site(services, slug)
    return views.site_settings(services.sites.settings(slug), request.language)


@route(
    "PATCH",
    "/api/sites/{slug}/settings",
    'Change settings of a site, by dotted name: {"limits.time_s": 60}.  null goes back to the default.',
    content=None,
    answers=ref("SiteSettings"),
)
def change_site_settings(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    known_site(services, slug)
    services.sites.change_settings(slug, request.content)
    return views.site_settings(services.sites.settings(slug), request.language)
