"""The first line of a script, as the kernel reads it (Linux: fs/binfmt_script.c)."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

_WINDOWS_PATH = re.compile(r'^"?[A-Za-z]:[\\/]')


@dataclass(frozen=True, slots=True)
class Shebang:
    """`#!interpreter argument`.  Only the first word names the program; the rest is *one* argument."""

    line: str
    """Whole, without the line feed, and without a carriage return before it."""

    interpreter: str
    """What stands first after '#!'; empty where nothing does."""

    argument: str | None
    has_cr: bool
    """Ends with a carriage return, which the kernel takes as part of the last word."""

    @property
    def is_windows_path(self) -> bool:
        return bool(_WINDOWS_PATH.match(self.interpreter))

    @property
    def is_env(self) -> bool:
        return PurePosixPath(self.interpreter).name == "env"

    @property
    def wanted(self) -> str:
        """The name of the program that is to run the script in the end: 'python3' of '#!/usr/bin/env -S python3 -u'."""
        if self.is_env:
            words = (self.argument or "").removeprefix("-S").split()
            return next((word for word in words if "=" not in word and not word.startswith("-")), "")
        name = re.split(r"[\\/]", self.interpreter.strip('"'))[-1]
        return name[:-4] if name.lower().endswith(".exe") else name


def read_shebang(head: bytes) -> Shebang | None:
    """The first line of a file that begins with `head`; None where it does not start with '#!'."""
    if not head.startswith(b"#!"):
        return None
    raw = head.partition(b"\n")[0].decode("utf-8", "replace")
    line = raw.rstrip("\r")
    # A Windows path may hold blanks only inside quotes: "C:\Program Files\Perl\perl.exe".
    words = re.match(r'#!\s*("[^"]*"|\S*)\s*(.*?)\s*$', line)
    interpreter, argument = (words[1], words[2]) if words else ("", "")
    return Shebang(line, interpreter, argument or None, has_cr=raw != line)
