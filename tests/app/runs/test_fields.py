import pytest

from app.runs.fields import File, read_form

URLENCODED = b"application/x-www-form-urlencoded"


def test_query_and_body_together_query_first():
    form = read_form(b"name=Ada&n=1", URLENCODED, b"name=%E5%B0%8F%E6%98%8E&text=a+b")

    assert form.fields == {"name": ["Ada", "小明"], "n": ["1"], "text": ["a b"]}


def test_blank_values_are_kept_and_a_search_string_has_no_fields():
    assert read_form(b"a=&b", b"", b"").fields == {"a": [""]}


def test_another_charset_is_read_where_the_request_names_it():
    form = read_form(b"", URLENCODED + b"; charset=iso-8859-1", b"name=caf%E9")

    assert form.fields == {"name": ["café"]}


def test_bytes_of_no_known_charset_are_kept_as_bytes():
    assert read_form(b"name=%FF", b"", b"").fields == {"name": [{"$base64": "/w=="}]}


def multipart(*parts: bytes, boundary: bytes = b"XX") -> tuple[bytes, bytes]:
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return b"multipart/form-data; boundary=" + boundary, body + b"--" + boundary + b"--\r\n"


def test_uploads_are_files_and_text_parts_are_fields():
    kind, body = multipart(
        'Content-Disposition: form-data; name="读者"\r\n\r\n小明'.encode(),
        b'Content-Disposition: form-data; name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n',
        b'Content-Disposition: form-data; name="none"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n',
    )

    form = read_form(b"", kind, body)

    assert form.fields == {"读者": ["小明"]}
    assert form.files == [
        File("photo", "a.png", "image/png", 6),
        File("none", "", "application/octet-stream", 0),
    ]
    assert form.fault is None


def test_a_body_that_was_cut_gives_what_came_and_says_so():
    kind, body = multipart(
        b'Content-Disposition: form-data; name="a"\r\n\r\n1',
        b'Content-Disposition: form-data; name="f"; filename="big"\r\n\r\n' + b"x" * 4000,
    )

    form = read_form(b"", kind, body[:2000])

    assert form.fields == {"a": ["1"]}
    assert form.files == [File("f", "big", None, None)]
    assert form.fault


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param(b"multipart/form-data", b"--XX\r\n\r\n", id="no boundary"),
        pytest.param(b"multipart/form-data; boundary=XX", b"nonsense", id="no part at all"),
    ],
)
def test_a_broken_upload_is_a_fault_and_no_exception(kind, body):
    form = read_form(b"q=1", kind, body)

    assert form.fields == {"q": ["1"]}
    assert form.fault
