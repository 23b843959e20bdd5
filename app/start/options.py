"""What the command line asks for.

    launcher.py [options]                the program
    launcher.py [options] serve FOLDER   a command; its own options are read by its module in app/commands

A command's module may need packages that are not here yet, so its part is read in a second step (`read_command`).
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

from app import VERSION
from app.start.folders import data_folder

COMMANDS = {
    "serve": "serve one folder until Ctrl-C",
    "runs": "list the newest runs",
    "show": "show one run whole",
}
Act = Literal["program", "command", "setup-window", "install-desktop", "uninstall-desktop"]
Mode = Literal["window", "browser", "none"]


@dataclass(frozen=True, slots=True)
class Options:
    act: Act
    mode: Mode
    port: int | None
    data: Path
    says_yes: bool
    """Do not ask before something large is fetched."""
    command: str | None
    rest: tuple[str, ...]
    """What follows the command's name."""

    @property
    def needs_front_end(self) -> bool:
        return self.act == "program" or self.command == "serve"

    @property
    def is_double_click(self) -> bool:
        """May be: nothing asks for a terminal."""
        return self.act == "program" and self.mode != "none"


def read_options(arguments: Sequence[str]) -> Options:
    """Ends the process for --help and --version (0), and for wrong usage (2), as argparse does."""
    ours, command, rest = _split(arguments)
    parser = _parser()
    told, left = parser.parse_known_args(ours)
    if stray := next((word for word in left if not word.startswith("-")), None):
        known = ", ".join(COMMANDS)
        parser.error(f"there is no command '{stray}'; there are {known} (to serve a folder: serve FOLDER)")
    if left:
        parser.error(f"there is no option {left[0]}")
    if command and told.act != "program":
        parser.error(f"--{told.act} and {command} do not go together")
    return Options(
        act="command" if command else told.act,
        mode=told.mode,
        port=told.port,
        data=data_folder(_data(rest) or told.data),
        says_yes=told.yes,
        command=command,
        rest=tuple(rest),
    )


def read_command(options: Options) -> tuple[Callable[[argparse.Namespace], int], argparse.Namespace]:
    """The command's `run`, and what it is to be given."""
    module = import_module(f"app.commands.{options.command}")
    parser = argparse.ArgumentParser(
        prog=f"{program_name()} {options.command}",
        description=(module.__doc__ or "").partition(": ")[2].partition("\n")[0],
        allow_abbrev=False,
        conflict_handler="resolve",
    )
    _add_data(parser)
    module.add_arguments(parser)
    told = parser.parse_args(options.rest)
    told.data = options.data
    return module.run, told


def program_name() -> str:
    """As it was called: "launcher.py" in a checkout, "gatehouse" where it is installed."""
    name = Path(sys.argv[0]).name
    return name if name not in {"", "-c", "-m", "__main__.py"} else "gatehouse"


def _split(arguments: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """At the command's name, which is no value of an option before it."""
    for n, argument in enumerate(arguments):
        if argument in COMMANDS and (n == 0 or arguments[n - 1] not in {"--port", "--data"}):
            return list(arguments[:n]), argument, list(arguments[n + 1 :])
    return list(arguments), None, []


def _data(rest: Sequence[str]) -> Path | None:
    """--data behind the command's name: the environment, which is made before the rest is read, lies in it."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    _add_data(parser)
    try:
        found: Path | None = parser.parse_known_args(rest)[0].data
    except argparse.ArgumentError:
        return None  # said by the command's own parser
    return found


def _parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<8} {does}" for name, does in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog=program_name(),
        usage="%(prog)s [options] [command …]",
        description="Gatehouse, the desktop home for small web sites made of scripts.",
        epilog=f"commands (each with --help, --json and --data DIR):\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(mode="window", act="program")
    shown = parser.add_mutually_exclusive_group()
    for mode, flag, does in (
        ("none", "--no-window", "serve only, and print the link"),
        ("browser", "--browser", "open in the browser instead of a window"),
    ):
        shown.add_argument(flag, dest="mode", action="store_const", const=mode, help=does)
    parser.add_argument("--port", type=port_number, metavar="N", help="the port of Gatehouse's own pages")
    _add_data(parser)
    acts = parser.add_mutually_exclusive_group()
    for act, does in (
        ("setup-window", "fetch Qt for a native window, after telling its size"),
        ("install-desktop", "add Gatehouse to the desktop's menu"),
        ("uninstall-desktop", "take it out again"),
    ):
        acts.add_argument(f"--{act}", dest="act", action="store_const", const=act, help=does)
    parser.add_argument("--yes", action="store_true", help="do not ask before --setup-window")
    parser.add_argument("--version", action="version", version=f"Gatehouse {VERSION}")
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep everything in DIR")


def port_number(text: str) -> int:
    """A TCP port, as --port takes it."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 65535")
    return int(text)
