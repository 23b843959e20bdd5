import pytest

from app.runs.secret_bodies import mask_body
from app.runs.secrets import MASK
from app.runs.secrets import MASK_BYTES as M


@pytest.mark.parametrize(
    ("kind", "body", "shown"),
    [
        pytest.param(b"application/x-www-form-urlencoded", b"a=1&password=x", b"a=1&password=" + M, id="form"),
        pytest.param(b"text/plain", b"a=1\r\npassword=x\r\n", b"a=1\r\npassword=" + M + b"\r\n", id="plain form"),
        pytest.param(b"image/png", b"\x89PNG password=x", b"\x89PNG password=x", id="a picture"),
    ],
)
def test_secret_fields_of_a_body_are_hidden(kind, body, shown):
    assert mask_body(kind, body) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('{"name": "Ada", "password": "x"}', f'{{"name": "Ada", "password": "{MASK}"}}'),
        ('{"token": {"a": [1, 2]}, "n": 1}', f'{{"token": "{MASK}", "n": 1}}'),
        (r'{"p\u0061ssword": "x", "n": 1}', f'{{"p\\u0061ssword": "{MASK}", "n": 1}}'),
        ('{"password": "cut off he', f'{{"password": "{MASK}"'),
        ('{"key": tru, "n": 1}', f'{{"key": "{MASK}", "n": 1}}'),
    ],
    ids=["text", "object", "escaped name", "cut", "broken value"],
)
def test_json_keeps_its_spelling_and_its_faults(body, shown):
    assert mask_body(b"application/json", body.encode()).decode() == shown
    assert mask_body(b"text/plain;charset=UTF-8", body.encode()).decode() == shown


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_a_secret_part_of_an_upload_is_hidden(end):
    body = end.join([b"--XX", b'Content-Disposition: form-data; name="password"', b"", b"hidden", b"--XX--", b""])

    shown = mask_body(b"multipart/form-data; boundary=XX", body)

    assert b"hidden" not in shown
    assert M in shown
    assert b'name="password"' in shown
