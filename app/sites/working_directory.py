"""In which folder a site's scripts expect to be started (CGI.md, *Working directory*).

RFC 3875 §7.2 says the script's own folder, and most hosts do so.  Sites written for `python -m http.server --cgi`
open `templates/header.html` from the site's folder.  The scripts tell: the relative paths they name exist
in one of the two places.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from .look import files_below, first_bytes, is_executable

WorkingDirectory = Literal["script", "site"]

SCRIPTS = 60
"""Scripts read for a guess at most."""

_SIZE = 64 << 10

_QUOTED = re.compile(r"""(?P<before>[\w-]*\s*=\s*)?(?P<quote>["'])(?P<path>[^"'\s<>|*?:]{3,200})(?P=quote)""")
"""A whole string literal that could be a path: no blanks, no wildcards, no scheme."""

_BARE = re.compile(r"""(?<![\w./~$:"'-])(?P<path>(?:\.\.?/)*[\w-][\w.-]*(?:/[\w.-]+)+)(?![\w/])""")
"""A path as a shell script writes it: `cat data/names.txt`."""

_LINK = re.compile(r"(href|src|action|formaction|poster)\s*=\s*$", re.IGNORECASE)


def guess_working_directory(folder: Path, script_folders: Iterable[Path]) -> WorkingDirectory:
    """Where the scripts' relative paths lead; 'script' (the standard's answer) where they do not tell."""
    votes = 0
    for script in _scripts(script_folders):
        for path in relative_paths(script):
            votes += _leads(folder, path) - _leads(script.parent, path)
    return "site" if votes > 0 else "script"


def relative_paths(script: Path) -> set[str]:
    """The relative paths a script's text names; a compiled program names none."""
    head = first_bytes(script, _SIZE)
    if b"\0" in head:
        return set()
    text = head.decode(errors="replace")
    found = {match["path"] for match in _QUOTED.finditer(text) if not _LINK.search(match["before"] or "")}
    found |= {match["path"] for match in _BARE.finditer(text) if not _LINK.search(text[: match.start()][-20:])}
    return {path for path in found if _is_relative_path(path)}


def _scripts(script_folders: Iterable[Path]) -> Iterator[Path]:
    left = SCRIPTS
    for script_folder in script_folders:
        for path in files_below(script_folder, entries=500, depth=2):
            if left == 0:
                return
            left -= 1
            yield path


def _is_relative_path(path: str) -> bool:
    """A name with a folder or an ending; 'name' alone is more likely a form field than a file."""
    return not path.startswith(("/", "~", "$", "#")) and ("/" in path or re.search(r"\w\.\w{1,8}$", path) is not None)


def _leads(folder: Path, path: str) -> bool:
    """Whether the path leads somewhere from this folder: to a file, or to a new file in a folder that exists.

    A site that has not been visited yet has `data/`, but no `data/guests.sqlite` in it.  A script is not counted:
    its name is in a link or a comment rather than in an open().
    """
    target = folder / path
    parent = Path(path).parent
    try:
        if target.is_file() and is_executable(target):
            return False
        return target.exists() or (parent.name not in ("", "..") and (folder / parent).is_dir())
    except (OSError, ValueError):
        return False
