import pytest


def test_the_programs_settings_are_kept(world):
    changed = world.ask("PATCH", "/api/settings", {"language": "zh-CN", "tour_hidden": True})
    world.ask("PATCH", "/api/settings", {"tour_hidden": False, "single_keys": False})

    assert changed.json == {"language": "zh-CN", "tour_hidden": True}
    state = world.ask("GET", "/api/state").json
    kept = {name: state.get(name) for name in ("language", "theme", "tour_hidden", "single_keys")}
    assert kept == {"language": "zh-CN", "theme": None, "tour_hidden": False, "single_keys": False}


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"language": "de"}, "field-not-choice"),
        ({"theme": None}, "field-not-text"),
        ({"tour_hidden": "yes"}, "field-not-yes-no"),
        ({"colour": "red"}, "field-unknown"),
        ({"theme": "dark", "single_keys": 1}, "field-not-yes-no"),
    ],
)
def test_a_setting_that_cannot_be_changes_nothing(world, changes, slug):
    assert world.ask("PATCH", "/api/settings", changes).json["slug"] == slug
    assert "theme" not in world.ask("GET", "/api/state").json


def test_a_sites_settings_say_where_each_is_from(world):
    site = world.add_site()
    (site.folder / "gatehouse.toml").write_text("port = 8765\nnmae = 'x'\n\n[limits]\ntime_s = 'long'\n")

    shown = world.ask("GET", "/api/sites/guestbook/settings").json

    assert shown["path"] == str(site.folder / "gatehouse.toml")
    assert shown["writable"] is True
    assert (shown["values"]["port"], shown["origins"]["port"]) == (8765, "file")
    assert (shown["values"]["limits.time_s"], shown["origins"]["limits.time_s"]) == (600, "default")
    assert shown["origins"]["scripts"] == "recognised"
    assert shown["problem"]["slug"] == "setting-not-number"
    assert shown["problem"]["error"].startswith("limits.time_s")
    assert [notice["slug"] for notice in shown["notices"]] == ["setting-misspelt"]


def test_a_sites_settings_are_changed_in_its_folder(world):
    site = world.add_site()

    shown = world.ask("PATCH", "/api/sites/guestbook/settings", {"limits.time_s": 60, "environment.LANG": "C"}).json

    assert shown["values"]["limits.time_s"] == 60
    assert shown["values"]["environment"] == {"LANG": "C"}
    assert "time_s = 60" in (site.folder / "gatehouse.toml").read_text()


@pytest.mark.parametrize("changes", [{"limits.time_s": "long"}, {"nmae": "x"}, {"pages": "../other"}])
def test_a_site_setting_that_cannot_be_is_told_and_nothing_is_written(world, changes):
    site = world.add_site()

    reply = world.ask("PATCH", "/api/sites/guestbook/settings", changes)

    assert reply.status == 400
    assert reply.json["slug"].startswith("setting-")
    assert not (site.folder / "gatehouse.toml").exists()
