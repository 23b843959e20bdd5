import pytest

from app.gateway.hosts import is_host, own_name


@pytest.mark.parametrize(
    ("authority", "name"),
    [
        (b"127.0.0.1", "127.0.0.1"),
        (b"127.0.0.1:8000", "127.0.0.1"),
        (b"localhost:", "localhost"),
        (b"LOCALHOST:8000", "localhost"),
        (b"my-site.localhost", "my-site.localhost"),
        (b"[::1]:8000", "[::1]"),
    ],
)
def test_our_names(authority, name):
    assert own_name(authority, 8000) == name


@pytest.mark.parametrize(
    "authority",
    [
        pytest.param(b"127.0.0.1:8001", id="another port"),
        pytest.param(b"evil.example", id="another name that leads here (DNS rebinding)"),
        pytest.param(b"localhost.evil.example", id="our name as the start of a name"),
        pytest.param(b"127.0.0.1.evil.example", id="our address as the start of a name"),
        pytest.param(b"notlocalhost", id="our name as the end of a name"),
        pytest.param(b"127.0.0.2:8000", id="another loopback address"),
        pytest.param(b"user@127.0.0.1:8000", id="with a name before it"),
        pytest.param(b"127.0.0.1:8000\n", id="a line end after it"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"[::2]", id="another IPv6 address"),
    ],
)
def test_names_of_others(authority):
    assert own_name(authority, 8000) is None


def test_credentials_blanks_and_slashes_are_no_host():
    assert is_host(b"example.org:80")
    assert not any(map(is_host, [b"user@localhost", b"a b", b"a/b", b"\xff"]))
