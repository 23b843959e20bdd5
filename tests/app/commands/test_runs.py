import json

import pytest

from app.commands import runs
from app.commands.runs import table
from tests.app.api.runs import NOT_STARTED


def test_each_line_is_a_run_newest_first(store, call):
    store.keep({}, NOT_STARTED)

    code, out, err = call(runs, "--json")

    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [(line["id"], line["site"], line["status"], line["tag"]) for line in lines] == [
        (2, "guestbook", 500, "no-exec-bit"),
        (1, "guestbook", 200, None),
    ]
    assert lines[1].keys() == {
        "id", "site", "started", "method", "target", "script", "status", "verdict", "end", "exit", "signal", "tag",
        "total_ms", "is_running",
    }  # fmt: skip


def test_people_get_columns(store, call):
    store.keep(
        {},
        NOT_STARTED,
        {"status": 0, "end": "signalled", "exit": None, "signal": 11},
        {"status": 0, "end": "timed_out", "exit": None, "limit": "time", "limit_value": 1.0},
        {"status": 0, "exit": 3},
    )

    _, out, _ = call(runs)

    lines = out.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["5", "4", "3", "2", "1"]
    assert [line[line.index("guestbook") :].split("  ")[1] for line in lines] == [
        "exit 3", "timed out", "signal 11", "not started", "200",
    ]  # fmt: skip
    assert lines[3].endswith("no-exec-bit")
    assert "hunter2" not in out
    assert len({line.index("GET") for line in lines}) == 1


def test_what_a_client_sent_cannot_steer_the_terminal(store, call):
    store.keep({"target": b"/cgi-bin/x\x1b[2J\xff\n" + b"y" * 200})

    _, out, _ = call(runs)

    assert "\x1b" not in out
    assert "/cgi-bin/x\\x1b[2J" in out
    assert len(out.splitlines()) == 1
    assert "…" in out


def test_the_runs_of_one_site_by_either_name(store, call):
    store.keep({}, site="guestbook")
    store.keep({}, {}, site="poll")

    for name in ("poll", "Poll"):
        _, out, _ = call(runs, "--json", "--site", name)
        assert [json.loads(line)["id"] for line in out.splitlines()] == [3, 2]


def test_no_more_than_were_asked_for(store, call):
    store.keep(*[{}] * 60)

    assert len(call(runs)[1].splitlines()) == 50
    assert len(call(runs, "--limit", "3")[1].splitlines()) == 3


def test_a_site_that_is_not_there_is_exit_1_and_named(store, call):
    store.keep({})

    code, out, err = call(runs, "--site", "poll")

    assert (code, out) == (1, "")
    assert "poll" in err
    assert "guestbook" in err, "those that are there"


def test_without_a_database_is_exit_1_and_says_where_it_looked(store, call):
    code, out, err = call(runs)

    assert (code, out) == (1, "")
    assert str(store.folder) in err
    assert not store.folder.exists(), "reading makes nothing"


def test_a_damaged_database_is_exit_1_in_words(store, call):
    store.folder.mkdir()
    (store.folder / "gatehouse.db").write_bytes(b"no database at all" * 100)

    code, out, err = call(runs)

    assert (code, out) == (1, "")
    assert "gatehouse.db" in err
    assert "Traceback" not in err


def test_an_empty_database_file_is_none(store, call):
    store.folder.mkdir()
    (store.folder / "gatehouse.db").touch()

    assert call(runs)[0] == 1


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", "٧", "99999999999"])
def test_a_wrong_limit_is_wrong_usage(store, call, limit, capsys):
    with pytest.raises(SystemExit) as caught:
        call(runs, f"--limit={limit}")

    assert caught.value.code == 2
    assert "--limit" in capsys.readouterr().err


def test_columns_stay_in_line_with_chinese_in_them():
    """A Chinese character takes two columns of a terminal."""
    assert list(table([["1", "留言", "x"], ["22", "a", "y"]])) == ["1   留言  x", "22  a     y"]
    assert list(table([])) == []
