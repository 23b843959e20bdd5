"""The part of a script's environment that is no meta-variable: a short list, never what we were started with.

Where to find programs, which language and time zone, a home and a place for temporary files: what a login shell gives,
so that a script behaves as it did when its author tried it in a terminal.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

_PATH = {
    "linux": ("/usr/local/bin", "/usr/bin", "/bin"),
    "darwin": ("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"),
    "win32": (),
}
"""Where programs are, whatever PATH says: a program started by a double click often has nearly none."""

_KEPT = {
    "linux": ("TZ",),
    "darwin": ("TZ", "DYLD_LIBRARY_PATH"),
    # Without SystemRoot a program on Windows has neither sockets nor random numbers (as Go's net/http/cgi knows).
    "win32": ("TZ", "SystemRoot", "WINDIR", "COMSPEC", "PATHEXT", "SystemDrive"),
}


@cache
def own_base_environment() -> Mapping[bytes, bytes]:
    """Made once from our own environment; not to be changed."""
    private = Path(sys.prefix, "Scripts" if os.name == "nt" else "bin") if sys.prefix != sys.base_prefix else None
    found = base_environment(os.environ, system=sys.platform, private=private)
    return {os.fsencode(name): os.fsencode(value) for name, value in found.items()}


def base_environment(ours: Mapping[str, str], *, system: str, private: Path | None) -> dict[str, str]:
    """PATH, LANG, HOME, TMPDIR, TZ, and what the system's programs cannot do without.

    `private` is the folder of our own environment's programs: a script's `#!/usr/bin/env python3` must not find them.
    """
    temporary = "TEMP" if system == "win32" else "TMPDIR"
    kept = {name: ours[name] for name in _KEPT.get(system, _KEPT["linux"]) if ours.get(name)}
    return {
        "PATH": os.pathsep.join(_search_path(ours.get("PATH", ""), _PATH.get(system, _PATH["linux"]), private)),
        "LANG": _language(ours, system),
        "HOME": ours.get("HOME") or str(Path.home()),
        temporary: tempfile.gettempdir(),
        **kept,
    }


def _search_path(ours: str, usual: Iterable[str], private: Path | None) -> list[str]:
    """Ours and the usual folders; relative ones would be looked up in the script's own folder."""
    folders = [*ours.split(os.pathsep), *usual]
    absolute = [one for one in folders if os.path.isabs(one) and Path(one) != private]  # noqa: PTH117
    return list(dict.fromkeys(absolute))


def _language(ours: Mapping[str, str], system: str) -> str:
    """Ours where it says UTF-8, otherwise one that does: under the locale 'C' many programs fail on 'é' and '文'."""
    effective = ours.get("LC_ALL") or ours.get("LC_CTYPE") or ours.get("LANG") or ""
    if effective.lower().replace("-", "").partition("@")[0].endswith("utf8"):
        return effective
    return "en_US.UTF-8" if system == "darwin" else "C.UTF-8"
