import threading

from app.api.events import EventHub

PATIENCE_S = 60


def names(events):
    return [(event.number, event.name) for event in events]


def test_events_come_in_the_order_in_which_they_were_published():
    hub = EventHub()
    hub.publish("run", {"id": 1})
    hub.publish("site", {"slug": "a"})

    assert names(hub.after(0, wait_s=0)) == [(1, "run"), (2, "site")]
    assert names(hub.after(1, wait_s=0)) == [(2, "site")]
    assert hub.after(2, wait_s=0) == []


def test_whoever_waits_is_woken_by_the_next_event():
    hub = EventHub()
    heard = []
    listener = threading.Thread(target=lambda: heard.extend(hub.after(0, wait_s=PATIENCE_S)))
    listener.start()

    hub.publish("notice", {"slug": "x"})
    listener.join(PATIENCE_S)

    assert names(heard) == [(1, "notice")]


def test_events_that_are_no_longer_kept_are_told_as_lost():
    hub = EventHub(kept=2)
    for number in range(3):
        hub.publish("run", {"id": number})

    assert hub.after(0, wait_s=0) is None
    assert names(hub.after(1, wait_s=0)) == [(2, "run"), (3, "run")]


def test_an_id_leads_back_to_its_number_in_the_same_start_only():
    hub = EventHub()
    hub.publish("run", {"id": 1})

    assert hub.number_of(hub.id_of(1)) == 1
    assert hub.number_of(EventHub().id_of(1)) is None
    assert hub.number_of(hub.id_of(2)) is None, "an event of the future"
    assert [hub.number_of(text) for text in ("", "x", "1", hub.id_of(1) + "x", hub.id_of(0).replace("0", "٠"))] == [
        None
    ] * 5


def test_closing_wakes_whoever_waits():
    hub = EventHub()
    heard = []
    listener = threading.Thread(target=lambda: heard.append(hub.after(0, wait_s=PATIENCE_S)))
    listener.start()

    hub.close()
    listener.join(PATIENCE_S)

    assert heard == [[]]
    assert hub.is_closed


def test_who_is_watched_is_told_when_that_changes():
    told = []
    hub = EventHub(on_watch=told.append)

    with hub.watching("a"), hub.watching(None), hub.watching("a"), hub.watching("b"):
        pass

    assert told == [frozenset("a"), frozenset("ab"), frozenset("a"), frozenset()]
