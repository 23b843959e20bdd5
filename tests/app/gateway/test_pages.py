import re
import string

import pytest

from app.gateway.pages import CATALOGUES, language, own_page


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same():
    english, chinese = CATALOGUES["en"], CATALOGUES["zh-CN"]

    assert english.keys() == chinese.keys()
    for slug, words in english.items():
        assert [names(text) for text in words] == [names(text) for text in chinese[slug]], slug


@pytest.mark.parametrize(
    ("accept", "lang"),
    [(b"", "en"), (b"zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), (b"de, en, zh", "en"), (b"fr, zh-TW", "zh-CN"), (b"fr", "en")],
)
def test_the_first_language_that_we_speak(accept, lang):
    assert language(accept) == lang


def test_a_program_gets_text():
    kind, body = own_page(404, "no-such-file", accept=b"*/*", accept_language=b"", near="index.html")

    assert kind == b"text/plain; charset=utf-8"
    assert body == b"Not found\nThere is nothing at this address.\nDid you mean index.html?\n"


def test_names_from_outside_are_escaped():
    _, body = own_page(404, "no-such-file", accept=b"text/html", accept_language=b"", near="<script>")

    assert b"&lt;script&gt;" in body
    assert not re.search(rb"<script", body)
