"""A site's name in addresses, made once from its folder's name."""

import re
import unicodedata
from collections.abc import Container

_LENGTH = 40


def slug_for(name: str, taken: Container[str]) -> str:
    """'guest-book' of "Guest  Book!"; with '-2' and so on where that is taken.  Letters of every script stay."""
    whole = unicodedata.normalize("NFC", name.lower())  # from macOS, "é" comes as "e" and an accent, which is no letter
    base = re.sub(r"[\W_]+", "-", whole)[:_LENGTH].strip("-") or "site"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
