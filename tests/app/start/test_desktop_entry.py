"""The entry is read as a desktop reads it, and what its Exec says is started."""

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.start.desktop_entry import entry, quoted

from .conftest import wait_for

ROOT = Path(__file__).parents[3]
LAUNCHER = ROOT / "launcher.py"


def desktop(act, home, launcher=LAUNCHER):
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "LANG": "C.UTF-8", "LANGUAGE": "", "LC_ALL": ""}
    return subprocess.run([sys.executable, launcher, act], env=environment, capture_output=True, text=True)


def read(text):
    parser = configparser.RawConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read_string(text)
    return parser["Desktop Entry"]


def arguments(exec_line):
    """As the specification has it: strings are unescaped first, then the quotes are read, then %% is a percent sign."""
    unescaped = exec_line.replace("\\\\", "\\")
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', unescaped)
    return [re.sub(r"\\(.)", r"\1", argument).replace("%%", "%") for argument in quoted]


@pytest.mark.parametrize(
    "argument",
    [
        "/usr/bin/python3",
        "/home/a b/launcher.py",
        '/a"b/c',
        "/a$HOME/`x`",
        "/back\\slash",
        "/100%/f",
        "/点/文件",
        "/a'b",
    ],
)
def test_any_path_survives_the_quoting(argument):
    assert arguments(quoted(argument)) == [argument]


def test_the_entry_has_what_menus_ask_for():
    told = read(entry(["/usr/bin/python3", "/launcher.py"]))

    assert told["Type"] == "Application"
    assert told["Name"] == "Gatehouse"
    assert told["Icon"] == "gatehouse"
    assert told["Terminal"] == "false"
    assert told["Categories"] == "Development;WebDevelopment;"
    assert told["Comment[zh_CN]"]


def test_what_the_installed_entry_says_starts_gatehouse(tmp_path):
    """From another folder, as a menu does."""
    ended = desktop("--install-desktop", tmp_path / "share")
    assert ended.returncode == 0, ended.stderr
    assert "menu of your desktop" in ended.stderr

    told = read((tmp_path / "share/applications/gatehouse.desktop").read_text(encoding="utf-8"))
    started = subprocess.run([*arguments(told["Exec"]), "--version"], cwd=tmp_path, capture_output=True, text=True)

    assert started.stdout == f"Gatehouse {told['X-Gatehouse-Version']}\n"
    assert (tmp_path / "share/icons/hicolor/scalable/apps/gatehouse.svg").read_bytes() == (
        ROOT / "ui/icon.svg"
    ).read_bytes()


def test_it_starts_from_a_folder_with_awkward_signs_in_its_name(checkout, tmp_path):
    awkward = tmp_path / '50% "off" $HOME 文件夹 `x`'
    checkout.root.rename(awkward)

    assert desktop("--install-desktop", tmp_path / "share", awkward / "launcher.py").returncode == 0

    told = read((tmp_path / "share/applications/gatehouse.desktop").read_text(encoding="utf-8"))
    started = subprocess.run([*arguments(told["Exec"]), "--version"], cwd="/", capture_output=True, text=True)
    assert started.stdout.startswith("Gatehouse ")


LAUNCH = """
import sys
from gi.repository import Gio
Gio.DesktopAppInfo.new_from_filename(sys.argv[1]).launch([], None)
"""


def has_glib(python: str) -> bool:
    """Distributions have the binding for their own Python only."""
    return (
        Path(python).exists()
        and not subprocess.run([python, "-c", "from gi.repository import Gio"], capture_output=True).returncode
    )


def test_gnome_starts_it(checkout, tmp_path):
    """The desktop's own library reads Exec."""
    python = next((one for one in (sys.executable, "/usr/bin/python3") if has_glib(one)), None)
    if python is None:
        pytest.skip("GLib's binding (python3-gi) is not installed")
    launch = [python, "-c", LAUNCH, tmp_path / "share/applications/gatehouse.desktop"]
    awkward = tmp_path / '50% "off" $HOME 文件夹 `x`'
    checkout.root.rename(awkward)
    desktop("--install-desktop", tmp_path / "share", awkward / "launcher.py")
    environment = {**os.environ, **checkout.environment(), "TRIAL_LOG": str(tmp_path / "log")}
    environment.pop("DISPLAY", None)

    ended = subprocess.run(launch, env=environment, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
    assert wait_for(lambda: (tmp_path / "log").exists() and (tmp_path / "log").read_text()) == "ended"


def test_uninstalling_leaves_the_rest_of_the_desktop(tmp_path):
    other = tmp_path / "applications" / "other.desktop"
    other.parent.mkdir()
    other.write_text("[Desktop Entry]\n")
    desktop("--install-desktop", tmp_path)

    first, second = desktop("--uninstall-desktop", tmp_path), desktop("--uninstall-desktop", tmp_path)

    assert "no longer in the menu" in first.stderr
    assert "no entry to remove" in second.stderr
    assert first.returncode == second.returncode == 0
    assert [path for path in tmp_path.rglob("*") if "gatehouse" in path.name] == []
    assert other.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "icons").write_text("a file")

    ended = desktop("--install-desktop", tmp_path)

    assert ended.returncode == 1
    assert f"{tmp_path}/icons/hicolor/scalable/apps/gatehouse.svg cannot be written" in ended.stderr
