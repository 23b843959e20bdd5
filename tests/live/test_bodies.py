"""Message-bodies (RFC 3875 §4.2, RFC 9112 §6 and 7): whole, de-chunked, counted, and never half."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from app.gateway.messages import BODY_CAP
from app.gateway.values import Limits
from tests.live.conftest import SCRIPTS
from tests.live.gateway import BOTH, Client, Gateway, site_in, wait_until

MIB = 1 << 20


@pytest.fixture
def compiled(folder: Path):
    """Compiles one of tests/scripts/*.c into the site."""
    if not shutil.which("gcc"):
        pytest.skip("gcc is not installed")

    def make(name: str) -> Path:
        target = folder / "cgi-bin" / name
        subprocess.run(["gcc", "-O1", "-o", target, SCRIPTS / f"{name}.c"], check=True)
        return target

    return make


@BOTH
def test_a_form_arrives_whole_and_ends(client, kept_script, gateway):
    kept_script("echo.pl")

    answer = client.get("/cgi-bin/echo.pl", method="POST", body=b"name=Ada")

    assert answer.text == "POST 8 end\nname=Ada"
    assert (gateway.opened()["stdin"], gateway.opened()["stdin_size"]) == (b"name=Ada", 8)


def test_no_body_has_no_length_and_an_empty_one_has_0(client, kept_script):
    kept_script("echo.pl")

    assert client.get("/cgi-bin/echo.pl").text == "GET none end\n"
    assert client.get("/cgi-bin/echo.pl", method="POST", body=b"").text == "POST 0 end\n"


def test_a_get_may_have_a_body(client, kept_script):
    kept_script("echo.pl")

    assert client.get("/cgi-bin/echo.pl", body=b"x").text == "GET 1 end\nx"


CHUNKED = [
    pytest.param(b"3\r\nabc\r\n0\r\n\r\n", b"abc", id="one chunk"),
    pytest.param(b"1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", b"abc", id="two chunks"),
    pytest.param(b"0\r\n\r\n", b"", id="none"),
    pytest.param(b"A;name=value\r\n0123456789\r\n00\r\n\r\n", b"0123456789", id="extension, zeros"),
    pytest.param(b"3\r\nabc\r\n0\r\nX-Later: yes\r\n\r\n", b"abc", id="trailer"),
]


@pytest.mark.parametrize(("sent", "body"), CHUNKED)
@pytest.mark.parametrize("piecewise", [False, True])
def test_a_chunked_body_gets_its_length(client, kept_script, sent, body, piecewise):
    """RFC 3875 §4.2: the server removes the coding and computes CONTENT_LENGTH anew."""
    kept_script("echo.pl")
    head = b"POST /cgi-bin/echo.pl HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    for piece in [bytes([one]) for one in head + sent] if piecewise else [head + sent]:
        client.send(piece)

    answer = client.answer()

    assert answer.body == b"POST %d end\n%b" % (len(body), body)
    assert client.get("/").status == 200


def test_continue_is_said_before_the_body_is_waited_for(client, kept_script):
    kept_script("echo.pl")
    client.request("/cgi-bin/echo.pl", method="POST", headers="Expect: 100-continue\r\nContent-Length: 5\r\n")

    assert client.head().status == 100
    client.send(b"hello")
    assert client.answer().text == "POST 5 end\nhello"


def test_a_refused_upload_is_not_continued(gateway, folder):
    port = gateway.serve(site_in(folder, limits=Limits(body_mib=1)))
    with Client(port) as client:
        client.request("/", method="POST", headers=f"Expect: 100-continue\r\nContent-Length: {MIB + 1}\r\n")

        assert client.head().status == 413


@pytest.mark.parametrize("is_chunked", [False, True])
def test_an_upload_beyond_the_sites_limit_is_refused_while_the_client_still_sends(gateway, folder, is_chunked):
    """And the answer reaches it: the connection is not reset under its hands (RFC 9112 §9.6)."""
    port = gateway.serve(site_in(folder, limits=Limits(body_mib=1)))
    with Client(port) as client:
        if is_chunked:
            client.request("/cgi-bin/x", method="POST", headers="Transfer-Encoding: chunked\r\n")
            client.send(b"%x\r\n" % (2 * MIB))
        else:
            client.request("/cgi-bin/x", method="POST", headers=f"Content-Length: {2 * MIB}\r\n")
        client.send(bytes(2 * MIB))

        assert client.answer().status == 413


@BOTH
@pytest.mark.parametrize("size", [65537, MIB, MIB + 1, 5 * MIB])
def test_bodies_of_all_sizes_arrive_exactly(client, kept_script, gateway, size):
    kept_script("digest.py")
    body = bytes(range(256)) * (size // 256) + b"!" * (size % 256)

    answer = client.get("/cgi-bin/digest.py", method="POST", body=body)

    assert answer.text == f"{size} {hashlib.sha256(body).hexdigest()}\n"
    opened = gateway.opened()
    assert (opened["stdin"], opened["stdin_size"]) == (body[:BODY_CAP], size)


def test_64_mb_do_not_grow_the_gateway(client, kept_script, gateway: Gateway):
    kept_script("digest.py")
    before = peak_kib(gateway)
    client.request("/cgi-bin/digest.py", method="POST", headers=f"Content-Length: {64 * MIB}\r\n")
    for _ in range(64):
        client.send(bytes(MIB))

    assert client.answer().text.startswith(f"{64 * MIB} ")
    assert peak_kib(gateway) - before < 16 * 1024


def peak_kib(gateway: Gateway) -> int:
    status = Path(f"/proc/{gateway.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def test_a_client_that_leaves_in_mid_upload_starts_nothing(client, script, gateway, lines):
    script("told.sh", f"#!/bin/sh\necho started > {lines.path}\necho\n")
    client.request("/cgi-bin/told.sh", method="POST", headers="Content-Length: 10\r\n")
    client.send(b"half")
    client.close()

    with Client(client.port) as other:
        assert other.get("/cgi-bin/told.sh?other").status == 500
    assert lines.next() == "started"
    assert [one["target"] for one in gateway.all("opened")] == [b"/cgi-bin/told.sh?other"]


@BOTH
def test_a_script_that_never_reads_its_body_is_answered_all_the_same(client, script, gateway):
    script("deaf.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\ndeaf'\n")

    assert client.get("/cgi-bin/deaf.sh", method="POST", body=bytes(MIB)).text == "deaf"
    assert client.get("/cgi-bin/deaf.sh", method="POST", body=bytes(5 * MIB)).text == "deaf"
    assert gateway.closed(2)["end"] == "exited"


@BOTH
def test_a_script_may_read_and_write_by_turns(client, compiled):
    """Apache deadlocks here, fcgiwrap hangs (CGI.md, 2)."""
    compiled("duplex")
    body = bytes(range(256)) * 4096

    assert client.get("/cgi-bin/duplex", method="POST", body=body).body == body


@BOTH
def test_a_hundred_at_once(gateway, folder, compiled):
    compiled("hello")
    port = gateway.serve(site_in(folder))
    clients = [Client(port) for _ in range(100)]
    try:
        for client in clients:
            client.request("/cgi-bin/hello")

        assert [client.answer().text for client in clients] == ["Hello from C\n"] * 100
    finally:
        for client in clients:
            client.close()


def test_no_descriptor_and_no_zombie_is_left(gateway, client, kept_script):
    kept_script("digest.py")

    def used() -> int:
        return len(list(Path(f"/proc/{gateway.process.pid}/fd").iterdir()))

    client.get("/cgi-bin/digest.py", method="POST", body=bytes(2 * MIB))
    gateway.closed(1)
    before = used()
    for _ in range(5):
        client.get("/cgi-bin/digest.py", method="POST", body=bytes(2 * MIB))

    gateway.closed(6)
    wait_until(lambda: used() <= before, "descriptors are left open")
    children = Path(f"/proc/{gateway.process.pid}/task/{gateway.process.pid}/children").read_text()
    assert children == ""
