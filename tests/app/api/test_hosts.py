import pytest

from app.api.hosts import is_ours


@pytest.mark.parametrize("authority", ["127.0.0.1:8610", "127.0.0.1", "guestbook.localhost:8610", "[::1]:8610"])
def test_names_of_this_computer_with_our_port_or_none_are_ours(authority):
    assert is_ours(authority, 8610)


@pytest.mark.parametrize(
    "authority",
    [
        pytest.param("evil.example:8610", id="another name that leads here (DNS rebinding)"),
        pytest.param("127.0.0.1:8611", id="another port"),
        pytest.param("127.0.0.1:٨٦١٠", id="digits that are not ASCII"),
        pytest.param("127.0.0.1:8610\n", id="a line end after it"),
    ],
)
def test_everything_else_is_foreign(authority):
    assert not is_ours(authority, 8610)
