import contextlib
import socket
import sys

import pytest

from app.gateway.peer import is_peer_open

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/net/tcp")


@pytest.fixture
def pair():
    """(client, server side) over TCP."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        client = stack.enter_context(socket.create_connection(server.getsockname()))
        accepted, _ = server.accept()
        stack.enter_context(accepted)
        yield client, accepted


def test_who_only_ended_its_sending_is_still_there(pair):
    client, accepted = pair
    client.shutdown(socket.SHUT_WR)

    assert accepted.recv(1) == b""
    assert is_peer_open(accepted)


def test_who_closed_is_gone(pair):
    client, accepted = pair
    client.close()

    assert accepted.recv(1) == b""
    assert not is_peer_open(accepted)
