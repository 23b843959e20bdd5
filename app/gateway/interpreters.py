"""Which program runs a script: the kernel reads its first line, unless the site or this computer asks for another."""

import os
import re
from dataclasses import dataclass

from .programs import is_gone, on_path
from .shebang import Shebang, read_shebang
from .values import FileFacts, Note, Script, Site


@dataclass(frozen=True, slots=True)
class Start:
    """What is handed to the kernel for a script."""

    program: bytes
    before: tuple[bytes, ...]
    """argv up to the script's own path."""

    interpreter: str | None
    """Name or path of what interprets it in the end ('python3' of '#!/usr/bin/env python3'); None without '#!'."""

    notes: tuple[Note, ...] = ()


def start_of(
    site: Site, script: Script, file: FileFacts | None, *, search_path: str, working_directory: bytes
) -> Start:
    """The site's own choice first, then the first line; where that leads nowhere, the same name found on PATH.

    A missing execute bit is never passed over: the kernel refuses, and the failure is explained.
    """
    path = os.fsencode(script.path)
    shebang = read_shebang(file.head) if file else None
    itself = Start(path, (), os.fsdecode(_in_the_end(shebang)) if shebang else None)
    if os.name == "nt":
        return _chosen(site, script, shebang, search_path) or _by_first_line(shebang, search_path) or itself
    # The kernel looks a relative interpreter up from the working directory, which is nearly never meant.
    leads_nowhere = shebang is not None and is_gone(os.path.join(working_directory, shebang.interpreter))  # noqa: PTH118
    # exec() of an interpreter would not ask for the script's own x bit.
    if not (site.interpreters or leads_nowhere) or not os.access(path, os.X_OK):
        return itself
    replaced = _same_name(shebang, search_path) if leads_nowhere and site.missing_interpreter == "same-name" else None
    return _chosen(site, script, shebang, search_path) or replaced or itself


def _chosen(site: Site, script: Script, shebang: Shebang | None, search_path: str) -> Start | None:
    """`[interpreters]` of gatehouse.toml: by the script's extension, or by the interpreter's name."""
    asked = os.fsdecode(shebang.wanted) if shebang else ""
    by_name = site.interpreters.get(asked) if asked else None
    wish = site.interpreters.get(script.path.suffix.lower(), by_name)
    if not wish:
        return None
    found = on_path(wish, search_path)
    # Not found: handed over as it is, so that the run says which program is missing.
    program = os.fsencode(found or wish)
    is_same_kind = shebang is not None and (wish == by_name or _kind(shebang.wanted) == _kind(program))
    arguments = shebang.arguments if shebang and is_same_kind else ()
    note = Note("interpreter-chosen", {"asked": asked, "used": os.fsdecode(program)})
    return Start(program, (program, *arguments), found, (note,))


def _same_name(shebang: Shebang | None, search_path: str) -> Start | None:
    """`#!/usr/local/bin/python3` where only /usr/bin/python3 is (CGI.md, *Shebang that leads nowhere*)."""
    found = on_path(os.fsdecode(shebang.program), search_path) if shebang else None
    if not shebang or not found:
        return None
    program = os.fsencode(found)
    arguments = (shebang.argument,) if shebang.argument else ()
    interpreter = os.fsdecode(shebang.wanted) if shebang.is_env else found
    note = Note("interpreter-replaced", {"asked": os.fsdecode(shebang.interpreter), "used": found})
    return Start(program, (program, *arguments), interpreter, (note,))


def _by_first_line(shebang: Shebang | None, search_path: str) -> Start | None:
    """Windows knows no '#!': the line is read by us, and its program looked up by name."""
    found = on_path(os.fsdecode(shebang.wanted.rstrip(b"\r")), search_path) if shebang else None
    if not shebang or not found:
        return None
    program = os.fsencode(found)
    return Start(program, (program, *(one.rstrip(b"\r") for one in shebang.arguments)), found)


def _in_the_end(shebang: Shebang) -> bytes:
    return shebang.wanted if shebang.is_env else shebang.interpreter


def _kind(program: bytes) -> bytes:
    """b'python' of python, python3 and /usr/bin/python3.11."""
    return re.split(rb"[\\/]", program)[-1].removesuffix(b".exe").rstrip(b"0123456789.")
