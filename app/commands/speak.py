"""What a command says to people: failures in words on stderr, in the language of the terminal."""

import argparse
import io
import locale
import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps

from app import words
from app.errors import GatehouseError
from app.runs.text import printable
from app.words import LANGUAGES, Language, language

Command = Callable[[argparse.Namespace], int]


def in_words(command: Command) -> Command:
    """A GatehouseError ends the command with exit 1, its sentence and its way out on stderr."""

    @wraps(command)
    def careful(options: argparse.Namespace) -> int:
        for stream in (sys.stdout, sys.stderr):
            # A terminal, or a file, in an encoding without Chinese gets "\\u4e2d" instead of a traceback.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return command(options)
        except GatehouseError as error:
            said = words.error(error.slug, language_of(options), error.params)
            print(printable(f"{said['error']}\n{said['fix']}"), file=sys.stderr)
            return 1
        except BrokenPipeError:
            # `gatehouse runs | head` has seen enough.  Python would complain again when it flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    return careful


def add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the sentences; the terminal's unless told")


def language_of(options: argparse.Namespace) -> Language:
    return getattr(options, "lang", None) or terminal_language(os.environ)


def terminal_language(environ: Mapping[str, str]) -> Language:
    """As gettext finds it: LANGUAGE, LC_ALL, LC_MESSAGES, LANG, the first that is set; 'zh_CN.UTF-8' is Chinese."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return language(environ[name].partition(":")[0].partition(".")[0].replace("_", "-"))
    return language((locale.getlocale()[0] or "").replace("_", "-"))
