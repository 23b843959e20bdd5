"""`python -m app.gateway --fd N --next-run N --spool PATH`: started by the supervisor, over a socket pair."""

import argparse
from pathlib import Path

from .process import main


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app.gateway")
    parser.add_argument("--fd", type=int, required=True, help="the socket to the parent")
    parser.add_argument("--next-run", type=int, required=True, help="number of the next run")
    parser.add_argument("--spool", type=Path, required=True, help="where records go that could not be handed over")
    return parser.parse_args()


if __name__ == "__main__":
    arguments = _arguments()
    main(arguments.fd, arguments.next_run, arguments.spool.absolute())
