import pytest

from app.words import error, phrase
from app.words.language import language


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        (None, "en"),
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("en;q=0.5, zh;q=0.4", "en"),
        ("de, zh;q=0.1", "zh-CN"),
        ("de", "en"),
        ("zh;q=nonsense", "en"),
        ("*", "en"),
    ],
)
def test_the_best_of_our_languages_is_taken(header, ours):
    assert language(header) == ours


def test_an_error_has_its_sentence_and_its_way_out_in_both_languages():
    english, chinese = (error("folder-gone", lang, {"folder": "/x"}) for lang in ("en", "zh-CN"))

    assert "/x" in english["error"]
    assert english["fix"]
    assert "/x" in chinese["error"]
    assert chinese != english


def test_a_slug_without_words_says_itself():
    assert error("no-such-slug", "en")["error"] == "no-such-slug"
    assert phrase("no.such.phrase", "en") == "no.such.phrase"
