import subprocess
import sys

import pytest

from app.diagnose.traceback import from_cgitb, read_traceback


def printed_by(code: str, tmp_path) -> str:
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    return subprocess.run([sys.executable, str(script)], capture_output=True, text=True).stderr


@pytest.mark.parametrize(
    ("code", "kind", "message", "line"),
    [
        pytest.param("1 / 0", "ZeroDivisionError", "division by zero", 1, id="one line"),
        pytest.param("def f():\n    raise KeyError('a')\nf()", "KeyError", "'a'", 2, id="a call"),
        pytest.param(
            "try:\n    1/0\nexcept Exception:\n    {}['x']", "KeyError", "'x'", 4, id="chain: the last counts"
        ),
        pytest.param("raise SystemError()", "SystemError", "", 1, id="no message"),
        pytest.param("raise ValueError('two\\nlines')", "ValueError", "two", 1, id="a message of two lines"),
        pytest.param("class E(Exception): pass\nraise E('own')", "E", "own", 2, id="its own class"),
        pytest.param("import json\njson.loads('{')", "json.decoder.JSONDecodeError", None, 2, id="with its module"),
    ],
)
def test_what_python_prints_is_read(tmp_path, code, kind, message, line):
    found = read_traceback(printed_by(code, tmp_path))

    assert found.type == kind
    assert message is None or found.message == message
    assert found.own_frame(tmp_path, str(tmp_path)).line == line


def test_a_syntax_error_is_a_place_and_no_call(tmp_path):
    found = read_traceback(printed_by("x = 1\nif x\n    pass\n", tmp_path))

    assert found.is_syntax_error
    assert (found.type, found.frames[-1].line) == ("SyntaxError", 2)


def test_words_before_and_after_do_not_disturb(tmp_path):
    printed = "starting\n" + printed_by("1 / 0", tmp_path) + "bye\n"

    assert read_traceback(printed).type == "ZeroDivisionError"


@pytest.mark.parametrize("text", ["", "nothing here", "Traceback (most recent call last):\n", 'File "x", line 1'])
def test_what_is_no_traceback_is_none(text):
    assert read_traceback(text) is None


def test_the_comment_in_cgitb_s_page_is_read():
    page = (
        "<!--: spam\nContent-Type: text/html\n\n<body>...</body>\n<!-- The above is a description of an error\n\n"
        "Traceback (most recent call last):\n  File &quot;/s/a.py&quot;, line 7, in &lt;module&gt;\n"
        "    x = d[&#x27;k&#x27;]\n"
        "KeyError: &#x27;k&#x27;\n\n-->"
    )

    found = from_cgitb(page)

    assert (found.type, found.message, found.frames[0].line) == ("KeyError", "'k'", 7)
