"""What a script prints, and what its client gets (RFC 3875 §6): as it comes, framed by us, never split."""

import os
import socket
from pathlib import Path

import pytest

from tests.live.gateway import BOTH, Client, Gateway, wait_until


def document(body: str, header: str = "Content-Type: text/plain") -> str:
    return f"#!/bin/sh\nprintf '{header}\\n\\n{body}'\n"


def test_an_answer_that_ends_at_once_has_its_length(client, script):
    script("a.sh", document("hello"))

    answers = [client.get("/cgi-bin/a.sh") for _ in range(5)]

    assert {answer.text for answer in answers} == {"hello"}
    assert all((answer.header("Content-Length") or "5") == "5" for answer in answers)
    assert all(bool(answer.header("Content-Length")) != bool(answer.header("Transfer-Encoding")) for answer in answers)


@BOTH
def test_output_arrives_one_by_one(client, script, lines, tmp_path):
    """The script waits for a word before each line, so nothing but streaming can deliver the one before."""
    words = tmp_path / "words"
    words.touch()
    script(
        "stream.py",
        "#!/usr/bin/env python3\nimport time, os\nprint('Content-Type: text/event-stream\\n', flush=True)\n"
        "for n in range(4):\n    print('data', n, flush=True)\n"
        f"    while os.path.getsize('{words}') <= n: time.sleep(0.01)\n",
    )
    client.request("/cgi-bin/stream.py")

    assert client.head().header("Transfer-Encoding") == "chunked"
    text = b""
    for chunk in client.chunks():
        text += chunk
        with words.open("ab") as file:
            file.write(b"+" * (text.count(b"\n") - words.stat().st_size))
    assert text == b"data 0\ndata 1\ndata 2\ndata 3\n"


def test_http_1_0_gets_no_chunks(client, script):
    script("a.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\na'\nsleep 0.2\nprintf b\n")

    answer = client.get("/cgi-bin/a.sh", version="HTTP/1.0")

    assert answer.text == "ab"
    assert answer.header("Transfer-Encoding") is None


@BOTH
def test_a_slow_client_holds_the_script_back_and_loses_nothing(gateway, folder, script, port):
    """50 MB through a client that does not read at first: the gateway must not hold them."""
    script(
        "flood.py",
        "#!/usr/bin/env python3\nprint('Content-Type: text/plain\\n')\nfor _ in range(50): print('x' * 999999)\n",
    )
    with Client(port) as client:
        client.request("/cgi-bin/flood.py")
        assert client.head().status == 200
        first = next(client.chunks())
        with Client(port) as other:
            assert other.get("/").status == 200
        rest = sum(len(chunk) for chunk in client.chunks())

    assert len(first) + rest == 50_000_000
    assert gateway.closed()["stdout_size"] == 50_000_000 + len("Content-Type: text/plain\n\n")
    assert len(gateway.closed()["stdout"]) == 1 << 20


def test_a_flood_on_both_outputs_is_taken(client, script, gateway):
    script(
        "both.py",
        "#!/usr/bin/env python3\nimport sys, os\nprint('Content-Type: text/plain\\n', flush=True)\n"
        "for n in range(30):\n    os.write(2, b'e' * 99999 + b'\\n')\n    os.write(1, b'o' * 99999 + b'\\n')\n"
        "os.write(2, b'the last word\\n')\n",
    )

    assert len(client.get("/cgi-bin/both.py").body) == 3_000_000
    closed = gateway.closed()
    assert closed["stderr_size"] == 3_000_014
    assert len(closed["stderr"]) == 1 << 20
    assert closed["stderr"].endswith(b"eee\nthe last word\n")


def test_head_gets_the_header_only(client, script):
    script("a.sh", document("hello"))

    answer = client.get("/cgi-bin/a.sh", method="HEAD")

    assert (answer.status, answer.body) == (200, b"")
    assert client.get("/").status == 200


@pytest.mark.parametrize("status", [204, 304])
def test_answers_without_a_body_have_none(client, script, status):
    script("a.sh", document("surplus", f"Status: {status}\\nContent-Type: text/plain"))

    assert client.get("/cgi-bin/a.sh").status == status
    assert client.get("/").status == 200


def test_the_scripts_own_framing_counts_for_nothing(client, script):
    fields = "Content-Type: text/plain\\nContent-Length: 3\\nTransfer-Encoding: gzip\\nConnection: close\\nServer: mine"
    script("a.sh", document("hello", fields))

    answer = client.get("/cgi-bin/a.sh")

    assert answer.text == "hello"
    assert [value for name, value in answer.headers if name == "Server"] == ["Gatehouse/0.1.0"]
    assert client.get("/").status == 200


def test_repeated_fields_keep_their_order(client, script):
    script("a.sh", document("", "Set-Cookie: a=1\\nContent-Type: text/plain\\nSet-Cookie: b=2"))

    answer = client.get("/cgi-bin/a.sh")

    assert [value for name, value in answer.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_a_status_with_its_own_reason(client, script):
    script("a.sh", document("", "Status: 418 Short And Stout"))

    answer = client.get("/cgi-bin/a.sh")

    assert (answer.status, answer.reason) == (418, "Short And Stout")


def test_a_body_without_type_is_not_sniffed(client, script):
    script("a.sh", document("<script>", "Status: 200"))

    assert client.get("/cgi-bin/a.sh").header("X-Content-Type-Options") == "nosniff"


@BOTH
def test_nph_output_goes_out_as_it_is(client, kept_script, gateway):
    """RFC 3875 §5."""
    kept_script("nph-hello.sh")
    client.request("/cgi-bin/nph-hello.sh")

    assert client.file.read() == (b"HTTP/1.1 299 Quite Fine\r\nX-Own: yes\r\nContent-Type: text/plain\r\n\r\nraw\n")
    closed = gateway.closed()
    assert (closed["response"], closed["status"]) == ("nph", 299)


def test_nph_output_that_is_no_http_is_explained(client, script, gateway):
    script("nph-bad.sh", document("hello"))

    assert client.get("/cgi-bin/nph-bad.sh").status == 500
    assert gateway.closed()["header_error"]["error"] == "bad-status"


def test_a_local_redirect_is_followed_inside(client, script, gateway: Gateway):
    """RFC 3875 §6.2.2; the second run knows the first."""
    script("from.sh", "#!/bin/sh\nprintf 'Location: /cgi-bin/to.sh?a=b\\n\\n'\n")
    script(
        "to.sh", '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n$REQUEST_METHOD $QUERY_STRING $CONTENT_LENGTH."\n'
    )

    answer = client.get("/cgi-bin/from.sh", method="POST", body=b"x")

    assert (answer.status, answer.text) == (200, "GET a=b .")
    assert gateway.opened(2)["redirected_from"] == 1
    assert gateway.closed(1)["response"] == "local_redirect"


def test_a_local_redirect_may_lead_to_a_page(client, script):
    script("from.sh", "#!/bin/sh\nprintf 'Location: /index.html\\n\\n'\n")

    assert client.get("/cgi-bin/from.sh").text == "<h1>Home</h1>\n"


def test_a_form_may_redirect_to_itself(client, script):
    script(
        "self.sh",
        '#!/bin/sh\nif [ $REQUEST_METHOD = POST ]; then printf "Location: /cgi-bin/self.sh\\n\\n"\n'
        'else printf "Content-Type: text/plain\\n\\nthanks"; fi\n',
    )

    assert client.get("/cgi-bin/self.sh", method="POST", body=b"").text == "thanks"


@pytest.mark.parametrize("step", ["", "?$((QUERY_STRING + 1))"], ids=["in a circle", "without end"])
def test_local_redirects_that_never_end_are_cut_off(client, script, gateway, step):
    script("loop.sh", f'#!/bin/sh\nprintf "Location: /cgi-bin/loop.sh{step}\\n\\n"\n')

    assert client.get("/cgi-bin/loop.sh").status == 500
    last = max(one["run"] for one in gateway.all("opened"))
    assert last <= 11
    assert gateway.closed(last)["notes"] == [{"slug": "redirect-loop", "params": {"hops": 10}}]


def test_a_client_redirect_is_302(client, script, gateway):
    script("go.sh", "#!/bin/sh\nprintf 'Location: https://example.org/\\n\\n'\n")

    answer = client.get("/cgi-bin/go.sh")

    assert (answer.status, answer.header("Location")) == (302, "https://example.org/")
    assert gateway.closed()["response"] == "client_redirect"


@BOTH
def test_the_answer_ends_with_stdout_though_the_process_lives_on(client, script, gateway, lines):
    script(
        "on.sh",
        f"#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\ndone'\nexec >&- 2>&-\nread word < {lines.path}.in\n"
        f"echo ended > {lines.path}\n",
    )
    os.mkfifo(f"{lines.path}.in")

    assert client.get("/cgi-bin/on.sh").text == "done"
    assert not gateway.all("closed")
    Path(f"{lines.path}.in").write_text("go\n")
    assert lines.next() == "ended"
    assert gateway.closed()["end"] == "exited"


BROKEN = [
    pytest.param("", "empty", id="nothing"),
    pytest.param("hello\\n", "bad-line", id="no header"),
    pytest.param("Content-Type: text/plain\\n", "no-blank-line", id="no blank line"),
    pytest.param("\\nhello", "starts-blank", id="blank first"),
    pytest.param("Status: fine\\n\\n", "bad-status", id="Status without number"),
    pytest.param("Content-Type: a\\rX: b\\n\\n", "bad-value", id="CR in a value (splitting)"),
]


@pytest.mark.parametrize(("output", "error"), BROKEN)
def test_output_that_is_no_response_is_500_and_recorded(client, script, gateway, output, error):
    script("bad.sh", f"#!/bin/sh\nprintf '{output}'\n")

    answer = client.get("/cgi-bin/bad.sh")

    assert answer.status == 500
    closed = gateway.closed()
    assert (closed["response"], closed["header_error"]["error"]) == ("malformed", error)
    assert (closed["is_replaced"], closed["status"]) == (True, 500)
    assert client.get("/").status == 200


def test_a_header_without_end_is_cut_off_and_its_script_ended(client, script, gateway):
    script("long.py", "#!/usr/bin/env python3\nwhile True: print('X-Long: ' + 'x' * 9000)\n")

    assert client.get("/cgi-bin/long.py").status == 500
    assert gateway.closed()["header_error"]["error"] == "too-long"


def test_the_parents_explanation_is_the_failure_page(client, script, gateway: Gateway):
    asked = {}

    def explain(content):
        asked.update(content)
        return {"status": 500, "content_type": b"text/html", "body": b"<p>because</p>"}

    gateway.explain = explain
    script("bad.py", "#!/usr/bin/env python3\nraise ValueError('why')\n")

    answer = client.get("/cgi-bin/bad.py", headers="Accept: text/html\r\nAccept-Language: zh\r\n")

    assert (answer.text, answer.header("Cache-Control")) == ("<p>because</p>", "no-store")
    assert (asked["end"], asked["exit"], asked["accept"], asked["language"]) == ("exited", 1, b"text/html", b"zh")
    assert b"ValueError: why" in asked["stderr"]
    assert gateway.closed()["is_replaced"]


def test_without_an_explanation_the_bare_page_links_to_the_run(client, script, gateway: Gateway):
    gateway.tell("link", ui="http://127.0.0.1:8610")
    script("bad.sh", "#!/bin/sh\nexit 1\n")

    answer = client.get("/cgi-bin/bad.sh", headers="Accept: text/html\r\n")

    assert answer.status == 500
    assert 'href="http://127.0.0.1:8610/s/site/runs/1"' in answer.text


@BOTH
@pytest.mark.parametrize(
    ("bad", "errno"),
    [
        pytest.param(("#!/bin/sh\n", 0o644), 13, id="no execute bit: EACCES"),
        pytest.param(("#!/no/such/program\n", 0o755), 2, id="no interpreter: ENOENT"),
        pytest.param(("just text\n", 0o755), 8, id="no first line: ENOEXEC"),
    ],
)
def test_a_script_that_cannot_be_started_says_why(client, script, gateway, bad, errno):
    script("bad.x", *bad)

    answer = client.get("/cgi-bin/bad.x")

    closed = gateway.closed()
    assert answer.status == 500
    assert (closed["end"], closed["errno"], closed["response"]) == ("not_started", errno, None)
    assert closed["header_error"] is None


def test_a_good_answer_is_kept_whatever_the_exit_status(client, script, gateway):
    script("a.sh", document("fine") + "exit 3\n")

    assert client.get("/cgi-bin/a.sh").text == "fine"
    closed = gateway.closed()
    assert (closed["exit"], closed["is_replaced"], closed["status"]) == (3, False, 200)


def test_a_signal_is_recorded(client, script, gateway):
    script("crash.sh", "#!/bin/sh\nkill -SEGV $$\n")

    assert client.get("/cgi-bin/crash.sh").status == 500
    assert (gateway.closed()["end"], gateway.closed()["signal"]) == ("signalled", 11)


def test_static_requests_are_counted_and_told_while_watched(client, gateway: Gateway):
    client.get("/index.html")
    assert gateway.wait_for("static")["items"] == []

    gateway.tell("watch", on=True)
    wait_until(lambda: client.get("/gone") and any(one["items"] for one in gateway.all("static")), "no items came")

    items = [item for one in gateway.all("static") for item in one["items"]]
    assert (items[0]["method"], items[0]["target"], items[0]["status"]) == ("GET", b"/gone", 404)


def test_a_big_file_is_sent_whole_and_in_part(client, folder):
    content = bytes(range(256)) * 8192
    (folder / "big.bin").write_bytes(content)

    assert client.get("/big.bin").body == content
    part = client.get("/big.bin", headers="Range: bytes=1000-1001999\r\n")
    assert (part.status, part.body) == (206, content[1000:1002000])
    assert client.get("/big.bin", method="HEAD").header("Content-Length") == str(len(content))
    assert client.get("/").status == 200


def test_a_client_that_leaves_a_big_file_does_no_harm(port, folder):
    (folder / "big.bin").write_bytes(bytes(50 << 20))
    with Client(port) as client:
        client.request("/big.bin")
        assert client.head().status == 200
        client.socket.shutdown(socket.SHUT_RDWR)

    with Client(port) as other:
        assert other.get("/").status == 200
