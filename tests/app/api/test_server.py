import io
import socket
import sys
import threading
from contextlib import contextmanager

import pytest

from app.api.server import UiServer

PATIENCE_S = 60


def hello(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ.get('gatehouse.authority')}".encode()]


@contextmanager
def serving(handler=hello):
    server = UiServer()
    server.start(handler)
    try:
        yield server
    finally:
        server.stop()


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)


def ask(server, request=b"GET / HTTP/1.0\r\n\r\n"):
    with connect(server) as connection:
        connection.sendall(request)
        return everything(connection)


def everything(connection):
    return b"".join(iter(lambda: connection.recv(65536), b""))


def until(connection, end):
    received = b""
    while not received.endswith(end):
        received += connection.recv(65536)


def test_the_port_is_known_and_held_before_anything_is_answered():
    server = UiServer()
    try:
        with pytest.raises(OSError):
            UiServer(server.port)
    finally:
        server.stop()


def test_it_listens_on_this_computer_only():
    with serving() as server:
        assert server.host == "127.0.0.1"
        assert ask(server).endswith(b"GET / None")


def test_an_absolute_target_is_taken_apart():
    """RFC 9112 §3.2.2: a server must accept it, and its host is the one that counts."""
    with serving() as server:
        assert ask(server, b"GET http://evil.example/x HTTP/1.0\r\n\r\n").endswith(b"GET /x evil.example")
        assert ask(server, b"GET HTTP://evil.example HTTP/1.0\r\n\r\n").endswith(b"GET / evil.example")


def test_many_open_streams_keep_no_other_request_waiting():
    is_over = threading.Event()

    def handler(environ, start_response):
        if environ["PATH_INFO"] != "/stream":
            return hello(environ, start_response)
        start_response("200 OK", [])
        return endless()

    def endless():
        yield b"open"
        is_over.wait(PATIENCE_S)

    with serving(handler) as server:
        streams = [connect(server) for _ in range(20)]
        try:
            for stream in streams:
                stream.sendall(b"GET /stream HTTP/1.0\r\n\r\n")
            for stream in streams:
                until(stream, b"open")

            assert ask(server).endswith(b"GET / None")
        finally:
            is_over.set()
            for stream in streams:
                stream.close()


def test_a_client_that_left_is_noticed():
    noticed = threading.Event()

    def handler(environ, start_response):
        start_response("200 OK", [])
        yield b"open"
        while environ["gatehouse.is_connected"]():
            pass
        noticed.set()

    with serving(handler) as server:
        connection = connect(server)
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        until(connection, b"open")
        connection.close()

        assert noticed.wait(PATIENCE_S)


def test_an_answer_arrives_although_the_body_was_not_read():
    """Closing with input unread would reset the connection, and the refusal would be lost with it."""
    with serving() as server:
        body = b"x" * 3_000_000
        answer = ask(server, b"POST / HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    assert answer.endswith(b"POST / None")


def test_stopping_lets_an_answer_that_has_begun_finish():
    has_begun, may_end = threading.Event(), threading.Event()

    def handler(environ, start_response):
        start_response("200 OK", [])
        has_begun.set()
        may_end.wait(PATIENCE_S)
        return [b"whole"]

    server = UiServer()
    server.start(handler)
    with connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert has_begun.wait(PATIENCE_S)
        stopping = threading.Thread(target=server.stop, kwargs={"patience_s": PATIENCE_S})
        stopping.start()
        may_end.set()

        assert everything(connection).endswith(b"whole")
    stopping.join(PATIENCE_S)
    assert not stopping.is_alive()


def test_stopping_closes_the_port():
    with serving() as server:
        pass

    with pytest.raises(ConnectionRefusedError):
        connect(server)


def test_a_server_that_never_ran_can_be_stopped():
    UiServer().stop()


def test_a_client_that_talks_nonsense_is_no_news(capfd):
    with serving() as server:
        assert b"400" in ask(server, b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
        connect(server).close()

    assert capfd.readouterr() == ("", "")


def test_without_stderr_it_still_answers(monkeypatch):
    """pythonw and windowed bundles have None there."""
    monkeypatch.setattr(sys, "stderr", None)

    with serving() as server:
        assert ask(server).endswith(b"GET / None")


def test_a_bug_in_a_handler_is_seen(monkeypatch):
    seen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", seen)

    def handler(environ, start_response):
        raise ZeroDivisionError("ours")

    with serving(handler) as server:
        assert b"500" in ask(server).splitlines()[0]

    assert "ZeroDivisionError: ours" in seen.getvalue()
