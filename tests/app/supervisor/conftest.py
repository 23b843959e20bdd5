import pytest

from tests.app.supervisor.heard import Told


@pytest.fixture
def told() -> Told:
    return Told()
