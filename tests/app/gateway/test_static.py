import gzip
import os

import pytest

from app.gateway.static import StaticAnswer, answer
from app.gateway.values import StaticFile

PAGE = b"<h1>Home</h1>"


@pytest.fixture
def ask(make_site, make_request):
    """The answer for a file of a site, index.html where no other is named."""
    site = make_site({"index.html": PAGE, "style.css": b"p {}" * 100, "empty.txt": b"", "a.png": b"\x89PNG"})

    def of(*headers, method="GET", file="index.html") -> StaticAnswer:
        return answer(site, StaticFile(site.folder / file), make_request(method, *headers))

    of.folder = site.folder
    return of


def field(found: StaticAnswer, name: bytes) -> bytes | None:
    values = [value for key, value in found.headers if key == name]
    assert len(values) <= 1
    return values[0] if values else None


def body(found: StaticAnswer) -> bytes:
    return found.path.read_bytes()[found.start : found.start + found.length] if found.path else b""


def test_a_page_is_sent_whole_with_type_version_and_no_framing(ask):
    found = ask()

    assert (found.status, body(found)) == (200, PAGE)
    assert field(found, b"Content-Type") == b"text/html; charset=utf-8"
    assert field(found, b"Accept-Ranges") == b"bytes"
    assert field(found, b"Cache-Control") == b"no-cache"
    assert {name for name, _ in found.headers} & {b"Content-Length", b"Date", b"Connection"} == set()


def test_head_is_answered_as_get(ask):
    assert ask(method="HEAD") == ask()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "get"])
def test_other_methods_are_refused_with_those_allowed(ask, method):
    assert ask(method=method) == StaticAnswer(405, ((b"Allow", b"GET, HEAD"),))


def test_a_page_that_was_not_changed_is_not_sent_again(ask):
    first = ask()

    by_tag = ask((b"If-None-Match", field(first, b"ETag")))
    by_date = ask((b"If-Modified-Since", field(first, b"Last-Modified")))

    assert (by_tag.status, by_tag.path, by_date.status) == (304, None, 304)
    assert field(by_tag, b"ETag") == field(first, b"ETag")
    assert field(by_tag, b"Content-Type") is None


def test_a_page_that_was_changed_has_another_tag(ask):
    first = ask()
    (ask.folder / "index.html").write_bytes(PAGE.swapcase())
    os.utime(ask.folder / "index.html", ns=(1, 1))

    found = ask((b"If-None-Match", field(first, b"ETag")))

    assert (found.status, body(found)) == (200, PAGE.swapcase())


def test_a_file_from_the_future_was_not_modified_after_now(ask):
    """RFC 9110 §8.8.2.1."""
    os.utime(ask.folder / "index.html", (2**33, 2**33))

    year = int((field(ask(), b"Last-Modified") or b"").split()[3])

    assert year < 2100


@pytest.mark.parametrize(
    ("asked", "status", "sent", "said"),
    [
        (b"bytes=1-2", 206, b"h1", b"bytes 1-2/13"),
        (b"bytes=-5", 206, b"</h1>"[-5:], b"bytes 8-12/13"),
        (b"bytes=99-", 416, b"", b"bytes */13"),
        (b"bytes=0-1,3-4", 200, PAGE, None),
    ],
)
def test_a_range_is_sent_as_a_part(ask, asked, status, sent, said):
    found = ask((b"Range", asked))

    assert (found.status, body(found), field(found, b"Content-Range")) == (status, sent, said)


def test_a_condition_that_fails_sends_nothing(ask):
    assert ask((b"If-Match", b'"other"')) == StaticAnswer(412, ())


def test_an_empty_file_is_an_empty_page(ask):
    found = ask(file="empty.txt")

    assert (found.status, found.length) == (200, 0)


def test_a_file_that_went_away_is_not_found(ask):
    (ask.folder / "index.html").unlink()

    assert ask() == StaticAnswer(404, ())


def test_a_file_that_is_closed_to_us_is_forbidden(public_folder, as_somebody, make_site, make_request):
    page = public_folder / "index.html"
    page.write_bytes(PAGE)
    with as_somebody():
        assert answer(make_site({}), StaticFile(page), make_request("GET")).status == 200

    page.chmod(0)

    with as_somebody():
        assert answer(make_site({}), StaticFile(page), make_request("GET")) == StaticAnswer(403, ())


@pytest.fixture
def compressed(ask):
    """style.css with its compressed copies."""
    original = (ask.folder / "style.css").read_bytes()
    (ask.folder / "style.css.gz").write_bytes(gzip.compress(original))
    (ask.folder / "style.css.br").write_bytes(b"br")
    return lambda *headers: ask(*headers, file="style.css")


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (b"gzip, deflate, br", b"br"),
        (b"gzip", b"gzip"),
        (b"GZIP;q=0.5, br;q=0.1", b"gzip"),
        (b"br;q=0, gzip;q=0.001", b"gzip"),
        (b"*", b"br"),
        (b"*;q=0", None),
        (b"br;q=0, gzip;q=0", None),
        (b"identity", None),
        (b"br;q=nonsense", None),
        (b"br;q=1.2.3", None),
        (b"", None),
    ],
)
def test_a_compressed_copy_is_sent_to_who_takes_it(compressed, accepted, coding):
    found = compressed((b"Accept-Encoding", accepted))

    assert field(found, b"Content-Encoding") == coding
    assert field(found, b"Content-Type") == b"text/css; charset=utf-8"
    assert field(found, b"Vary") == b"Accept-Encoding"


def test_without_accept_encoding_the_file_itself_is_sent_and_varies(compressed):
    found = compressed()

    assert (field(found, b"Content-Encoding"), field(found, b"Vary")) == (None, b"Accept-Encoding")


def test_each_coding_has_a_tag_of_its_own(compressed):
    tags = {field(compressed((b"Accept-Encoding", one)), b"ETag") for one in (b"", b"gzip", b"br")}

    assert len(tags) == 3


def test_a_copy_older_than_its_file_is_not_sent(ask, compressed):
    os.utime(ask.folder / "style.css.br", ns=(1, 1))
    os.utime(ask.folder / "style.css.gz", ns=(1, 1))

    found = compressed((b"Accept-Encoding", b"br, gzip"))

    assert (field(found, b"Content-Encoding"), field(found, b"Vary")) == (None, None)


def test_a_copy_that_is_a_link_is_not_followed(ask, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (ask.folder / "index.html.gz").symlink_to(tmp_path / "secret")

    assert field(ask((b"Accept-Encoding", b"gzip")), b"Content-Encoding") is None
