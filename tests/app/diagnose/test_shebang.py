import pytest

from app.diagnose.shebang import read_shebang


@pytest.mark.parametrize(
    ("head", "interpreter", "argument", "wanted"),
    [
        (b"#!/bin/sh\necho", "/bin/sh", None, "sh"),
        (b"#! /usr/local/bin/python3 -u\n", "/usr/local/bin/python3", "-u", "python3"),
        (b"#!/usr/bin/env python3\n", "/usr/bin/env", "python3", "python3"),
        (b"#!/usr/bin/env -S LANG=C perl -w\n", "/usr/bin/env", "-S LANG=C perl -w", "perl"),
        (b"#!C:\\Perl\\perl.exe -w\n", "C:\\Perl\\perl.exe", "-w", "perl"),
        (b'#!"C:\\Program Files\\Perl\\perl.exe"\n', '"C:\\Program Files\\Perl\\perl.exe"', None, "perl"),
        (b"#!", "", None, ""),
    ],
)
def test_the_first_line_is_read_as_the_kernel_does(head, interpreter, argument, wanted):
    found = read_shebang(head)

    assert (found.interpreter, found.argument, found.wanted) == (interpreter, argument, wanted)


def test_a_carriage_return_is_seen():
    assert read_shebang(b"#!/bin/sh\r\n").has_cr
    assert not read_shebang(b"#!/bin/sh\n").has_cr


@pytest.mark.parametrize("head", [b"", b" #!/bin/sh", b"\xef\xbb\xbf#!/bin/sh", b"print 1"])
def test_anything_else_has_no_first_line(head):
    assert read_shebang(head) is None
