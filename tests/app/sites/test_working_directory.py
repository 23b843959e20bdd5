import pytest

from app.sites.working_directory import guess_working_directory, relative_paths


def guess(folder) -> str:
    return guess_working_directory(folder, [folder / "cgi-bin"])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('text = open("templates/header.html").read()', id="python"),
        pytest.param("open(my $file, '<', 'templates/header.html') or die;", id="perl"),
        pytest.param("cat templates/header.html", id="shell"),
        pytest.param("read -r line <templates/header.html", id="shell redirection"),
        pytest.param(
            'db = sqlite3.connect("data/not-made-yet.sqlite")', id="a file to be made in a folder that exists"
        ),
        pytest.param("names = 'names.txt'", id="a file in the site's folder"),
    ],
)
def test_paths_that_exist_only_from_the_site_say_site(make_site, line):
    folder = make_site(
        {"templates/header.html": "", "data/readme": "", "names.txt": "", "cgi-bin/a": f"#!/usr/bin/env x\n{line}\n"}
    )

    assert guess(folder) == "site"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('open("../templates/header.html")', id="one up"),
        pytest.param('open("names.txt")', id="beside the script"),
        pytest.param('open("nowhere/at-all.txt")', id="in neither place"),
        pytest.param("print('<a href=\"index.html\">home</a> <img src=pics/ada.png>')", id="links in what it prints"),
        pytest.param("print('Content-Type: text/html')", id="a media type"),
        pytest.param("# see cgi-bin/b.py", id="another script's name"),
        pytest.param("open('/etc/hosts')", id="an absolute path"),
    ],
)
def test_other_paths_leave_the_standard_s_answer(make_site, line):
    folder = make_site(
        {
            "index.html": "",
            "pics/ada.png": "",
            "templates/header.html": "",
            "cgi-bin/names.txt": "",
            "cgi-bin/b.py": "#!/usr/bin/env python3\n",
            "cgi-bin/a.py": f"#!/usr/bin/env python3\n{line}\n",
        }
    )

    assert guess(folder) == "script"


def test_a_path_that_exists_in_both_places_decides_nothing(make_site):
    folder = make_site({"data/a.txt": "", "cgi-bin/data/a.txt": "", "cgi-bin/a.py": '#!x\nopen("data/a.txt")\n'})

    assert guess(folder) == "script"


def test_the_majority_decides(make_site):
    script = '#!x\nopen("data/one.txt"); open("data/two.txt"); open("lib/three.txt")\n'
    folder = make_site({"data/x": "", "cgi-bin/lib/three.txt": "", "cgi-bin/a.py": script})

    assert guess(folder) == "site"


def test_a_compiled_program_names_no_paths(tmp_path):
    program = tmp_path / "hello"
    program.write_bytes(b'\x7fELF\0\0 "data/x.txt"')

    assert relative_paths(program) == set()


def test_text_in_an_old_encoding_is_read_all_the_same(tmp_path):
    script = tmp_path / "a.pl"
    script.write_bytes('# für alle\nopen F, "daten/gäste.txt";'.encode("latin-1"))

    assert len(relative_paths(script)) == 1
