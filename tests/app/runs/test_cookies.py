from app.runs.cookies import cookies


def test_names_and_values_are_taken_apart():
    assert cookies(b"a=1; b=two; c=x=y") == {"a": "1", "b": "two", "c": "x=y"}


def test_of_a_name_sent_twice_the_first_counts():
    """Browsers put the more specific path first (RFC 6265 §5.4)."""
    assert cookies(b"id=near; id=far") == {"id": "near"}


def test_what_is_no_pair_is_passed_over():
    assert cookies(b"; lonely; =; a=1;") == {"": "", "a": "1"}
