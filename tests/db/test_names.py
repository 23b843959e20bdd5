import pytest

from db.names import from_column, to_column


@pytest.mark.parametrize("name", ["plain", "日本 é", "caf\udce9"])
def test_a_name_survives_its_column(name):
    assert from_column(to_column(name)) == name


def test_a_name_that_is_text_is_kept_as_text():
    assert to_column("日本 é") == "日本 é"
