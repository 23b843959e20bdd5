import pytest

from app.window.offer import command_for


@pytest.mark.parametrize(
    ("names", "begins"),
    [
        pytest.param(["debian"], "sudo apt install python3-gi", id="Debian"),
        pytest.param(["linuxmint", "ubuntu", "debian"], "sudo apt install", id="Mint, by what it is like"),
        pytest.param(["fedora"], "sudo dnf install", id="Fedora"),
        pytest.param(["rocky", "rhel", "centos", "fedora"], "sudo dnf install", id="Rocky, by what it is like"),
        pytest.param(["arch"], "sudo pacman -S", id="Arch"),
        pytest.param(["opensuse-tumbleweed", "opensuse", "suse"], "sudo zypper install", id="openSUSE Tumbleweed"),
        pytest.param(["opensuse-leap"], "sudo zypper install", id="openSUSE Leap"),
    ],
)
def test_each_system_gets_its_own_command(names, begins):
    assert command_for(names).startswith(begins)


def test_a_system_that_nobody_knows_gets_none():
    assert command_for(["plan9", ""]) is None
