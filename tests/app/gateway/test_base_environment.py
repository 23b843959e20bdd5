import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.gateway.base_environment import base_environment, own_base_environment

LINUX = {"system": "linux", "private": None}


@pytest.mark.parametrize(
    ("ours", "language"),
    [
        pytest.param({"LANG": "de_DE.UTF-8"}, "de_DE.UTF-8", id="a UTF-8 language is kept"),
        pytest.param({"LANG": "zh_CN.utf8"}, "zh_CN.utf8", id="in its other spelling"),
        pytest.param({"LANG": "C", "LC_ALL": "fr_FR.UTF-8"}, "fr_FR.UTF-8", id="LC_ALL decides"),
        pytest.param({"LANG": "de_DE.UTF-8", "LC_CTYPE": "C"}, "C.UTF-8", id="LC_CTYPE decides about characters"),
        pytest.param({"LANG": "de_DE@euro"}, "C.UTF-8", id="another charset is replaced"),
        pytest.param({}, "C.UTF-8", id="unset, as after a double click"),
    ],
)
def test_the_language_is_one_that_speaks_utf8(ours, language):
    assert base_environment(ours, **LINUX)["LANG"] == language


def test_the_search_path_is_ours_without_our_own_programs_and_with_the_usual_folders():
    ours = {"PATH": os.pathsep.join(["/data/env/bin", ".", "", "/opt/bin", "/usr/bin", "/opt/bin"])}

    found = base_environment(ours, system="linux", private=Path("/data/env/bin"))

    assert found["PATH"].split(os.pathsep) == ["/opt/bin", "/usr/bin", "/usr/local/bin", "/bin"]


def test_only_named_variables_are_kept():
    ours = {"TZ": "Asia/Shanghai", "HOME": "/home/ada", "SECRET": "x", "LD_PRELOAD": "x", "SystemRoot": "x"}

    assert base_environment(ours, **LINUX).keys() == {"PATH", "LANG", "HOME", "TMPDIR", "TZ"}


def test_windows_keeps_what_its_programs_need():
    ours = {"SystemRoot": r"C:\Windows", "PATHEXT": ".EXE", "TZ": "", "HOME": "x"}

    found = base_environment(ours, system="win32", private=None)

    assert (found["SystemRoot"], found["PATHEXT"]) == (r"C:\Windows", ".EXE")
    assert "TZ" not in found


@pytest.mark.skipif(not shutil.which("env"), reason="needs env")
def test_a_script_finds_no_program_of_our_environment():
    path = own_base_environment()[b"PATH"].decode()

    found = shutil.which("python3", path=path)

    assert found is None or not Path(found).is_relative_to(Path(sys.prefix)) or sys.prefix == sys.base_prefix


def test_a_program_started_with_it_can_write_chinese():
    """Also where we were started with LANG unset."""
    environment = base_environment({"PATH": os.environ["PATH"]}, **LINUX)

    done = subprocess.run(
        [sys.executable, "-c", "print('文')"], env=environment, capture_output=True, timeout=60, check=True
    )

    assert done.stdout == "文\n".encode()
