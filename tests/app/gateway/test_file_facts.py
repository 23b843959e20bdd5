import os
import stat

import pytest

from app.gateway.file_facts import file_facts


def test_mode_size_and_the_first_512_bytes_are_told(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(b"#!/bin/sh\n" + b"x" * 1000)
    path.chmod(0o750)

    facts = file_facts(str(path))

    assert facts is not None
    assert (stat.S_IMODE(facts.mode), facts.size, len(facts.head)) == (0o750, 1010, 512)
    assert facts.head.startswith(b"#!/bin/sh\n")
    assert facts.mtime_ns == path.stat().st_mtime_ns


def test_a_file_that_is_gone_has_no_facts(tmp_path):
    assert file_facts(str(tmp_path / "gone.py")) is None


def test_a_program_that_may_be_run_but_not_read_has_an_empty_head(public_folder, as_somebody):
    path = public_folder / "a.cgi"
    path.write_bytes(b"\x7fELF")
    path.chmod(0o111)

    with as_somebody():
        facts = file_facts(str(path))

    assert facts is not None
    assert (stat.S_IMODE(facts.mode), facts.head) == (0o111, b"")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_without_a_writer_does_not_keep_us_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    facts = file_facts(str(tmp_path / "pipe"))

    assert facts is None or facts.head == b""
