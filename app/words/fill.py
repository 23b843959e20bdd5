"""Putting parameters into a template, so that a parameter never becomes markup.

A template may mark code with backticks and names parameters in braces:

    "Line {line} of `{file}` reads `form[{key}]`."

The code spans are cut out *first*, the parameters put in afterwards, each exactly once.  A parameter may
come from a script, and hold braces, backticks or anything else: it stays text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PARAMETER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_CODE = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a filled sentence."""

    text: str
    is_code: bool


def pieces(template: str, params: Mapping[str, object]) -> tuple[Piece, ...]:
    """The sentence in stretches of prose and code, for a page that shows them differently."""
    # With one group, split() alternates: prose, code, prose, code, …, prose.
    stretches = enumerate(_CODE.split(template))
    return tuple(Piece(_put(text, params), is_code=n % 2 == 1) for n, text in stretches if text)


def fill(template: str, params: Mapping[str, object]) -> str:
    """The sentence as plain text, without the marks of code."""
    return "".join(piece.text for piece in pieces(template, params))


def placeholders(template: str) -> frozenset[str]:
    """The names of the parameters that a template wants."""
    return frozenset(_PARAMETER.findall(template))


def _put(text: str, params: Mapping[str, object]) -> str:
    # A run recorded by an older version may lack a parameter that today's sentence has: "?" is still readable.
    return _PARAMETER.sub(lambda match: str(params.get(match[1], "?")), text)
