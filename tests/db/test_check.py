import os
from threading import Event

import pytest

from db.check import first_fault
from db.writer import Writer
from tests.db.conftest import add_site
from tests.db.records import closed, opened


@pytest.fixture
def filled(path):
    writer = Writer(path)
    add_site(writer, "one")
    writer.write(
        [(kind, make(run)) for run in range(1, 200) for kind, make in (("opened", opened), ("closed", closed))]
    )
    writer.close()
    return path


def test_a_good_file_has_no_fault(filled):
    assert first_fault(filled, Event()) is None


def test_a_damaged_page_is_found(filled):
    with filled.open("r+b") as file:
        file.seek(filled.stat().st_size - 3 * 4096)
        file.write(os.urandom(2 * 4096))

    assert first_fault(filled, Event())


def test_the_search_can_be_ended(filled):
    stop = Event()
    stop.set()

    assert first_fault(filled, stop) is None
