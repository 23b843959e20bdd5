"""What a window reads first, and the stream that it follows from then on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.api import views
from app.api.answers import Answer
from app.api.fields import Field
from app.api.figures import read_figures
from app.api.request import Request
from app.api.routes import route
from app.api.schemas import DONE, ref
from app.api.services import Services
from app.api.stream import Listener, stream
from db import queries
from db.connection import reading


@route("GET", "/api/state", "Everything that a window shows before anything is opened.", answers=ref("State"))
def state(services: Services, request: Request) -> Mapping[str, Any]:
    # First: what happens while the rest is read is then told again by the stream, instead of being missed.
    last_event = services.events.id_of(services.events.last)
    with reading(services.database) as db:
        settings = views.settings(queries.settings(db))
    now = datetime.now()
    return {
        **settings,
        "version": services.version,
        "sites": [
            views.site(site, read_figures(services.database, site.id, now=now), request.language)
            for site in services.sites.all()
        ],
        "window": views.window(services.window),
        "data_folder": str(services.data_folder),
        "notices": [dict(notice) for notice in services.notices()],
        "last_event": last_event,
    }


@route(
    "GET",
    "/api/events",
    "What happens, as it happens: run, site, site-gone, runs-gone, static, settings, notice, notice-gone, reset.  "
    "A stream that broke off goes on with Last-Event-ID; `reset` says that too much was missed.",
    query=(
        Field("static", "Slug of the site whose requests for files are wanted too."),
        Field("window", "Sent by the page in Gatehouse's own window, which is looked after by this.", kind="boolean"),
    ),
    answers="text/event-stream",
)
def events(services: Services, request: Request) -> Answer:
    tokens, token = services.tokens, services.tokens.token
    listener = Listener(
        language=request.language,
        static=request.query.get("static"),
        last_event_id=request.last_event_id,
        is_window=request.query.get("window", False),
        # A browser that is locked out hears nothing more.
        is_connected=lambda: tokens.token == token and request.is_connected(),
    )
    return Answer(stream(services.events, listener), "text/event-stream")


@route("POST", "/api/quit", "End Gatehouse: all sites stop.", answers=DONE)
def quit_program(services: Services, request: Request) -> Mapping[str, Any]:
    services.quit()
    return {"ok": True}
