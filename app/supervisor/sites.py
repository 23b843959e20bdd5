"""The sites: folders that are served, and what a person does to them (`app.api.services.SiteDesk`)."""

import errno
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from app.errors import GatehouseError
from app.sites import settings as site_settings
from app.sites.folder import look_at, readable_folder
from app.sites.keys import key_of
from app.sites.languages import languages_of, scripts_of
from app.sites.settings import Settings
from app.sites.settings_file import Problem
from app.supervisor.hosted import Hosted, hosted
from app.supervisor.port_holder import refusal, trial
from app.supervisor.serving import Serving
from app.supervisor.slugs import slug_for
from app.supervisor.statics import Item, Statics
from app.supervisor.tell import Tell
from app.supervisor.watch import Watch, look_of
from db import changes, queries
from db.connection import reading
from db.recorder import Recorder
from db.trouble import DatabaseTrouble

T = TypeVar("T")

_WRITE_S = 15
"""Seconds that an act waits for its change to be on disk; the recorder goes on trying after that."""


class Sites:
    """Acts are for any thread, and each waits until it is done."""

    def __init__(self, *, serving: Serving, statics: Statics, tell: Tell, recorder: Callable[[], Recorder]) -> None:
        self._serving, self._statics, self._tell, self._recorder = serving, statics, tell, recorder
        self._by_slug: dict[str, Hosted] = {}
        self._by_id: dict[int, Hosted] = {}
        self._adding = threading.Lock()
        self._applying = threading.RLock()
        self._watch = Watch(self._look)
        self._remembers = True
        self._is_closing = False

    def begin(self, database: Path, *, as_last_time: bool) -> None:
        """Read which sites there are; with `as_last_time`, serve those that were served when the program ended.

        Without it, what is started and stopped from now on is not remembered for the next start either.
        """
        self._remembers = as_last_time
        with reading(database) as db:
            for row in queries.sites(db):
                self._know(hosted(row))
        for one in self.all():
            one.is_wanted = one.is_wanted and as_last_time
            one.state = "starting" if one.is_wanted else "stopped"
        threading.Thread(target=self._open_all, name="site-opener", daemon=True).start()

    def close(self) -> None:
        self._is_closing = True
        self._watch.close()

    def all(self) -> Sequence[Hosted]:
        return list(self._by_slug.values())

    def get(self, slug: str) -> Hosted | None:
        return self._by_slug.get(slug)

    def by_id(self, site: int) -> Hosted | None:
        return self._by_id.get(site)

    def at(self, folder: Path) -> Hosted | None:
        """The site of this very folder."""
        return next((one for one in self.all() if one.folder == folder), None)

    def add(self, folder: Path, *, is_sample: bool = False, port: int | None = None) -> Hosted:
        one = self._added(folder, is_sample=is_sample)
        self.start(one.slug, port=port)
        self._count(one)
        self._tell.site_changed(one.slug)
        return one

    def forget(self, slug: str) -> None:
        one = self._known(slug)
        self._serving.end(one)
        self._serving.forget(one)
        self._write(lambda db: changes.forget_site(db, one.id))
        self._by_slug.pop(slug, None)
        self._by_id.pop(one.id, None)
        self._statics.forget(one.id)
        self._tell.site_gone(slug)

    def start(self, slug: str, *, port: int | None = None) -> None:
        one = self._known(slug)
        has_it = one.state == "serving" and one.port == port
        if port and not has_it and (error := trial(port)):
            raise _refused(port, error)
        one.once_port = port
        self._want(one, True)
        self._apply(one, serve=True)
        self._serving.wait(one)
        if port and one.state == "serving" and one.port != port:
            self._serving.end(one)  # somebody was quicker
            raise _refused(port, errno.EADDRINUSE)

    def wait(self, one: Hosted) -> None:
        """Until it serves or a problem is known, a second at most."""
        self._serving.wait(one, patience_s=1)

    def stop(self, slug: str) -> None:
        one = self._known(slug)
        one.once_port = None
        self._want(one, False)
        self._serving.end(one)

    def restart(self, slug: str) -> None:
        one = self._known(slug)
        self._serving.end(one)
        self.start(slug, port=one.once_port)

    def settings(self, slug: str) -> Settings:
        one = self._known(slug)
        self._refresh(one)
        return one.settings or site_settings.load(one.folder, one.overrides)

    def change_settings(self, slug: str, changes_: Mapping[str, Any]) -> None:
        one = self._known(slug)
        checked = site_settings.check(one.folder, changes_)
        if site_settings.change(one.folder, changes_):
            # What was kept for it while the folder was read-only would stand over the file.
            overrides = {name: value for name, value in one.overrides.items() if name not in checked}
        else:
            overrides = _merged(one.overrides, checked)
        if overrides != one.overrides:
            self._write(lambda db: changes.set_site(db, one.id, overrides=overrides))
            one.overrides = overrides
        self._apply(one, serve=one.sent is not None)
        self._serving.wait(one)
        self._count(one)
        self._tell.site_changed(slug)

    def static_requests(self, slug: str) -> tuple[Sequence[Item], int]:
        return self._statics.of(self._known(slug).id)

    def port_changed(self, one: Hosted) -> None:
        """Keep it for the next start, unless it is for this time only."""
        if one.state == "serving" and one.port != one.stored_port and one.once_port is None:
            one.stored_port = one.port
            self._write_later(lambda db: changes.set_site(db, one.id, port=one.port))

    def _know(self, one: Hosted) -> None:
        self._by_slug[one.slug] = one
        self._by_id[one.id] = one

    def _known(self, slug: str) -> Hosted:
        if one := self._by_slug.get(slug):
            return one
        raise GatehouseError("site-gone", status=404, params={"site": slug[:100]})

    def _added(self, folder: Path, *, is_sample: bool) -> Hosted:
        with self._adding:
            found = look_at(folder, [one.folder for one in self.all()])
            path = _storable(found.folder)
            name = str(site_settings.load(found.folder).values["name"])
            row: dict[str, Any] = {
                "slug": slug_for(found.folder.name, self._by_slug),
                "name": name,
                "folder": path,
                "is_sample": is_sample,
                "added_us": time.time_ns() // 1000,
            }
            number = self._write(lambda db: changes.add_site(db, **row))
            one = hosted({**row, "id": number, "port": None, "is_wanted": False, "overrides": {}})
            self._know(one)
        return one

    def _want(self, one: Hosted, is_wanted: bool) -> None:
        if one.is_wanted == is_wanted:
            return
        one.is_wanted = is_wanted
        if self._remembers:
            self._write_later(lambda db: changes.set_site(db, one.id, is_wanted=is_wanted))

    def _open_all(self) -> None:
        """After the start, so that the window need not wait for folders on slow disks."""
        for serve in (True, False):
            for one in self.all():
                if one.is_wanted == serve and not one.settings and not self._is_closing:
                    self._apply(one, serve=serve)
        for one in self.all():
            if not self._is_closing:
                self._count(one)
                self._tell.site_changed(one.slug)
        self._watch.start()

    def _look(self) -> None:
        for one in self.all():
            try:
                self._refresh(one)
            except Exception:
                traceback.print_exc()  # of one site; the others are still looked at

    def _refresh(self, one: Hosted) -> None:
        """Bring into force what was changed in the folder."""
        if look_of(one.folder, one.settings) == one.seen:
            return
        before = _shown(one)
        self._apply(one, serve=one.sent is not None or (one.is_wanted and one.state == "problem"))
        self._count(one)
        if _shown(one) != before:
            self._tell.site_changed(one.slug)

    def _apply(self, one: Hosted, *, serve: bool) -> None:
        """Read the settings anew, and with `serve`, have the gateway serve the site by them."""
        with self._applying:
            try:
                readable_folder(one.folder)
                self._read_settings(one)
                assert one.settings
                site = site_settings.gateway_site({"id": one.id, "port": one.port}, one.settings)
            except GatehouseError as error:
                one.seen = look_of(one.folder, one.settings)
                self._serving.end(one, Problem(error.slug, error.params))
                return
            if serve:
                self._serving.ask(one, site)
            elif one.state in {"problem", "starting"}:
                self._serving.end(one)

    def _read_settings(self, one: Hosted) -> None:
        before = look_of(one.folder, one.settings)
        one.settings = site_settings.load(one.folder, one.overrides)
        after = look_of(one.folder, one.settings)
        # The folder and its settings file; where they changed while we read, the next look reads again.
        one.seen = after if after[:2] == before[:2] else ()
        values = one.settings.values
        self._recorder().set_keep(one.id, runs=values["keep.runs"], bytes_=int(values["keep.bytes_gib"] * (1 << 30)))
        if values["name"] != one.name:
            name = one.name = values["name"]
            self._write_later(lambda db: changes.set_site(db, one.id, name=name))

    def _count(self, one: Hosted) -> None:
        if one.settings is None:
            return
        try:
            scripts = scripts_of(one.folder, one.settings)
        except GatehouseError:
            return  # it is on its way out; the next look tells why
        one.scripts, one.languages = len(scripts), languages_of(scripts)

    def _write(self, act: Callable[[Any], T]) -> T:
        try:
            return self._recorder().do(act).result(_WRITE_S)
        except TimeoutError as error:
            raise GatehouseError("not-stored", status=503) from error

    def _write_later(self, act: Callable[[Any], Any]) -> None:
        self._recorder().do(act).add_done_callback(_show_fault)


def _refused(port: int, error: int) -> GatehouseError:
    why = refusal(port, error)
    return GatehouseError(why.slug, status=409, params=why.params)


def _storable(folder: Path) -> str:
    """Raises GatehouseError folder-not-utf8: the database and JSON hold text."""
    path = str(folder)
    try:
        path.encode()
    except UnicodeEncodeError as error:
        shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        raise GatehouseError("folder-not-utf8", params={"folder": shown}) from error
    return path


def _merged(overrides: Mapping[str, Any], checked: Mapping[str, Any]) -> dict[str, Any]:
    """None goes back to what the file says; of a table's entry it is kept, since it takes the file's entry out."""
    merged = {**overrides, **checked}
    return {name: value for name, value in merged.items() if value is not None or _is_entry(name)}


def _is_entry(name: str) -> bool:
    key = key_of(name)
    return key is not None and key.is_table and name != key.name


def _shown(one: Hosted) -> tuple[Any, ...]:
    return one.name, one.problem, one.scripts, tuple(one.languages), one.settings


def _show_fault(done: "Future[Any]") -> None:
    # Of the disk's trouble everybody has been told.
    if not done.cancelled() and (fault := done.exception()) and not isinstance(fault, DatabaseTrouble):
        traceback.print_exception(fault)
