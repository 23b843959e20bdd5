import pytest

from db import meta
from tests.db.records import opened

CALL = meta.call_of(opened(1))
ODD = b"caf\xe9\x00\xff"


def changed(**changes):
    return {**CALL, **changes}


def test_a_call_comes_back_from_its_base():
    assert meta.call_from(meta.whole(CALL), None) == CALL


def test_a_call_that_is_its_base_differs_in_nothing():
    assert meta.difference(CALL, meta.call_of(opened(1))) is None


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(meta.call_of(opened(2)), id="another query and port"),
        pytest.param(changed(headers=[(b"Host", b"x"), (b"Accept", b"*/*")]), id="one header has another value"),
        pytest.param(changed(headers=[(b"Accept", b"*/*"), (b"Host", b"x")]), id="another order of headers"),
        pytest.param(changed(headers=[(b"X", b"1"), (b"X", b"2"), (b"X", b"1")]), id="a header three times"),
        pytest.param(changed(headers=[]), id="no headers"),
        pytest.param(changed(headers=[(b"Host", ODD), (b"Accept", b"")]), id="a header that is no text"),
        pytest.param(changed(meta_variables={}), id="no variables"),
        pytest.param(changed(meta_variables={b"PATH": b"/bin", ODD: ODD}), id="a variable that is no text"),
        pytest.param(changed(argv=[b"/bin/sh", ODD], cwd=ODD, program=ODD), id="names that are no text"),
        pytest.param(changed(file=None), id="a script that could not be read"),
        pytest.param(changed(file={**CALL["file"], "head": b"\x7fELF\x02\xff"}), id="a program in machine code"),
        pytest.param(changed(notes=[{"slug": "header-dropped", "params": {"line": "Proxy: x"}}]), id="a note"),
    ],
)
def test_a_call_comes_back_from_its_base_and_the_difference(call):
    changes = meta.difference(CALL, call)

    assert changes is not None
    assert meta.call_from(meta.whole(CALL), changes) == call
    assert meta.call_from(meta.whole(call), None) == call


def test_a_base_that_is_no_text_is_differed_from():
    base = changed(meta_variables={ODD: ODD, b"A": b"1"})

    assert meta.call_from(meta.whole(base), meta.difference(base, CALL)) == CALL


def test_runs_of_a_script_differ_in_little():
    assert len(meta.difference(CALL, meta.call_of(opened(2)))) * 5 < len(meta.whole(CALL))


def test_without_its_base_a_call_is_what_is_left():
    call = meta.call_from(None, meta.difference(CALL, meta.call_of(opened(2))))

    assert call["meta_variables"] == {b"QUERY_STRING": b"n=2", b"REMOTE_PORT": b"40002"}
    assert call["headers"] == []


def test_an_end_comes_back():
    end = {
        "response_headers": [(b"Set-Cookie", b"a=1"), (b"Set-Cookie", ODD)],
        "header_error": {"error": "bad-line", "line_no": 2, "line": ODD},
        "notes": [{"slug": "no-content-type", "params": {}}],
        "explanations": [{"slug": "no-header", "params": {"line": "oops"}}],
    }

    assert meta.closing_from(meta.closing(end)) == end


def test_an_end_without_anything_takes_no_room():
    assert meta.closing({"response_headers": [], "header_error": None, "notes": [], "explanations": []}) is None
    assert meta.closing_from(None)["response_headers"] == []
