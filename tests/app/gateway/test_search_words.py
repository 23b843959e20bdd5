import pytest

from app.gateway.search_words import search_words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (b"1+ls", (b"1", b"ls")),
        (b"Page", (b"Page",)),
        (b"a%2Bb+c%20d", (b"a+b", b"c d")),
        (b"a%3Db", (b"a=b",)),
        (b"%24(rm)+%60x%60+;", (b"$(rm)", b"`x`", b";")),
        (b"a++b+", (b"a", b"b")),
        pytest.param("文".encode(), ("文".encode(),), id="UTF-8"),
    ],
)
def test_a_query_without_an_equals_sign_is_words(query, words):
    assert search_words("GET", query) == words
    assert search_words("HEAD", query) == words


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"a=b", id="a form"),
        pytest.param(b"a+b=", id="an equals sign anywhere"),
        pytest.param(b"-s", id="an option (CVE-2012-1823)"),
        pytest.param(b"%2Dd+allow_url_include%3D1", id="an encoded option (CVE-2012-1823)"),
        pytest.param(b"ls+-l", id="an option later on"),
        pytest.param(b"a%00b", id="NUL"),
        pytest.param(b"100%", id="no escape"),
        pytest.param(b"+".join([b"w"] * 300), id="many words"),
        pytest.param(b"x" * 40_000, id="long"),
    ],
)
def test_no_words_are_handed_over_where_they_could_hurt(query):
    assert search_words("GET", query) == ()


@pytest.mark.parametrize("method", ["POST", "PUT", "get"])
def test_other_methods_have_no_words(method):
    assert search_words(method, b"a+b") == ()
