from app.gateway.legacy_cgi import folder_with_only_cgi


def test_the_folder_holds_these_two_modules_and_nothing_else(tmp_path):
    folder = folder_with_only_cgi(tmp_path)

    assert folder is not None
    assert sorted(path.name for path in folder.iterdir()) == ["cgi.py", "cgitb.py"]


def test_a_damaged_copy_is_put_right(tmp_path):
    folder = folder_with_only_cgi(tmp_path)
    assert folder is not None
    whole = (folder / "cgi.py").read_bytes()
    (folder / "cgi.py").write_bytes(b"half")

    assert folder_with_only_cgi(tmp_path) == folder
    assert (folder / "cgi.py").read_bytes() == whole


def test_without_a_place_to_write_there_is_no_folder(public_folder, as_somebody):
    public_folder.chmod(0o555)

    with as_somebody():
        assert folder_with_only_cgi(public_folder / "x") is None


def test_a_file_in_the_way_is_no_folder(tmp_path):
    (tmp_path / "x").touch()

    assert folder_with_only_cgi(tmp_path / "x") is None
