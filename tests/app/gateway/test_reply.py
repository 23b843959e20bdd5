import pytest

from app.gateway.reply import Reply


class Wire:
    """A client that keeps what it is sent."""

    def __init__(self) -> None:
        self.is_gone = False
        self.on_leave = None
        self.transport = None
        self.sent = b""
        self.end: tuple[bool, bool] | None = None

    def write(self, data: bytes) -> None:
        self.sent += data

    async def drain(self) -> None: ...

    def done(self, *, keep: bool, is_cut: bool = False) -> None:
        self.end = keep, is_cut

    @property
    def body(self) -> bytes:
        return self.sent.partition(b"\r\n\r\n")[2]


def reply(method: str = "GET", version: str = "HTTP/1.1") -> tuple[Reply, Wire]:
    wire = Wire()
    return Reply(wire, method=method, version=version, keeps_alive=True), wire


def test_a_whole_answer_has_its_length():
    one, wire = reply()

    one.whole(200, ((b"X", b"y"),), b"hello")

    assert wire.sent.startswith(b"HTTP/1.1 200 OK\r\nX: y\r\nDate: ")
    assert b"\r\nContent-Length: 5\r\n" in wire.sent
    assert (wire.body, wire.end) == (b"hello", (True, False))


def test_an_answer_of_unknown_length_is_chunked():
    one, wire = reply()

    one.start(200, (), length=None, first=b"a" * 17)
    one.send(b"b")
    one.send(b"")  # would end the body
    one.end()

    assert wire.body == b"11\r\n" + b"a" * 17 + b"\r\n1\r\nb\r\n0\r\n\r\n"


def test_http_1_0_reads_to_the_close():
    one, wire = reply(version="HTTP/1.0")

    one.start(200, (), length=None, first=b"a")
    one.end()

    assert b"\r\nConnection: close\r\n" in wire.sent
    assert (wire.body, wire.end) == (b"a", (False, False))


@pytest.mark.parametrize(
    ("method", "status", "length"),
    [("HEAD", 200, b"Content-Length: 5"), ("GET", 204, None), ("GET", 304, None), ("GET", 205, b"Content-Length: 0")],
)
def test_answers_that_have_no_body(method, status, length):
    one, wire = reply(method)

    one.whole(status, (), b"hello")

    assert wire.body == b""
    assert (length in wire.sent) if length else (b"Content-Length" not in wire.sent)
    assert b"Transfer-Encoding" not in wire.sent


def test_what_is_cut_says_so():
    one, wire = reply()
    one.start(200, (), length=None, first=b"a")

    one.cut()

    assert wire.end == (False, True)
    assert not wire.sent.endswith(b"0\r\n\r\n")


def test_an_answer_that_is_complete_is_not_cut():
    """By then the connection is the next request's."""
    one, wire = reply()
    one.whole(200, (), b"hello")
    wire.end = None

    one.cut()

    assert wire.end is None
