import os
import sys
from pathlib import Path

import pytest

from app.gateway.programs import is_gone, is_python, on_path, python_version


def program(path: Path, text: str = "#!/bin/sh\n", mode: int = 0o755) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def test_the_first_program_of_that_name_on_path_is_found(tmp_path):
    first = program(tmp_path / "a" / "tool")
    program(tmp_path / "b" / "tool")
    program(tmp_path / "b" / "other")
    path = os.pathsep.join([str(tmp_path / "gone"), str(tmp_path / "a"), str(tmp_path / "b")])

    assert on_path("tool", path) == str(first)
    assert on_path("other", path) == str(tmp_path / "b" / "other")
    assert on_path(str(first), "") == str(first)


@pytest.mark.parametrize("name", ["", "missing", "a/tool", "../b/tool", "/no/such/tool", "folder", "text"])
def test_what_is_no_program_on_path_is_not_found(tmp_path, name):
    program(tmp_path / "a" / "tool")
    program(tmp_path / "text", mode=0o644)
    (tmp_path / "folder").mkdir()

    assert on_path(name, str(tmp_path)) is None


def test_a_path_is_gone_only_where_it_leads_nowhere(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "broken").symlink_to("nowhere")

    assert is_gone(os.fsencode(tmp_path / "missing"))
    assert is_gone(os.fsencode(tmp_path / "file" / "below"))
    assert is_gone(os.fsencode(tmp_path / "broken"))
    assert not is_gone(os.fsencode(tmp_path))
    assert not is_gone(os.fsencode(tmp_path / "file"))


@pytest.mark.parametrize("name", ["python", "python3", "/usr/bin/python3.13", "/opt/python2.7"])
def test_a_python_is_known_by_its_name(name):
    assert is_python(name)


@pytest.mark.parametrize("name", ["perl", "python3-config", "/usr/bin/python/x", "mypython", ""])
def test_other_programs_are_no_python(name):
    assert not is_python(name)


def test_the_version_is_read_from_the_real_files_name_without_starting_it(tmp_path):
    """A Python that would fail if it were asked."""
    program(tmp_path / "lib" / "python3.13", "#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").symlink_to("lib/python3.13")

    assert python_version(str(tmp_path / "python3"), {}, str(tmp_path)) == (3, 13)


def test_a_python_whose_name_does_not_tell_is_asked_once(tmp_path):
    """As pyenv's shims are: a shell script that starts the right one."""
    asked = tmp_path / "asked"
    shim = program(tmp_path / "python3", f'#!/bin/sh\necho x >> "{asked}"\nprintf 3.14\n')

    versions = {python_version(str(shim), {b"PATH": b"/usr/bin:/bin"}, str(tmp_path)) for _ in range(3)}

    assert versions == {(3, 14)}
    assert asked.read_text() == "x\n"


def test_an_upgraded_python_is_looked_at_again(tmp_path):
    shim = program(tmp_path / "python3", "#!/bin/sh\nprintf 3.11\n")
    before = python_version(str(shim), {}, str(tmp_path))
    shim.unlink()
    program(tmp_path / "python3", "#!/bin/sh\nprintf 3.13\n")
    os.utime(shim, ns=(1, 1))

    assert (before, python_version(str(shim), {}, str(tmp_path))) == ((3, 11), (3, 13))


def test_the_version_of_a_real_python_is_right(tmp_path):
    assert python_version(sys.executable, {}, str(tmp_path)) == sys.version_info[:2]


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho nonsense\n", "#!/no/such/program\n"])
def test_a_python_that_does_not_answer_has_no_version(tmp_path, text):
    shim = program(tmp_path / "python", text)

    assert python_version(str(shim), {}, str(tmp_path)) is None
    assert python_version(str(tmp_path / "gone"), {}, str(tmp_path)) is None
