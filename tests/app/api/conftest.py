from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.api.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path.resolve())
    try:
        yield made
    finally:
        made.close()
