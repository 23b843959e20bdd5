"""RFC 9110 §13 and §14, as tables."""

import pytest

from app.gateway.conditions import Part, Version, http_date, part, precondition

VERSION = Version(b'"a1"', modified_s=1_700_000_000, size=1000)
SAME = http_date(1_700_000_000)
BEFORE = http_date(1_600_000_000)
AFTER = http_date(1_800_000_000)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param([], 200, id="none"),
        pytest.param([(b"If-None-Match", b'"a1"')], 304, id="same tag"),
        pytest.param([(b"If-None-Match", b'W/"a1"')], 304, id="compared weakly"),
        pytest.param([(b"If-None-Match", b'"x", "a1"')], 304, id="one of several"),
        pytest.param([(b"If-None-Match", b'"x"'), (b"If-None-Match", b'"a1"')], 304, id="in several fields"),
        pytest.param([(b"If-None-Match", b"*")], 304, id="any"),
        pytest.param([(b"If-None-Match", b'"b2"')], 200, id="another tag"),
        pytest.param([(b"If-None-Match", b'"a1')], 200, id="no tag"),
        pytest.param(
            [(b"If-None-Match", b'"b2"'), (b"If-Modified-Since", SAME)], 200, id="the tag goes before the date"
        ),
        pytest.param([(b"If-Modified-Since", SAME)], 304, id="same date"),
        pytest.param([(b"If-Modified-Since", AFTER)], 304, id="later date"),
        pytest.param([(b"If-Modified-Since", BEFORE)], 200, id="earlier date"),
        pytest.param([(b"If-Modified-Since", b"yesterday")], 200, id="no date"),
        pytest.param([(b"If-Modified-Since", b"Tue, 14 Nov 99999 99:99:99 GMT")], 200, id="an impossible date"),
        pytest.param([(b"If-Modified-Since", b"\xff")], 200, id="no text"),
        pytest.param([(b"If-Modified-Since", b"Tuesday, 14-Nov-23 22:13:20 GMT")], 304, id="RFC 850"),
        pytest.param([(b"If-Modified-Since", b"Tue Nov 14 22:13:20 2023")], 304, id="asctime"),
        pytest.param([(b"If-Match", b'"a1"')], 200, id="match"),
        pytest.param([(b"If-Match", b'W/"a1"')], 412, id="match is strong"),
        pytest.param([(b"If-Match", b'"b2"')], 412, id="no match"),
        pytest.param([(b"If-Match", b"*")], 200, id="match any"),
        pytest.param([(b"If-Unmodified-Since", BEFORE)], 412, id="modified since"),
        pytest.param([(b"If-Unmodified-Since", SAME)], 200, id="unmodified"),
    ],
)
def test_a_precondition_decides(make_request, headers, status):
    assert precondition(make_request("GET", *headers), VERSION) == status


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (b"bytes=0-99", Part(0, 100)),
        (b"bytes=0-0", Part(0, 1)),
        (b"bytes=900-", Part(900, 100)),
        (b"bytes=900-5000", Part(900, 100)),
        (b"bytes=-1", Part(999, 1)),
        (b"bytes=-5000", Part(0, 1000)),
        (b"Bytes=1-2", Part(1, 2)),
        (b"bytes=1000-", "outside"),
        (b"bytes=-0", "outside"),
        (b"bytes=5-1", "whole"),
        (b"bytes=-", "whole"),
        (b"bytes=a-b", "whole"),
        (b"bytes=0-1,5-6", "whole"),
        (b"lines=1-2", "whole"),
        (b"bytes=" + b"9" * 50 + b"-", "whole"),
        (b"", "whole"),
    ],
)
def test_a_range_is_one_part_the_whole_or_outside(make_request, asked, expected):
    assert part(make_request("GET", (b"Range", asked)), VERSION) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (b'"a1"', Part(0, 1)),
        (b'W/"a1"', "whole"),
        (b'"b2"', "whole"),
        (SAME, Part(0, 1)),
        (AFTER, "whole"),
        (b"nonsense", "whole"),
    ],
)
def test_if_range_gives_a_part_of_the_same_version_only(make_request, condition, expected):
    assert part(make_request("GET", (b"Range", b"bytes=0-0"), (b"If-Range", condition)), VERSION) == expected


def test_an_empty_file_has_no_part(make_request):
    assert part(make_request("GET", (b"Range", b"bytes=0-")), Version(b'"e"', 0, 0)) == "outside"


def test_only_get_has_ranges(make_request):
    assert part(make_request("HEAD", (b"Range", b"bytes=0-0")), VERSION) == "whole"
