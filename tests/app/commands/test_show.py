import json

import pytest

from app.commands import show
from tests.app.api.runs import NOT_STARTED

KEYS = {
    "id", "site", "started", "request", "script", "meta_variables", "fields", "files", "cookies", "stdin", "response",
    "stdout", "stderr", "outcome", "timings_ms", "usage", "verdict", "explanations",
}  # fmt: skip
"""What other programs may rely on."""


def test_a_run_whole_as_json(store, call):
    store.keep({})

    code, out, err = call(show, "1", "--json")

    run = json.loads(out)
    assert (code, err) == (0, "")
    assert run.keys() >= KEYS
    assert run["request"]["method"] == "GET"
    assert run["outcome"]["end"] == "exited"
    assert run["response"]["body"] == "<h1>hi</h1>"
    assert run["timings_ms"] == {"queue": 0.01, "spawn": 0.9, "first_byte": 20.0, "total": 43.21}


def test_the_latest_run(store, call):
    store.keep({}, {})

    assert json.loads(call(show, "latest", "--json")[1])["id"] == 2


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_secrets_are_masked_until_revealed(store, call, form):
    store.keep({})

    assert "hunter2" not in call(show, "1", *form)[1]
    assert "hunter2" in call(show, "1", "--reveal", *form)[1]


def test_a_failed_run_says_why_and_what_to_do(store, call):
    store.keep({**NOT_STARTED, "stderr": b"one\ntwo\n", "stderr_size": 8})

    _, out, _ = call(show, "1", "--lang", "en")

    assert "Run 1 of Guestbook" in out
    assert "not started (EACCES), answered 500, failed" in out
    assert "The script may not be executed" in out
    assert "What to do: Make it executable: chmod 755 cgi-bin/hello.py" in out
    assert "stderr\n  one\n  two\n" in out
    assert "Fields\n  name   ann\n  token  ••••••\n" in out


def test_the_sentences_come_in_the_language_that_is_asked_for(store, call):
    store.keep(NOT_STARTED)

    _, text, _ = call(show, "1", "--lang", "zh-CN")
    _, whole, _ = call(show, "1", "--lang", "zh-CN", "--json")

    assert "怎么办" in text
    assert not json.loads(whole)["explanations"][0]["title"].isascii()


def test_an_output_keeps_its_blank_lines(store, call):
    """The one after the header is what a person looks for."""
    store.keep({"stdout": b"Content-Type: text/plain\r\n\r\nhi"})

    assert "stdout\n  Content-Type: text/plain\n\n  hi\n" in call(show, "1", "--lang", "en")[1]


def test_files_of_an_upload_are_listed_with_their_sizes(store, call):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n1234\r\n--x--\r\n"
    )
    variables = {b"CONTENT_TYPE": b"multipart/form-data; boundary=x"}
    store.keep({"stdin": body, "stdin_size": len(body), "meta_variables": variables})

    assert "  photo  a.png (image/png, 4 B)\n" in call(show, "1", "--lang", "en")[1]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"exit": 3}, "exit status 3, answered 200"),
        ({"end": "signalled", "exit": None, "signal": 11, "status": 500}, "ended by SIGSEGV"),
        ({"end": "timed_out", "exit": None, "limit": "time", "limit_value": 2.5}, "limit (time: 2.5"),
        ({"end": "interrupted", "exit": None, "interrupted_by": "client", "status": 0}, "interrupted (client), good"),
    ],
)
def test_how_a_run_ended_is_said_in_a_line(store, call, facts, said):
    store.keep(facts)

    assert said in call(show, "1", "--lang", "en")[1]


def test_a_run_that_nobody_ended_is_shown_as_interrupted(store, call):
    """Its Gatehouse was killed; the next one, here the command's neighbour, notes what it finds."""
    store.keep({"is_running": True})
    assert "still running" in call(show, "1", "--lang", "en")[1]

    store.keep(site="poll")

    assert "interrupted" in call(show, "1", "--lang", "en")[1]


def test_a_long_output_is_cut_for_the_terminal_and_whole_as_json(store, call):
    lines = b"".join(b"line %d\n" % number for number in range(100))
    store.keep({"stdout": b"Content-Type: text/plain\n\n" + lines, "stderr": lines, "stderr_size": len(lines)})

    _, out, _ = call(show, "1", "--lang", "en")
    _, whole, _ = call(show, "1", "--json")

    assert "… and 62 more lines" in out
    assert "… 60 lines before" in out
    assert "  line 99\n" in out
    assert json.loads(whole)["stderr"] == lines.decode()


def test_what_a_script_wrote_cannot_steer_the_terminal(store, call):
    store.keep({"stdout": b"X: y\n\n\x1b]0;owned\x07\xe2\x80\xae", "stderr": b"\x1b[2J\r\n\xff", "stderr_size": 7})

    _, out, _ = call(show, "1")

    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(out)
    assert "\\x1b[2J" in out
    assert "\\xff" in out


@pytest.mark.parametrize("which", ["7", "9" * 18])
def test_a_run_that_is_not_there_is_exit_1(store, call, which):
    store.keep({})

    code, out, err = call(show, which, "--lang", "en")

    assert (code, out) == (1, "")
    assert which in err


def test_before_the_first_run_there_is_no_latest(store, call):
    store.keep()

    code, out, err = call(show, "latest", "--lang", "en")

    assert (code, out, err.splitlines()[0]) == (1, "", "No script has been run yet.")


@pytest.mark.parametrize("which", ["x", "-1", "1.5", "newest", "9" * 19, "٧"])
def test_what_is_no_number_is_wrong_usage(store, call, which):
    with pytest.raises(SystemExit) as caught:
        call(show, "--", which)

    assert caught.value.code == 2
