import pytest

from app.api.hosts import is_ours


@pytest.mark.parametrize(
    "authority",
    [
        "127.0.0.1:8610",
        "127.0.0.1",
        "localhost:8610",
        "LOCALHOST:8610",
        "guestbook.localhost:8610",
        "[::1]:8610",
        "[::1]",
    ],
)
def test_names_of_this_computer_with_our_port_or_none_are_ours(authority):
    assert is_ours(authority, 8610)


@pytest.mark.parametrize(
    "authority",
    [
        pytest.param("evil.example:8610", id="another name that leads here (DNS rebinding)"),
        pytest.param("127.0.0.1:8611", id="another port"),
        pytest.param("127.0.0.1.evil.example:8610", id="our address as the start of a name"),
        pytest.param("localhost.evil.example", id="our name as the start of a name"),
        pytest.param("evillocalhost", id="our name as the end of a name"),
        pytest.param("127.0.0.2:8610", id="another loopback address"),
        pytest.param("127.0.0.1:8610\n", id="a line end after it"),
        pytest.param("user@127.0.0.1:8610", id="with a name before it"),
        pytest.param("127.0.0.1:", id="an empty port"),
        pytest.param("127.0.0.1:٨٦١٠", id="digits that are not ASCII"),
        pytest.param("", id="nothing"),
        pytest.param("[::2]:8610", id="another IPv6 address"),
    ],
)
def test_everything_else_is_foreign(authority):
    assert not is_ours(authority, 8610)
