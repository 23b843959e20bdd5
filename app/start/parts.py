"""The parts of the program, put together in the order in which they depend on each other, and taken apart again."""

import threading
from collections.abc import Callable
from contextlib import ExitStack

from app import VERSION
from app.api.announce import Announce
from app.api.application import application
from app.api.events import EventHub
from app.api.services import Services
from app.errors import GatehouseError
from app.start.door import PORT_SETTING, Door
from app.start.first_site import add_tour, is_first_start
from app.start.instance import drop_instance, write_instance
from app.start.program import ProgramOptions
from app.start.serve_here import serve_here
from app.start.setup_by_click import SetupByClick
from app.start.show import Shown
from app.start.stop import Stop
from app.start.tell_where import tell_where
from app.supervisor.supervisor import Supervisor
from db import changes
from db.errors import NewerDatabase
from db.trouble import DatabaseTrouble


def run_parts(options: ProgramOptions, on_ready: Callable[[str], None] | None, *, is_temporary: bool) -> int:
    """Until something asks for the end.  What was begun is ended in the opposite order, also when a start fails."""
    with ExitStack() as at_end:
        stop = Stop()
        at_end.callback(stop.close)
        stop.on_signals()
        events, announce, supervisor = _supervisor(options, at_end)
        _notice(supervisor, options, is_temporary=is_temporary)
        supervisor.start(as_last_time=options.serve is None)
        door = Door(options.data, supervisor.database, port=options.port)
        shown = Shown(
            options.data,
            new_link=door.new_link,
            on_closed=stop.ask,
            page_left=lambda: events.window_left,
            setup=SetupByClick(options.data, supervisor.notices),
        )
        door.server.start(application(_services(options, events, supervisor, door=door, shown=shown, stop=stop)))
        at_end.callback(door.server.stop)
        at_end.callback(events.close)
        at_end.callback(shown.stop)
        announce.start(supervisor.sites, database=supervisor.database)
        supervisor.set_link(door.origin)
        supervisor.recorder.do(lambda db: changes.set_setting(db, PORT_SETTING, door.server.port))
        write_instance(options.data, door.instance())
        site = serve_here(supervisor.sites, options.serve, options.serve_port, stop) if options.serve else None
        tell_where(door.new_link(), site, as_json=options.json)
        if on_ready:
            on_ready(door.new_link())
        shown.show(options.mode)
        if options.serve is None and is_first_start(supervisor.database):
            threading.Thread(target=add_tour, args=(supervisor, options.data), name="first-site", daemon=True).start()
        stop.wait()
    return 0


def _supervisor(options: ProgramOptions, at_end: ExitStack) -> tuple[EventHub, Announce, Supervisor]:
    """With the database open.  Raises GatehouseError database-newer, data-folder."""
    database = options.data / "gatehouse.db"
    events = EventHub(on_watch=lambda slugs: supervisor.watch(slugs))  # noqa: PLW0108 - there is none yet
    announce = Announce(events)
    supervisor = Supervisor(database=database, spool=options.data / "spool", tell=announce)
    try:
        supervisor.open()
    except NewerDatabase as error:
        params = {"file": str(error.path), "folder": str(options.data)}
        raise GatehouseError("database-newer", params=params) from error
    except DatabaseTrouble as error:
        params = {"folder": str(options.data), "reason": str(error)}
        raise GatehouseError("data-folder", params=params) from error
    at_end.callback(drop_instance, options.data)
    at_end.callback(supervisor.close)
    at_end.callback(announce.close)
    return events, announce, supervisor


def _notice(supervisor: Supervisor, options: ProgramOptions, *, is_temporary: bool) -> None:
    """What is out of the ordinary with this start."""
    if is_temporary:
        supervisor.notices.put("data-folder-read-only", {"folder": str(options.data)})
    if options.front_end_trouble:
        supervisor.notices.put("start-front-end-old", {"reason": options.front_end_trouble})


def _services(
    options: ProgramOptions, events: EventHub, supervisor: Supervisor, *, door: Door, shown: Shown, stop: Stop
) -> Services:
    return Services(
        database=supervisor.database,
        recorder=supervisor.recorder,
        events=events,
        sites=supervisor.sites,
        runs=supervisor,
        window=shown.desk,
        tokens=door.tokens,
        quit=stop.ask,
        dist=options.dist,
        version=VERSION,
        data_folder=options.data,
        notices=supervisor.notices.all,
    )
