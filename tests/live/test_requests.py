"""Request heads on the wire (RFC 9112): what is read, what is refused, and that a refusal closes the connection."""

import socket

import pytest

from tests.live.gateway import BOTH, LINUX_PATHS, Client, Gateway, site_in


def raw(port: int, text: str) -> bytes:
    return text.replace("\n", "\r\n").replace("PORT", str(port)).encode("latin-1")


REFUSED = [
    pytest.param("GET / HTTP/1.1\n\n", 400, id="no Host (RFC 9112 3.2)"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\nHost: localhost\n\n", 400, id="two Hosts"),
    pytest.param("GET / HTTP/1.1\nHost:\n\n", 400, id="empty Host"),
    pytest.param("GET / HTTP/1.1\nHost: a/b\n\n", 400, id="a Host that is none"),
    pytest.param("GET / HTTP/1.1\nHost: evil.example\n\n", 421, id="another's name (DNS rebinding)"),
    pytest.param("GET / HTTP/1.1\nHost: 127.0.0.1:1\n\n", 421, id="another port"),
    pytest.param("GET / HTTP/1.1\nHost: localhost.evil.example\n\n", 421, id="a name that only begins like ours"),
    pytest.param("GET http://evil.example/ HTTP/1.1\nHost: localhost\n\n", 421, id="absolute-form of another"),
    pytest.param("GET /\n\n", 400, id="HTTP/0.9"),
    pytest.param("GET / HTTP/2.0\nHost: localhost\n\n", 505, id="HTTP/2.0"),
    pytest.param("PRI * HTTP/2.0\n\nSM\n\n", 505, id="HTTP/2 preface"),
    pytest.param("GET  / HTTP/1.1\nHost: localhost\n\n", 400, id="two blanks"),
    pytest.param("GET /a b HTTP/1.1\nHost: localhost\n\n", 400, id="blank in the target"),
    pytest.param("GET /\xe4 HTTP/1.1\nHost: localhost\n\n", 400, id="raw bytes in the target"),
    pytest.param("GET /a#b HTTP/1.1\nHost: localhost\n\n", 400, id="fragment"),
    pytest.param("GET a HTTP/1.1\nHost: localhost\n\n", 400, id="no path"),
    pytest.param("GET * HTTP/1.1\nHost: localhost\n\n", 400, id="* of GET"),
    pytest.param("G@T / HTTP/1.1\nHost: localhost\n\n", 400, id="a method that is no token"),
    pytest.param("TRACE / HTTP/1.1\nHost: localhost\n\n", 405, id="TRACE"),
    pytest.param("CONNECT localhost:1 HTTP/1.1\nHost: localhost\n\n", 501, id="CONNECT"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\nA : b\n\n", 400, id="blank before the colon"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\nA: b\n c\n\n", 400, id="folded field"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\nA: b\0c\n\n", 400, id="NUL"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\nA: b\rc\n\n", 400, id="bare CR"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\nExpect: tea\n\n", 417, id="unknown expectation"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 1\n\nx", 400, id="two lengths"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nContent-Length: 1, 1\n\nx", 400, id="list of lengths"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nContent-Length: -1\n\n", 400, id="negative length"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nContent-Length: +1\n\nx", 400, id="length with a sign"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nContent-Length: 0x1\n\nx", 400, id="hexadecimal length"),
    pytest.param(
        "POST / HTTP/1.1\nHost: localhost\nContent-Length: 3\nTransfer-Encoding: chunked\n\n0\n\n", 400, id="CL.TE"
    ),
    pytest.param(
        "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\nContent-Length: 3\n\n0\n\n", 400, id="TE.CL"
    ),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: gzip\n\n", 501, id="gzip as transfer coding"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: gzip, chunked\n\n", 501, id="two codings"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: xchunked\n\n", 501, id="unknown coding"),
    pytest.param("POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n0\n\n", 400, id="chunked in HTTP/1.0"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\nx\n\n", 400, id="chunk without size"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n1\nxx\n", 400, id="chunk too long"),
    pytest.param("POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n-1\n\n", 400, id="negative chunk"),
    pytest.param("GET /" + "a" * 40000 + " HTTP/1.1\nHost: localhost\n\n", 414, id="target too long"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\nA: " + "a" * 70000 + "\n\n", 431, id="head too long"),
    pytest.param("GET / HTTP/1.1\nHost: localhost\n" + "A: a\n" * 300 + "\n", 431, id="too many fields"),
]


@pytest.mark.parametrize(("text", "status"), REFUSED)
def test_what_is_no_request_for_us_is_refused(client, text, status):
    client.send(raw(client.port, text))

    answer = client.answer()

    assert (answer.status, answer.header("Connection")) == (status, "close")
    assert client.is_closed()


def test_a_bare_line_feed_is_refused_at_once(client):
    client.send(b"GET / HTTP/1.1\nHost: localhost\n\n")

    assert client.answer().status == 400


@pytest.mark.parametrize(
    "authority",
    ["127.0.0.1", "localhost", "LocalHost:PORT", "guestbook.localhost:PORT", "[::1]:PORT", "127.0.0.1:PORT"],
)
def test_our_own_names_are_served(client, authority):
    client.send(raw(client.port, f"GET / HTTP/1.1\nHost: {authority}\n\n"))

    assert client.answer().status == 200


def test_http_1_0_without_host_is_served_and_closed(client):
    client.send(b"GET / HTTP/1.0\r\n\r\n")

    answer = client.answer()

    assert (answer.status, answer.text) == (200, "<h1>Home</h1>\n")
    assert client.is_closed()


def test_an_absolute_target_is_served(client):
    client.send(raw(client.port, "GET http://localhost:PORT/index.html HTTP/1.1\nHost: localhost:PORT\n\n"))

    assert client.answer().text == "<h1>Home</h1>\n"


def test_options_of_the_server_itself(client):
    answer = client.get("*", method="OPTIONS")

    assert answer.status == 204
    assert "GET" in answer.header("Allow")


@BOTH
def test_requests_in_one_piece_are_answered_in_order(client, script):
    script("say.sh", '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n$QUERY_STRING"\n')

    client.send(raw(client.port, "".join(f"GET /cgi-bin/say.sh?{n} HTTP/1.1\nHost: localhost\n\n" for n in range(20))))

    assert [client.answer().text for _ in range(20)] == [str(n) for n in range(20)]


def test_a_head_may_come_byte_by_byte(client):
    for byte in raw(client.port, "\nGET / HTTP/1.1\nHost: localhost\n\n"):
        client.send(bytes([byte]))

    assert client.answer().status == 200


def test_an_upgrade_is_not_taken_and_its_body_is_no_request(client, kept_script):
    """Were the body not read, it would be the next request (smuggling)."""
    kept_script("echo.pl")
    body = "GET /smuggled HTTP/1.1\n\n"
    head = "POST /cgi-bin/echo.pl HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: h2c\n"
    client.send(raw(client.port, f"{head}Content-Length: {len(body) + 2}\n\n{body}"))

    assert client.answer().text.startswith("POST 26 end\nGET /smuggled")
    assert client.get("/").status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "get", "M-SEARCH!"])
def test_any_method_reaches_a_script_as_it_was_sent(client, script, method):
    script("method.sh", '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n$REQUEST_METHOD"\n')

    assert client.get("/cgi-bin/method.sh", method=method).text == method


def test_a_file_takes_no_form(client):
    answer = client.get("/index.html", method="POST", body=b"a=b")

    assert (answer.status, answer.header("Allow")) == (405, "GET, HEAD")


def test_refusals_speak_the_clients_language(client):
    answer = client.get("/gone", headers="Accept: text/html\r\nAccept-Language: zh-CN,en;q=0.5\r\n")

    assert answer.status == 404
    assert "找不到" in answer.text
    assert answer.header("Content-Type") == "text/html; charset=utf-8"


@LINUX_PATHS
def test_a_client_that_ended_its_sending_gets_its_answer(client, script):
    """`nc` and old clients close their side after the request; that is not leaving."""
    script("slow.sh", '#!/bin/sh\nsleep 1.5\nprintf "Content-Type: text/plain\\n\\ndone"\n')
    client.request("/cgi-bin/slow.sh")
    client.socket.shutdown(socket.SHUT_WR)

    assert client.answer().text == "done"
    assert client.is_closed()


@LINUX_PATHS
def test_all_requests_of_a_client_that_ended_its_sending_are_answered(client, script):
    """`printf 'GET …' | nc`: requests and the end may arrive together."""
    script("say.sh", '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n$QUERY_STRING"\n')
    pages = "GET / HTTP/1.1\nHost: localhost\n\nGET /cgi-bin/say.sh?1 HTTP/1.1\nHost: localhost\n\n" * 2

    client.send(raw(client.port, pages))
    client.socket.shutdown(socket.SHUT_WR)

    assert [client.answer().text for _ in range(4)] == ["<h1>Home</h1>\n", "1"] * 2
    assert client.is_closed()


def test_a_port_in_use_is_left_to_its_holder(gateway: Gateway, folder):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = holder.getsockname()[1]
        port = gateway.serve(site_in(folder, port=taken))

        refused = gateway.wait_for("not_listening")
        with Client(port) as client:
            assert client.get("/").status == 200

    assert port != taken
    assert refused["port"] == taken
    assert refused["errno"] != 0


def test_a_site_moves_to_another_port(gateway: Gateway, folder):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        free = holder.getsockname()[1]
    old = gateway.serve(site_in(folder))

    new = gateway.serve(site_in(folder, port=free))

    assert new == free
    with Client(new) as client:
        assert client.get("/").status == 200
    with pytest.raises(ConnectionRefusedError):
        Client(old)


def test_a_stopped_site_frees_its_port(gateway: Gateway, folder):
    port = gateway.serve(site_in(folder))

    gateway.tell("stop_site", site=1)
    gateway.wait_for("stopped")

    with pytest.raises(ConnectionRefusedError):
        Client(port)
    assert gateway.serve(site_in(folder, port=port)) == port
