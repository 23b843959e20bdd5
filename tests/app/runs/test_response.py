import pytest

from app.runs.response import body_start, response


@pytest.mark.parametrize(
    ("stdout", "body"),
    [(b"A: 1\n\nbody", b"body"), (b"A: 1\r\n\r\nbody", b"body"), (b"A: 1\r\n\nbody", b"body"), (b"A: 1\n", None)],
)
def test_the_body_begins_after_the_first_blank_line(stdout, body):
    start = body_start(stdout)

    assert (None if start is None else stdout[start:]) == body


def row(**changes):
    return {
        "response": "document",
        "status": 200,
        "response_headers": [(b"Content-Type", b"text/plain"), (b"Set-Cookie", b"sid=1; Path=/")],
        "stdout": b"Content-Type: text/plain\n\nhello",
        "stdout_size": 31,
        **changes,
    }


def test_status_headers_and_body_are_told_and_cookies_hidden():
    told = response(row(), reveal=False)

    assert (told["status"], told["body"], told["body_size"]) == (200, "hello", 5)
    assert told["headers"][1] == ["Set-Cookie", "sid=••••••; Path=/"]
    assert response(row(), reveal=True)["headers"][1] == ["Set-Cookie", "sid=1; Path=/"]


def test_a_malformed_answer_has_no_body_and_names_its_line():
    error = {"error": "bad-line", "line_no": 1, "line": b"hello"}

    told = response(row(response="malformed", header_error=error), reveal=False)

    assert told["body"] is None
    assert told["header_error"] == {"error": "bad-line", "line_no": 1, "line": "hello"}


def test_a_run_that_never_started_has_neither_status_nor_body():
    told = response({"response": None, "status": 0}, reveal=False)

    assert (told["status"], told["headers"], told["body"]) == (None, [], None)
