import sys
from pathlib import Path

import pytest

from app.start.options import port_number, read_options


def test_nothing_asks_for_the_program_in_a_window():
    options = read_options([])

    assert (options.act, options.mode, options.port, options.command) == ("program", "window", None, None)
    assert options.is_double_click
    assert options.needs_front_end


@pytest.mark.parametrize(("flag", "mode"), [("--no-window", "none"), ("--browser", "browser")])
def test_a_flag_chooses_how_it_is_shown(flag, mode):
    assert read_options([flag]).mode == mode


def test_what_follows_a_command_is_left_to_it():
    options = read_options(["--port", "8000", "serve", "--json", "runs", "--port", "9"])

    assert (options.act, options.command, options.port) == ("command", "serve", 8000)
    assert options.rest == ("--json", "runs", "--port", "9")


def test_the_value_of_an_option_is_no_command():
    options = read_options(["--data", "runs"])

    assert options.command is None
    assert options.data == Path("runs").absolute()


@pytest.mark.parametrize("arguments", [["--data", "/d", "show", "1"], ["show", "1", "--data", "/d"]])
def test_the_data_folder_may_stand_on_either_side_of_the_command(arguments):
    assert read_options(arguments).data == Path("/d")


def test_only_the_program_and_serve_need_the_front_end():
    assert read_options(["serve", "x"]).needs_front_end
    assert not read_options(["runs"]).needs_front_end
    assert not read_options(["--setup-window"]).needs_front_end


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--port", "0"], id="port-zero"),
        pytest.param(["--port", "x"], id="port-no-number"),
        pytest.param(["--browser", "--no-window"], id="both-modes"),
        pytest.param(["folder"], id="stray"),
        pytest.param(["--no-win"], id="abbreviated"),
        pytest.param(["--install-desktop", "runs"], id="act-and-command"),
    ],
)
def test_wrong_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        read_options(arguments)

    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["serv", "x"], "there is no command 'serv'; there are serve, runs, show", id="mistyped"),
        pytest.param(["~/shop"], "(to serve a folder: serve FOLDER)", id="folder"),
        pytest.param(["--brwoser"], "there is no option --brwoser", id="option"),
    ],
)
def test_what_is_no_command_is_named_with_those_that_there_are(arguments, said, capsys):
    with pytest.raises(SystemExit):
        read_options(arguments)

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv0", "name"),
    [("/a/launcher.py", "launcher.py"), ("/usr/bin/gatehouse", "gatehouse"), ("", "gatehouse"), ("-c", "gatehouse")],
)
def test_the_help_calls_the_program_as_it_was_called(argv0, name, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", [argv0])
    with pytest.raises(SystemExit) as ended:
        read_options(["--help"])

    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"usage: {name} [options]")
    assert all(f"\n  {command} " in said for command in ("serve", "runs", "show"))


def test_ports_are_from_1_to_65535():
    assert port_number("65535") == 65535
    with pytest.raises(Exception, match="1 to 65535"):
        port_number("65536")
