"""What is broken, in the way, or not allowed gets its sentence and its way out; and nothing is lost."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.program.running import DEADLINE_S, begun, fetch


def _notices(program):
    return {notice["slug"]: notice["params"] for notice in program.api("GET", "/api/state")["notices"]}


def test_a_data_folder_that_cannot_be_written_is_replaced_for_this_time(begin, shop, tmp_path):
    (tmp_path / "file").write_text("in the way")

    program = begin(tmp_path / "file" / "data")

    site = program.api("POST", "/api/sites", {"folder": str(shop)})
    assert fetch(site["url"], "/cgi-bin/hello.py")[0] == 200
    assert program.closed_runs("shop", 1)
    assert "data-folder-read-only" in _notices(program)
    assert program.interrupt() == 0
    assert (tmp_path / "file").read_text() == "in the way"


def test_the_database_of_a_newer_version_is_left_alone(begin, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    with closing(sqlite3.connect(data / "gatehouse.db")) as database:
        database.execute("PRAGMA user_version = 99999")
        database.execute("CREATE TABLE future (x)")
        database.commit()
    before = (data / "gatehouse.db").read_bytes()

    program = begin(data)

    assert program.process.wait(DEADLINE_S) == 1
    assert "newer Gatehouse" in program.errors
    assert "Traceback" not in program.errors
    assert (data / "gatehouse.db").read_bytes() == before
    assert not (data / "instance.json").exists()


def test_a_damaged_database_is_put_aside_and_the_program_starts(begin, shop, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "gatehouse.db").write_bytes(b"this is no database at all " * 400)

    program = begin(data)

    assert "database-salvaged" in _notices(program)
    site = program.api("POST", "/api/sites", {"folder": str(shop)})
    assert fetch(site["url"], "/cgi-bin/hello.py")[0] == 200
    assert len(program.closed_runs("shop", 1)) == 1
    folder = _notices(program)["database-salvaged"]["folder"]
    assert folder.startswith(str(data))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("instance.json", b"{", id="an instance file cut short"),
        pytest.param("instance.json", b"[1, 2]", id="an instance file of another kind"),
        pytest.param("token", b"short", id="a token cut short"),
        pytest.param("spool/records", b"\x00\x00\x00\x05hello", id="a spool that is none"),
        pytest.param("spool/records", b"\xff\xff", id="a spool cut short"),
        pytest.param("spool/records.scripts", b"nonsense\n1 2\n", id="a list of scripts that is none"),
    ],
)
def test_a_damaged_file_of_ours_does_not_keep_it_from_starting(begin, tmp_path, name, content):
    path = tmp_path / "data" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)

    program = begin()

    assert program.closed_runs("tour", 1)


@pytest.mark.parametrize(
    ("folder", "slug"),
    [
        pytest.param("nowhere", "folder-gone", id="gone"),
        pytest.param("shop/index.html", "folder-is-file", id="a file"),
        pytest.param("shop/cgi-bin", "folder-inside-site", id="inside another site"),
        pytest.param("shop", "folder-is-site", id="a site already"),
        pytest.param(".", "folder-contains-site", id="around another site"),
    ],
)
def test_a_folder_that_cannot_be_a_site_is_refused(begin, shop, folder, slug):
    program = begin()
    program.api("POST", "/api/sites", {"folder": str(shop)})

    status, told = program.ask("POST", "/api/sites", {"folder": str(shop.parent / folder)})

    assert status >= 400
    assert told["slug"] == slug
    assert told["fix"]


def test_a_site_whose_folder_went_while_nothing_ran_is_a_problem_and_can_be_removed(begin, shop):
    first = begin()
    first.api("POST", "/api/sites", {"folder": str(shop)})
    fetch(first.site("shop")["url"], "/cgi-bin/hello.py")
    first.closed_runs("shop", 1)
    first.interrupt()
    shop.rename(shop.with_name("elsewhere"))

    second = begin()

    second.closed_runs("shop", 1)  # its runs are still there to look at
    status, _told = second.ask("POST", "/api/sites/shop/start")
    assert status == 200
    site = second.site("shop")
    assert (site["state"], site["problem"]["slug"]) == ("problem", "folder-gone")
    second.api("DELETE", "/api/sites/shop")
    assert second.ask("GET", "/api/sites/shop")[0] == 404


def test_settings_that_lead_outside_are_told_and_the_site_is_served(begin, shop):
    (shop / "gatehouse.toml").write_text('pages = "../.."\n')
    program = begin()

    site = program.api("POST", "/api/sites", {"folder": str(shop)})

    assert site["problem"]["slug"] == "setting-outside"
    assert fetch(site["url"]) == (200, b"<h1>The shop</h1>\n")


def test_a_setting_that_cannot_be_is_refused_and_the_old_one_stays(begin, shop):
    program = begin()
    program.api("POST", "/api/sites", {"folder": str(shop)})

    status, told = program.ask("PATCH", "/api/sites/shop/settings", {"limits.time_s": -1})

    assert (status, told["slug"]) == (400, "setting-not-number")
    assert program.api("GET", "/api/sites/shop/settings")["values"]["limits.time_s"] == 600


ODD_NAMES = [
    "留言簿",
    " a  b ",
    "q'uo\"te",
    "new\nline",
    "100%",
    "a#b?c",
    "-rf",
    "a&b;c$d`e`",
    "back\\slash",
    "\u202ertl",
    "e\u0301",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_folder_may_have_any_name(program, shop, name):
    odd = shop.with_name(name)
    shop.rename(odd)

    site = program.api("POST", "/api/sites", {"folder": str(odd)})

    assert site["folder"] == str(odd)
    assert fetch(site["url"], "/cgi-bin/hello.py")[0] == 200
    run = program.closed_runs(quote(site["slug"]), 1)[0]
    assert program.api("GET", f"/api/runs/{run['id']}")["script"] == "cgi-bin/hello.py"
    program.api("DELETE", f"/api/sites/{quote(site['slug'])}")
    assert program.errors == ""


def test_a_folder_whose_name_is_no_text_is_refused(program, shop):
    odd = Path(os.fsdecode(os.fsencode(shop.parent) + b"/caf\xe9"))
    shop.rename(odd)

    status, told = program.ask("POST", "/api/sites", {"folder": str(odd)})

    assert (status, told["slug"]) == (400, "folder-not-utf8")
    assert "caf\\xe9" in told["error"]
    assert program.errors == ""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """One for all odd names."""
    folder = tmp_path_factory.mktemp("odd")
    with begun(folder / "data", folder / "stderr.txt") as program:
        yield program
