import os

import pytest

from app.errors import GatehouseError
from app.sites import settings_file
from app.words import error


@pytest.fixture
def file(tmp_path):
    return tmp_path / "gatehouse.toml"


def test_without_a_file_nothing_is_set(tmp_path):
    assert settings_file.read(tmp_path) == settings_file.Read()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b'\xef\xbb\xbfname = "\xe7\x95\x99"\nport = 8100\n', id="byte order mark"),
        pytest.param(b'name = "\xe7\x95\x99"\r\nport = 8100\r\n', id="Windows line ends"),
    ],
)
def test_what_editors_on_windows_write_is_read_and_stays(file, content):
    file.write_bytes(content)
    assert settings_file.read(file.parent).values == {"name": "留", "port": 8100}

    settings_file.write(file.parent, {"port": 8200})

    assert file.read_bytes() == content.replace(b"8100", b"8200")


def _pipe(file):
    os.mkfifo(file)


def _loop(file):
    file.symlink_to(file)


@pytest.mark.parametrize(
    ("make", "slug"),
    [
        pytest.param(lambda file: file.write_text('name = "x\n'), "settings-damaged", id="no TOML"),
        pytest.param(lambda file: file.write_bytes(b"\0\0\0"), "settings-damaged", id="NULs"),
        pytest.param(lambda file: file.write_text("port = " + "[" * 9000), "settings-damaged", id="nested deeply"),
        pytest.param(lambda file: file.write_bytes(b'name = "\xe9"\n'), "settings-not-utf8", id="Latin-1"),
        pytest.param(lambda file: file.write_text("#" * 2_000_000), "settings-too-large", id="2 MB"),
        pytest.param(lambda file: file.mkdir(), "settings-no-file", id="a folder"),
        pytest.param(_pipe, "settings-no-file", id="a pipe that nobody writes to"),
        pytest.param(_loop, "settings-unreadable", id="a link to itself"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_a_file_that_cannot_be_used_has_its_sentence_and_is_not_overwritten(file, make, slug, lang):
    make(file)
    before = file.lstat()

    problem = settings_file.read(file.parent).problem

    assert problem.slug == slug
    told = error(slug, lang, problem.params)
    assert told["fix"]
    assert "{" not in told["error"] + told["fix"]
    with pytest.raises(GatehouseError, match="settings-damaged-change"):
        settings_file.write(file.parent, {"port": 8200})
    assert file.lstat() == before
