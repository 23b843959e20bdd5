"""The UI server: the standard library's WSGI server with a thread for each request (PLATFORM.md 3).

Each event stream holds a thread of its own, so no number of them keeps another request waiting, and a stop does
not wait for them either.
"""

import contextlib
import io
import os
import selectors
import socket
import sys
import threading
from collections.abc import Callable
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import bottle


class UiServer(bottle.ServerAdapter):  # type: ignore[misc]  # bottle has no types
    """Listens on 127.0.0.1 as soon as it is made, so that the port is known; answers once `run` is called."""

    def __init__(self, port: int = 0) -> None:
        """Port 0 takes any free one.  Raises OSError where the port is taken."""
        self._wsgi = _Server(("127.0.0.1", port), _Handler)
        self._was_run = False
        super().__init__(host="127.0.0.1", port=self._wsgi.server_port)

    def run(self, handler: Callable[..., Any]) -> None:
        """Serve a WSGI application until `stop`."""
        self._wsgi.set_app(handler)
        self._was_run = True
        self._wsgi.serve_forever(poll_interval=0.1)

    def start(self, handler: Callable[..., Any]) -> None:
        """Serve in a thread of our own.  Connections are accepted from now on."""
        self._was_run = True
        threading.Thread(target=self.run, args=(handler,), name="ui-server", daemon=True).start()

    def stop(self, *, patience_s: float = 1) -> None:
        """Take no more requests; wait a moment for those that are being answered.  Event streams end by their hub."""
        if self._was_run:
            self._wsgi.shutdown()
        self._wsgi.server_close()
        self._wsgi.wait_until_idle(patience_s)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128  # with the usual 5, a burst of connections waits a second for TCP to try again
    allow_reuse_address = os.name == "posix"  # on Windows it would let another program take our port

    def __init__(self, address: tuple[str, int], handler: type[WSGIRequestHandler]) -> None:
        self._busy = 0
        self._idle = threading.Condition()
        super().__init__(address, handler)

    def server_bind(self) -> None:
        """As HTTPServer's, without its look-up of our own name in the DNS."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._idle:
            self._busy += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._idle:
            self._busy -= 1
            self._idle.notify_all()
        _close_gently(request)

    def wait_until_idle(self, patience_s: float) -> None:
        with self._idle:
            self._idle.wait_for(lambda: self._busy <= 0, timeout=patience_s)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves or falls silent is no news; anything else is a bug of ours."""
        if not isinstance(sys.exception(), OSError) and sys.stderr is not None:
            super().handle_error(request, client_address)


class _Handler(WSGIRequestHandler):
    timeout = 60  # of a client that connects and says nothing

    def get_environ(self) -> dict[str, Any]:
        target = self.path
        absolute = urlsplit(target) if target[:7].lower() == "http://" else None
        if absolute:
            self.path = target[7 + len(absolute.netloc) :] or "/"
        environ = super().get_environ()
        if absolute:
            environ["gatehouse.authority"] = absolute.netloc
        environ["gatehouse.is_connected"] = lambda: _is_connected(self.connection)
        return environ

    def address_string(self) -> str:
        return str(self.client_address[0])

    def get_stderr(self) -> Any:
        # None under pythonw and in a windowed bundle.
        return sys.stderr if sys.stderr is not None else io.StringIO()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: what the UI asks of itself interests nobody."""


def _is_connected(connection: socket.socket) -> bool:
    """False once the client has closed.  A stream with nothing to say would not notice by writing."""
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            return not selector.select(0) or bool(connection.recv(1, socket.MSG_PEEK))
    except (OSError, ValueError):
        return False


def _close_gently(connection: socket.socket) -> None:
    """Close so that the answer arrives.

    Closing with input unread (a body that was refused) makes the kernel reset the connection, and the client may
    lose the answer that tells it why.  So what still comes is read for a moment (RFC 9112 §9.6).
    """
    with contextlib.suppress(OSError), connection:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(1)
        for _ in range(256):
            if not connection.recv(1 << 16):
                break
