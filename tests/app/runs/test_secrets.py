import pytest

from app.runs import secrets
from app.runs.secrets import MASK_BYTES as M


@pytest.mark.parametrize(
    "name", ["password", "new_Password", "api-key", "X-Auth-Token", "Cookie", "口令", "pass%77ord"]
)
def test_a_name_that_promises_a_secret_is_one(name):
    assert secrets.is_secret(name)


@pytest.mark.parametrize("name", ["name", "text", "passage", "Content-Type"])
def test_other_names_are_not(name):
    assert not secrets.is_secret(name)


@pytest.mark.parametrize(
    ("mask", "given", "shown"),
    [
        (secrets.mask_query, b"name=Ada&password=x&n=1", b"name=Ada&password=" + M + b"&n=1"),
        (secrets.mask_query, b"a=1;token=x;b=2", b"a=1;token=" + M),
        (secrets.mask_query, b"", b""),
        (secrets.mask_url, b"/p?key=1#f", b"/p?key=" + M),
        (secrets.mask_url, b"/no/query", b"/no/query"),
        (secrets.mask_cookies, b"sid=1; theme=dark", b"sid=" + M + b"; theme=" + M),
        (secrets.mask_set_cookie, b"sid=1; Path=/; HttpOnly", b"sid=" + M + b"; Path=/; HttpOnly"),
    ],
)
def test_the_value_is_hidden_and_everything_else_keeps_its_place(mask, given, shown):
    assert mask(given) == shown


def test_headers_are_masked_by_name_and_addresses_in_them_by_field():
    assert secrets.mask_header(b"Authorization", b"Basic abc") == M
    assert secrets.mask_header(b"Referer", b"http://x/?token=1") == b"http://x/?token=" + M
    assert secrets.mask_header(b"Accept", b"text/html") == b"text/html"


def test_variables_are_masked_like_the_headers_that_they_come_from():
    assert secrets.mask_variable(b"HTTP_COOKIE", b"a=1") == b"a=" + M
    assert secrets.mask_variable(b"QUERY_STRING", b"secret=1&x=2") == b"secret=" + M + b"&x=2"
    assert secrets.mask_variable(b"PATH", b"/usr/bin") == b"/usr/bin"


def test_the_header_that_a_script_printed_is_masked_and_its_body_is_not():
    printed = b"Set-Cookie: sid=1; Path=/\r\nContent-Type: text/html\r\n\r\npassword: shown"

    assert secrets.mask_output(printed) == (
        b"Set-Cookie: sid=" + M + b"; Path=/\r\nContent-Type: text/html\r\n\r\npassword: shown"
    )
