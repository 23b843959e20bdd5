"""Each cause by the facts that betray it; and nothing is found where nothing is wrong."""

import errno
import signal

import pytest

from app.diagnose.judge import RULES, judge
from app.diagnose.rule import diagnosis
from app.diagnose.words import templates
from app.words.fill import placeholders

GOOD = {"status": 200, "stdout": b"Content-Type: text/html\n\n<p>hello", "response": "document"}
TRACEBACK = b"""Traceback (most recent call last):
  File "/elsewhere/lib.py", line 9, in call
    return act()
  File "%s/cgi-bin/a", line 2, in act
    form["name"]
KeyError: 'name'
"""


def malformed(error: str, line: bytes = b"", line_no: int = 1, **more):
    return {"response": "malformed", "header_error": {"error": error, "line_no": line_no, "line": line}, **more}


CASES = [
    pytest.param("#!/bin/sh\n", {"mode": 0o644, "errno": errno.EACCES}, ["no-exec-bit"], id="no x bit"),
    pytest.param("#!/bin/sh\r\necho\r\n", {"errno": errno.ENOENT}, ["crlf-shebang"], id="CR LF"),
    pytest.param(
        "#!/usr/bin/env python3\r\n", {"exit": 127, **malformed("empty")}, ["crlf-shebang"], id="CR LF after env"
    ),
    pytest.param(
        "#!/bin/sh\r\n",
        {"mode": 0o644, "errno": errno.EACCES},
        ["no-exec-bit", "crlf-shebang"],
        id="both, first things first",
    ),
    pytest.param("print('x')\n", {"errno": errno.ENOEXEC}, ["no-shebang"], id="no first line"),
    pytest.param("#!/usr/bin\n", {"errno": errno.EACCES}, ["shebang-is-directory"], id="a folder"),
    pytest.param("#!/nowhere/sh\n", {"errno": errno.ENOENT}, ["wrong-interpreter-path"], id="wrong path"),
    pytest.param("#!C:\\perl\\bin\\perl.exe\n", {"errno": errno.ENOENT}, ["windows-path-shebang"], id="Windows path"),
    pytest.param("#!/nowhere/zzlang\n", {"errno": errno.ENOENT}, ["interpreter-missing"], id="not installed"),
    pytest.param(
        "#!/usr/bin/env sh -e\n", {"exit": 127, **malformed("empty")}, ["env-with-arguments"], id="env with arguments"
    ),
    pytest.param("#!/bin/sh\n", {"errno": errno.ETXTBSY}, ["text-file-busy"], id="being written"),
    pytest.param("#!/bin/sh\n", {"errno": errno.ELOOP}, ["not-started"], id="another errno"),
    pytest.param(
        "#!/bin/sh\n", {"end": "timed_out", "limit": "silence", "limit_value": 30.0}, ["time-limit"], id="silence"
    ),
    pytest.param(
        "#!/bin/sh\n",
        {
            "end": "timed_out",
            "limit": "time",
            "limit_value": 1.0,
            "total_us": 1_000_000,
            "user_us": 950_000,
            "system_us": 0,
        },
        ["time-limit", "endless-loop"],
        id="busy until the end",
    ),
    pytest.param("x", {"end": "signalled", "signal": signal.SIGSEGV, "exit": None}, ["c-segfault"], id="crash"),
    pytest.param("x", {"end": "signalled", "signal": signal.SIGKILL, "exit": None}, ["killed"], id="killed"),
    pytest.param("x", {"end": "signalled", "signal": signal.SIGALRM, "exit": None}, ["signalled"], id="another signal"),
    pytest.param(
        "x", {"end": "interrupted", "interrupted_by": "client", "exit": None}, ["client-left"], id="client left"
    ),
    pytest.param("x", malformed("empty"), ["empty-output"], id="nothing printed"),
    pytest.param("x", malformed("bad-line", b"<html>"), ["no-header"], id="no header"),
    pytest.param("x", malformed("bad-line", b"<html>", 2), ["no-blank-line"], id="no blank line"),
    pytest.param(
        "x", malformed("no-blank-line", stdout=b"Content-Type: text/html\n"), ["only-header-no-end"], id="header only"
    ),
    pytest.param("x", malformed("starts-blank"), ["leading-blank-line"], id="blank first"),
    pytest.param("x", malformed("bad-line", b" A: 1"), ["indented-header"], id="indented"),
    pytest.param("x", malformed("bad-status", b"Status: Not Found"), ["status-without-number"], id="status"),
    pytest.param("x", malformed("no-required-field", stdout=b"X: 1\n\n"), ["no-content-type"], id="no type"),
    pytest.param("x", malformed("too-long", b"A: ..."), ["bad-header"], id="another header error"),
    pytest.param(
        "x", {"exit": 3, "stderr": b"no such table\n", **malformed("empty")}, ["exit-status"], id="exit status"
    ),
    pytest.param("x", {"exit": 3, **malformed("empty")}, ["exit-status-silent"], id="exit status, not a word"),
    pytest.param("x", {"status": 503}, ["own-error-status"], id="its own 503"),
]


@pytest.mark.parametrize(("script", "how", "slugs"), CASES)
def test_a_cause_is_found_by_its_facts(run_of, script, how, slugs):
    judgement = judge(run_of(script, **how))

    assert [one.slug for one in judgement.diagnoses] == slugs
    assert judgement.faults == ()
    assert judgement.verdict == ("suspicious" if how.get("interrupted_by") or how.get("status") == 503 else "failed")


@pytest.mark.parametrize(("script", "how", "_slugs"), CASES)
@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_parameter_that_the_words_want_is_given(run_of, script, how, _slugs, lang):
    for found in judge(run_of(script, **how)).diagnoses:
        wanted = set().union(*(placeholders(template) for template in templates(found.slug, lang).values()))

        assert wanted <= set(found.diagnosis.params), found.slug


def test_a_run_that_went_well_has_no_explanation(run_of):
    judgement = judge(run_of(**GOOD))

    assert (judgement.verdict, judgement.diagnoses) == ("good", ())


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"stderr": b"warning: nothing serious\n"}, id="words on stderr"),
        pytest.param(
            {"stdout": b"Content-Type: text/plain\n\nTraceback (most recent call last):\n"}, id="a page about it"
        ),
        pytest.param(
            {"status": 404, "stdout": b"Status: 404 Not Found\nContent-Type: text/plain\n\n"}, id="its own 404"
        ),
    ],
)
def test_what_only_looks_like_a_failure_is_none(run_of, more):
    assert judge(run_of(**{**GOOD, **more})).verdict == "good"


def test_a_page_and_then_an_exit_status_is_a_failure_though_the_browser_got_200(run_of):
    judgement = judge(run_of(**GOOD, exit=1, stderr=b"disk full\n"))

    assert (judgement.verdict, judgement.diagnoses[0].slug) == ("failed", "exit-status")


def test_a_python_traceback_names_the_line_in_the_site_s_own_file(run_of, site):
    printed = TRACEBACK % str(site).encode()

    (found,) = judge(
        run_of('#!/usr/bin/env python3\nform["name"]\n', exit=1, stderr=printed, **malformed("empty"))
    ).diagnoses

    assert found.slug == "python-traceback"
    assert {key: found.diagnosis.params[key] for key in ("type", "message", "file", "line", "source")} == {
        "type": "KeyError",
        "message": "'name'",
        "file": "cgi-bin/a",
        "line": 2,
        "source": 'form["name"]',
    }


def test_a_traceback_that_was_caught_and_printed_is_likely_only(run_of, site):
    judgement = judge(run_of(**GOOD, stderr=TRACEBACK % str(site).encode()))

    assert (judgement.verdict, judgement.diagnoses[0].diagnosis.certainty) == ("suspicious", "likely")


def test_a_rule_that_raises_is_noted_and_skipped(run_of):
    @diagnosis("broken-rule")
    def broken(run):
        raise ZeroDivisionError

    judgement = judge(run_of(mode=0o644, errno=errno.EACCES), (broken, *RULES))

    assert judgement.diagnoses[0].slug == "no-exec-bit"
    assert "broken-rule" in judgement.faults[0]


def test_no_two_rules_share_a_slug():
    assert len({rule.slug for rule in RULES}) == len(RULES)
