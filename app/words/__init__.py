"""Every sentence that Gatehouse itself says, in English and 简体中文; one catalogue, found by slug.

`{en,zh-CN}/*.json`, a file for each subject, hold `errors` (what is wrong, and the way out) and `phrases` (everything
else).
A template has `{name}` for a parameter and `` `…` `` for code; `fill.py` has the rule.
The sentences about failed runs stand in `app/diagnose/words` and follow the same rule.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.words.catalogue import read_catalogue
from app.words.fill import Piece, fill, pieces
from app.words.language import LANGUAGES, Language, language

__all__ = ["LANGUAGES", "Language", "Piece", "error", "fill", "language", "phrase", "pieces"]

_FOLDER = Path(__file__).parent


def error(slug: str, lang: str, params: Mapping[str, object] | None = None) -> dict[str, str]:
    """{"error": what is wrong, "fix": what to do}.  An unknown slug says itself: a wrong word beats no answer."""
    words: dict[str, str] = _catalogue(lang)["errors"].get(slug, {"error": slug, "fix": ""})
    return {part: fill(template, params or {}) for part, template in words.items()}


def phrase(slug: str, lang: str, params: Mapping[str, object] | None = None) -> str:
    """One sentence or label."""
    return fill(str(_catalogue(lang)["phrases"].get(slug, slug)), params or {})


def _catalogue(lang: str) -> dict[str, dict[str, Any]]:
    return read_catalogue(_FOLDER, lang)
