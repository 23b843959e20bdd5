"""The runs: the list of a site, one run whole, its bytes, and ending one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.api import outputs, views
from app.api.answers import Answer
from app.api.controllers.sites import known_site
from app.api.fields import Field
from app.api.figures import read_figures
from app.api.request import Request
from app.api.routes import route
from app.api.schemas import DONE, ref
from app.api.services import HostedSite, Services
from app.errors import GatehouseError
from app.runs.whole import run_whole
from db import changes, queries
from db.connection import reading

_REVEAL = Field("reveal", "With secrets in clear.", "boolean")
_KEY = Field("key", "In place of the token, for a frame or a download; from POST /api/keys.")


@route(
    "GET",
    "/api/sites/{slug}/runs",
    "The runs of a site, newest first.",
    query=(
        Field("limit", "How many at most; 50 unless told.", "integer", least=1, most=1000),
        Field("before", "Only runs with a lower number than this.", "integer", least=1),
        Field("verdict", "Only runs that were judged so.", choices=("good", "suspicious", "failed")),
    ),
    answers=ref("RunPage"),
)
def list_runs(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    site = known_site(services, slug)
    with reading(services.database) as db:
        rows = queries.runs(
            db,
            site=site.id,
            verdict=request.query.get("verdict"),
            before=request.query.get("before"),
            limit=request.query.get("limit", 50),
        )
        return views.run_page(rows, queries.counts(db, site.id))


@route("DELETE", "/api/sites/{slug}/runs", "Delete the runs of a site.", answers=DONE)
def clear_runs(services: Services, request: Request, slug: str) -> Mapping[str, Any]:
    site = known_site(services, slug)
    services.recorder.do(lambda db: changes.clear_runs(db, site.id)).result()
    services.events.publish("runs-gone", {"slug": slug})
    _tell_figures(services, site)
    return {"ok": True}


@route("GET", "/api/runs/{run}", "One run, whole.", query=(_REVEAL,), answers=ref("Run"))
def show_run(services: Services, request: Request, run: int) -> Mapping[str, Any]:
    with reading(services.database) as db:
        row = queries.run(db, run)
        site = row and queries.site_by_id(db, row["site"])
    if not row or not site:
        raise _gone(run)
    return run_whole(row, site, reveal=request.query.get("reveal", False), lang=request.language)


@route("POST", "/api/runs/{run}/stop", "End a running script; one that has ended stays as it is.", answers=DONE)
def stop_run(services: Services, request: Request, run: int) -> Mapping[str, Any]:
    _row(services, run)
    services.runs.stop(run)
    return {"ok": True}


@route(
    "GET",
    "/api/runs/{run}/preview",
    "The body that a script printed, as HTML, image or text, for a frame; it may run and fetch nothing.",
    query=(_KEY,),
    answers="text/html",
)
def preview(services: Services, request: Request, run: int) -> Answer:
    return outputs.preview(_row(services, run))


@route(
    "GET",
    "/api/runs/{run}/{stream}",
    "What a script was sent or wrote, as a file.",
    query=(_REVEAL, _KEY),
    answers="application/octet-stream",
)
def download(services: Services, request: Request, run: int, stream: str) -> Answer:
    return outputs.download(_row(services, run), stream, reveal=request.query.get("reveal", False))


def _row(services: Services, run: int) -> Mapping[str, Any]:
    with reading(services.database) as db:
        if row := queries.run(db, run):
            return row
    raise _gone(run)


def _gone(run: int) -> GatehouseError:
    return GatehouseError("run-gone", status=404, params={"run": run})


def _tell_figures(services: Services, site: HostedSite) -> None:
    figures = read_figures(services.database, site.id, now=datetime.now())
    services.events.publish("site", lambda lang: views.site(site, figures, lang))
