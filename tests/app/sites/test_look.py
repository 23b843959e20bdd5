import os

from app.sites.look import files_below, first_bytes, is_executable


def test_near_files_come_before_deep_ones_and_hidden_ones_do_not_come(make_site):
    folder = make_site({"a/b/deep.py": "", "top.html": "", ".git/config": "", "node_modules/x.js": "", "a/near.py": ""})

    names = [path.relative_to(folder).as_posix() for path in files_below(folder)]

    assert names == ["top.html", "a/near.py", "a/b/deep.py"]


def test_a_look_ends_after_so_many_entries(make_site):
    folder = make_site({f"{number:04}.txt": "" for number in range(300)})

    assert len(list(files_below(folder, entries=50))) == 50


def test_a_look_goes_only_so_deep(make_site):
    folder = make_site({"1/2/3/file": "", "1/2/file": ""})

    assert [path.relative_to(folder).as_posix() for path in files_below(folder, depth=2)] == ["1/2/file"]


def test_a_ring_of_links_ends(make_site):
    folder = make_site({"a/file": ""})
    (folder / "a/again").symlink_to(folder)
    (folder / "a/self").symlink_to("self")

    assert [path.name for path in files_below(folder)] == ["file"]


def test_a_folder_that_is_gone_holds_nothing(tmp_path):
    assert list(files_below(tmp_path / "gone")) == []


def test_reading_a_pipe_that_nobody_writes_to_does_not_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert first_bytes(tmp_path / "pipe", 10) == b""


def test_what_is_gone_has_no_bytes_and_no_execute_bit(tmp_path):
    assert first_bytes(tmp_path / "gone", 10) == b""
    assert not is_executable(tmp_path / "gone")
