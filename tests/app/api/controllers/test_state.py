from tests.app.api.runs import NOT_STARTED
from tests.app.api.world import PATIENCE_S


def test_the_state_is_what_a_window_shows_first(world):
    world.add_site()
    world.notices.append({"slug": "port-taken", "params": {"port": 8101}})

    state = world.ask("GET", "/api/state").json

    assert state["version"] == "1.2.3"
    assert [site["slug"] for site in state["sites"]] == ["guestbook"]
    assert state["window"] == {
        "native": True,
        "backend": "gtk",
        "setup": {"possible": True, "command": None, "qt_mib": 120},
    }
    assert state["notices"] == [{"slug": "port-taken", "params": {"port": 8101}}]
    assert "language" not in state, "nobody has chosen one, so the browser's counts"


def test_a_site_brings_its_last_failure(world):
    site = world.add_site()
    run = world.record(site, **NOT_STARTED)

    shown = world.ask("GET", "/api/sites/guestbook").json

    assert shown["last_failure"] == {
        "id": run,
        "started": shown["last_failure"]["started"],
        "script": "cgi-bin/hello.py",
        "status": 500,
        "title_slug": "no-exec-bit",
        "title_params": {"script": "cgi-bin/hello.py", "mode": "644", "better": "755", "path": "cgi-bin/hello.py"},
    }
    assert len(shown["activity"]) == 60


def test_the_stream_goes_on_where_the_state_ended(world):
    """What happens between the two requests is neither missed nor told twice."""
    world.events.publish("notice", {"slug": "before", "params": {}})
    state = world.ask("GET", "/api/state").json
    world.events.publish("notice", {"slug": "between", "params": {}})

    with world.listening(Last_Event_ID=state["last_event"]) as events:
        assert next(events) == ("notice", {"slug": "between", "params": {}})


def test_a_change_in_one_window_is_heard_in_the_others(world):
    with world.listening() as events:
        world.ask("PATCH", "/api/settings", {"theme": "dark"})

        assert next(events) == ("settings", {"theme": "dark"})


def test_events_are_worded_in_the_language_of_the_listener(world):
    site = world.add_site()
    with world.listening(Accept_Language="zh-CN") as events:
        world.sites.known["guestbook"].problem = _Told("site-gone", {"site": "x"})
        world.announce.site_changed(site.slug)

        told = next(content for name, content in events if name == "site" and content["problem"])
    assert told["problem"] == {
        "slug": "site-gone",
        "params": {"site": "x"},
        "error": "没有网站 x。",
        "fix": told["problem"]["fix"],
    }


def test_whose_static_requests_are_watched_is_known_while_the_stream_is_open(world):
    watched = []
    world.events._on_watch = watched.append

    with world.listening("?static=guestbook"):
        assert watched == [frozenset({"guestbook"})]


def test_quitting_is_asked_for_and_answered(world):
    assert world.ask("POST", "/api/quit", {}).json == {"ok": True}
    assert world.has_quit.wait(PATIENCE_S)


class _Told:
    def __init__(self, slug, params):
        self.slug, self.params = slug, params
