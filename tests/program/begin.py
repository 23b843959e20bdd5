"""The program as a process of its own, without the launcher: its options come as JSON in the first argument."""

import json
import sys
from pathlib import Path

from app.errors import GatehouseError
from app.start.program import ProgramOptions, run_program
from app.start.terminal import say_error


def main() -> int:
    told = json.loads(sys.argv[1])
    options = ProgramOptions(
        data=Path(told["data"]),
        port=told.get("port"),
        mode=told.get("mode", "none"),
        serve=Path(told["serve"]) if "serve" in told else None,
        serve_port=told.get("serve_port"),
        json=told.get("json", False),
        dist=Path(told["data"]) / "no-front-end",
    )
    try:
        return run_program(options)
    except GatehouseError as error:
        say_error(error.slug, error.params, "en")
        return 1


if __name__ == "__main__":
    sys.exit(main())
