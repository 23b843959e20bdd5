from app.supervisor.notices import Notices


def test_a_notice_is_told_and_kept_for_windows_that_open_later(told):
    notices = Notices(told)

    notices.put("busy-queue", site="shop")

    assert told.heard == [("notice", "busy-queue", {"site": "shop"})]
    assert notices.all() == [{"slug": "busy-queue", "params": {"site": "shop"}}]


def test_one_of_a_kind_stands(told):
    notices = Notices(told)

    notices.put("gateway-down", status=-9)
    notices.put("gateway-down", status=-11)

    assert notices.all() == [{"slug": "gateway-down", "params": {"status": -11}}]


def test_what_is_over_is_dropped_once(told):
    notices = Notices(told)
    notices.put("disk-full")

    assert notices.drop("disk-full")
    assert not notices.drop("disk-full")
    assert notices.all() == []
