"""Which scripts a site has, and in which languages they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .folder import inside
from .look import files_below, first_bytes, is_executable
from .settings import Settings

_PROGRAMS = {
    "python": "Python",
    "pypy": "Python",
    "perl": "Perl",
    "sh": "sh",
    "bash": "sh",
    "dash": "sh",
    "ash": "sh",
    "ksh": "sh",
    "zsh": "sh",
    "ruby": "Ruby",
    "php": "PHP",
    "php-cgi": "PHP",
    "node": "JavaScript",
    "nodejs": "JavaScript",
    "deno": "JavaScript",
    "bun": "JavaScript",
    "lua": "Lua",
    "luajit": "Lua",
    "tclsh": "Tcl",
    "awk": "AWK",
    "gawk": "AWK",
    "mawk": "AWK",
    "guile": "Scheme",
    "Rscript": "R",
}
_EXTENSIONS = {
    ".py": "Python",
    ".pl": "Perl",
    ".sh": "sh",
    ".rb": "Ruby",
    ".php": "PHP",
    ".js": "JavaScript",
    ".mjs": "JavaScript",
    ".lua": "Lua",
    ".tcl": "Tcl",
    ".awk": "AWK",
    ".r": "R",
}
_COMPILED = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""Linux, Windows, macOS (one architecture, several)."""


@dataclass(frozen=True, slots=True)
class ScriptFile:
    path: Path
    """Absolute."""

    language: str | None
    """'Python', 'Perl', 'sh', …; 'C' for a compiled program of whatever language; None where nothing tells."""


def scripts_of(folder: Path, settings: Settings) -> list[ScriptFile]:
    """The scripts of a site, by path: those in its script folders, those by extension, PHP pages.  A bounded look."""
    found = dict.fromkeys([*_in_script_folders(folder, settings), *_among_pages(folder, settings)])
    return [ScriptFile(path, language_of(path)) for path in sorted(found)]


def languages_of(scripts: list[ScriptFile]) -> list[str]:
    """Each language once, the one with most scripts first."""
    counted: dict[str, int] = {}
    for script in scripts:
        if script.language:
            counted[script.language] = counted.get(script.language, 0) + 1
    return sorted(counted, key=lambda language: (-counted[language], language))


def language_of(path: Path) -> str | None:
    """From the first line, which decides what the kernel starts; then from magic number and ending."""
    head = first_bytes(path, 256)
    if head.startswith(_COMPILED):
        return "C"
    return _from_shebang(head) or _EXTENSIONS.get(path.suffix.lower())


def _from_shebang(head: bytes) -> str | None:
    if not head.startswith(b"#!"):
        return None
    words = head[2:].split(b"\n")[0].decode(errors="replace").split()
    # "#!/usr/bin/env -S VAR=1 python3 -u" runs the first word that is neither option nor variable.
    if words and words[0].endswith("/env"):
        words = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    if not words:
        return None
    name = re.split(r"[/\\]", words[0])[-1].removesuffix(".exe")
    # python3.13 and php-cgi8.2, but not the 2 in a name like "p2x".
    return _PROGRAMS.get(name) or _PROGRAMS.get(re.sub(r"[\d.]+$", "", name))


def _in_script_folders(folder: Path, settings: Settings) -> Iterator[Path]:
    for script_folder in settings.values["scripts"]:
        yield from (path for path in files_below(inside(folder, script_folder)) if _is_script(path))


def _is_script(path: Path) -> bool:
    """Modules, templates and data may lie beside scripts; a script begins with '#!' or may be executed.

    On a disk without modes (FAT, a Windows share) everything may be executed: the ending decides there too.
    """
    if first_bytes(path, 2) == b"#!" or path.suffix == ".cgi":
        return True
    return is_executable(path) and language_of(path) is not None


def _among_pages(folder: Path, settings: Settings) -> Iterator[Path]:
    loose = settings.values["script_extensions"]
    for path in files_below(inside(folder, settings.values["pages"])):
        if path.suffix == ".php" or (path.suffix in loose and is_executable(path)):
            yield path
