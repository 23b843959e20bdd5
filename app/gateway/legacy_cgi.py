"""`cgi` and `cgitb`, which Python dropped in 3.13 (PEP 594), for the scripts that still use them.

They come from the legacy-cgi distribution, of which we depend.  Scripts get a folder that holds these two modules only:
with our own site-packages on their path they would import our packages instead of failing, or instead of their own.
"""

import shutil
from importlib import metadata
from pathlib import Path

MODULES = ("cgi.py", "cgitb.py")
FIRST_WITHOUT = (3, 13)
"""Older Pythons have their own: PYTHONPATH goes before the standard library, so the folder would hide it."""


def folder_with_only_cgi(into: Path) -> Path | None:
    """Make that folder below `into` (or bring it up to date) and answer with it.

    None where legacy-cgi is not installed or the folder cannot be written: scripts on a new Python then fail as they
    would anywhere, and the failure is explained.
    """
    try:
        distribution = metadata.distribution("legacy-cgi")
        folder = into / f"legacy-cgi-{distribution.version}"
        folder.mkdir(parents=True, exist_ok=True)
        for name in MODULES:
            _copy(Path(str(distribution.locate_file(name))), folder / name)
    except (metadata.PackageNotFoundError, OSError):
        return None
    return folder


def _copy(source: Path, target: Path) -> None:
    """Written beside and renamed: another gateway's script may import it this moment."""
    if target.is_file() and target.read_bytes() == source.read_bytes():
        return
    new = target.with_suffix(".new")
    shutil.copyfile(source, new)
    new.replace(target)
