"""`gatehouse serve`: one folder as a site, in the foreground, until Ctrl-C."""

import argparse
from pathlib import Path

import app
from app.commands.speak import in_words
from app.start.folders import data_folder
from app.start.options import port_number
from app.start.program import ProgramOptions, run_program

_DIST = Path(app.__file__).parents[1] / "ui" / "dist"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=_folder, metavar="FOLDER", help="the site's folder")
    parser.add_argument(
        "--port", type=port_number, metavar="N", help="the site's port; the one of last time or any unless told"
    )
    parser.add_argument("--json", action="store_true", help="print the addresses as one line of JSON")


@in_words
def run(options: argparse.Namespace) -> int:
    """Prints the site's address once it accepts connections, then the UI's.  Exit 1 where it cannot be served."""
    return run_program(
        ProgramOptions(
            data=data_folder(options.data),
            port=None,
            mode="none",
            serve=options.folder,
            serve_port=options.port,
            json=options.json,
            dist=_DIST,
        )
    )


def _folder(text: str) -> Path:
    if not text:  # `serve "$SITE"` with no SITE set; for Path it would be the current folder
        raise argparse.ArgumentTypeError("must be the name of a folder")
    return Path(text)
