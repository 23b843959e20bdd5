"""What a URL selects: a script, a file, a folder that wants its slash, or nothing.

The path is walked segment by segment from the document root, because only the disk knows where the script ends
and PATH_INFO begins.  Three things hold for every path, however it is spelt:

- Nothing in or below a script folder is ever sent as text, whichever URL or link leads there.
- Hidden names and gatehouse.toml are never sent.
- A link is followed inside the site only, unless the site says otherwise.
"""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from .near import near_name
from .paths import decode, encode, is_hidden, is_tricky, split_target
from .values import NotFound, Redirect, Script, Site, StaticFile

INDEXES = (b"index.html", b"index.htm", b"index.php", b"index.cgi", b"index.pl", b"index.py")
"""The same as app.sites.layout's, which shows them."""

_PAGE_EXTENSIONS = frozenset({".html", ".htm", ".xhtml", ".shtml", ".xml", ".svg", ".txt", ".css", ".js"})
"""May be named in `script_extensions` and be a plain page where the file is not executable."""

_BACKUP = re.compile(r"(\.\w+)(?:~|\.bak|\.old|\.orig|\.save|\.swp)$", re.IGNORECASE)
"""What editors leave beside a script: its source under another ending."""

_SEPARATOR = os.sep.encode()

Resolved = Script | StaticFile | Redirect | NotFound


@dataclass(frozen=True, slots=True)
class _Folder:
    path: bytes
    is_scripts: bool
    """A script folder or below one."""


@dataclass(frozen=True, slots=True)
class _File:
    path: bytes
    mode: int
    is_scripts: bool


def resolve(site: Site, target: bytes) -> Resolved:
    """The thing at a request target (path[?query], in origin-form).  Looks at the disk, changes nothing.

    In the script part of a path (RFC 3875 §3.3) empty segments, '.' and '..' are resolved; in the extra path they
    are kept.  A %2F is refused in the script part and is a '/' in the extra path (§4.1.5).
    """
    path, query = split_target(target)
    if not path.startswith(b"/"):
        return NotFound(400, "bad-path")
    tree = _Tree(site)
    folders = [tree.root]
    names: list[bytes] = []
    segments = path[1:].split(b"/")
    for index, raw in enumerate(segments):
        name = decode(raw)
        if name is None:
            return NotFound(400, "bad-path")
        if name in (b"", b"."):
            continue
        if name == b"..":
            if not names:
                return NotFound(400, "outside")
            del names[-1], folders[-1]
            continue
        if is_hidden(name) or is_tricky(name):
            return NotFound(404, "hidden" if is_hidden(name) else "bad-path")
        names.append(name)
        match tree.look(folders[-1], names):
            case _Folder() as folder:
                folders.append(folder)
            case _File() as file:
                return tree.served(file, names, segments[index + 1 :], query)
            case NotFound() as refusal:
                return refusal
            case None:
                return _nothing(folders[-1], name)
    if not path.endswith(b"/") and decode(segments[-1]) not in (b".", b".."):
        return Redirect(b"/" + encode(b"/".join(names)) + b"/" + target[len(path) :])
    return tree.index(folders[-1], names, query)


class _Tree:
    """The site's folders as bytes, and what may be done with a place in them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folder = os.fsencode(site.folder)
        self._scripts = {url.encode(): os.fsencode(path) for url, path in site.script_folders.items()}
        pages = os.fsencode(site.pages)
        self.root = _Folder(pages, is_scripts=any(_is_within(one, pages) for one in self._scripts.values()))

    def look(self, folder: _Folder, names: list[bytes]) -> _Folder | _File | NotFound | None:
        """What lies one name further on; None where there is nothing that could be served."""
        if self._scripts and (mapped := self._scripts.get(b"/%b/" % b"/".join(names))):
            return _Folder(mapped, is_scripts=True)
        path = folder.path + _SEPARATOR + names[-1]
        real = path
        try:
            info = os.lstat(path)
            if stat.S_ISLNK(info.st_mode):
                info = os.stat(path)  # noqa: PTH116 - a path of bytes
                real = os.path.realpath(path)
        except OSError:
            return None
        if real is not path and (refusal := self._refuse_link(real)):
            return refusal
        if stat.S_ISDIR(info.st_mode):
            return _Folder(path, folder.is_scripts or self._leads_to_scripts(real, info))
        if stat.S_ISREG(info.st_mode):
            is_scripts = folder.is_scripts or (real is not path and self._leads_to_scripts(real, info))
            return _File(path, info.st_mode, is_scripts)
        return None  # a device, a pipe or a socket

    def served(self, file: _File, names: list[bytes], rest: list[bytes], query: bytes) -> Resolved:
        """A file, with the segments that follow it in the path: PATH_INFO of a script, and an error otherwise."""
        extension = os.path.splitext(os.fsdecode(names[-1]))[1].lower()  # noqa: PTH122
        is_php = extension == ".php" and self._goes_to_php(file)
        if is_php or file.is_scripts or self._is_loose_script(file, extension):
            return self._script(file, names, rest, query, is_php=is_php)
        if self._is_source(os.fsdecode(names[-1]), extension):
            return NotFound(404, "hidden")
        return NotFound(404, "no-such-file") if rest else StaticFile(Path(os.fsdecode(file.path)))

    def index(self, folder: _Folder, names: list[bytes], query: bytes) -> Resolved:
        """The page or script that answers for a folder.  A script folder has none: its files are not looked through."""
        for name in () if folder.is_scripts else INDEXES:
            file = self.look(folder, [*names, name])
            if not isinstance(file, _File):
                continue
            found = self.served(file, [*names, name], [], query)
            # index.py of a site whose .py are no scripts is just a file, not the folder's page.
            if isinstance(found, Script) or (isinstance(found, StaticFile) and name.startswith(b"index.htm")):
                return found
        return NotFound(403, "no-index")

    def _script(self, file: _File, names: list[bytes], rest: list[bytes], query: bytes, *, is_php: bool) -> Resolved:
        path_info = decode(b"/" + b"/".join(rest)) if rest else b""
        if path_info is None:
            return NotFound(400, "bad-path")
        script_name = b"/" + b"/".join(names)
        return Script(
            path=Path(os.fsdecode(file.path)),
            name=self._name(file.path, script_name),
            script_name=script_name,
            path_info=path_info,
            query=query,
            is_php=is_php,
        )

    def _name(self, path: bytes, script_name: bytes) -> str:
        """Relative to the site's folder; a script folder outside it (set by hand) goes by its URL."""
        inside = path[len(self._folder) + 1 :] if _is_within(self._folder, path) else script_name[1:]
        return os.fsdecode(inside).replace(os.sep, "/")

    def _is_loose_script(self, file: _File, extension: str) -> bool:
        """Outside the script folders: one of the site's extensions, and executable or at least meant to be.

        '#!' without the execute bit is run as well: what fails then is explained, where lighttpd shows the source.
        """
        if not extension or extension not in map(str.lower, self._site.script_extensions):
            return False
        return bool(file.mode & 0o111) or _has_shebang(file.path)

    def _is_source(self, name: str, extension: str) -> bool:
        """A module beside loose scripts, or an editor's copy of a script: not a page."""
        extensions = {".php", *map(str.lower, self._site.script_extensions)}
        if extension in extensions and extension not in _PAGE_EXTENSIONS:
            return True
        copy = _BACKUP.search(name)
        return copy is not None and copy[1].lower() in extensions - _PAGE_EXTENSIONS

    def _goes_to_php(self, file: _File) -> bool:
        """Every .php page (without php-cgi that fails and is explained; its source is not shown), and in a script
        folder those that could not run by themselves."""
        if not file.is_scripts:
            return True
        return self._site.php is not None and not (file.mode & 0o111 and _has_shebang(file.path))

    def _refuse_link(self, real: bytes) -> NotFound | None:
        if not _is_within(self._folder, real):
            return None if self._site.follow_links else NotFound(403, "outside")
        inside = real[len(self._folder) + 1 :].split(_SEPARATOR)
        return NotFound(404, "hidden") if any(map(is_hidden, inside)) else None

    def _leads_to_scripts(self, real: bytes, info: os.stat_result) -> bool:
        """By name, and for a folder by identity too: on a disk that ignores case /CGI-BIN/ is the same folder."""
        for folder in self._scripts.values():
            if _is_within(folder, real) or (stat.S_ISDIR(info.st_mode) and _is_same(folder, info)):
                return True
        return False


def _is_within(folder: bytes, path: bytes) -> bool:
    return path == folder or path.startswith(folder.rstrip(_SEPARATOR) + _SEPARATOR)


def _is_same(folder: bytes, info: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(folder), info)  # noqa: PTH116
    except OSError:
        return False


def _has_shebang(path: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read(2) == b"#!"
    except OSError:
        return False


def _nothing(folder: _Folder, name: bytes) -> NotFound:
    reason = "no-such-script" if folder.is_scripts else "no-such-file"
    return NotFound(404, reason, near_name(folder.path, name))
