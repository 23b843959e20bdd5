from app.words.fill import Piece, fill, pieces, placeholders


def test_parameters_are_put_in_once_and_never_become_markup():
    assert fill("Line {line} of `{file}`.", {"line": 3, "file": "`{line}`"}) == "Line 3 of `{line}`."


def test_code_spans_are_cut_out_before_parameters_come_in():
    assert pieces("Run `chmod {mode}`!", {"mode": "7`5`5"}) == (
        Piece("Run ", is_code=False),
        Piece("chmod 7`5`5", is_code=True),
        Piece("!", is_code=False),
    )


def test_a_parameter_that_is_missing_is_a_question_mark():
    assert fill("status {status}", {}) == "status ?"


def test_the_names_that_a_template_wants():
    assert placeholders("{a} `{b}` {A} {}") == {"a", "b"}
