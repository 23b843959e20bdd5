"""Gatehouse as a process of its own, started by its launcher."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.program.running import ROOT, Running, children, eventually, is_alive


class Started(Running):
    def wait_window(self, backend: str) -> None:
        """Until a page is shown in a window made with this."""
        window = eventually(lambda: (told := self.api("GET", "/api/state")["window"])["native"] and told)
        assert window["backend"].startswith(backend), window

    def child(self, module: str) -> int:
        """The pid of the child that runs this module."""
        return eventually(lambda: next((pid for pid in children(self.pid) if module in command(pid)), None))


@contextmanager
def started(command: Sequence[str], *, environment: Mapping[str, str | None], errors: Path) -> Iterator[Started]:
    """`command`: the interpreter and the options.  Whatever is left at the end is ended."""
    python, *options = command
    merged = {**os.environ, "LANG": "C.UTF-8", **environment}
    with errors.open("wb") as stderr:
        process = subprocess.Popen(
            # Ctrl-C is ignored by what a shell has put into the background, and the tests may be there.
            ["env", "--default-signal=INT", python, str(ROOT / "launcher.py"), *options],
            env={name: value for name, value in merged.items() if value is not None},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            start_new_session=True,
        )
    begun = Started(process, errors)
    try:
        yield begun
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """Politely; then by force, with the children, which could not see it go."""
    left = [process.pid, *children(process.pid)] if process.poll() is None else []
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
    eventually(lambda: not any(map(is_alive, left)))


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except FileNotFoundError:
        return ""
