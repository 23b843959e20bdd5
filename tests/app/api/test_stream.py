import json
import threading
import time

from app.api.events import Event, EventHub
from app.api.stream import Listener, newest_of_each, stream

PATIENCE_S = 60


def listener(hub, *, language="en", static=None, after=None, is_window=False, is_connected=lambda: True):
    return Listener(
        language=language, static=static, last_event_id=after, is_window=is_window, is_connected=is_connected
    )


def told(chunk):
    """(event, data) of each message of a chunk."""
    messages = [
        dict(line.split(": ", 1) for line in part.splitlines()) for part in chunk.decode().split("\n\n") if part
    ]
    return [(message["event"], json.loads(message["data"])) for message in messages]


def test_a_new_stream_greets_and_tells_from_now_on():
    hub = EventHub()
    hub.publish("notice", {"slug": "earlier"})
    heard = stream(hub, listener(hub))

    assert next(heard) == b": Gatehouse\n\n"
    hub.publish("notice", {"slug": "later"})
    assert told(next(heard)) == [("notice", {"slug": "later"})]
    heard.close()


def test_a_stream_that_broke_off_gets_what_it_missed():
    hub = EventHub()
    for slug in ("a", "b", "c"):
        hub.publish("site-gone", {"slug": slug})
    heard = stream(hub, listener(hub, after=hub.id_of(1)))
    next(heard)

    assert told(next(heard)) == [("site-gone", {"slug": "b"}), ("site-gone", {"slug": "c"})]
    heard.close()


def test_a_stream_of_an_earlier_start_is_told_to_read_everything_again():
    hub = EventHub()
    hub.publish("notice", {"slug": "a"})
    heard = stream(hub, listener(hub, after=EventHub().id_of(1)))
    next(heard)

    chunk = next(heard)

    assert told(chunk) == [("reset", {})]
    assert f"id: {hub.id_of(1)}\n".encode() in chunk, "the next resume starts from here"
    heard.close()


def test_a_stream_that_missed_too_much_is_told_to_read_everything_again():
    hub = EventHub(kept=1)
    for slug in ("a", "b", "c"):
        hub.publish("notice", {"slug": slug})
    heard = stream(hub, listener(hub, after=hub.id_of(1)))
    next(heard)

    assert told(next(heard)) == [("reset", {})]
    heard.close()


def test_words_are_made_in_the_language_of_the_window():
    hub = EventHub()
    heard = stream(hub, listener(hub, language="zh-CN"))
    next(heard)

    hub.publish("site", lambda lang: {"said": f"in {lang}"})

    assert told(next(heard)) == [("site", {"said": "in zh-CN"})]
    heard.close()


def test_requests_for_files_are_told_to_those_who_look_at_that_site():
    hub = EventHub()
    heard = stream(hub, listener(hub, static="a"))
    next(heard)

    hub.publish("static", {"site": "b", "items": []})
    hub.publish("static", {"site": "a", "items": []})
    hub.publish("notice", {"slug": "end"})

    messages = []
    while ("notice", {"slug": "end"}) not in messages:
        messages += told(next(heard))
    assert messages == [("static", {"site": "a", "items": []}), ("notice", {"slug": "end"})]
    heard.close()


def test_looking_ends_with_the_stream():
    watched = []
    hub = EventHub(on_watch=watched.append)
    heard = stream(hub, listener(hub, static="a"))
    next(heard)

    heard.close()

    assert watched == [frozenset("a"), frozenset()]


def test_a_stream_ends_when_its_client_has_left():
    hub = EventHub()
    heard = stream(hub, listener(hub, is_connected=lambda: False))

    assert list(heard) == [b": Gatehouse\n\n"]


def test_a_stream_ends_with_the_program():
    hub = EventHub()
    heard = stream(hub, listener(hub))
    next(heard)
    rest = []
    reader = threading.Thread(target=lambda: rest.extend(heard))
    reader.start()

    hub.close()
    reader.join(PATIENCE_S)

    assert not reader.is_alive()
    assert rest == []


def test_of_a_run_only_the_newest_line_of_a_batch_is_told():
    """A fast script opens and closes within one batch: "running" would be out of date when it arrives."""
    opened = Event(1, "run", {"id": 7, "is_running": True})
    other = Event(2, "notice", {"slug": "x"})
    closed = Event(3, "run", {"id": 7, "is_running": False})

    assert newest_of_each([opened, other, closed]) == [other, closed]


def test_bytes_that_no_json_can_hold_travel_as_escapes():
    hub = EventHub()
    heard = stream(hub, listener(hub))
    next(heard)

    hub.publish("site-gone", {"slug": "caf\udce9\n"})

    chunk = next(heard)
    assert chunk.isascii()
    assert told(chunk) == [("site-gone", {"slug": "caf\udce9\n"})]
    heard.close()


def test_it_is_known_when_the_page_of_our_own_window_stopped_to_listen():
    hub = EventHub()
    in_browser, in_window = stream(hub, listener(hub)), stream(hub, listener(hub, is_window=True))
    next(in_browser)
    next(in_window)
    in_browser.close()
    assert hub.window_left is None

    before = time.monotonic()
    in_window.close()
    assert before <= hub.window_left <= time.monotonic()

    again = stream(hub, listener(hub, is_window=True))
    next(again)
    assert hub.window_left is None
    again.close()
