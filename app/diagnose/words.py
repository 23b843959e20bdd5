"""A diagnosis in words: title, what happened, why, and what to do, in the reader's language.

The sentences stand in `words/{en,zh-CN}.json` by slug; the front end's build reads the same files.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.words import fill, phrase
from app.words.catalogue import read_catalogue

FOLDER = Path(__file__).parent / "words"


def explain(diagnosis: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The diagnosis, as `Found.as_dict` made it, with its words filled in as plain text.

    An unknown slug (of a newer version's run) is its own title, and its parameters are what happened.
    """
    params = diagnosis["params"]
    words = {part: fill(template, params) for part, template in templates(diagnosis["slug"], lang).items()}
    return {
        "slug": diagnosis["slug"],
        "title": words["title"],
        "what": words["what"],
        "why": words["why"],
        "fix": {"text": words["fix"], **diagnosis["fix"]},
        "evidence": [
            {**fact, "label": phrase(f"fact.{fact['name']}", lang)} for fact in diagnosis.get("evidence") or ()
        ],
        "certainty": diagnosis["certainty"],
        "params": params,
    }


def templates(slug: str, lang: str) -> Mapping[str, str]:
    """title, what, why and fix of a slug, not filled in; code spans still marked."""
    unknown = {"title": slug, "what": "", "why": "", "fix": ""}
    words: Mapping[str, str] = read_catalogue(FOLDER, lang).get(slug, unknown)
    return words
