"""The price of tracking: CPU of a run with and without its records, and lighttpd's in the same rounds.

    python -m tests.bench.tracking [--runs N] [--rounds N]

CPU is the server's own and its scripts' (from /proc/PID/stat), the client's and the recorder's not.  A bare time says
nothing on a machine that does other things as well: look at the ratios.
"""

import argparse
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.live.gateway import Client, Gateway, site_in, wait_until

SCRIPTS = Path(__file__).parents[1] / "scripts"
TICK_S = 1 / os.sysconf("SC_CLK_TCK")

UNTRACKED = """
import runpy, sys
from app.gateway import record, records
record.opened = record.closed = lambda *_, **__: {}
records.Records.opened = records.Records.closed = lambda *_: None
sys.argv[0] = "gateway"
runpy.run_module("app.gateway", run_name="__main__")
"""


@dataclass
class Server:
    name: str
    pid: int
    port: int

    def cpu_s(self) -> float:
        """Its own and that of children it has waited for."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) * TICK_S


def measure(server: Server, script: str, runs: int, concurrency: int) -> float:
    """CPU microseconds a request."""
    before = server.cpu_s()
    each = runs // concurrency
    threads = [threading.Thread(target=ask, args=(server.port, script, each)) for _ in range(concurrency)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (server.cpu_s() - before) / (each * concurrency) * 1e6


def ask(port: int, script: str, times: int) -> None:
    with Client(port) as client:
        for _ in range(times):
            answer = client.get(f"/cgi-bin/{script}", headers="User-Agent: bench\r\nAccept: */*\r\n")
            assert answer.status == 200, answer


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[list[Server]]:
    site = folder / "site"
    (site / "cgi-bin").mkdir(parents=True)
    subprocess.run(["gcc", "-O2", "-static", "-o", site / "cgi-bin/hello", SCRIPTS / "hello.c"], check=True)
    python = site / "cgi-bin/hello.py"
    python.write_text("#!/usr/bin/python3\nprint('Content-Type: text/plain\\n\\nHello')\n")
    python.chmod(0o755)
    with contextlib.ExitStack() as stack:
        found = []
        for name, command in (("tracked", None), ("untracked", [sys.executable, "-c", UNTRACKED])):
            gateway = stack.enter_context(Gateway.start(folder / name, command=command))
            found.append(Server(name, gateway.process.pid, gateway.serve(site_in(site))))
        if shutil.which("lighttpd"):
            found.append(stack.enter_context(lighttpd(folder, site)))
        yield found


@contextlib.contextmanager
def lighttpd(folder: Path, site: Path) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "lighttpd.conf"
    config.write_text(
        f'server.modules = ("mod_cgi")\nserver.document-root = "{site}"\nserver.port = {port}\n'
        'server.bind = "127.0.0.1"\nserver.max-keep-alive-requests = 100000\n'
        '$HTTP["url"] =~ "^/cgi-bin/" { cgi.assign = ("" => "") }\n'
    )
    process = subprocess.Popen(["lighttpd", "-D", "-f", config])
    try:
        wait_until(lambda: answers(port), "lighttpd does not answer")
        yield Server("lighttpd", process.pid, port)
    finally:
        process.terminate()
        process.wait()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder).resolve()) as found:
        for script, concurrency, runs in (
            ("hello", 1, arguments.runs),
            ("hello", 8, arguments.runs),
            ("hello.py", 1, arguments.runs // 10),
        ):
            cost: dict[str, list[float]] = {server.name: [] for server in found}
            for _ in range(arguments.rounds):
                for server in found:
                    cost[server.name].append(measure(server, script, runs, concurrency))
            report(script, concurrency, {name: statistics.median(values) for name, values in cost.items()})


def report(script: str, concurrency: int, cost: dict[str, float]) -> None:
    tracked, untracked = cost["tracked"], cost["untracked"]
    print(
        f"{script} c={concurrency}: {tracked:.0f} µs CPU a run, {untracked:.0f} without records"
        f" (tracking {tracked - untracked:+.0f} µs, {tracked / untracked - 1:+.1%})"
    )
    if "lighttpd" in cost:
        print(f"    lighttpd {cost['lighttpd']:.0f} µs: Gatehouse is {cost['lighttpd'] / tracked:.2f}x")


if __name__ == "__main__":
    main()
