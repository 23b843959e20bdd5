"""Starts of a real launcher in a checkout of its own, with a Python that has none of our packages."""

import json
import os
import re
import signal
from pathlib import Path

import pytest


def test_the_first_start_makes_an_environment_and_runs_in_it(checkout):
    ended = checkout.run("runs", "--json")

    [made] = checkout.environments()
    told = json.loads(ended.stdout)
    assert ended.returncode == 7
    assert told == {
        "prefix": str(made),
        "trial": "1.0",
        "data": str(checkout.data),
        "pid": told["pid"],
        "handed": False,
    }
    assert "Make an environment" in ended.stderr
    assert "Fetch the packages" in ended.stderr


def test_the_second_start_makes_nothing_and_says_nothing(checkout):
    first = checkout.who()

    # Nothing can be fetched any more.
    ended = checkout.run("runs", env={"PIP_FIND_LINKS": os.devnull})

    assert ended.stderr == ""
    assert json.loads(ended.stdout)["prefix"] == first["prefix"]


def test_one_process_becomes_the_other(checkout):
    """Signals, the terminal and the exit status belong to who was started."""
    checkout.who()

    with checkout.start("runs") as process:
        told = json.loads(process.communicate(timeout=60)[0])

    assert told["pid"] == process.pid


def test_another_data_folder_uses_the_environment_that_is_there(checkout, tmp_path):
    first = checkout.who()

    second = checkout.who("--data", str(tmp_path / "other"))

    assert second["prefix"] == first["prefix"]
    assert second["data"] == str(tmp_path / "other")


def test_a_data_folder_that_is_named_gets_all(checkout, tmp_path):
    told = checkout.who("--data", str(tmp_path / "other"))

    assert Path(told["prefix"]).parent == tmp_path / "other"
    assert not checkout.data.exists()


def test_two_first_starts_at_once_make_one(checkout):
    with checkout.start("runs") as one, checkout.start("runs") as other:
        told = [json.loads(process.communicate(timeout=120)[0]) for process in (one, other)]

    assert [one.returncode, other.returncode] == [0, 0]
    assert {each["prefix"] for each in told} == {str(made) for made in checkout.environments()}


def test_an_interrupted_start_is_made_good(checkout):
    with checkout.start("runs", stdout=None) as process:
        for line in process.stderr:
            if "Fetch the packages" in line:
                os.killpg(process.pid, signal.SIGKILL)
    [left] = checkout.environments()
    assert not (left / ".complete").exists()
    (left / "lib" / "rubbish").write_text("")

    told = checkout.who()

    assert told["prefix"] == str(left)
    assert not (left / "lib" / "rubbish").exists()


def test_an_environment_of_earlier_dependencies_goes_after_a_good_start(checkout):
    checkout.who()
    [earlier] = checkout.environments()
    checkout.need("gatehouse-trial>=2")
    checkout.publish("2.0")

    assert checkout.who()["trial"] == "2.0"
    assert earlier in checkout.environments()  # a command is no proof that the program starts
    ended = checkout.run("--no-window")

    assert ended.returncode == 0, ended.stderr
    assert earlier not in checkout.environments()
    assert len(checkout.environments()) == 1


def test_an_environment_in_use_stays(checkout):
    with checkout.start("--no-window") as running:
        earlier = json.loads(running.stdout.readline())["prefix"]
        checkout.need("gatehouse-trial>=2")
        checkout.publish("2.0")
        assert checkout.run("--no-window").returncode == 0

        assert Path(earlier, ".complete").exists()
        running.communicate(timeout=60)


def test_without_a_network_a_sentence_and_a_command(checkout):
    """A proxy at a port where nobody listens is what a cut cable is to pip: no connection."""
    ended = checkout.run(
        "runs", env={"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_FIND_LINKS": ""}
    )

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-3:] == [
        "What Gatehouse needs for its first start could not be fetched: there is no way to the package index.",
        "Check the network (a proxy is taken from HTTPS_PROXY), then start Gatehouse again; what was fetched already "
        "is kept:",
        "  python3 launcher.py",
    ]
    assert "Traceback" not in ended.stderr


def test_what_pip_refuses_is_told_in_its_words(checkout):
    checkout.need("gatehouse-trial>=5")

    ended = checkout.run("runs", env={"LANG": "zh_CN.UTF-8"})

    assert ended.returncode == 1
    assert "无法安装 Gatehouse 所需的软件包：No matching distribution found for gatehouse-trial>=5" in ended.stderr
    assert "gatehouse-trial" in (checkout.data / "log" / "start.log").read_text()


def test_a_python_that_cannot_make_environments_says_what_to_install(checkout):
    launcher = (checkout.root / "launcher.py").read_text()
    hidden = "import sys\nsys.modules['pip'] = sys.modules['ensurepip'] = None\n"
    (checkout.root / "launcher.py").write_text(launcher.replace("import sys\n", hidden, 1))

    ended = checkout.run("runs")

    assert ended.returncode == 1
    assert "cannot make one: its modules for that are missing." in ended.stderr
    assert re.search(r"then start Gatehouse again:\n  \S.+\n$", ended.stderr)


def test_a_data_folder_that_cannot_be_written_is_named(checkout):
    checkout.data.write_text("a file")

    ended = checkout.run("runs")

    assert ended.returncode == 1
    assert f"The folder {checkout.data}, where Gatehouse keeps its data, cannot be written" in ended.stderr.replace(
        "~", str(checkout.home)
    )


def test_settings_of_pip_that_lead_elsewhere_do_no_harm(checkout, tmp_path):
    told = checkout.who(env={"PIP_USER": "1", "PIP_TARGET": str(tmp_path / "elsewhere"), "PYTHONPATH": str(tmp_path)})

    assert told["trial"] == "1.0"
    assert not (tmp_path / "elsewhere").exists()


def started(checkout, *arguments, **options):
    """(what the program was given, what was said on the terminal)"""
    ended = checkout.run("--no-window", *arguments, **options)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout), ended.stderr


def test_the_first_start_builds_the_front_end_and_the_second_does_not(checkout):
    first, said = started(checkout)
    assert first["page"] == "the first"
    assert "Build the screens" in said

    second, said = started(checkout)
    assert second["page"] == "the first"
    assert said == ""


def test_a_change_of_the_front_end_is_built(checkout):
    started(checkout)
    (checkout.root / "ui/src/main.txt").write_text("the second")

    program, said = started(checkout)

    assert program["page"] == "the second"
    assert said.startswith("Gatehouse: its screens have changed and are built again\n")


def test_with_a_broken_front_end_it_starts_with_the_one_before_and_says_so(checkout):
    started(checkout)
    (checkout.root / "ui/src/main.txt").write_text("broken")

    program, said = started(checkout)

    assert program["page"] == "the first"
    assert "could not be built from the sources as they are now: " in said
    assert "main.txt is broken" in said
    assert "main.txt is broken" in program["trouble"]
    assert "Gatehouse uses the ones built before." in said


def test_a_broken_front_end_with_none_before_is_an_error(checkout):
    (checkout.root / "ui/src/main.txt").write_text("broken")

    ended = checkout.run("--no-window")

    assert ended.returncode == 1
    assert "The screens of Gatehouse could not be built: " in ended.stderr
    assert str(checkout.data / "log" / "start.log") in ended.stderr
    assert "(only the first start takes this long)" in checkout.run("--no-window").stderr  # there was no second yet
    # The packages are not fetched again.
    assert json.loads(checkout.run("runs").stdout)["trial"] == "1.0"


def test_commands_that_only_read_build_nothing(checkout):
    checkout.who()

    assert not (checkout.root / "ui/dist").exists()


@pytest.mark.parametrize("sign", ["without", "with"])
def test_usage_is_checked_before_anything_is_made(checkout, sign):
    ended = checkout.run(*(["--nonsense"] if sign == "without" else ["--port", "no", "runs"]))

    assert ended.returncode == 2
    assert not checkout.data.exists()
