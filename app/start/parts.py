"""The parts of the program, put together in the order in which they depend on each other, and taken apart again."""

import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from app import VERSION
from app.api.announce import Announce
from app.api.application import application
from app.api.events import EventHub
from app.api.server import UiServer
from app.api.services import Services
from app.api.tokens import Tokens
from app.errors import GatehouseError
from app.start.first_site import add_tour, is_first_start
from app.start.instance import Instance, drop_instance, write_instance
from app.start.program import ProgramOptions
from app.start.serve_here import serve_here
from app.start.setup_by_click import SetupByClick
from app.start.show import Shown
from app.start.stop import Stop
from app.supervisor.port_holder import refusal
from app.supervisor.supervisor import Supervisor
from db import changes, queries
from db.connection import reading
from db.errors import NewerDatabase

_PORT_SETTING = "ui_port"


def run_parts(options: ProgramOptions, on_ready: Callable[[str], None] | None, *, is_temporary: bool) -> int:
    """Until something asks for the end.  What was begun is ended in the opposite order, also when a start fails."""
    with ExitStack() as at_end:
        stop = Stop()
        at_end.callback(stop.close)
        stop.on_signals()
        announce, supervisor, events = _supervisor(options, at_end)
        database = supervisor.database
        if is_temporary:
            supervisor.notices.put("data-folder-read-only", folder=str(options.data))
        if options.front_end_trouble:
            supervisor.notices.put("start-front-end-old", reason=options.front_end_trouble)
        supervisor.start(as_last_time=options.serve is None)
        server = _server(options.port, database)
        tokens = Tokens(options.data)
        url = f"http://127.0.0.1:{server.port}/"

        def new_link() -> str:
            return f"{url}#code={tokens.new_code()}"

        setup = SetupByClick(options.data, supervisor.notices)
        shown = Shown(
            options.data,
            new_link=new_link,
            on_closed=stop.ask,
            followers=lambda: events.window_pages,
            setup=setup,
        )
        services = Services(
            database=database,
            recorder=supervisor.recorder,
            events=events,
            sites=supervisor.sites,
            runs=supervisor,
            window=shown.desk,
            tokens=tokens,
            quit=stop.ask,
            dist=options.dist,
            version=VERSION,
            data_folder=options.data,
            notices=supervisor.notices.all,
        )
        server.start(application(services))
        at_end.callback(server.stop)
        at_end.callback(events.close)
        announce.start(supervisor.sites, database=database)
        supervisor.set_link(url.rstrip("/"))
        supervisor.recorder.do(lambda db: changes.set_setting(db, _PORT_SETTING, server.port))
        write_instance(options.data, Instance(url=url, token=tokens.token, pid=os.getpid()))
        at_end.callback(shown.stop)
        _tell_where(options, supervisor, new_link())
        if on_ready:
            on_ready(new_link())
        shown.show(options.mode)
        if options.serve is None and is_first_start(database):
            threading.Thread(target=add_tour, args=(supervisor, options.data), name="first-site", daemon=True).start()
        stop.wait()
    return 0


def _supervisor(options: ProgramOptions, at_end: ExitStack) -> tuple[Announce, Supervisor, EventHub]:
    """With the database open.  Raises GatehouseError database-newer."""
    database = options.data / "gatehouse.db"
    events = EventHub(on_watch=lambda slugs: supervisor.watch(slugs))  # noqa: PLW0108 - there is none yet
    announce = Announce(events)
    supervisor = Supervisor(database=database, spool=options.data / "spool", tell=announce)
    try:
        supervisor.open()
    except NewerDatabase as error:
        params = {"file": str(error.path), "folder": str(options.data)}
        raise GatehouseError("database-newer", params=params) from error
    at_end.callback(drop_instance, options.data)
    at_end.callback(supervisor.close)
    at_end.callback(announce.close)
    return announce, supervisor, events


def _server(port: int | None, database: Path) -> UiServer:
    """On the port asked for, which must be free; else on the last start's, where bookmarks lead; else on any."""
    if port:
        try:
            return UiServer(port)
        except OSError as error:
            why = refusal(port, error.errno or 0)
            raise GatehouseError(f"ui-{why.slug}", params=why.params) from error
    with reading(database) as db:
        last = queries.settings(db).get(_PORT_SETTING)
    try:
        return UiServer(last if isinstance(last, int) else 0)
    except OSError:
        return UiServer(0)


def _tell_where(options: ProgramOptions, supervisor: Supervisor, link: str) -> None:
    """On stdout, for people and programs: a folder's own address first, once it accepts connections."""
    if options.serve is None:
        _print(json.dumps({"ui": link, "pid": os.getpid()}) if options.json else f"Gatehouse: {link}")
        return
    site = serve_here(supervisor.sites, options.serve, options.serve_port)
    address = f"http://127.0.0.1:{site.port}/"
    if options.json:
        _print(json.dumps({"url": address, "ui": link, "site": site.slug, "pid": os.getpid()}))
    else:
        _print(f"{address}\nGatehouse: {link}")


def _print(line: str) -> None:
    if sys.stdout is not None:  # None under pythonw
        print(line, flush=True)
