import sys

import pytest

from app.window import offer
from app.window.offer import command_for


@pytest.mark.parametrize(
    ("system", "like", "begins"),
    [
        pytest.param("debian", "", "sudo apt install python3-gi", id="Debian"),
        pytest.param("linuxmint", "ubuntu debian", "sudo apt install", id="Mint, by what it is like"),
        pytest.param("fedora", "", "sudo dnf install python3-gobject gtk3 webkit2gtk4.1", id="Fedora"),
        pytest.param("arch", "", "sudo pacman -S", id="Arch"),
        pytest.param("opensuse-tumbleweed", "opensuse suse", "sudo zypper install", id="openSUSE Tumbleweed"),
        pytest.param("opensuse-leap", "", "sudo zypper install", id="openSUSE Leap"),
    ],
)
def test_each_system_gets_its_own_command(system, like, begins):
    assert command_for({"ID": system, "ID_LIKE": like}).startswith(begins)


def test_rocky_9_has_webkit_and_rocky_10_has_none():
    rocky = {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}

    assert command_for({**rocky, "VERSION_ID": "9.6"}) == "sudo dnf install python3-gobject gtk3 webkit2gtk3"
    assert command_for({**rocky, "VERSION_ID": "10.1"}) is None


def test_a_system_that_nobody_knows_gets_qt_by_the_program_that_runs(monkeypatch):
    assert command_for({"ID": "plan9"}) is None

    monkeypatch.setattr(offer, "_release", dict)
    monkeypatch.setattr(sys, "argv", ["/opt/my tools/launcher.py", "--browser"])
    assert offer.command() == f"{sys.executable} '/opt/my tools/launcher.py' --setup-window"
    monkeypatch.setattr(sys, "argv", ["/opt/bin/gatehouse"])
    assert offer.command() == "/opt/bin/gatehouse --setup-window"
