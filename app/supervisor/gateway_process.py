"""One life of the gateway process, from its start to its death, and the socket to it."""

import os
import select
import socket
import subprocess
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import app
from app.gateway.messages import QUIT, Unpacker, pack

_CODE = Path(app.__file__).parents[1]
_SLICE = 1 << 18
_AT_ONCE = getattr(socket, "MSG_DONTWAIT", None)

OnFrame = Callable[[str, dict[str, Any]], None]


class GatewayProcess:
    """Frames arrive on a thread of its own; sending never waits for the gateway."""

    def __init__(self, *, next_run: int, spool: Path, on_frame: OnFrame, on_end: Callable[[int], None]) -> None:
        """`on_end` hears the exit status (negative: the signal), after the last frame; both come from the reader
        thread, which begins with `listen`."""
        self._on_frame, self._on_end = on_frame, on_end
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = _start(theirs, next_run=next_run, spool=spool)
        self._waiting: deque[bytes] = deque()
        self._is_closed = False
        self._can_write = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="gateway-reader", daemon=True)

    @property
    def pid(self) -> int:
        return self._process.pid

    def listen(self) -> None:
        self._reader.start()
        threading.Thread(target=self._write, name="gateway-writer", daemon=True).start()

    def send(self, kind: str, content: dict[str, Any]) -> None:
        """To a gateway that has died: nothing happens, `on_end` follows or has been."""
        data = pack(kind, content)
        with self._can_write:
            if self._is_closed:
                return
            if not self._waiting:
                # Nearly always the kernel takes it at once, and no other thread has to wake.
                data = data[self._send_at_once(data) :]
            if data:
                self._waiting.append(data)
                self._can_write.notify()

    def stop(self, *, patience_s: float) -> None:
        """Let it end its scripts and hand over what it has; then, so that nothing is lost, let it spool the rest."""
        self.send(QUIT, {})
        if not self._has_ended(patience_s):
            # Taken for our death: what was not acknowledged goes to the spool file.
            self._hang_up()
            if not self._has_ended(2):
                self._process.kill()
        self._process.wait()
        if self._reader.ident is not None and self._reader is not threading.current_thread():
            self._reader.join(1)  # longer only where the recorder takes no more records

    def _has_ended(self, patience_s: float) -> bool:
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _read(self) -> None:
        unpacker = Unpacker()
        while data := self._receive():
            for kind, content in unpacker.feed(data):
                try:
                    self._on_frame(kind, content)
                except Exception:
                    # A bug of ours about one frame must not make us deaf to all that follow.
                    traceback.print_exc()
        self._hang_up()
        self._on_end(self._end())

    def _receive(self) -> bytes:
        try:
            return self._socket.recv(_SLICE)
        except OSError:
            return b""

    def _end(self) -> int:
        """The exit status.  A gateway that has closed its end and lives on is of no use any more."""
        if not self._has_ended(5):
            self._process.kill()
        return self._process.wait()

    def _send_at_once(self, data: bytes) -> int:
        """How much was taken.  0 where the kernel's buffer is full, or where the system cannot ask."""
        if _AT_ONCE is None:
            return 0
        try:
            return self._socket.send(data, _AT_ONCE)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)  # it is gone: the reader finds out

    def _write(self) -> None:
        """Sends what the kernel did not take at once."""
        while True:
            with self._can_write:
                self._can_write.wait_for(lambda: self._waiting or self._is_closed)
                if self._is_closed:
                    return
                data = self._waiting[0]
            try:
                select.select([], [self._socket], [])
                sent = self._socket.send(data)
            except (OSError, ValueError):
                return
            with self._can_write:
                if sent < len(data):
                    self._waiting[0] = data[sent:]
                else:
                    self._waiting.popleft()

    def _hang_up(self) -> None:
        with self._can_write:
            self._is_closed = True
            self._can_write.notify_all()
        # shutdown() wakes the threads that wait in recv() and select(); close() alone would not.
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it is gone already
        self._socket.close()


def _start(theirs: socket.socket, *, next_run: int, spool: Path) -> subprocess.Popen[bytes]:
    theirs.set_inheritable(True)
    command = [sys.executable, "-P", "-m", "app.gateway"]
    options = ["--fd", str(theirs.fileno()), "--next-run", str(next_run), "--spool", str(spool)]
    return subprocess.Popen(
        command + options,
        env={**os.environ, "PYTHONPATH": str(_CODE)},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if _has_descriptor(sys.stderr) else subprocess.DEVNULL,
        # A session of its own: Ctrl-C in the terminal is for us, and we end the gateway in order.
        start_new_session=True,
        **_handing_over(theirs),
    )


def _handing_over(theirs: socket.socket) -> dict[str, Any]:
    if os.name == "posix":
        return {"pass_fds": (theirs.fileno(),)}
    return {"close_fds": False, "creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}


def _has_descriptor(stream: Any) -> bool:
    """False under pythonw and where a test has replaced it: then there is nowhere to write to."""
    try:
        return int(stream.fileno()) >= 0
    except (AttributeError, OSError, ValueError):
        return False
