"""Values → the JSON that the front end's Model reads (ui/src/model/types.ts).  Pure functions."""

from collections.abc import Mapping, Sequence
from typing import Any

from app import words
from app.api.figures import Figures
from app.api.services import HostedSite, Told, WindowDesk
from app.runs.row import milliseconds, moment
from app.runs.secrets import mask_url
from app.runs.summary import summary
from app.runs.text import name, untext
from app.sites.settings import Settings
from app.words import LANGUAGES, Language

Json = dict[str, Any]

SETTINGS: Mapping[str, tuple[Any, ...]] = {
    "language": LANGUAGES,
    "theme": ("system", "light", "dark"),
    "tour_hidden": (True, False),
    "single_keys": (True, False),
}
"""The program's own settings, and what each may be."""


def site(hosted: HostedSite, figures: Figures, lang: Language) -> Json:
    return {
        "id": hosted.id,
        "slug": hosted.slug,
        "name": hosted.name,
        "folder": str(hosted.folder),
        "url": None if hosted.port is None else site_url(hosted.port),
        "port": hosted.port,
        "state": hosted.state,
        "problem": problem(hosted.problem, lang),
        "is_sample": hosted.is_sample,
        "scripts": hosted.scripts,
        "languages": list(hosted.languages),
        "runs_today": figures.runs,
        "failed_today": figures.failed,
        "median_ms": milliseconds(figures.median_us),
        "activity": [list(one) for one in figures.activity],
        "last_failure": last_failure(figures.last_failure),
        "added": moment(hosted.added_us),
    }


def site_url(port: int) -> str:
    return f"http://127.0.0.1:{port}/"


def problem(told: Told | None, lang: Language) -> Json | None:
    """Worded here, and by slug and parameters, so that a window may word it in a language chosen later."""
    if told is None:
        return None
    return {"slug": told.slug, "params": dict(told.params), **words.error(told.slug, lang, told.params)}


def last_failure(row: Mapping[str, Any] | None) -> Json | None:
    if row is None:
        return None
    return {
        "id": row["id"],
        "started": moment(row["started_us"]),
        "script": row["script"],
        "status": row["status"] or None,
        "title_slug": row["tag"],
        "title_params": dict(row["tag_params"] or {}),
    }


def run_page(rows: Sequence[Mapping[str, Any]], counts: Mapping[str, Any]) -> Json:
    return {
        "runs": [summary(row) for row in rows],
        "total": counts["total"],
        "failed": counts["failed"],
        "median_ms": milliseconds(counts["median_us"]),
    }


def statics(items: Sequence[Mapping[str, Any]], count: int) -> Json:
    return {"items": [static_request(item) for item in items], "count": count}


def static_request(item: Mapping[str, Any]) -> Json:
    """An item of the gateway's STATIC message."""
    return {
        "started": moment(item["at_us"]),
        "method": item["method"],
        "target": name(mask_url(untext(item["target"]))),
        "status": item["status"],
        "size": item.get("size"),
        "total_ms": milliseconds(item.get("total_us")),
    }


def site_settings(settings: Settings, lang: Language) -> Json:
    return {
        "path": str(settings.path),
        "writable": settings.is_writable,
        "problem": problem(settings.problem, lang),
        "notices": [problem(notice, lang) for notice in settings.notices],
        "values": dict(settings.values),
        "origins": dict(settings.origins),
    }


def settings(stored: Mapping[str, Any]) -> Json:
    """What the person has chosen.  Passes over what a newer version stored and this one does not know."""
    return {key: stored[key] for key, allowed in SETTINGS.items() if key in stored and stored[key] in allowed}


def window(desk: WindowDesk) -> Json:
    return {"native": desk.native, "backend": desk.backend, "setup": dict(desk.offer)}
