"""How a folder is laid out as a site: where its pages are and which files are scripts.

Three layouts are known:

    http.server style      Apache style           scripts by extension
    index.html             htdocs/index.html      gitweb.cgi
    cgi-bin/hello.py       cgi-bin/hello.py       static/gitweb.css
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from .look import files_below, is_executable
from .working_directory import WorkingDirectory, guess_working_directory

SCRIPT_FOLDERS = ("cgi-bin", "cgi-local", "htbin")
"""What hosts have called them: Apache and most others, shared hosts, NCSA and Python's http.server."""

PAGES_FOLDERS = ("htdocs", "html", "public", "public_html", "www")

INDEXES = ("index.html", "index.htm", "index.php", "index.cgi", "index.pl", "index.py")

LOOSE_EXTENSIONS = (".cgi", ".pl")
"""Taken for scripts where an executable one lies in a site without a script folder.  Not `.py` or `.sh`:
these are as often a tool or a module beside the pages, and are named in the settings by whoever wants them."""

Kind = Literal["cgi-bin-inside", "cgi-bin-beside", "extensions", "pages"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What was recognised in a folder.  All paths are absolute."""

    folder: Path
    kind: Kind
    """'pages': no script was found; it is served as it is."""

    pages: Path
    script_folders: Mapping[str, Path] = field(default_factory=dict)
    """URL prefix → folder: {"/cgi-bin/": Path("/home/ada/site/cgi-bin")}."""

    script_extensions: tuple[str, ...] = ()
    working_directory: WorkingDirectory = "script"
    has_php: bool = False
    """There is a `.php` page among those looked at."""

    index: str | None = None
    """The page that answers at '/', where there is one."""


def recognise(folder: Path, pages: Path | None = None) -> Layout:
    """Look at a folder and say how it is to be served.  Reads a bounded number of entries, changes nothing.

    `pages` is the document root where the settings name it; the rest is recognised around it.
    """
    pages = pages or _pages(folder)
    script_folders = _script_folders(folder, pages)
    seen = list(files_below(pages))
    extensions = () if script_folders else _loose_extensions(seen)
    return Layout(
        folder=folder,
        kind=_kind(folder, pages, script_folders, extensions),
        pages=pages,
        script_folders=script_folders,
        script_extensions=extensions,
        working_directory=guess_working_directory(folder, script_folders.values()),
        has_php=any(path.suffix == ".php" for path in seen),
        index=index_of(pages),
    )


def url_of(script_folder: Path) -> str:
    """The URL prefix of a script folder: its own name, wherever it lies."""
    return f"/{script_folder.name}/"


def index_of(pages: Path) -> str | None:
    """The name of the page that answers for a folder."""
    return next((name for name in INDEXES if (pages / name).is_file()), None)


def _pages(folder: Path) -> Path:
    """The site's folder, or the one folder in it that is known to hold pages.

    An index in the site's folder decides: a folder `html` beside `index.html` is then just a folder.
    """
    if index_of(folder):
        return folder
    beside = [folder / name for name in PAGES_FOLDERS if _is_folder_within(folder, folder / name)]
    with_index = [path for path in beside if index_of(path)]
    return next(iter([*with_index, *beside]), folder)


def _script_folders(folder: Path, pages: Path) -> dict[str, Path]:
    """The script folders, those beside the pages before those inside (as Apache's ScriptAlias goes first)."""
    # The script folder itself was added: its pages' links still say /cgi-bin/.
    if folder.name in SCRIPT_FOLDERS:
        return {url_of(folder): folder}
    found: dict[str, Path] = {}
    for parent in (folder, pages):
        for name in SCRIPT_FOLDERS:
            path = parent / name
            if _is_folder_within(folder, path):
                found.setdefault(url_of(path), path)
    return found


def _loose_extensions(seen: list[Path]) -> tuple[str, ...]:
    is_loose = any(path.suffix in LOOSE_EXTENSIONS and is_executable(path) for path in seen)
    return LOOSE_EXTENSIONS if is_loose else ()


def _kind(folder: Path, pages: Path, script_folders: Mapping[str, Path], extensions: tuple[str, ...]) -> Kind:
    if script_folders:
        is_inside = all(path.is_relative_to(pages) for path in script_folders.values())
        return "cgi-bin-inside" if is_inside else "cgi-bin-beside"
    if extensions:
        return "extensions"
    return "pages"


def _is_folder_within(folder: Path, path: Path) -> bool:
    """A folder, and not a link that leads out of the site."""
    try:
        return path.is_dir() and path.resolve().is_relative_to(folder.resolve())
    except OSError:
        return False
