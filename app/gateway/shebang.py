"""The first line of a script, read as the kernel reads it (Linux: fs/binfmt_script.c)."""

import re
from dataclasses import dataclass

_LINE = 256
"""BINPRM_BUF_SIZE: what the kernel reads of a file to find its interpreter."""

_WORDS = re.compile(rb'#![ \t]*("[^"\0]*"|[^ \t\0]*)[ \t]*(.*?)[ \t\0]*\Z', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shebang:
    """`#!interpreter argument`: one word, and the rest as *one* argument.  A carriage return belongs to them."""

    interpreter: bytes
    argument: bytes

    @property
    def program(self) -> bytes:
        """The interpreter's own name: b'python3' of '/usr/bin/python3', b'perl' of 'C:\\xampp\\perl\\bin\\perl.exe'."""
        name = re.split(rb"[\\/]", self.interpreter.strip(b'"'))[-1]
        return name[:-4] if name.lower().endswith(b".exe") else name

    @property
    def is_env(self) -> bool:
        return self.program == b"env"

    @property
    def wanted(self) -> bytes:
        """The program that runs the script in the end: b'python3' of '#!/usr/bin/env -S python3 -u'."""
        return self._through_env()[0] if self.is_env else self.program

    @property
    def arguments(self) -> tuple[bytes, ...]:
        """What that program is given before the script's name."""
        if self.is_env:
            return self._through_env()[1]
        return (self.argument,) if self.argument else ()

    def _through_env(self) -> tuple[bytes, tuple[bytes, ...]]:
        """env takes its argument as one name, unless -S tells it to split it."""
        if not self.argument.startswith(b"-S"):
            return self.argument, ()
        words = self.argument[2:].split()
        while words and (words[0].startswith(b"-") or b"=" in words[0]):
            del words[0]
        return (words[0], tuple(words[1:])) if words else (b"", ())


def read_shebang(head: bytes) -> Shebang | None:
    """None where the file does not start with '#!', or names nothing after it."""
    if not head.startswith(b"#!"):
        return None
    words = _WORDS.match(head[:_LINE].partition(b"\n")[0])
    return Shebang(words[1], words[2]) if words and words[1] else None
