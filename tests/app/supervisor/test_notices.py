from app.supervisor.notices import Notices


def test_a_notice_is_told_and_kept_for_windows_that_open_later(told):
    notices = Notices(told)

    notices.put("busy-queue", {"site": "shop"})

    assert told.heard == [("notice", "busy-queue", {"site": "shop"})]
    assert notices.all() == [{"slug": "busy-queue", "params": {"site": "shop"}}]


def test_one_of_a_kind_stands(told):
    notices = Notices(told)

    notices.put("gateway-down", {"status": -9})
    notices.put("gateway-down", {"status": -11})

    assert notices.all() == [{"slug": "gateway-down", "params": {"status": -11}}]


def test_what_is_over_is_dropped_once(told):
    notices = Notices(told)
    notices.put("disk-full")

    assert notices.drop("disk-full")
    assert not notices.drop("disk-full")
    assert notices.all() == []
    assert told.heard[1:] == [("notice-gone", "disk-full")]


def test_what_stands_already_is_not_said_again(told):
    notices = Notices(told)

    for _ in range(1000):
        notices.put("busy-queue", {"site": "shop"})
    notices.put("busy-queue", {"site": "club"})

    assert [params["site"] for _kind, _slug, params in told.heard] == ["shop", "club"]


def test_what_is_told_for_a_while_is_not_told_after_it(told):
    notices = Notices(told)

    notices.put("gateway-restarted", for_s=-1)
    notices.put("gateway-restarted", for_s=-1)

    assert notices.all() == []
    assert len(told.heard) == 2  # it has happened twice, and nothing stood in between
