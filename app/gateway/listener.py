"""A site's port: accepts connections on 127.0.0.1 and nowhere else."""

import asyncio
import errno
import socket
import sys
from pathlib import Path

from .connection import Connection
from .hosted import Hosted
from .http import Refusal
from .line import Line
from .own_answers import refuse
from .reply import Reply
from .values import Request

_BACKLOG = 512
_SWEEP_S = 2.0
"""How often connections that are too slow are looked for."""

_MIB = 1 << 20


class Listener:
    """One site's, until `close`."""

    def __init__(self, hosted: Hosted, line: Line, spool_folder: Path) -> None:
        self.hosted = hosted
        self.port = 0
        self.spool_folder = spool_folder
        self._line = line
        self._connections: set[Connection] = set()
        self._server: asyncio.Server | None = None
        self._sweeper: asyncio.TimerHandle | None = None

    async def open(self, sock: socket.socket) -> None:
        """Accept connections on a bound socket."""
        loop = asyncio.get_running_loop()
        self.port = sock.getsockname()[1]
        self._server = await loop.create_server(lambda: Connection(self, loop), sock=sock, backlog=_BACKLOG)
        self._sweep()

    def stop_accepting(self) -> None:
        """The port is free at once; requests that are being answered go on."""
        if self._server:
            self._server.close()

    def close(self, *, at_once: bool = False) -> None:
        """Close all; `at_once` also what a client has not taken yet.  Its scripts are ended by others, before."""
        self.stop_accepting()
        if self._sweeper:
            self._sweeper.cancel()
        for connection in list(self._connections):
            connection.give_up(at_once=at_once)

    # -- for its connections (connection.Door)

    @property
    def body_cap(self) -> int | None:
        body_mib = self.hosted.site.limits.body_mib
        return None if body_mib is None else body_mib * _MIB

    def answer(self, request: Request, path: bytes, reply: Reply) -> None:
        self._line.answer(self.hosted, request, path, reply)

    def refuse(self, refusal: Refusal, reply: Reply, accept: bytes, language: bytes) -> None:
        refuse(reply, refusal, accept=accept, language=language)

    def opened(self, connection: Connection) -> None:
        self._connections.add(connection)

    def closed(self, connection: Connection) -> None:
        self._connections.discard(connection)

    def _sweep(self) -> None:
        """One timer for all connections: one for each would cost more than a small answer."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for connection in [one for one in self._connections if one.is_late(now)]:
            connection.time_out()
        self._sweeper = loop.call_later(_SWEEP_S, self._sweep)


def bound(port: int | None) -> tuple[socket.socket, int]:
    """(a socket on that port or, where it is refused, on any free one; 0 or the errno of the refusal).

    Raises OSError where not even that is to be had.
    """
    refused = 0
    if port is not None:
        try:
            return _bind(port), 0
        except OSError as error:
            refused = error.errno or errno.EADDRINUSE
        except OverflowError:  # no port number
            refused = errno.EINVAL
    return _bind(0), refused


def _bind(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let another program take our port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", port))
        sock.listen(_BACKLOG)  # two may bind with SO_REUSEADDR; only one may listen
    except BaseException:
        sock.close()
        raise
    return sock
