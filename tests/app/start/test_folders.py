from pathlib import Path

import pytest

from app.errors import GatehouseError
from app.start.folders import data_folder, make_data_folder, shown


def test_the_option_wins_over_the_variable():
    assert data_folder(Path("/a"), {"GATEHOUSE_DATA": "/b"}, "linux") == Path("/a")


def test_a_relative_folder_is_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert data_folder(Path("data"), {}, "linux") == tmp_path / "data"


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        pytest.param({"GATEHOUSE_DATA": "/b"}, "linux", "/b", id="variable"),
        pytest.param({"XDG_DATA_HOME": "/x"}, "linux", "/x/gatehouse", id="xdg"),
        pytest.param({"XDG_DATA_HOME": "relative"}, "linux", "~/.local/share/gatehouse", id="xdg-relative-counts-not"),
        pytest.param({"XDG_DATA_HOME": ""}, "freebsd14", "~/.local/share/gatehouse", id="xdg-empty"),
        pytest.param({}, "darwin", "~/Library/Application Support/Gatehouse", id="macos"),
        pytest.param({"LOCALAPPDATA": "/l"}, "win32", "/l/Gatehouse", id="windows"),
    ],
)
def test_each_system_has_its_place(environ, platform, expected):
    assert data_folder(None, environ, platform) == Path(expected).expanduser()


def test_the_folder_is_for_its_owner_only(tmp_path):
    make_data_folder(tmp_path / "new" / "data")

    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700


def test_a_place_that_cannot_be_written_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(GatehouseError) as refused:
        make_data_folder(tmp_path / "file" / "data")

    assert refused.value.slug == "data-folder"
    assert refused.value.params["folder"] == str(tmp_path / "file" / "data")


def test_the_home_folder_is_shown_as_people_write_it():
    assert shown(Path.home() / "a" / "b") == "~/a/b"
    assert shown(Path("/srv/a")) == "/srv/a"
