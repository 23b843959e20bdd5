"""How long a start takes: `python3 tests/bench/start.py [starts]`.

    first, cold   a new account on a machine without Node.js: no caches of pip and npm, nothing built
    first, warm   the same with the caches that the cold one filled (another account's data folder, an update)
    second        everything is there

each from the start of the process to the first byte of the UI's page.  A bare `python -c pass` beside it shows how
fast this machine is; the network's share of the cold start depends on the line and the index that pip is set to.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
GOAL_S = {"first, cold": 45.0, "second": 0.5}


def main(starts: int = 10) -> None:
    with tempfile.TemporaryDirectory(prefix="gatehouse-bench-") as folder:
        root, home = Path(folder, "checkout"), Path(folder, "home")
        home.mkdir()
        copy_checkout(root)
        environment = {**os.environ, "HOME": str(home), "PATH": os.defpath, "GATEHOUSE_DATA": str(home / "data")}
        show("first, cold", [timed(first_byte, root, environment)])
        for made in (home / "data", root / "ui" / "node_modules", root / "ui" / "dist"):
            shutil.rmtree(made)
        show("first, warm", [timed(first_byte, root, environment)])
        show("second", [timed(first_byte, root, environment) for _ in range(starts)])
        show("(python -c pass)", [timed(bare_python) for _ in range(starts)])


def copy_checkout(to: Path) -> None:
    """What git would check out, with the changes of now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def first_byte(root: Path, environment: Mapping[str, str]) -> float:
    """Seconds from starting launcher.py to the first byte of the page it serves."""
    began = time.perf_counter()
    command = [base_python(), root / "launcher.py", "--no-window"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        line = program.stdout.readline()
        if not line.startswith("Gatehouse: "):
            program.kill()
            sys.exit(f"it did not start: {line}{program.stderr.read()}")
        with urllib.request.urlopen(line.split()[1].partition("#")[0], timeout=30) as page:
            page.read(1)
            took = time.perf_counter() - began
        program.terminate()
        program.communicate(timeout=60)
    return took


def bare_python() -> float:
    began = time.perf_counter()
    subprocess.run([base_python(), "-c", "pass"], check=True)
    return time.perf_counter() - began


def base_python() -> str:
    """One without our packages."""
    return getattr(sys, "_base_executable", sys.executable)


def timed(start: Callable[..., float], *arguments: Any) -> tuple[float, float]:
    """Its seconds, and the CPU seconds of all its processes (on a busy machine only these can be compared)."""
    before = cpu()
    return start(*arguments), cpu() - before


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(name: str, measured: list[tuple[float, float]]) -> None:
    seconds = [took for took, _ in measured]
    median = statistics.median(seconds)
    goal = f"   goal {GOAL_S[name]:g} s: {'met' if median <= GOAL_S[name] else 'MISSED'}" if name in GOAL_S else ""
    spread = f" ({min(seconds):.2f}-{max(seconds):.2f}, {len(seconds)} starts)" if len(seconds) > 1 else ""
    used = statistics.median(cpu_s for _, cpu_s in measured)
    print(f"{name:<18} {median:6.2f} s{spread}, CPU with its end {used:.2f} s{goal}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
