"""Everything between the gateway process and the rest of the program, put together."""

import shutil
from collections.abc import Set
from pathlib import Path
from typing import Any

from app.gateway import messages
from app.supervisor.gateway import Gateway
from app.supervisor.hosted import Hosted
from app.supervisor.leftovers import end_leftovers
from app.supervisor.notices import Notices
from app.supervisor.records import Records
from app.supervisor.serving import Serving
from app.supervisor.sites import Sites
from app.supervisor.spool import drop_spool, read_spool
from app.supervisor.statics import Statics
from app.supervisor.tell import Tell
from db.recorder import Recorder

_FULL_BYTES = 8 << 20
"""Free on the disk, below which it is called full."""

_BRIEFLY_S = 300
"""What is over is told for so long to windows that open."""

_SETTLE_S = 2
"""At the end, for the last runs to be judged.  A recorder that takes no more costs no record: the gateway spools."""


class Supervisor:
    """`open`, `start`, and at the end `close`, each once."""

    def __init__(self, *, database: Path, spool: Path, tell: Tell) -> None:
        """`spool` is the folder for what a gateway could not hand over."""
        self.database = database
        """Where it really is, once it is open."""
        self._spool, self._tell = spool / "records", tell
        self.notices = Notices(tell)
        self.statics = Statics()
        self._serving = Serving(send=self._send, on_change=self._site_changed)
        self.sites = Sites(serving=self._serving, statics=self.statics, tell=tell, recorder=lambda: self.recorder)
        self._records = Records(site_of=self.sites.by_id, send=self._send, tell=tell, link=lambda: self._gateway.link)
        self.recorder = Recorder(database, on_stored=self._records.stored, on_trouble=self._recording)
        self._records.keep_in(self.recorder)
        self._gateway = Gateway(
            spool=self._spool,
            on_frame=self._take,
            on_up=self._gateway_up,
            on_down=self._gateway_down,
            next_run=lambda: max(self.recorder.next_run, self._records.last + 1),
        )

    def open(self) -> None:
        """The database, with what the last gateway had left over.  Raises db.errors.NewerDatabase."""
        self._spool.parent.mkdir(parents=True, exist_ok=True)
        end_leftovers(self._spool)
        left = self.recorder.start(read_spool(self._spool, self.database))
        if not left:
            drop_spool(self._spool)
        found = self.recorder.database_state
        self.database = found.path
        if found.was_salvaged:
            self.notices.put("database-salvaged", {"folder": str(found.salvaged_to)})
        if found.is_temporary:
            self.notices.put("database-temporary")

    def start(self, *, as_last_time: bool) -> None:
        """The gateway and the sites; returns at once."""
        self._gateway.start()
        self.sites.begin(self.database, as_last_time=as_last_time)

    def set_link(self, ui: str) -> None:
        self._gateway.set_link(ui)

    def watch(self, slugs: Set[str]) -> None:
        """Whose requests for files are being looked at."""
        self._send(messages.WATCH, {"on": bool(slugs)})

    def stop(self, run: int) -> None:
        """End a running script (`app.api.services.RunDesk`)."""
        self._send(messages.STOP_RUN, {"run": run})

    @property
    def gateway_pid(self) -> int | None:
        return self._gateway.pid

    def close(self) -> None:
        """All scripts end, all that is known of them is on disk."""
        self.sites.close()
        self._gateway.stop()
        self._records.settle(_SETTLE_S)
        self.recorder.close()
        self._records.close()

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        self._gateway.send(kind, content)

    def _take(self, kind: str, content: dict[str, Any]) -> None:
        """A frame of the gateway, on its reader thread."""
        match kind:
            case messages.OPENED:
                self._records.opened(content)
            case messages.CLOSED:
                self._records.closed(content)
            case messages.EXPLAIN:
                self._records.explain(content)
            case messages.STATIC:
                self._static(content["site"], content["count"], content["items"])
            case messages.LISTENING:
                self._serving.listening(content["site"], content["port"])
            case messages.NOT_LISTENING:
                self._serving.not_listening(content["site"], content["port"], content["errno"])
            case messages.STOPPED:
                self._serving.stopped(content["site"])
            case messages.BUSY:
                self._busy(content["site"], content["reason"])

    def _static(self, site: int, count: int, items: list[dict[str, Any]]) -> None:
        self.statics.take(site, items, count)
        hosted = self.sites.by_id(site)
        if hosted and items:
            self._tell.static(hosted.slug, items)

    def _busy(self, site: int, reason: str) -> None:
        hosted = self.sites.by_id(site)
        if hosted:
            self.notices.put(f"busy-{reason}", {"site": hosted.name}, for_s=_BRIEFLY_S)

    def _site_changed(self, hosted: Hosted) -> None:
        self.sites.port_changed(hosted)
        self._tell.site_changed(hosted.slug)

    def _gateway_up(self) -> None:
        if self.notices.drop("gateway-down"):
            self.notices.put("gateway-restarted", for_s=_BRIEFLY_S)
        self._serving.gateway_up()

    def _gateway_down(self, status: int) -> None:
        self.notices.drop("gateway-restarted")
        self.notices.put("gateway-down", {"status": status})
        self._serving.gateway_down()
        self._records.gateway_died()
        end_leftovers(self._spool)

    def _recording(self, trouble: str | None) -> None:
        """The recorder cannot write (SQLite's words), or can again (None); it keeps what waits, meanwhile."""
        if trouble is None:
            stood = [self.notices.drop(slug) for slug in ("disk-full", "recording-stopped")]
            if any(stood):
                self.notices.put("recording-resumed", for_s=_BRIEFLY_S)
            return
        self.notices.drop("recording-resumed")
        # At a start, the disk has the room of the reserve, which was just given up.
        if "disk is full" in trouble or shutil.disk_usage(self.database.parent).free < _FULL_BYTES:
            self.notices.put("disk-full")
        else:
            self.notices.put("recording-stopped", {"reason": trouble})
