import pytest

from app.gateway.media_types import media_type, needs_head


@pytest.mark.parametrize(
    ("extension", "head", "expected"),
    [
        (".html", b"<p>hi", "text/html; charset=utf-8"),
        (".html", "<p>文".encode(), "text/html; charset=utf-8"),
        (".html", "文".encode() * 100 + "文".encode()[:2], "text/html; charset=utf-8"),
        (".html", "<p>größe".encode("latin-1"), "text/html"),
        (".html", b'<meta charset="gbk"><p>', "text/html"),
        (".html", b'<META http-equiv="Content-Type" content="text/html; charset=big5">', "text/html"),
        (".css", b"p {}", "text/css; charset=utf-8"),
        (".js", b"1", "text/javascript; charset=utf-8"),
        (".txt", b"\xff\xfe", "text/plain"),
        (".csv", b"", "text/csv; charset=utf-8"),
        (".json", b"", "application/json"),
        (".svg", b"", "image/svg+xml"),
        (".png", b"", "image/png"),
        (".xyz", b"", "application/octet-stream"),
        ("", b"Read me", "text/plain; charset=utf-8"),
        ("", b"\0\1", "application/octet-stream"),
    ],
)
def test_the_type_is_told_and_the_charset_where_it_is_certain(extension, head, expected):
    assert media_type(extension, head) == expected


def test_only_text_is_looked_into():
    assert needs_head(".html")
    assert needs_head("")
    assert not needs_head(".png")
    assert not needs_head(".json")
