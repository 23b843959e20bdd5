"""A look at the programs of this computer: is it here, and what could run the script instead?"""

import os
import re
import shutil
from pathlib import Path

_OTHER_NAMES = {"nodejs": ("node",), "node": ("nodejs",), "python": ("python3",), "php": ("php-cgi", "php")}
_USUAL_PATH = os.pathsep.join(("/usr/local/bin", "/usr/bin", "/bin"))


def is_program(path: str, working_directory: str) -> bool:
    """May this path be executed?  The kernel looks a relative one up from the script's working directory."""
    whole = Path(working_directory, path)
    return whole.is_file() and os.access(whole, os.X_OK)


def on_path(name: str, path: str | None) -> str | None:
    """Absolute path of a program on a script's PATH (an unset PATH is the usual places)."""
    return shutil.which(name, path=path or _USUAL_PATH) if name else None


def instead_of(name: str, path: str | None) -> str | None:
    """A program of the same kind under another name: /usr/bin/perl for 'perl5', /usr/bin/python3 for 'python'."""
    plain = re.sub(r"[\d.]+$", "", name).lower()
    for candidate in (name, plain, f"{plain}3", *_OTHER_NAMES.get(plain, ())):
        if found := on_path(candidate, path) or on_path(candidate, None):
            return found
    return None


def closed_folder(path: str) -> str | None:
    """The first folder on the way to a program that this account may not pass; None where the way is open."""
    for folder in reversed(Path(path).parents):
        if folder.is_dir() and not os.access(folder, os.X_OK):
            return str(folder)
    return None
