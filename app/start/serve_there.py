"""`gatehouse serve` while a Gatehouse runs already: it serves the folder, and stops when we are told to."""

import json
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.sites.folder import readable_folder
from app.start.instance import Instance, RefusedError, SilentError, answer, ask
from app.start.stop import Stop
from app.start.terminal import say, say_error, tell, terminal_language

_SILENCE_S = 60
"""Its event stream says something every fifteen seconds."""


def serve_there(instance: Instance, folder: Path, *, port: int | None, as_json: bool) -> int:
    """Until we are stopped (0), or the site is, or the other Gatehouse ends (1)."""
    stop = Stop()
    stop.on_signals()
    lang = terminal_language()
    try:
        site, was_stopped = _start(instance, readable_folder(folder), port, lang)
    except RefusedError as error:
        say(f"{error.error}\n{error.fix}")
        return 1
    _tell_where(instance, site, as_json=as_json)
    ended: list[str] = []
    watcher = threading.Thread(target=_watch, args=(instance, site["slug"], ended, stop), daemon=True)
    watcher.start()
    stop.wait()
    if ended:
        say_error(ended[0], {"site": site["name"]})
        return 1
    if was_stopped:
        with suppress(SilentError, RefusedError):
            ask(instance, "POST", f"/api/sites/{quote(site['slug'])}/stop")
    return 0


def _start(instance: Instance, folder: Path, port: int | None, lang: str) -> tuple[dict[str, Any], bool]:
    """The site, serving, and whether it was us who started it."""
    known = next((site for site in ask(instance, "GET", "/api/state")["sites"] if site["folder"] == str(folder)), None)
    site = known or ask(instance, "POST", "/api/sites", {"folder": str(folder)}, lang=lang)
    if port or site["state"] != "serving":
        act = f"/api/sites/{quote(site['slug'])}/start"
        site = ask(instance, "POST", act, {"port": port} if port else {}, lang=lang)
    if site["state"] != "serving":
        raise RefusedError(site["problem"] or {"error": site["state"], "fix": ""})
    return site, known is None or known["state"] != "serving"


def _tell_where(instance: Instance, site: dict[str, Any], *, as_json: bool) -> None:
    link = ask(instance, "POST", "/api/links")["url"]
    if as_json:
        tell(json.dumps({"url": site["url"], "ui": link, "site": site["slug"], "pid": instance.pid}))
    else:
        tell(f"{site['url']}\nGatehouse: {link}")


def _watch(instance: Instance, slug: str, ended: list[str], stop: Stop) -> None:
    """Asks for our end when the site does not serve any more, or its Gatehouse has gone."""
    ended_by = "serve-gatehouse-ended"
    with suppress(SilentError, OSError), answer(instance, "GET", "/api/events", timeout_s=_SILENCE_S) as stream:
        for line in stream:
            if line.startswith(b"data:") and _says_stopped(json.loads(line[5:]), slug):
                ended_by = "serve-site-stopped"
                break
    ended.append(ended_by)
    stop.ask()


def _says_stopped(event: dict[str, Any], slug: str) -> bool:
    """A site's event with its new state, or that it is gone (which has the slug alone)."""
    return event.get("slug") == slug and (event.keys() == {"slug"} or event.get("state") in {"stopped", "problem"})
