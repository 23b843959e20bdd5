"""RFC 3875 §6 and CGI.md 1.4, as tables.  Each case is read whole, and byte by byte."""

import pytest

from app.gateway.response import HeaderReader
from app.gateway.values import ClientRedirect, Document, LocalRedirect, Malformed, Note

HTML = (b"Content-Type", b"text/html")


def read(output: bytes, *, step: int | None = None) -> tuple[object, bytes]:
    """(what was read, the body), with the output arriving in pieces of `step` bytes."""
    reader = HeaderReader()
    step = step or max(1, len(output))
    for start in range(0, len(output), step):
        found = reader.feed(output[start : start + step])
        if found is not None:
            return found, reader.rest + output[start + step :]
    return reader.finish(), b""


@pytest.fixture(params=[None, 1, 7], ids=["whole", "byte by byte", "in pieces"])
def reading(request):
    return lambda output: read(output, step=request.param)


@pytest.mark.parametrize(
    ("output", "headers", "body"),
    [
        pytest.param(b"Content-Type: text/html\n\n<p>", (HTML,), b"<p>", id="LF"),
        pytest.param(b"Content-Type: text/html\r\n\r\n<p>", (HTML,), b"<p>", id="CR LF"),
        pytest.param(b"Content-Type: text/html\r\n\n<p>", (HTML,), b"<p>", id="mixed"),
        pytest.param(b"Content-Type: text/html\n\r\n\n<p>", (HTML,), b"\n<p>", id="mixed, body begins blank"),
        pytest.param(b"Content-Type: text/html\r\r\n\r\r\n<p>", (HTML,), b"<p>", id="text mode of Windows"),
        pytest.param(b"Content-Type:text/html \n\n", (HTML,), b"", id="blanks around the value"),
        pytest.param(b"Content-Type : text/html\n\n", (HTML,), b"", id="a blank before the colon"),
        pytest.param(b"content-TYPE: a\n\n", ((b"content-TYPE", b"a"),), b"", id="the name as written"),
        pytest.param(
            b"Set-Cookie: a=1\nContent-Type: text/html\nSet-Cookie: b=2\n\n",
            ((b"Set-Cookie", b"a=1"), HTML, (b"Set-Cookie", b"b=2")),
            b"",
            id="repeats in order",
        ),
        pytest.param(b"Content-Type: x\nContent-Type: text/html\n\n", (HTML,), b"", id="one type: the last"),
        pytest.param(b"X: \nContent-Type: text/html\n\n", ((b"X", b""), HTML), b"", id="an empty value"),
        pytest.param(b"X: a:b\xe4\x01\nContent-Type: text/html\n\n", ((b"X", b"a:b\xe4\x01"), HTML), b"", id="bytes"),
        pytest.param(
            b"Connection: close\nTransfer-Encoding: chunked\nKeep-Alive: 5\nUpgrade: h2c\nTrailer: X\nTE: x\n"
            b"Content-Length: 9\nDate: now\nServer: mine\nContent-Type: text/html\n\n",
            (HTML,),
            b"",
            id="framing is ours",
        ),
        pytest.param(
            b"Content-Type: image/png\n\n\x89PNG\r\n\x1a\n",
            ((b"Content-Type", b"image/png"),),
            b"\x89PNG\r\n\x1a\n",
            id="binary",
        ),
    ],
)
def test_a_document_is_read_with_its_fields_and_body(reading, output, headers, body):
    assert reading(output) == (Document(200, b"", headers), body)


@pytest.mark.parametrize(
    ("value", "status", "reason"),
    [
        (b"404 Not Found", 404, b"Not Found"),
        (b"404", 404, b""),
        (b"  404   Nicht da ", 404, b"Nicht da"),
        (b"200 OK", 200, b"OK"),
        (b"418\tTeapot", 418, b"Teapot"),
        (b"599 x", 599, b"x"),
    ],
)
def test_every_form_of_status_is_read_and_the_field_removed(reading, value, status, reason):
    found, _ = reading(b"STATUS: " + value + b"\nContent-Type: text/html\n\n")

    assert found == Document(status, reason, (HTML,))


def test_a_status_alone_is_a_document_without_a_type(reading):
    assert reading(b"Status: 404\n\n")[0] == Document(404, b"", (), (Note("no-content-type", {}),))


@pytest.mark.parametrize("status", [b"204 No Content", b"304 Not Modified"])
def test_a_status_without_a_body_needs_no_type(reading, status):
    found, _ = reading(b"Status: " + status + b"\n\n")

    assert isinstance(found, Document)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        pytest.param(b"Location: /a?b\n\n", LocalRedirect(b"/a?b", ()), id="local"),
        pytest.param(
            b"Location: /a\nSet-Cookie: a=1\n\n",
            LocalRedirect(b"/a", ((b"Set-Cookie", b"a=1"),)),
            id="local, headers kept",
        ),
        pytest.param(
            b"Location: http://x/\n\n",
            ClientRedirect(302, b"", b"http://x/", ((b"Location", b"http://x/"),)),
            id="client",
        ),
        pytest.param(
            b"Location: other.html\n\n",
            ClientRedirect(302, b"", b"other.html", ((b"Location", b"other.html"),)),
            id="relative",
        ),
        pytest.param(
            b"Location: /a#b\n\n", ClientRedirect(302, b"", b"/a#b", ((b"Location", b"/a#b"),)), id="with a fragment"
        ),
        pytest.param(
            b"Status: 303 See Other\nLocation: /a\n\n",
            ClientRedirect(303, b"See Other", b"/a", ((b"Location", b"/a"),)),
            id="local path, but its own status",
        ),
        pytest.param(
            b"Status: 301\nLocation: https://x/\nContent-Type: text/html\n\n",
            ClientRedirect(301, b"", b"https://x/", ((b"Location", b"https://x/"), HTML)),
            id="client redirect with a document",
        ),
        pytest.param(
            b"Status: 201 Created\nLocation: /new\nContent-Type: text/html\n\n",
            Document(201, b"Created", ((b"Location", b"/new"), HTML)),
            id="201 is no redirect",
        ),
    ],
)
def test_a_location_makes_a_redirect(reading, output, expected):
    assert reading(output)[0] == expected


@pytest.mark.parametrize(
    ("output", "error", "line_no", "line"),
    [
        pytest.param(b"", "empty", 1, b"", id="nothing"),
        pytest.param(b"\nContent-Type: text/html\n\n", "starts-blank", 1, b"", id="blank first"),
        pytest.param(b"\r\n", "starts-blank", 1, b"", id="blank first, CR LF"),
        pytest.param(b"<html>\n<p>hi</p>\n", "bad-line", 1, b"<html>", id="no header"),
        pytest.param(b"hello", "bad-line", 1, b"hello", id="no header, no line end"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "bad-line", 1, b"\x89PNG", id="an image"),
        pytest.param(b"Content-Type: text/html\n<html>\n", "bad-line", 2, b"<html>", id="no blank line"),
        pytest.param(b"Content-Type text/html\n\n", "bad-line", 1, b"Content-Type text/html", id="no colon"),
        pytest.param(b"Content-Type: a\n b: c\n\n", "bad-line", 2, b" b: c", id="indented"),
        pytest.param(b"Content-Type: text/html\n", "no-blank-line", 1, b"Content-Type: text/html", id="no end"),
        pytest.param(
            b"X: 1\nContent-Type: a", "no-blank-line", 2, b"Content-Type: a", id="no end, not even of the line"
        ),
        pytest.param(b"Contnet-Type: text/html\n\n", "no-required-field", 1, b"Contnet-Type: text/html", id="misspelt"),
        pytest.param(b"Set-Cookie: a=1\nX: 1\n\n", "no-required-field", 1, b"Set-Cookie: a=1", id="no type"),
        pytest.param(b"Content-Type: a\nStatus: Not Found\n\n", "bad-status", 2, b"Status: Not Found", id="no number"),
        pytest.param(b"Status: 20\n\n", "bad-status", 1, b"Status: 20", id="two digits"),
        pytest.param(b"Status: 2000\n\n", "bad-status", 1, b"Status: 2000", id="four digits"),
        pytest.param(b"Status: 600\n\n", "bad-status", 1, b"Status: 600", id="out of range"),
        pytest.param(b"Status: 101 Switching\n\n", "bad-status", 1, b"Status: 101 Switching", id="no final status"),
        pytest.param(b"Status:\n\n", "bad-status", 1, b"Status: ", id="no status at all"),
        pytest.param(b"Content-Type: a\rX: b\n\n", "bad-value", 1, b"Content-Type: a\rX: b", id="bare CR"),
        pytest.param(b"Content-Type: a\0b\n\n", "bad-value", 1, b"Content-Type: a\0b", id="NUL"),
        pytest.param(b"Location:\n\n", "bad-location", 1, b"Location: ", id="to nowhere"),
        pytest.param(b"Location: //evil/\n\n", "bad-location", 1, b"Location: //evil/", id="to another host"),
        pytest.param(b"-e Content-Type: text/html\n\n", "bad-line", 1, b"-e Content-Type: text/html", id="echo -e"),
        pytest.param(b"<p a='b:c'>\n<p>\n", "bad-line", 1, b"<p a='b:c'>", id="a page that holds colons"),
        pytest.param(
            b"\xef\xbb\xbfContent-Type: a\n\n", "bad-line", 1, b"\xef\xbb\xbfContent-Type: a", id="byte order mark"
        ),
    ],
)
def test_output_that_is_no_response_is_malformed_at_the_line_that_spoiled_it(reading, output, error, line_no, line):
    assert reading(output)[0] == Malformed(error, line_no, line)


def test_a_name_that_is_no_token_is_left_out_with_a_note(reading):
    """cgitb's page begins with '<!--: spam' to get through as a field."""
    found, body = reading(b"<!--: spam\nContent-Type: text/html\n\n<body>")

    assert found == Document(200, b"", (HTML,), (Note("header-dropped", {"line": "<!--: spam"}),))
    assert body == b"<body>"


def test_a_traceback_of_cgitb_within_the_header_is_shown(reading):
    found, _ = reading(b"Content-Type: text/plain\n<!--: spam\nContent-Type: text/html\n\n<body>")

    assert isinstance(found, Document)
    assert found.headers == (HTML,)


def test_a_bad_line_is_told_before_the_output_ends():
    """So that a script that prints for ever is not waited for."""
    assert HeaderReader().feed(b"hello\nworld") == Malformed("bad-line", 1, b"hello")


@pytest.mark.parametrize(
    "output",
    [
        pytest.param(b"X: " + b"x" * 70_000, id="a line without end"),
        pytest.param(b"X: " + b"x" * 70_000 + b"\n\n", id="a line"),
        pytest.param((b"X: " + b"x" * 1000 + b"\n") * 300, id="many lines"),
    ],
)
def test_a_header_beyond_its_limits_is_refused(output):
    found, _ = read(output, step=8192)

    assert isinstance(found, Malformed)
    assert (found.error, len(found.line)) == ("too-long", 200)


def test_a_large_header_within_its_limits_is_read():
    found, _ = read(b"Content-Type: text/html\n" + b"Set-Cookie: a=" + b"x" * 60_000 + b"\n\n", step=8192)

    assert isinstance(found, Document)


@pytest.mark.parametrize(
    ("value", "length"), [(b"120", 120), (b"0", 0), (b"-1", None), (b"1e3", None), (b"9" * 30, None)]
)
def test_the_scripts_own_length_is_told_and_not_sent(value, length):
    reader = HeaderReader()

    found = reader.feed(b"Content-Type: text/html\nContent-Length: " + value + b"\n\n")

    assert found == Document(200, b"", (HTML,))
    assert reader.content_length == length
