"""URL → script, file, redirect or nothing.  Each test makes a real folder; nothing is run."""

import os
from pathlib import Path

import pytest

from app.gateway.resolve import resolve
from app.gateway.values import NotFound, Redirect, Script, StaticFile
from app.sites.layout import INDEXES as LAYOUT_INDEXES

PY = "#!/usr/bin/env python3\n"

TEXTBOOK = {
    "index.html": "<h1>Home</h1>",
    "docs/index.htm": "docs",
    "docs/a b.txt": "text",
    "docs/文.html": "text",
    "empty/x/y.txt": "",
    "cgi-bin/hello.py": PY,
    "cgi-bin/sub/deep.py": PY,
    "cgi-bin/module.py": "SECRET = 1\n",
    "cgi-bin/data.txt": "data\n",
    "cgi-bin/.hidden": PY,
    "gatehouse.toml": "name = 'x'\n",
    ".git/config": "x",
    ".well-known/security.txt": "x",
}


@pytest.fixture
def textbook(make_site):
    return make_site(TEXTBOOK)


@pytest.mark.parametrize(
    ("target", "name", "script_name", "path_info", "query"),
    [
        pytest.param(b"/cgi-bin/hello.py", "hello.py", b"/cgi-bin/hello.py", b"", b"", id="plain"),
        pytest.param(b"/cgi-bin/hello.py?a=%41&b", "hello.py", b"/cgi-bin/hello.py", b"", b"a=%41&b", id="query"),
        pytest.param(b"/cgi-bin/hello.py/", "hello.py", b"/cgi-bin/hello.py", b"/", b"", id="a slash is path-info"),
        pytest.param(b"/cgi-bin/hello.py/a/b", "hello.py", b"/cgi-bin/hello.py", b"/a/b", b"", id="path-info"),
        pytest.param(b"/cgi-bin/hello.py/a%2Fb", "hello.py", b"/cgi-bin/hello.py", b"/a/b", b"", id="%2F in path-info"),
        pytest.param(b"/cgi-bin/hello.py//a//", "hello.py", b"/cgi-bin/hello.py", b"//a//", b"", id="empty segments"),
        pytest.param(b"/cgi-bin/hello.py/a/../b", "hello.py", b"/cgi-bin/hello.py", b"/a/../b", b"", id="dots kept"),
        pytest.param(b"/cgi-bin/hello.py/.git/%5c.", "hello.py", b"/cgi-bin/hello.py", b"/.git/\\.", b"", id="free"),
        pytest.param(
            b"/cgi-bin/hello.py/%E6%96%87", "hello.py", b"/cgi-bin/hello.py", "/文".encode(), b"", id="UTF-8 bytes"
        ),
        pytest.param(b"/cgi-bin/hello.py/%2541", "hello.py", b"/cgi-bin/hello.py", b"/%41", b"", id="decoded once"),
        pytest.param(b"/cgi-bin/%68ello.py", "hello.py", b"/cgi-bin/hello.py", b"", b"", id="decoded name"),
        pytest.param(b"//cgi-bin///hello.py", "hello.py", b"/cgi-bin/hello.py", b"", b"", id="slashes merged"),
        pytest.param(b"/docs/../cgi-bin/./hello.py", "hello.py", b"/cgi-bin/hello.py", b"", b"", id="dots resolved"),
        pytest.param(b"/cgi-bin/sub/../hello.py", "hello.py", b"/cgi-bin/hello.py", b"", b"", id="dots among scripts"),
        pytest.param(b"/cgi-bin/sub/deep.py/x", "sub/deep.py", b"/cgi-bin/sub/deep.py", b"/x", b"", id="nested"),
        pytest.param(
            b"/cgi-bin/module.py", "module.py", b"/cgi-bin/module.py", b"", b"", id="module: fails, not shown"
        ),
        pytest.param(b"/cgi-bin/data.txt", "data.txt", b"/cgi-bin/data.txt", b"", b"", id="data: fails, not shown"),
    ],
)
def test_a_path_in_the_script_folder_is_a_script_and_its_path_info(
    textbook, target, *, name, script_name, path_info, query
):
    assert resolve(textbook, target) == Script(
        path=textbook.folder / "cgi-bin" / name,
        name=f"cgi-bin/{name}",
        script_name=script_name,
        path_info=path_info,
        query=query,
    )


@pytest.mark.parametrize(
    ("target", "file"),
    [
        (b"/", "index.html"),
        (b"/?x=1", "index.html"),
        (b"/index.html", "index.html"),
        (b"/docs/", "docs/index.htm"),
        (b"/docs/a%20b.txt", "docs/a b.txt"),
        (b"/docs/%E6%96%87.html", "docs/文.html"),
        (b"/docs/.", "docs/index.htm"),
        (b"/docs/..", "index.html"),
        (b"/docs/%2e%2e/index.html", "index.html"),
        (b"/.well-known/security.txt", ".well-known/security.txt"),
    ],
)
def test_a_path_outside_the_script_folder_is_a_file(textbook, target, file):
    assert resolve(textbook, target) == StaticFile(textbook.folder / file)


@pytest.mark.parametrize(
    ("target", "status", "reason"),
    [
        (b"/gone.html", 404, "no-such-file"),
        (b"/index.html/extra", 404, "no-such-file"),
        (b"/index.html/", 404, "no-such-file"),
        (b"/cgi-bin/gone.py", 404, "no-such-script"),
        (b"/cgi-bin/", 403, "no-index"),
        (b"/cgi-bin/sub/", 403, "no-index"),
        (b"/empty/", 403, "no-index"),
        (b"/gatehouse.toml", 404, "hidden"),
        (b"/GATEHOUSE.TOML", 404, "hidden"),
        (b"/.git/config", 404, "hidden"),
        (b"/cgi-bin/.hidden", 404, "hidden"),
        (b"/docs/..%2f..%2fetc/passwd", 404, "hidden"),
        (b"/docs%2findex.htm", 404, "bad-path"),
        (b"/cgi-bin%2Fhello.py", 404, "bad-path"),
        (b"/cgi-bin/hello.py.", 404, "bad-path"),
        (b"/cgi-bin/hello.py%20", 404, "bad-path"),
        (b"/cgi-bin%5chello.py", 404, "bad-path"),
        (b"/cgi-bin\\hello.py", 404, "bad-path"),
        (b"/../etc/passwd", 400, "outside"),
        (b"/docs/%2e%2e/%2E./etc/passwd", 400, "outside"),
        (b"/%zz", 400, "bad-path"),
        (b"/index.html%00.txt", 400, "bad-path"),
        (b"/cgi-bin/hello.py/%00", 400, "bad-path"),
        (b"/cgi-bin/hello.py/%", 400, "bad-path"),
        (b"/" + b"x" * 5000, 404, "no-such-file"),
        (b"*", 400, "bad-path"),
        (b"", 400, "bad-path"),
    ],
)
def test_everything_else_is_not_found_with_the_reason(textbook, target, status, reason):
    found = resolve(textbook, target)

    assert isinstance(found, NotFound)
    assert (found.status, found.reason) == (status, reason)


@pytest.mark.parametrize(
    ("target", "near"),
    [(b"/cgi-bin/Hello.py", "hello.py"), (b"/cgi-bin/helo.py/x", "hello.py"), (b"/Index.html", "index.html")],
)
def test_a_name_beside_it_is_suggested(textbook, target, near):
    found = resolve(textbook, target)

    assert isinstance(found, NotFound)
    assert found.near == near


@pytest.mark.parametrize(
    ("target", "location"),
    [
        (b"/docs", b"/docs/"),
        (b"/docs?a=b", b"/docs/?a=b"),
        (b"/docs?", b"/docs/?"),
        (b"//docs", b"/docs/"),
        (b"/cgi-bin", b"/cgi-bin/"),
        (b"/empty/../docs", b"/docs/"),
    ],
)
def test_a_folder_without_its_slash_is_redirected_within_the_site(textbook, target, location):
    """Never to '//docs', which a browser reads as another host."""
    assert resolve(textbook, target) == Redirect(location)


def test_a_redirect_encodes_what_a_header_must_not_hold(make_site):
    site = make_site({"a\nb 文/x": ""})

    assert resolve(site, b"/a%0Ab%20%E6%96%87") == Redirect(b"/a%0Ab%20%E6%96%87/")


def test_the_indexes_are_those_the_window_shows():
    from app.gateway.resolve import INDEXES

    assert tuple(name.decode() for name in INDEXES) == LAYOUT_INDEXES


def test_apache_layout_maps_the_folder_beside_the_pages(make_site):
    site = make_site({"htdocs/index.html": "", "cgi-bin/a.pl": "#!/usr/bin/perl\n"}, pages="htdocs")

    found = resolve(site, b"/cgi-bin/a.pl/x")

    assert isinstance(found, Script)
    assert (found.path, found.name) == (site.folder / "cgi-bin/a.pl", "cgi-bin/a.pl")
    assert resolve(site, b"/") == StaticFile(site.folder / "htdocs/index.html")
    assert resolve(site, b"/../cgi-bin/a.pl") == NotFound(400, "outside")


def test_a_folder_of_the_pages_hides_behind_the_script_folder_of_the_same_url(make_site):
    """The folder beside wins, and what lies below the pages' own cgi-bin is not reachable, so not shown."""
    site = make_site({"htdocs/cgi-bin/secret.py": PY, "cgi-bin/a.py": PY}, pages="htdocs")

    assert resolve(site, b"/cgi-bin/secret.py") == NotFound(404, "no-such-script", None)


def test_a_script_folder_reached_by_another_url_still_holds_scripts(make_site):
    site = make_site({"tools/cgi-bin/a.py": PY}, scripts={"/cgi-bin/": "tools/cgi-bin"})

    found = resolve(site, b"/tools/cgi-bin/a.py")

    assert isinstance(found, Script)
    assert found.script_name == b"/tools/cgi-bin/a.py"


def test_a_site_that_is_a_script_folder_itself_shows_no_source(make_site):
    site = make_site({"a.py": PY, "notes.txt": "x"}, scripts={"/cgi-bin/": "."})

    assert isinstance(resolve(site, b"/a.py"), Script)
    assert isinstance(resolve(site, b"/notes.txt"), Script)
    assert isinstance(resolve(site, b"/cgi-bin/a.py"), Script)


LOOSE = {
    "gitweb.cgi": "#!/usr/bin/perl\n",
    "tool.py": PY,
    "page.html": "<p>",
    "lib.pl": "1;\n",
    "forgotten.cgi": b"\n",
    "gitweb.cgi~": "#!/usr/bin/perl\n",
    "gitweb.cgi.bak": "x",
    "UPPER.CGI": "#!/bin/sh\n",
}


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (b"/gitweb.cgi", Script),
        (b"/gitweb.cgi/project", Script),
        (b"/UPPER.CGI", Script),
        (b"/tool.py", StaticFile),
        (b"/page.html", StaticFile),
        (b"/lib.pl", NotFound),
        (b"/forgotten.cgi", NotFound),
        (b"/gitweb.cgi~", NotFound),
        (b"/gitweb.cgi.bak", NotFound),
    ],
)
def test_outside_script_folders_the_sites_extensions_are_scripts_and_their_sources_never_shown(make_site, target, kind):
    site = make_site(LOOSE, scripts={}, script_extensions=(".cgi", ".pl", ".html"))

    assert isinstance(resolve(site, target), kind)


def test_a_loose_script_that_lost_its_execute_bit_is_run_so_that_the_failure_is_explained(make_site):
    """lighttpd with cgi.execute-x-only sends its source (CGI.md 1.5)."""
    site = make_site({"a.cgi": "#!/bin/sh\n"}, scripts={}, script_extensions=(".cgi",))
    (site.folder / "a.cgi").chmod(0o644)

    assert isinstance(resolve(site, b"/a.cgi"), Script)


@pytest.mark.parametrize(
    ("target", "is_php"),
    [
        (b"/index.php", True),
        (b"/index.php/a/b", True),
        (b"/sub/", True),
        (b"/cgi-bin/plain.php", True),
        (b"/cgi-bin/own.php", False),
        (b"/UPPER.PHP", True),
    ],
)
def test_php_pages_go_through_php_whatever_their_mode(make_site, target, is_php):
    page = "<?php echo 1;"
    names = ("index.php", "sub/index.php", "cgi-bin/plain.php", "UPPER.PHP")
    site = make_site(dict.fromkeys(names, page) | {"cgi-bin/own.php": "#!/usr/bin/php-cgi\n"}, php="/usr/bin/php-cgi")

    found = resolve(site, target)

    assert isinstance(found, Script)
    assert found.is_php == is_php


@pytest.mark.parametrize("name", ["index.php", "index.php~", "index.php.bak", "INDEX.PHP"])
def test_without_php_the_source_of_a_page_is_not_shown_either(make_site, name):
    site = make_site({name: "<?php $password = 1;"})

    assert not isinstance(resolve(site, f"/{name}".encode()), StaticFile)


def test_a_script_answers_for_its_folder(make_site):
    site = make_site({"index.cgi": "#!/bin/sh\n"}, scripts={}, script_extensions=(".cgi",))

    found = resolve(site, b"/?page=1")

    assert isinstance(found, Script)
    assert (found.script_name, found.query) == (b"/index.cgi", b"page=1")


def test_an_index_py_of_a_site_without_py_scripts_is_no_index(make_site):
    site = make_site({"index.py": PY}, scripts={})

    assert resolve(site, b"/") == NotFound(403, "no-index")


@pytest.fixture
def linked(make_site, tmp_path):
    """A site whose pages hold links to good and bad places."""
    site = make_site({"htdocs/a.html": "", "cgi-bin/a.py": PY, "src/b.py": PY, "gatehouse.toml": ""}, pages="htdocs")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").write_text("secret")
    links = {
        "htdocs/inside.html": "a.html",
        "htdocs/settings.txt": "../gatehouse.toml",
        "htdocs/source.txt": "../cgi-bin/a.py",
        "htdocs/programs": "../cgi-bin",
        "htdocs/out.txt": tmp_path / "elsewhere" / "secret.txt",
        "htdocs/out": tmp_path / "elsewhere",
        "htdocs/etc": "/etc",
        "htdocs/loop": "loop",
        "htdocs/broken": "nowhere",
        "cgi-bin/b.py": "../src/b.py",
    }
    for name, target in links.items():
        (site.folder / name).symlink_to(target)
    return site


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (b"/out.txt", NotFound(403, "outside")),
        (b"/out/secret.txt", NotFound(403, "outside")),
        (b"/etc/passwd", NotFound(403, "outside")),
        (b"/settings.txt", NotFound(404, "hidden")),
        (b"/loop", NotFound(404, "no-such-file", "loop")),
    ],
)
def test_links_out_of_the_site_and_to_hidden_files_are_refused(linked, target, expected):
    found = resolve(linked, target)

    assert isinstance(found, NotFound)
    assert (found.status, found.reason) == (expected.status, expected.reason)


def test_links_within_the_site_are_followed(linked):
    found = resolve(linked, b"/cgi-bin/b.py")

    assert resolve(linked, b"/inside.html") == StaticFile(linked.folder / "htdocs/inside.html")
    assert isinstance(found, Script)
    assert (found.path, found.name) == (linked.folder / "cgi-bin/b.py", "cgi-bin/b.py")


@pytest.mark.parametrize("target", [b"/source.txt", b"/programs/a.py"])
def test_a_link_to_a_script_does_not_show_its_source(linked, target):
    assert isinstance(resolve(linked, target), Script)


def test_a_site_may_follow_links_that_lead_out(linked):
    from dataclasses import replace

    site = replace(linked, follow_links=True)

    assert resolve(site, b"/out/secret.txt") == StaticFile(linked.folder / "htdocs/out/secret.txt")
    assert resolve(site, b"/settings.txt") == NotFound(404, "hidden")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_file(make_site):
    site = make_site({"index.html": "", "cgi-bin/a.py": PY})
    os.mkfifo(site.folder / "pipe")
    os.mkfifo(site.folder / "cgi-bin" / "pipe.py")

    assert isinstance(resolve(site, b"/pipe"), NotFound)
    assert isinstance(resolve(site, b"/cgi-bin/pipe.py"), NotFound)


@pytest.mark.skipif(os.name == "nt" or os.uname().sysname == "Darwin", reason="file names are text there")
def test_a_name_that_is_no_utf8_is_found(make_site):
    site = make_site({"index.html": ""})
    name = os.fsdecode(b"\xe4.html")
    Path(site.folder, name).write_text("ä")

    assert resolve(site, b"/%E4.html") == StaticFile(site.folder / name)
