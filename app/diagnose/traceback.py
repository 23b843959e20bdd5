"""Reading the traceback that Python prints, from version 2.7 on.

Only its *form* is read (it has been the same since Python 1.5): the `File "…", line N` lines and the line
after the last of them.  What messages say changes between versions and is only quoted.
"""

import html
import re
from dataclasses import dataclass
from pathlib import Path

_HEADER = re.compile(r"^(?:\s*[+|] )?(?:Exception Group )?Traceback \(most recent call last\):$")
_FRAME = re.compile(r'^\s*(?:\| )?\s*File "(?P<file>.+?)", line (?P<line>\d+)(?:, in (?P<function>.*))?$')
_ERROR = re.compile(r"^(?:\s*\| )?(?P<type>[A-Za-z_][\w.]*)(?:: (?P<message>.*))?$")
_CARETS = re.compile(r"^[\s~^|]+$")
_GROUP_MARK = re.compile(r"^\s*\| ?")


@dataclass(frozen=True, slots=True)
class Frame:
    """One `File "…", line N, in function` of a traceback."""

    file: str
    line: int
    function: str | None
    """None for the place of a SyntaxError, which is in no function yet."""

    source: str
    """The line of source as printed; empty where Python could not show it."""


@dataclass(frozen=True, slots=True)
class Traceback:
    """The exception that ended a script: of a chain the last one, which is the one that was not caught."""

    type: str
    """With its module where it has one: 'sqlite3.OperationalError'."""

    message: str
    """First line of it; empty where there is none."""

    frames: tuple[Frame, ...]
    text: str
    """As printed, from its first line to its error."""

    @property
    def is_syntax_error(self) -> bool:
        """The file could not be read as Python at all: the last frame is a place, not a call."""
        return bool(self.frames) and self.frames[-1].function is None

    def own_frame(self, folder: Path, working_directory: str) -> Frame | None:
        """The innermost frame inside `folder`, where the mistake usually is; without one, the innermost."""
        for frame in reversed(self.frames):
            if folder in Path(working_directory, frame.file).parents:
                return frame
        return self.frames[-1] if self.frames else None


def read_traceback(printed: str) -> Traceback | None:
    """The last complete traceback in a text; None where there is none.

    A SyntaxError in the script itself is printed without the "Traceback" line, its `File` line stands first.
    """
    found = None
    lines = printed.splitlines()
    number = 0
    while number < len(lines):
        starts = _HEADER.match(lines[number])
        if starts or _FRAME.match(lines[number]):
            traceback, number = _read_one(lines, number, number + 1 if starts else number)
            found = traceback or found
        else:
            number += 1
    return found


def from_cgitb(page: str) -> Traceback | None:
    """The traceback in the comment at the end of a page that `cgitb` wrote to stdout."""
    return read_traceback(html.unescape(page.rpartition("<!--")[2]))


def _read_one(lines: list[str], start: int, number: int) -> tuple[Traceback | None, int]:
    """A traceback whose frames begin at `number`, and the number of the line after it."""
    frames: list[Frame] = []
    while number < len(lines):
        line = lines[number]
        number += 1
        if frame := _FRAME.match(line):
            source = _source(lines[number]) if number < len(lines) else ""
            frames.append(Frame(frame["file"], int(frame["line"]), frame["function"], source))
        elif error := _ERROR.match(line):
            text = "\n".join(lines[start:number])
            return (Traceback(error["type"], error["message"] or "", tuple(frames), text) if frames else None), number
        elif not line.startswith((" ", "\t")):
            return None, number
    return None, number


def _source(line: str) -> str:
    """The source line under a frame; what stands there may also be the next frame or the error."""
    if _FRAME.match(line) or _CARETS.match(line) or not line.startswith(" "):
        return ""
    return _GROUP_MARK.sub("", line).strip()
