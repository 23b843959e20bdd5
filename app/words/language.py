"""Which of our languages a reader gets."""

from typing import Literal

Language = Literal["en", "zh-CN"]
LANGUAGES: tuple[Language, ...] = ("en", "zh-CN")


def language(accept_language: str | None) -> Language:
    """The best of our languages for an Accept-Language value (RFC 9110 §12.5.4); English where none fits.

    Any Chinese gets 简体中文: it is nearer to a reader of 繁體中文 than English.
    """
    best: Language = "en"
    best_quality = 0.0
    for item in (accept_language or "").split(","):
        tag, quality = _read(item)
        ours = _ours(tag)
        if ours and quality > best_quality:
            best, best_quality = ours, quality
    return best


def _read(item: str) -> tuple[str, float]:
    """('zh-cn', 0.8) of "zh-CN;q=0.8"; a quality that is no number counts as 0."""
    tag, _, parameter = item.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return tag.strip().lower(), 1.0
    try:
        return tag.strip().lower(), float(value)
    except ValueError:
        return tag.strip().lower(), 0.0


def _ours(tag: str) -> Language | None:
    match tag.partition("-")[0]:
        case "en" | "*":
            return "en"
        case "zh":
            return "zh-CN"
    return None
