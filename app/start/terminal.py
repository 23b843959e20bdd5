"""Words on stderr: progress, and the sentence where something went wrong; on stdout: where everything is."""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from app.commands import speak
from app.words import Language, error, phrase

if TYPE_CHECKING:
    from app.start.progress import Progress


def terminal_language() -> Language:
    return speak.terminal_language(os.environ)


def say(line: str) -> None:
    _write(line, sys.stderr)


def tell(line: str) -> None:
    """On stdout, for programs and people."""
    _write(line, sys.stdout)


def _write(line: str, stream: TextIO | None) -> None:
    if stream is None:  # under pythonw
        return
    try:
        print(line, file=stream, flush=True)
    except OSError:
        # Nobody reads any more (a closed terminal, `| head`), or its disk is full: that is no reason to end.  What is
        # left in the stream's buffer must go somewhere, or Python complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say_error(slug: str, params: Mapping[str, object], lang: Language | None = None) -> None:
    """The sentence, the way out, and the command that helps where there is one; a line each."""
    words = error(slug, lang or terminal_language(), params)
    command = f"  {params['command']}" if "command" in params else ""
    say("\n".join(filter(None, (words["error"], words["fix"], command))))


class TerminalProgress:
    """A line for each step; on a terminal the last line also says what the step is busy with."""

    def __init__(self) -> None:
        self._lang = terminal_language()
        self._is_live = sys.stderr is not None and sys.stderr.isatty()
        self._said: set[str] = set()

    def __call__(self, progress: "Progress") -> None:
        if not self._said:
            self._said.add("")
            say(phrase("start-title-terminal" if progress.is_first else "start-rebuild-title", self._lang))
        busy = [step for step in progress.steps.values() if step.state == "now" and step.slug != "window"]
        for step in busy:
            if step.slug not in self._said:
                self._said.add(step.slug)
                self._clear()
                say("  " + phrase(f"start-step-{step.slug}", self._lang))
        if self._is_live:
            self._clear()
            details = "   ".join(f"{step.detail} {step.note}".strip() for step in busy)
            sys.stderr.write(f"  {progress.percent()} %  {details}"[:79])
            sys.stderr.flush()
            if not busy:
                self._clear()

    def _clear(self) -> None:
        if self._is_live:
            sys.stderr.write("\r\x1b[K")
