import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import GatehouseError
from app.sites.folder import inside, look_at, readable_folder


def refusal(act, *arguments) -> GatehouseError:
    with pytest.raises(GatehouseError) as raised:
        act(*arguments)
    return raised.value


def test_a_folder_with_scripts_is_a_site(make_site):
    folder = make_site({"index.html": "", "cgi-bin/a.py": "#!x"})

    assert look_at(folder, []).kind == "cgi-bin-inside"


def test_a_folder_that_is_gone_is_refused(tmp_path):
    error = refusal(look_at, tmp_path / "gone", [])

    assert (error.slug, error.status, error.params["folder"]) == ("folder-gone", 404, str(tmp_path / "gone"))


def test_a_path_through_a_file_is_gone(tmp_path):
    (tmp_path / "file").touch()

    assert refusal(look_at, tmp_path / "file/below", []).slug == "folder-gone"


def test_a_file_is_refused_and_its_folder_named(tmp_path):
    (tmp_path / "index.html").touch()

    error = refusal(look_at, tmp_path / "index.html", [])

    assert (error.slug, error.params["parent"]) == ("folder-is-file", str(tmp_path.resolve()))


def test_a_link_that_leads_to_itself_is_unreadable_or_gone(tmp_path):
    (tmp_path / "loop").symlink_to("loop")

    assert refusal(look_at, tmp_path / "loop", []).slug in ("folder-unreadable", "folder-gone")


def test_a_name_with_nul_is_refused():
    assert refusal(readable_folder, Path("/tmp/a\0b")).slug == "folder-unreadable"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o000, 0o400, 0o100], ids=["nothing", "no right to enter", "no right to list"])
def test_a_folder_that_the_account_may_not_read_is_refused(public_folder, mode):
    folder = public_folder / "locked"
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
    folder.chmod(mode)
    try:
        assert _slug_as_somebody(folder) == "folder-unreadable"
    finally:
        folder.chmod(0o700)


def _slug_as_somebody(folder: Path) -> str:
    """The refusal as an ordinary account sees it: root may read everything."""
    program = (
        "import os, pathlib, sys\n"
        "from app.sites.folder import look_at\n"
        "from app.errors import GatehouseError\n"
        "if os.geteuid() == 0:\n"
        "    os.seteuid(65534)\n"
        "try:\n"
        "    look_at(pathlib.Path(sys.argv[1]), [])\n"
        "except GatehouseError as error:\n"
        "    print(error.slug)\n"
    )
    run = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False)
    return run.stdout.strip() or run.stderr


def test_a_site_s_own_folder_a_folder_inside_it_and_one_around_it_are_refused(tmp_path):
    (tmp_path / "site/inner").mkdir(parents=True)
    site = tmp_path / "site"

    assert refusal(look_at, site, [site]).slug == "folder-is-site"
    assert refusal(look_at, site / "inner", [site]).slug == "folder-inside-site"
    assert refusal(look_at, tmp_path, [site]).slug == "folder-contains-site"


def test_a_link_to_a_site_is_that_site(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "link").symlink_to("site")

    assert refusal(look_at, tmp_path / "link", [tmp_path / "site"]).slug == "folder-is-site"


def test_a_folder_whose_name_begins_alike_is_no_overlap(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site-two").mkdir()

    assert look_at(tmp_path / "site-two", [tmp_path / "site"]).folder == (tmp_path / "site-two").resolve()


def test_a_site_that_is_gone_does_not_stop_another_from_being_added(tmp_path):
    assert look_at(tmp_path, [Path("/nowhere/at/all")]).kind == "pages"


@pytest.mark.parametrize("path", ["", ".", "a/../b", "new/file.txt", "名字.txt", "..hidden"])
def test_paths_that_stay_inside_are_answered(tmp_path, path):
    assert inside(tmp_path, path).is_relative_to(tmp_path.resolve())


@pytest.mark.parametrize("path", ["..", "a/../../b", "/etc/passwd", "out/x"])
def test_paths_that_lead_out_are_refused(tmp_path, path):
    (tmp_path / "out").symlink_to("/")

    assert refusal(inside, tmp_path, path).slug == "path-outside"


def test_a_path_with_nul_is_refused_in_words(tmp_path):
    error = refusal(inside, tmp_path, "a\0b")

    assert (error.slug, error.params) == ("path-bad", {"path": "a\\0b"})
