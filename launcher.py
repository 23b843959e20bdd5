#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# ///
"""Starts Gatehouse:  python3 launcher.py   (installed: gatehouse)

Any Python can read this file, so that one which is too old says so in a sentence and not in a SyntaxError.
"""

import os
import sys

OLDEST = (3, 11)


def main():  # type: () -> int
    if sys.version_info < OLDEST:
        sys.stderr.write(too_old())
        return 1
    from app.start.main import main as start

    return start()


def too_old():  # type: () -> str
    """The sentence, with the command that helps: a newer Python that is here, or how to get one."""
    newer = ["python3.%d" % minor for minor in range(19, OLDEST[1] - 1, -1)]
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    for name in newer:
        if any(os.access(os.path.join(folder, name), os.X_OK) for folder in folders):
            way_out = "A newer one is here: %s %s" % (name, " ".join(sys.argv))
            break
    else:
        way_out = (
            "Get one with `uv run launcher.py` (https://docs.astral.sh/uv/) or from https://www.python.org/downloads/"
        )
    return "Gatehouse needs Python %d.%d or newer; this is %d.%d.\n%s\n" % (OLDEST + sys.version_info[:2] + (way_out,))


if __name__ == "__main__":
    # Beside this file lie `app`, `db` and `ui`; under `python -P` Python itself would not look there.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    sys.exit(main())
