from app.api.announce import Announce
from app.api.events import EventHub
from tests.app.api.runs import closed_record, opened_record


def row(site, run=7):
    return {**opened_record(run, site.id, {}), **closed_record(run, {}), "site_slug": site.slug}


def test_a_run_is_told_as_a_line_of_the_list_and_its_site_with_new_figures(world):
    site = world.add_site()
    with world.listening() as events:
        world.announce.run({**opened_record(7, site.id, {}), "site_slug": site.slug, "end": "running"})
        world.announce.run(row(site))

        told = []
        while not {"run", "site"} <= {name for name, _ in told} or told_runs(told)[-1]["is_running"]:
            told.append(next(events))
    last = told_runs(told)[-1]
    assert (last["id"], last["site"], last["status"], last["is_running"]) == (7, "guestbook", 200, False)
    assert "hunter2" not in last["target"]


def test_a_site_that_changes_often_is_told_seldom_but_told_at_last(world):
    site = world.add_site()
    with world.listening() as events:
        for port in range(8200, 8700):
            site.port = port
            world.announce.site_changed(site.slug)

        ports = []
        while 8699 not in ports:
            ports += [content["port"] for name, content in [next(events)] if name == "site"]
    assert len(ports) < 500


def test_what_is_gone_is_told_as_gone(world):
    site = world.add_site()
    with world.listening() as events:
        del world.sites.known[site.slug]
        world.announce.site_changed(site.slug)
        world.announce.site_gone(site.slug)
        world.announce.notice("end", {"n": 1})

        told = []
        while ("notice", {"slug": "end", "params": {"n": 1}}) not in told:
            told.append(next(events))
    assert ("site-gone", {"slug": "guestbook"}) in told


def test_runs_that_are_gone_change_the_figures_too(world):
    site = world.add_site()
    with world.listening() as events:
        world.announce.runs_gone(site.slug)

        assert ("runs-gone", {"slug": "guestbook"}) in events
        assert "site" in (name for name, _ in events)


def test_requests_for_files_are_told_newest_first(world):
    site = world.add_site()
    items = [
        {"at_us": at, "method": "GET", "target": b"/%d" % at, "status": 200, "size": 1, "total_us": 1} for at in (1, 2)
    ]
    with world.listening("?static=guestbook") as events:
        world.announce.static(site.slug, items)

        told = next(content for name, content in events if name == "static")
    assert told["site"] == "guestbook"
    assert [item["target"] for item in told["items"]] == ["/2", "/1"]


def test_before_the_sites_are_known_nothing_is_asked_of_them():
    hub = EventHub()
    announce = Announce(hub)

    announce.site_changed("a")
    announce.site_gone("a")
    announce.close()

    assert [event.name for event in hub.after(0, wait_s=0)] == ["site-gone"]


def told_runs(told):
    return [content for name, content in told if name == "run"]
