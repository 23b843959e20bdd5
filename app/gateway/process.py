"""The gateway's main: takes the parent's messages, serves sites, and leaves nothing behind when it goes."""

import asyncio
import errno
import os
import secrets
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from . import messages
from .admission import Admission
from .children import children
from .ending import Ender, end_all_left
from .explain import Explainer
from .files import Files
from .hosted import Hosted
from .legacy_cgi import folder_with_only_cgi
from .line import Line
from .listener import Listener, bound
from .orphans import Ledger, ledger_path
from .parent import Parent
from .pipes import pipes
from .portable import IS_PORTABLE
from .pump import Workshop
from .records import Records
from .runs import Runs
from .signals import Signals
from .spawn import raise_open_files
from .statics import Statics
from .subreaper import become_subreaper
from .values import Site
from .wire import site_from_wire

END_S = 5.0
"""For scripts that are being ended: TERM, KILL and the closing of their records."""

ANSWER_S = 1.0
"""For the last answers to be written."""

ACK_S = 2.0
"""For the parent's last acknowledgements after QUIT."""


class Gateway:
    """The process, from `run` to its end."""

    def __init__(self, *, next_run: int, spool: Path) -> None:
        self._loop = asyncio.get_running_loop()
        self._spool = spool
        self._parent: Parent | None = None
        self._listeners: dict[int, Listener] = {}
        self._turns: dict[int, asyncio.Lock] = {}
        self._leaving: asyncio.Future[bool] = self._loop.create_future()
        """Result: is the parent still there?"""

        self._tasks: set[asyncio.Task[None]] = set()
        signals = Signals(self._loop)
        for number in (signal.SIGTERM, signal.SIGINT):
            signals.on(number, lambda: self._leave(True))
        mark = secrets.token_hex(6)
        self._ledger = Ledger(ledger_path(spool), mark)
        self._records = Records(next_run, self._send)
        shop = Workshop(
            loop=self._loop,
            children=children(self._loop, signals),
            pipes=pipes(self._loop),
            ender=Ender(self._loop),
            ledger=self._ledger,
            devnull=os.open(os.devnull, os.O_RDONLY),
        )
        legacy_cgi = folder_with_only_cgi(spool.parent)
        self._runs = Runs(shop, self._records, gateway=mark, legacy_cgi=legacy_cgi)
        self._statics = Statics(self._loop, self._tell)
        self._explainer = Explainer(self._tell)
        self._line = Line(
            admission=Admission(self._records, self._tell),
            runs=self._runs,
            files=Files(self._statics),
            explainer=self._explainer,
        )

    async def run(self, sock: socket.socket) -> None:
        """Serve until the parent says QUIT or is gone."""
        self._parent = await Parent.connect(sock, self._on_frame, self._on_parent_gone)
        self._tell(messages.READY, {"pid": os.getpid()})
        has_parent = await self._leaving
        await self._end(has_parent=has_parent)

    # -- the parent

    def _send(self, frame: bytes) -> None:
        if self._parent:
            self._parent.send(frame)

    def _tell(self, kind: str, content: dict[str, Any]) -> None:
        self._send(messages.pack(kind, content))

    def _on_frame(self, frame: messages.Frame) -> None:
        kind, content = frame
        match kind:
            case messages.ACK:
                self._records.acknowledged((run, what) for run, what in content["runs"])
            case messages.EXPLAINED:
                self._explainer.explained(content)
            case messages.SERVE:
                self._do(self._serve(content))
            case messages.STOP_SITE:
                self._do(self._stop_site(content["site"]))
            case messages.STOP_RUN:
                self._runs.stop(content["run"])
            case messages.WATCH:
                self._statics.is_watched = content["on"]
            case messages.LINK:
                self._explainer.ui = content["ui"]
            case messages.QUIT:
                self._leave(True)

    def _on_parent_gone(self) -> None:
        self._explainer.is_parent_gone = True
        self._leave(False)

    def _leave(self, has_parent: bool) -> None:
        if not self._leaving.done():
            self._leaving.set_result(has_parent)

    def _do(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- sites

    def _in_turn(self, site: int) -> asyncio.Lock:
        """What is asked of one site is done in the order of asking."""
        return self._turns.setdefault(site, asyncio.Lock())

    async def _serve(self, content: dict[str, Any]) -> None:
        site = site_from_wire(content["site"])
        async with self._in_turn(site.id):
            await self._listen(site, content.get("slug"))

    async def _listen(self, site: Site, slug: str | None) -> None:
        """Listen, or take over new settings; on another port where one is wished for that it does not have."""
        listener = self._listeners.get(site.id)
        if listener and site.port in (None, listener.port):
            listener.hosted.site, listener.hosted.slug = site, slug
            self._tell(messages.LISTENING, {"site": site.id, "port": listener.port})
            return
        try:
            sock, refused = bound(site.port)
        except OSError as error:
            # Port 0: no other one follows.
            self._tell(messages.NOT_LISTENING, {"site": site.id, "port": 0, "errno": error.errno or errno.EIO})
            return
        if refused:
            self._tell(messages.NOT_LISTENING, {"site": site.id, "port": site.port, "errno": refused})
        hosted = listener.hosted if listener else Hosted(site, slug)
        hosted.site, hosted.slug = site, slug
        fresh = Listener(hosted, self._line, self._spool.parent)
        self._listeners[site.id] = fresh
        await fresh.open(sock)
        if listener:
            listener.close()
        self._tell(messages.LISTENING, {"site": site.id, "port": fresh.port})

    async def _stop_site(self, site: int) -> None:
        async with self._in_turn(site):
            await self._stop(site)

    async def _stop(self, site: int) -> None:
        listener = self._listeners.pop(site, None)
        if listener:
            listener.stop_accepting()
        running = self._runs.stop_all(site=site)
        if running:
            await asyncio.wait([run.process.over for run in running], timeout=END_S)
        if listener:
            listener.close()
        self._tell(messages.STOPPED, {"site": site})

    # -- the end

    async def _end(self, *, has_parent: bool) -> None:
        """Scripts first, then their records, then the ports."""
        for listener in self._listeners.values():
            listener.stop_accepting()
        running = self._runs.stop_all()
        if running:
            await asyncio.wait([run.process.over for run in running], timeout=END_S)
        await self._line.settle(ANSWER_S)
        for listener in self._listeners.values():
            listener.close(at_once=True)
        await self._line.settle(ANSWER_S)  # those whose client did not take its answer
        await end_all_left()
        self._statics.flush()
        if has_parent and self._parent:
            await self._parent.flush(ACK_S)
            await self._records.all_acknowledged(ACK_S)
        if lost := self._records.spool(self._spool):
            sys.stderr.write(f"Gatehouse: the disk is full; {lost} records of runs could not be kept.\n")
        self._ledger.close()
        if self._parent:
            self._parent.close()


async def _main(fd: int, next_run: int, spool: Path) -> None:
    with socket.socket(fileno=fd) as sock:
        sock.set_inheritable(False)
        await Gateway(next_run=next_run, spool=spool).run(sock)


def main(fd: int, next_run: int, spool: Path) -> None:
    """Blocks until the gateway ends."""
    _keep_standard_descriptors()
    become_subreaper()
    if not IS_PORTABLE:
        raise_open_files()
    asyncio.run(_main(fd, next_run, spool))


def _keep_standard_descriptors() -> None:
    """0, 1 and 2 must be taken, or a script's pipe could get one of these numbers and be closed by dup2's own rules."""
    while (fd := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(fd, True)
    os.close(fd)
