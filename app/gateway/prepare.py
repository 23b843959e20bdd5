"""From a request and the script it selects to what is about to be executed."""

import os
from collections.abc import Mapping
from pathlib import Path

from .file_facts import file_facts
from .interpreters import Start, start_of
from .legacy_cgi import FIRST_WITHOUT
from .metavars import meta_variables
from .programs import is_python, on_path, python_version
from .search_words import search_words
from .values import Call, Request, Script, Site


def prepare(site: Site, request: Request, script: Script, *, legacy_cgi: Path | None = None) -> Call:
    """Program, argv, environment and working directory of a script's process.

    `legacy_cgi` is the folder that `legacy_cgi.folder_with_only_cgi` made: the module path of Pythons without `cgi`.
    """
    environment, notes = meta_variables(site, request, script)
    directory = os.fsencode(script.path.parent if site.working_directory == "script" else site.folder)
    file = file_facts(str(script.path))
    path = os.fsdecode(environment.get(b"PATH", b""))
    start = _php(site) if script.is_php else start_of(site, script, file, search_path=path, working_directory=directory)
    if legacy_cgi and _lacks_cgi(start, environment, path, directory):
        environment[b"PYTHONPATH"] = _with(environment.get(b"PYTHONPATH"), legacy_cgi)
    return Call(
        program=start.program,
        argv=_argv(request, script, start),
        environment=environment,
        working_directory=directory,
        stdin=request.body,
        limits=site.limits,
        file=file,
        is_nph=script.path.name.startswith("nph-"),
        notes=notes + start.notes,
    )


def _argv(request: Request, script: Script, start: Start) -> tuple[bytes, ...]:
    """php-cgi finds its page by SCRIPT_FILENAME, and no interpreter of PHP is ever given words of a query."""
    if script.is_php:
        return (start.program,)
    words = () if _is_php_interpreter(start) else search_words(request.method, script.query)
    return (*start.before, os.fsencode(script.path), *words)


def _php(site: Site) -> Start:
    # Without php-cgi the start fails and says which program is missing; the page's source is not shown instead.
    return Start(os.fsencode(site.php or "php-cgi"), (), None)


def _is_php_interpreter(start: Start) -> bool:
    return start.interpreter is not None and Path(start.interpreter).name.startswith("php")


def _lacks_cgi(start: Start, environment: Mapping[bytes, bytes], path: str, directory: bytes) -> bool:
    if not start.interpreter or not is_python(start.interpreter):
        return False
    program = on_path(start.interpreter, path)
    version = python_version(program, environment, os.fsdecode(directory)) if program else None
    return version is not None and version >= FIRST_WITHOUT


def _with(modules: bytes | None, legacy_cgi: Path) -> bytes:
    """The site's own PYTHONPATH goes first."""
    return os.pathsep.encode().join(filter(None, (modules, os.fsencode(legacy_cgi))))
