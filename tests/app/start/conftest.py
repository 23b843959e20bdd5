"""A checkout of our own, whose one dependency and whose front end are made in no time and without a network."""

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from ui import build

ROOT = Path(__file__).parents[3]

WHO = '''"""`runs`: says where it runs."""
import importlib.metadata, json, os, sys
def add_arguments(parser): parser.add_argument("--json", action="store_true")
def run(options):
    trial = importlib.metadata.version("gatehouse-trial")
    print(json.dumps({"prefix": sys.prefix, "trial": trial, "data": str(options.data), "pid": os.getpid(),
                      "handed": "GATEHOUSE_HANDED_OVER" in os.environ}))
    return 7 if options.json else 0
'''
PROGRAM = '''"""Stands for the program: is ready, and waits for its stdin to end."""
import json, os, sys
from dataclasses import asdict, dataclass
from typing import Any
@dataclass
class ProgramOptions:
    data: Any; port: Any; mode: Any; serve: Any; serve_port: Any; json: Any; dist: Any; front_end_trouble: Any = None
def run_program(options, on_ready=None):
    page = (options.dist / "index.html").read_text()
    print(json.dumps({"mode": options.mode, "page": page, "prefix": sys.prefix,
                      "trouble": options.front_end_trouble}), flush=True)
    on_ready("http://127.0.0.1:1/#code")
    sys.stdin.read()
    if log := os.environ.get("TRIAL_LOG"):
        with open(log, "w") as file: file.write("ended")
    return 0
'''
BUILD = """
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
const out = process.argv[process.argv.indexOf("--outDir") + 1]
const text = readFileSync("src/main.txt", "utf8")
if (text.includes("broken")) throw new Error("main.txt is broken")
mkdirSync(out, { recursive: true })
writeFileSync(`${out}/index.html`, text)
"""


@dataclass
class Checkout:
    root: Path
    home: Path
    links: Path
    """Where pip finds distributions, and nowhere else."""
    node: Path

    def start(self, *arguments, **options) -> subprocess.Popen:
        """launcher.py with a Python that has none of our packages."""
        python = getattr(sys, "_base_executable", sys.executable)
        environment = {**self.environment(), **options.pop("env", {})}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(
            [python, self.root / "launcher.py", *arguments], env=environment, start_new_session=True, **pipes | options
        )

    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "PATH": os.pathsep.join([str(self.node), os.defpath]),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.links),
            "PIP_CONFIG_FILE": os.devnull,
            "GATEHOUSE_DATA": str(self.data),
        }

    def run(self, *arguments, **options) -> subprocess.CompletedProcess:
        with self.start(*arguments, **options) as process:
            stdout, stderr = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def who(self, *arguments, **options) -> dict:
        """What the command says of itself."""
        ended = self.run("runs", *arguments, **options)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    @property
    def data(self) -> Path:
        return self.home / "data"

    def environments(self) -> list[Path]:
        return sorted(self.data.glob("env-*[0-9a-f]"))

    def need(self, requirement: str) -> None:
        project = f'[project]\nname = "gatehouse"\ndependencies = ["{requirement}"]\n'
        (self.root / "pyproject.toml").write_text(project)

    def publish(self, version: str) -> None:
        """A wheel of gatehouse-trial."""
        info = f"gatehouse_trial-{version}.dist-info"
        with zipfile.ZipFile(self.links / f"gatehouse_trial-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr("gatehouse_trial.py", "")
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: gatehouse-trial\nVersion: {version}\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")


def wait_for(look, seconds=60):
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.02)
    raise TimeoutError(look)


@pytest.fixture
def node() -> build.Node:
    found = build.find_node()
    if found is None:
        pytest.skip("Node.js is not installed")
    return found


@pytest.fixture
def checkout(tmp_path, node) -> Checkout:
    root, home, links = (tmp_path / name for name in ("check out", "home", "links"))
    for folder in (root, home, links):
        folder.mkdir()
    caches = shutil.ignore_patterns("__pycache__", "tour")
    shutil.copytree(ROOT / "app", root / "app", ignore=caches)
    (root / "app/commands/runs.py").write_text(WHO)
    (root / "app/start/program.py").write_text(PROGRAM)
    shutil.copy(ROOT / "launcher.py", root)
    make_front_end(root)
    made = Checkout(root, home, links, node.program.parent)
    made.need("gatehouse-trial>=1,<2")
    made.publish("1.0")
    return made


def make_front_end(root: Path) -> None:
    """`ui`, with a build that copies one file."""
    (root / "ui" / "src").mkdir(parents=True)
    for name in ("__init__.py", "build.py", "icon.svg"):
        shutil.copy(ROOT / "ui" / name, root / "ui")
    package = {"name": "trial", "version": "1.0.0", "private": True}
    lock = {**package, "lockfileVersion": 3, "requires": True, "packages": {"": {"name": "trial", "version": "1.0.0"}}}
    (root / "ui/package.json").write_text(json.dumps({**package, "scripts": {"build": "node build.mjs"}}))
    (root / "ui/package-lock.json").write_text(json.dumps(lock))
    (root / "ui/build.mjs").write_text(BUILD)
    (root / "ui/src/main.txt").write_text("the first")
