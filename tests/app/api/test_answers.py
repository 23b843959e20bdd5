import json

from app.api.answers import json_answer, page


def test_json_keeps_bytes_that_are_no_utf8():
    """A folder's name on Linux may be any bytes; Python carries them as lone surrogates."""
    answer = json_answer({"folder": "/home/caf\udce9"})

    assert isinstance(answer.body, bytes)
    assert answer.body.isascii()
    assert json.loads(answer.body) == {"folder": "/home/caf\udce9"}


def test_a_page_shows_everything_as_text():
    answer = page("<b>", "one & two", "", status=404, code="<script>")
    html = answer.body.decode()

    assert "<h1>&lt;b&gt;</h1><p>one &amp; two</p><pre>&lt;script&gt;</pre>" in html
    assert dict(answer.headers)["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_page_can_be_written_whatever_stands_in_it():
    assert b"\\udce9" in page("caf\udce9", status=404).body
