import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.live.gateway import Client, Gateway, Lines, site_in

SCRIPTS = Path(__file__).parents[1] / "scripts"


@pytest.fixture
def is_portable() -> bool:
    """Linux's own code paths; a test marked with BOTH runs on the portable ones too, and GATEHOUSE_PORTABLE=1 takes all
    there."""
    return os.environ.get("GATEHOUSE_PORTABLE") == "1"


@pytest.fixture
def gateway(tmp_path: Path, is_portable: bool) -> Iterator[Gateway]:
    with Gateway.start(tmp_path / "data", is_portable=is_portable) as gateway:
        yield gateway


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty site."""
    folder = tmp_path.resolve() / "site"
    (folder / "cgi-bin").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>Home</h1>\n")
    return folder


@pytest.fixture
def script(folder: Path) -> Callable[[str, str], Path]:
    """Writes a script into the site; `script("a.sh", "#!/bin/sh\\n…")`."""

    def write(name: str, text: str, mode: int = 0o755) -> Path:
        path = folder / "cgi-bin" / name
        path.write_text(text)
        path.chmod(mode)
        return path

    return write


@pytest.fixture
def kept_script(folder: Path) -> Callable[[str], Path]:
    """Copies one of tests/scripts into the site."""

    def copy(name: str) -> Path:
        target = folder / "cgi-bin" / name
        shutil.copy(SCRIPTS / name, target)
        target.chmod(0o755)
        return target

    return copy


@pytest.fixture
def port(gateway: Gateway, folder: Path) -> int:
    return gateway.serve(site_in(folder))


@pytest.fixture
def client(port: int) -> Iterator[Client]:
    with Client(port) as client:
        yield client


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    with contextlib.closing(Lines(tmp_path / "lines")) as lines:
        yield lines
