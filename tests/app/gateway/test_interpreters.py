import os
from pathlib import Path

import pytest

from app.gateway.file_facts import file_facts
from app.gateway.interpreters import Start, _by_first_line, start_of
from app.gateway.resolve import resolve
from app.gateway.shebang import read_shebang
from app.gateway.values import Note, Script


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder on PATH with a python3, a perl and an env; none of them is ever started."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("python3", "perl", "env", "python3.13"):
        (folder / name).write_bytes(b"")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def start(make_site, programs):
    """How a script with this first line would be started."""

    def of(first_line: str | bytes, *, name: str = "a.py", mode: int = 0o755, **settings) -> Start:
        line = first_line.encode() if isinstance(first_line, str) else first_line
        site = make_site({f"cgi-bin/{name}": line + b"\nprint(1)\n"}, **settings)
        script = resolve(site, f"/cgi-bin/{name}".encode())
        assert isinstance(script, Script)
        script.path.chmod(mode)
        return start_of(
            site,
            script,
            file_facts(str(script.path)),
            search_path=str(programs),
            working_directory=os.fsencode(script.path.parent),
        )

    return of


def is_itself(start: Start) -> bool:
    return start.program.endswith(b"/cgi-bin/a.py") and start.before == () and start.notes == ()


@pytest.mark.parametrize(
    "first_line",
    [
        pytest.param("#!/bin/sh", id="leads somewhere"),
        pytest.param("#!/bin/sh -e", id="with an argument"),
        pytest.param("#!/usr/bin/env python3", id="env is the kernel's business"),
        pytest.param("#!/usr/bin/env no-such-program", id="and what env does not find is env's to say"),
        pytest.param("#!/no/such/python3\r", id="a carriage return is not mended"),
        pytest.param("#!/no/such/python", id="another name is not the same name"),
        pytest.param("#!/tmp", id="a folder is something"),
        pytest.param("print('no first line')", id="no first line"),
    ],
)
def test_the_kernel_is_left_to_read_the_first_line(start, first_line):
    assert is_itself(start(first_line))


@pytest.mark.parametrize(
    ("first_line", "name", "argument"),
    [
        ("#!/no/such/bin/python3", "python3", ()),
        ("#! /usr/local/no/python3 -u", "python3", (b"-u",)),
        ("#!/no/such/perl -w -T", "perl", (b"-w -T",)),
        ("#!C:\\xampp\\perl\\bin\\perl.exe -w", "perl", (b"-w",)),
        ("#!python3", "python3", ()),
        ("#!/no/such/env python3", "env", (b"python3",)),
    ],
)
def test_an_interpreter_that_is_not_there_is_replaced_by_the_one_of_the_same_name(
    start, programs, first_line, name, argument
):
    found = start(first_line)

    used = os.fsencode(programs / name)
    assert (found.program, found.before) == (used, (used, *argument))
    asked = first_line.removeprefix("#!").split()[0]
    assert found.notes == (Note("interpreter-replaced", {"asked": asked, "used": str(programs / name)}),)


def test_a_site_may_want_it_to_fail_as_other_hosts_do(start):
    assert is_itself(start("#!/no/such/python3", missing_interpreter="fail"))


def test_a_missing_execute_bit_is_not_passed_over(start):
    """Otherwise the script would run here and fail everywhere else."""
    assert is_itself(start("#!/no/such/python3", mode=0o644))
    assert is_itself(start("#!/bin/sh", mode=0o644, interpreters={".py": "python3"}))


@pytest.mark.parametrize(
    ("first_line", "interpreters", "name", "arguments"),
    [
        pytest.param("#!/bin/sh -e", {".py": "python3"}, "python3", (), id="by extension: another kind's arguments go"),
        pytest.param("#!/usr/bin/python2 -u", {".py": "python3"}, "python3", (b"-u",), id="the same kind's stay"),
        pytest.param("print(1)", {".py": "python3"}, "python3", (), id="without a first line"),
        pytest.param("#!/usr/bin/perl5 -w", {"perl5": "perl"}, "perl", (b"-w",), id="by name"),
        pytest.param("#!/usr/bin/env python", {"python": "python3"}, "python3", (), id="by name, behind env"),
        pytest.param("#!/usr/bin/env -S python -u", {"python": "python3"}, "python3", (b"-u",), id="behind env -S"),
        pytest.param("#!/x/python", {".py": "perl", "python": "python3"}, "perl", (), id="the extension goes first"),
    ],
)
def test_the_sites_own_interpreter_is_used(start, programs, *, first_line, interpreters, name, arguments):
    found = start(first_line, interpreters=interpreters)

    used = os.fsencode(programs / name)
    assert (found.program, found.before) == (used, (used, *arguments))
    assert [note.slug for note in found.notes] == ["interpreter-chosen"]


def test_an_interpreter_of_the_site_that_is_not_here_is_handed_over_as_it_is(start):
    """So that the run fails, and says which program is missing."""
    found = start("#!/bin/sh", interpreters={".py": "/opt/python9"})

    assert (found.program, found.interpreter) == (b"/opt/python9", None)


def test_an_entry_for_another_kind_of_script_changes_nothing(start):
    assert is_itself(start("#!/bin/sh", interpreters={".pl": "perl", "ruby": "perl"}))


@pytest.mark.parametrize(
    ("first_line", "interpreter"),
    [("#!/usr/bin/python3", "/usr/bin/python3"), ("#!/usr/bin/env python3", "python3"), ("x", None)],
)
def test_what_interprets_the_script_in_the_end_is_told(start, first_line, interpreter):
    assert start(first_line).interpreter == interpreter


def test_where_the_system_knows_no_first_line_we_read_it(programs):
    found = _by_first_line(read_shebang(b"#!/usr/bin/env python3\r\n"), str(programs))

    assert found is not None
    assert (found.program, found.before) == (os.fsencode(programs / "python3"), (os.fsencode(programs / "python3"),))
    assert _by_first_line(read_shebang(b"#!/usr/bin/ruby\n"), str(programs)) is None
    assert _by_first_line(None, str(programs)) is None
