"""Reading the words of one language, once per process."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

Catalogue = dict[str, dict[str, Any]]


@cache
def read_catalogue(folder: Path, lang: str) -> Catalogue:
    """`<folder>/<lang>.json`, or every file of `<folder>/<lang>/` merged; English where there is none in `lang`."""
    if not (folder / lang).is_dir() and not (folder / f"{lang}.json").is_file():
        lang = "en"
    if (folder / lang).is_dir():
        return _merged(_read(path) for path in sorted((folder / lang).glob("*.json")))
    return _read(folder / f"{lang}.json")


def _read(path: Path) -> Catalogue:
    catalogue: Catalogue = json.loads(path.read_text(encoding="utf-8"))
    return catalogue


def _merged(parts: Iterable[Catalogue]) -> Catalogue:
    """Files by subject, each with the same sections."""
    whole: Catalogue = {}
    for part in parts:
        for section, words in part.items():
            whole.setdefault(section, {}).update(words)
    return whole
