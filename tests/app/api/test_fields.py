import pytest

from app.api.fields import Field, read_content, read_query
from app.errors import GatehouseError

NAME = Field("name", "A name.", is_required=True)
COUNT = Field("count", "How many.", "integer", least=1, most=10)
IS_ON = Field("is_on", "Is it on?", "boolean")
THEME = Field("theme", "Which.", choices=("light", "dark"))
MAYBE = Field("maybe", "A port, or none.", "integer", is_nullable=True)


def refused(act, *arguments):
    with pytest.raises(GatehouseError) as caught:
        act(*arguments)
    return caught.value.slug


def test_a_query_is_read_as_declared_and_the_rest_passed_over():
    sent = {"name": "a", "count": "10", "is_on": "1", "unknown": "x"}

    assert read_query(sent, (NAME, COUNT, IS_ON)) == {"name": "a", "count": 10, "is_on": True}


@pytest.mark.parametrize("text", ["0", "11", "-1", "1.0", "1_0", " 7", "٧", "", "9" * 5000])
def test_a_number_of_a_query_is_ascii_digits_within_its_bounds(text):
    assert refused(read_query, {"count": text}, (COUNT,)) == "field-not-whole"


@pytest.mark.parametrize(("text", "value"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_a_yes_or_no_of_a_query(text, value):
    assert read_query({"is_on": text}, (IS_ON,)) == {"is_on": value}


def test_a_yes_or_no_of_a_query_is_nothing_else():
    assert refused(read_query, {"is_on": "yes"}, (IS_ON,)) == "field-not-yes-no"


def test_a_body_is_read_as_it_is():
    assert read_content({"name": " ü ", "count": 3, "is_on": False}, (NAME, COUNT, IS_ON)) == {
        "name": " ü ",
        "count": 3,
        "is_on": False,
    }


def test_a_field_that_was_not_declared_is_refused_in_a_body():
    """A misspelt name would else be a change that silently does not happen."""
    assert refused(read_content, {"name": "a", "nmae": "b"}, (NAME,)) == "field-unknown"


def test_a_required_field_must_be_there():
    assert refused(read_content, {}, (NAME,)) == "field-missing"
    assert refused(read_query, {}, (NAME,)) == "field-missing"


@pytest.mark.parametrize(
    ("field", "value", "slug"),
    [
        (NAME, 1, "field-not-text"),
        (NAME, None, "field-not-text"),
        (COUNT, True, "field-not-whole"),
        (COUNT, 1.0, "field-not-whole"),
        (COUNT, "1", "field-not-whole"),
        (COUNT, 11, "field-not-whole"),
        (IS_ON, 1, "field-not-yes-no"),
        (IS_ON, "true", "field-not-yes-no"),
        (THEME, "pink", "field-not-choice"),
        (THEME, ["light"], "field-not-text"),
    ],
)
def test_a_value_of_another_kind_is_refused(field, value, slug):
    assert refused(read_content, {field.name: value}, (field,)) == slug


def test_null_is_a_value_only_where_declared():
    assert read_content({"maybe": None}, (MAYBE,)) == {"maybe": None}
    assert refused(read_content, {"count": None}, (COUNT,)) == "field-not-whole"


def test_the_schema_says_the_same_as_the_check():
    assert COUNT.schema() == {"type": "integer", "minimum": 1, "maximum": 10}
    assert THEME.schema() == {"type": "string", "enum": ["light", "dark"]}
    assert MAYBE.schema()["type"] == ["integer", "null"]
