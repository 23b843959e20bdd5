"""The order of a start."""

import sys
from collections.abc import Sequence

from app.errors import GatehouseError
from app.start.options import Options, read_command, read_options
from app.start.preparation import Prepared, prepare
from app.start.terminal import say_error
from ui.build import DIST, is_checkout


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 it failed and stderr says why, 2 wrong usage, 130 Ctrl-C."""
    told = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _start(read_options(told), told)
    except GatehouseError as error:
        say_error(error.slug, error.params)
        return 1
    except KeyboardInterrupt:
        return 130


def _start(options: Options, arguments: list[str]) -> int:
    if options.act in {"install-desktop", "uninstall-desktop"}:
        from app.start import desktop_entry

        return desktop_entry.install() if options.act == "install-desktop" else desktop_entry.uninstall()
    # An installed Gatehouse has its packages and its front end.
    prepared = prepare(options, arguments) if is_checkout() else Prepared()

    from app.start.environment import in_use

    with in_use():
        match options.act:
            case "command":
                run, told = read_command(options)
                return run(told)
            case "setup-window":
                from app.start import setup_window

                return setup_window.run(options.data, says_yes=options.says_yes)
        return _program(options, prepared)


def _program(options: Options, prepared: Prepared) -> int:
    from app.start.program import ProgramOptions, run_program

    page = prepared.page if prepared.page and prepared.page.is_watched() else None

    def on_ready(link: str) -> None:
        from app.start.environment import remove_old

        if page:
            page.become(link)
        remove_old()

    program = ProgramOptions(
        data=options.data,
        port=options.port,
        # A page that somebody watches becomes the program: a window beside it would be one too many.
        mode="none" if page else options.mode,
        serve=None,
        serve_port=None,
        json=False,
        dist=DIST,
        front_end_trouble=str(prepared.trouble.params["reason"]) if prepared.trouble else None,
    )
    return run_program(program, on_ready)
