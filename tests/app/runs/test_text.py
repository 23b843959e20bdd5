import pytest

from app.runs.text import name, printable, text, untext


@pytest.mark.parametrize("data", [b"", b"plain", "小明".encode(), b"\xff\xfe\0", bytes(range(256))])
def test_bytes_come_back_as_they_were(data):
    assert untext(text(data)) == data


def test_valid_utf8_is_text_and_anything_else_is_marked():
    assert text("é".encode()) == "é"
    assert text(b"\xe9") == {"$base64": "6Q=="}


def test_nothing_is_no_bytes():
    assert untext(None) == b""


def test_a_key_is_always_text():
    assert name(b"na\xefve") == "na\\xefve"


def test_control_characters_cannot_steer_a_terminal():
    assert printable(b"\x1b[31mred\x07\r\nnext\tcolumn") == "\\x1b[31mred\\x07\nnext\tcolumn"


def test_invisible_marks_are_shown():
    assert printable("a\u202eb") == "a\\u202eb"
