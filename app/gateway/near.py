"""'Did you mean …?': the name in a folder that somebody probably had in mind."""

import os
from collections.abc import Iterator

from .paths import is_hidden

_ENTRIES = 2000
"""Names looked at; a folder with more is not read to its end for a suggestion."""


def near_name(folder: bytes, wanted: bytes) -> str | None:
    """A name that differs from the wanted one only in case, else by one letter, else by its missing ending."""
    asked = os.fsdecode(wanted)
    names = list(_names(folder))
    by_case = (name for name in names if name.casefold() == asked.casefold())
    by_letter = (name for name in names if is_one_slip_away(name.casefold(), asked.casefold()))
    by_ending = (name for name in names if "." not in asked and name.partition(".")[0] == asked)
    return next(by_case, None) or next(by_letter, None) or next(by_ending, None)


def is_one_slip_away(one: str, other: str) -> bool:
    """One letter wrong, missing or too many, or two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 3:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    is_exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or is_exchanged


def _names(folder: bytes) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(_ENTRIES), entries, strict=False):
                if not is_hidden(entry.name):
                    yield os.fsdecode(entry.name)
    except OSError:
        return
