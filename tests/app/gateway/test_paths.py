import pytest

from app.gateway.paths import decode, encode, is_hidden, is_tricky, origin_form, split_target, without_dots


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        (b"/a", (b"/a", b"")),
        (b"/a?", (b"/a", b"")),
        (b"/a?b?c=%3F", (b"/a", b"b?c=%3F")),
        (b"?x", (b"", b"x")),
    ],
)
def test_the_query_begins_at_the_first_question_mark_and_is_untouched(target, parts):
    assert split_target(target) == parts


@pytest.mark.parametrize(
    ("target", "origin"),
    [
        (b"/a?b", b"/a?b"),
        (b"http://127.0.0.1:8000/a?b=http://x/", b"/a?b=http://x/"),
        (b"http://localhost", b"/"),
        (b"http://localhost?a=/b", b"/?a=/b"),
        (b"/go?to=http://x/y", b"/go?to=http://x/y"),
        (b"*", b"*"),
    ],
)
def test_an_absolute_target_loses_scheme_and_host(target, origin):
    assert origin_form(target) == origin


@pytest.mark.parametrize(
    ("raw", "decoded"),
    [
        (b"a", b"a"),
        (b"%41%2f%2F", b"A//"),
        (b"%2541", b"%41"),
        (b"a+b", b"a+b"),
        ("文".encode(), "文".encode()),
        (b"%e6%96%87", "文".encode()),
        (b"%ff", b"\xff"),
        (b"%", None),
        (b"%4", None),
        (b"%zz", None),
        (b"a%00b", None),
        (b"a\0b", None),
    ],
)
def test_a_path_is_decoded_once_or_refused(raw, decoded):
    assert decode(raw) == decoded


def test_encoding_and_decoding_are_inverse_for_every_byte_but_nul():
    every = bytes(range(1, 256))

    assert decode(encode(every)) == every


@pytest.mark.parametrize("name", [b"a/b", b"a\\b", b"hello.py.", b"hello.py ", b"..."])
def test_names_that_some_file_system_reads_differently_are_tricky(name):
    assert is_tricky(name)


def test_blanks_and_dots_within_a_name_are_fine():
    assert not is_tricky(b"my page v1.2.html")


@pytest.mark.parametrize("name", [b".git", b".htpasswd", b"..x", b"gatehouse.toml", b"GateHouse.TOML"])
def test_dotfiles_and_the_settings_are_hidden(name):
    assert is_hidden(name)


@pytest.mark.parametrize("name", [b".well-known", b"gatehouse.toml.html", b"a.git", b"index.html"])
def test_other_names_are_not_hidden(name):
    assert not is_hidden(name)


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        (b"/a/b", b"/a/b"),
        (b"/a//b/./c/", b"/a/b/c/"),
        (b"/a/../b", b"/b"),
        (b"/../../etc/passwd", b"/etc/passwd"),
        (b"/a/..", b"/"),
        (b"/a/b/..", b"/a/"),
        (b"/", b"/"),
        (b"//", b"/"),
    ],
)
def test_dots_are_resolved_and_never_lead_above_the_root(path, plain):
    assert without_dots(path) == plain
