"""What the manual promises is checked against the code: each setting, each explanation, each option has its words."""

import json
import re
from pathlib import Path

import pytest

from app.diagnose.judge import RULES
from app.sites.keys import KEYS

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "zh-CN")


def page(lang: str, name: str) -> str:
    return (ROOT / "app/help" / lang / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_setting_is_explained(lang):
    told = page(lang, "sites")

    assert [name for name in KEYS if f"`{name}`" not in told and f"`[{name}]`" not in told] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_defaults_in_the_manual_are_the_defaults(lang):
    rows = dict(re.findall(r"^\| `((?:limits|keep)\.\w+)` \|.*\| ([\d.]+) \|$", page(lang, "sites"), re.MULTILINE))

    assert {name: float(value) for name, value in rows.items()} == {
        name: key.default for name, key in KEYS.items() if name in rows
    }
    assert rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_explanation_has_its_paragraph(lang):
    told = re.findall(r"^`([\w-]+)` — .", page(lang, "failures"), re.MULTILINE)

    assert sorted(told) == sorted({rule.slug for rule in RULES})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_its_words(lang):
    words = json.loads((ROOT / f"app/diagnose/words/{lang}.json").read_text(encoding="utf-8"))

    assert set(words) == {rule.slug for rule in RULES}
    assert all(set(one) == {"title", "what", "why", "fix"} and all(one.values()) for one in words.values())


def test_both_languages_have_the_same_pages_and_links():
    pages = {lang: sorted(path.stem for path in (ROOT / "app/help" / lang).glob("*.md")) for lang in LANGUAGES}
    links = {lang: [re.findall(r"\]\(([^)]+)\)", page(lang, name)) for name in pages[lang]] for lang in LANGUAGES}

    assert pages["en"] == pages["zh-CN"]
    assert links["en"] == links["zh-CN"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_leads_to_a_page(lang):
    for path in (ROOT / "app/help" / lang).glob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (path.parent / f"{target}.md").exists(), (path.name, target)
