import time

import pytest

from app.errors import GatehouseError
from app.start import program
from app.start.instance import Instance, take_lock, write_instance
from app.start.program import ProgramOptions, run_program


@pytest.fixture
def options(tmp_path):
    return ProgramOptions(
        data=tmp_path, port=None, mode="none", serve=None, serve_port=None, json=False, dist=tmp_path / "dist"
    )


@pytest.mark.parametrize(
    "instance",
    [
        pytest.param(None, id="it has written nothing"),
        pytest.param(Instance("http://127.0.0.1:1/", "x", 1), id="nobody listens where it says"),
    ],
)
def test_one_that_holds_the_folder_and_does_not_answer_is_told_of(options, monkeypatch, instance):
    monkeypatch.setattr(program, "PATIENCE_S", 0.2)
    if instance:
        write_instance(options.data, instance)
    with take_lock(options.data):
        before = time.monotonic()

        with pytest.raises(GatehouseError) as told:
            run_program(options)

    assert told.value.slug == "instance-silent"
    assert time.monotonic() - before >= 0.2


def test_the_folder_is_free_again_after_a_start_that_failed(options, monkeypatch):
    monkeypatch.setattr(program, "PATIENCE_S", 0.2)
    with take_lock(options.data), pytest.raises(GatehouseError):
        run_program(options)

    lock = take_lock(options.data)

    assert lock
    lock.close()
