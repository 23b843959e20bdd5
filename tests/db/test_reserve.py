import os

from db import reserve


def test_the_reserve_is_set_aside_given_up_and_made_again(tmp_path):
    path = tmp_path / reserve.NAME

    assert reserve.set_aside(tmp_path)
    assert path.stat().st_size == reserve.SIZE
    reserve.give_up(tmp_path)
    assert not path.exists()
    assert reserve.set_aside(tmp_path)


def test_the_reserve_is_real_room_and_no_hole(tmp_path):
    reserve.set_aside(tmp_path)

    assert (tmp_path / reserve.NAME).stat().st_blocks * 512 >= reserve.SIZE


def test_where_no_file_can_be_made_there_is_no_reserve(tmp_path):
    assert not reserve.set_aside(tmp_path / "gone")


def test_a_reserve_that_is_there_is_left_alone(tmp_path):
    reserve.set_aside(tmp_path)
    os.utime(tmp_path / reserve.NAME, (1, 1))

    assert reserve.set_aside(tmp_path)
    assert (tmp_path / reserve.NAME).stat().st_mtime == 1
