import pytest

from app.api.outputs import download, preview, preview_type, response_body
from app.errors import GatehouseError

HTML = b"Content-Type: text/html\r\n\r\n<h1>hi</h1>"


def row(**changes):
    return {
        "id": 7,
        "response": "document",
        "response_headers": [(b"Content-Type", b"text/html; charset=utf-8")],
        "stdout": HTML,
        "stderr": b"",
        "stdin": b"",
        "meta_variables": {},
        **changes,
    }


def test_a_preview_is_a_sandbox_that_may_do_nothing():
    answer = preview(row())
    policy = dict(answer.headers)["Content-Security-Policy"]

    assert answer.body == b"<h1>hi</h1>"
    assert answer.content_type == "text/html; charset=utf-8"
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-scripts" not in policy


@pytest.mark.parametrize(
    ("declared", "shown_as"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("application/xhtml+xml", "text/html; charset=utf-8"),
        ("TEXT/HTML; Charset=gb2312", "text/html; charset=gb2312"),
        ("text/html; charset=x\r\nSet-Cookie", "text/html; charset=x"),
        ("text/javascript", "text/plain; charset=utf-8"),
        ("application/problem+json", "text/plain; charset=utf-8"),
        ("image/png", "image/png"),
        ("image/svg+xml", "image/svg+xml"),
        ("application/pdf", None),
        ("video/mp4", None),
        ("", None),
    ],
)
def test_a_body_is_shown_as_itself_only_where_that_is_harmless(declared, shown_as):
    assert preview_type(declared) == shown_as


def test_a_body_that_the_script_packed_is_previewed_packed():
    answer = preview(row(response_headers=[(b"Content-Type", b"text/html"), (b"Content-Encoding", b"gzip")]))

    assert ("Content-Encoding", "gzip") in answer.headers


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"response": None}, id="nothing was started"),
        pytest.param({"response": "malformed"}, id="no header ended"),
        pytest.param({"response_headers": [(b"Content-Type", b"application/zip")]}, id="no kind to show"),
        pytest.param({"response_headers": []}, id="no type"),
    ],
)
def test_what_cannot_be_previewed_is_said_in_words(changes):
    with pytest.raises(GatehouseError) as caught:
        preview(row(**changes))

    assert (caught.value.slug, caught.value.status) == ("preview-none", 404)


def test_a_download_is_a_file_whose_name_the_script_has_no_say_in():
    answer = download(row(), "body", reveal=False)
    headers = dict(answer.headers)

    assert answer.body == b"<h1>hi</h1>"
    assert answer.content_type == "application/octet-stream"
    assert headers["Content-Disposition"] == 'attachment; filename="run-7-body.html"'
    assert headers["Content-Security-Policy"].startswith("sandbox")


def test_a_download_masks_secrets_until_told_to_reveal_them():
    sent = row(
        stdin=b"user=ann&password=hunter2",
        meta_variables={b"CONTENT_TYPE": b"application/x-www-form-urlencoded"},
        stdout=b"Set-Cookie: id=hunter2\n\nbody",
    )

    assert b"hunter2" not in download(sent, "stdin", reveal=False).body
    assert b"user=ann" in download(sent, "stdin", reveal=False).body
    assert b"hunter2" not in download(sent, "stdout", reveal=False).body
    assert download(sent, "stdin", reveal=True).body == b"user=ann&password=hunter2"
    assert b"hunter2" in download(sent, "stdout", reveal=True).body


def test_stderr_is_downloaded_as_it_was_written():
    answer = download(row(stderr=b"\xff\x1b[31m"), "stderr", reveal=False)

    assert answer.body == b"\xff\x1b[31m"
    assert 'filename="run-7-stderr.txt"' in dict(answer.headers)["Content-Disposition"]


def test_the_body_is_what_follows_the_first_blank_line():
    assert response_body(row(stdout=b"A: b\n\none\n\ntwo")) == b"one\n\ntwo"
    assert response_body(row(stdout=b"A: b")) is None
