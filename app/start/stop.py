"""What ends the program: a signal, the window, or a click; all of them only ask, and the main thread ends in order."""

import signal
import socket
import threading
from types import FrameType


class Stop:
    """Asked from any thread and from signal handlers; waited for by the main thread.

    A socket and not a threading.Event: a handler that runs while the main thread is inside Event.wait() would wait
    for the lock that this very thread holds.
    """

    def __init__(self) -> None:
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        self.signal: int | None = None
        """Which signal asked, where one did."""

    def on_signals(self) -> None:
        """From the main thread.  A signal that our starter has us ignore (nohup) stays ignored."""
        # The kernel may hand the signal to any of our threads.  Python then waits for the main thread, which sleeps
        # in recv() and was not woken; the wake-up descriptor is written to from whichever thread it was.
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._signalled)

    def ask(self) -> None:
        try:
            self._write.send(b"x")
        except OSError:
            pass  # asked often enough to fill the buffer, or ended already

    def wait(self) -> None:
        self._read.recv(1)

    def wait_for(self, timeout_s: float) -> bool:
        """False where nobody asked in this time."""
        self._read.settimeout(timeout_s)
        try:
            return bool(self._read.recv(1, socket.MSG_PEEK))
        except TimeoutError:
            return False
        finally:
            self._read.settimeout(None)

    def close(self) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.set_wakeup_fd(-1)
        self._read.close()
        self._write.close()

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        self.ask()
