from pathlib import Path

import pytest

from app.sites.layout import Layout, recognise


def relative(layout: Layout) -> dict[str, str]:
    return {url: path.relative_to(layout.folder).as_posix() for url, path in layout.script_folders.items()}


def test_cgi_bin_beside_index_is_the_http_server_layout(make_site):
    folder = make_site({"index.html": "", "templates/header.html": "", "cgi-bin/hello.py": "#!/usr/bin/env python3\n"})

    layout = recognise(folder)

    assert (layout.kind, layout.pages, layout.index) == ("cgi-bin-inside", folder, "index.html")
    assert relative(layout) == {"/cgi-bin/": "cgi-bin"}
    assert layout.script_extensions == ()


@pytest.mark.parametrize("pages", ["htdocs", "html", "public", "public_html", "www"])
def test_cgi_bin_beside_the_pages_folder_is_the_apache_layout(make_site, pages):
    folder = make_site({f"{pages}/index.html": "", "cgi-bin/hello.pl": "#!/usr/bin/perl\n"})

    layout = recognise(folder)

    assert (layout.kind, layout.pages, layout.index) == ("cgi-bin-beside", folder / pages, "index.html")
    assert relative(layout) == {"/cgi-bin/": "cgi-bin"}


def test_cgi_bin_inside_the_pages_folder_is_found_too(make_site):
    folder = make_site({"public_html/index.html": "", "public_html/cgi-bin/hello.pl": "#!/usr/bin/perl\n"})

    layout = recognise(folder)

    assert (layout.kind, layout.pages) == ("cgi-bin-inside", folder / "public_html")
    assert relative(layout) == {"/cgi-bin/": "public_html/cgi-bin"}


def test_the_cgi_bin_beside_wins_over_the_one_inside(make_site):
    """As ScriptAlias does in Apache: both would answer at /cgi-bin/."""
    folder = make_site({"htdocs/index.html": "", "htdocs/cgi-bin/a.py": "#!x", "cgi-bin/a.py": "#!x"})

    assert relative(recognise(folder)) == {"/cgi-bin/": "cgi-bin"}


def test_an_index_at_the_top_makes_a_folder_called_html_just_a_folder(make_site):
    folder = make_site({"index.html": "", "html/part.html": "", "cgi-bin/a.py": "#!x"})

    assert recognise(folder).pages == folder


def test_of_two_pages_folders_the_one_with_an_index_is_taken(make_site):
    folder = make_site({"html/notes.txt": "", "www/index.html": ""})

    assert recognise(folder).pages == folder / "www"


def test_several_script_folders_answer_each_at_their_name(make_site):
    folder = make_site({"index.html": "", "cgi-bin/a.py": "#!x", "htbin/b.py": "#!x"})

    assert relative(recognise(folder)) == {"/cgi-bin/": "cgi-bin", "/htbin/": "htbin"}


def test_an_executable_cgi_file_without_a_script_folder_is_a_script_by_extension(make_site):
    """The layout of Debian's /usr/share/gitweb."""
    folder = make_site({"gitweb.cgi": "#!/usr/bin/perl\n", "static/gitweb.css": ""})
    (folder / "index.cgi").symlink_to("gitweb.cgi")

    layout = recognise(folder)

    assert (layout.kind, layout.index, layout.script_folders) == ("extensions", "index.cgi", {})
    assert layout.script_extensions == (".cgi", ".pl")


def test_a_cgi_file_that_may_not_be_executed_makes_no_scripts_by_extension(make_site):
    layout = recognise(make_site({"notes.cgi": "text"}))

    assert (layout.kind, layout.script_extensions) == ("pages", ())


def test_a_python_tool_beside_the_pages_is_not_taken_for_a_script(make_site):
    layout = recognise(make_site({"index.html": "", "build.py": "#!/usr/bin/env python3\n"}))

    assert (layout.kind, layout.script_extensions) == ("pages", ())


def test_the_script_folder_itself_answers_at_its_own_name(make_site):
    folder = make_site({"hello.py": "#!/usr/bin/env python3\n"}, name="cgi-bin")

    assert recognise(folder).script_folders == {"/cgi-bin/": folder}


def test_php_pages_are_seen(make_site):
    layout = recognise(make_site({"shop/index.php": "<?php ?>", "index.php": "<?php ?>"}))

    assert (layout.has_php, layout.index) == (True, "index.php")


def test_a_cgi_bin_that_leads_out_of_the_site_is_not_used(make_site, tmp_path):
    folder = make_site({"index.html": ""})
    (tmp_path / "elsewhere").mkdir()
    (folder / "cgi-bin").symlink_to(tmp_path / "elsewhere")

    assert recognise(folder).script_folders == {}


def test_an_empty_folder_is_a_site_of_pages(tmp_path):
    layout = recognise(tmp_path)

    assert (layout.kind, layout.pages, layout.index, layout.working_directory) == ("pages", tmp_path, None, "script")


def test_pages_that_the_settings_name_are_looked_into(make_site):
    folder = make_site({"web/cgi-bin/a.py": "#!x", "web/start.html": ""})

    assert relative(recognise(folder, folder / "web")) == {"/cgi-bin/": "web/cgi-bin"}


def test_the_whole_disk_is_answered_at_once_and_raises_nothing():
    """A person may choose '/': the look is bounded, and what cannot be read is passed over."""
    assert recognise(Path("/")).folder == Path("/")
