import pytest

from app.gateway.shebang import Shebang, read_shebang


@pytest.mark.parametrize(
    ("head", "interpreter", "argument"),
    [
        (b"#!/usr/bin/perl\nuse CGI;", b"/usr/bin/perl", b""),
        (b"#!/usr/bin/perl", b"/usr/bin/perl", b""),
        (b"#! /usr/local/bin/python3 -u -x \nprint", b"/usr/local/bin/python3", b"-u -x"),
        (b"#!\t/bin/sh\t-e\n", b"/bin/sh", b"-e"),
        (b"#!/usr/bin/python3\r\nprint", b"/usr/bin/python3\r", b""),
        (b"#!/usr/bin/perl -w\r\n", b"/usr/bin/perl", b"-w\r"),
        (b'#!"C:\\Program Files\\Perl\\perl.exe" -w\n', b'"C:\\Program Files\\Perl\\perl.exe"', b"-w"),
        (b"#!/bin/a\0b\n", b"/bin/a", b"\0b"),
    ],
)
def test_the_line_is_taken_apart_as_the_kernel_does(head, interpreter, argument):
    assert read_shebang(head) == Shebang(interpreter, argument)


@pytest.mark.parametrize(
    "head", [b"", b"#!", b"#!\n", b"#!  \n", b"\n#!/bin/sh", b"\xef\xbb\xbf#!/bin/sh", b"# !/bin/sh"]
)
def test_a_file_without_an_interpreter_has_none(head):
    assert read_shebang(head) is None


def test_the_kernel_reads_256_bytes():
    found = read_shebang(b"#!/bin/" + b"x" * 300 + b"\n")

    assert found is not None
    assert len(found.interpreter) == 254


@pytest.mark.parametrize(
    ("line", "wanted", "arguments"),
    [
        (b"#!/usr/bin/python3.11 -u", b"python3.11", (b"-u",)),
        (b"#!/usr/bin/env python3", b"python3", ()),
        (b"#!/usr/bin/env python3 -u", b"python3 -u", ()),
        (b"#!/usr/bin/env -S python3 -u -X dev", b"python3", (b"-u", b"-X", b"dev")),
        (b"#!/usr/bin/env -S LANG=C perl -w", b"perl", (b"-w",)),
        (b"#!/usr/bin/env -S", b"", ()),
        (b"#!/usr/bin/env", b"", ()),
        (b"#!C:\\xampp\\perl\\bin\\PERL.EXE -w", b"PERL", (b"-w",)),
    ],
)
def test_the_program_wanted_in_the_end_and_its_arguments(line, wanted, arguments):
    found = read_shebang(line + b"\n")

    assert found is not None
    assert (found.wanted, found.arguments) == (wanted, arguments)
