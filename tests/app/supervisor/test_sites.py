"""What a person does to the sites, with the real database, gateway and folders."""

import http.client
import threading
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import GatehouseError
from app.supervisor.supervisor import Supervisor
from db import queries
from db.connection import reading
from tests.app.supervisor.heard import DEADLINE_S, eventually

READ_ONLY = Path("/sys/kernel/mm")
"""A folder in which nobody may make a file, not even root, who runs CI."""

SLOW = "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nbegun\\n'\nexec sleep 300\n"


@pytest.fixture
def supervisor(tmp_path, told):
    supervisor = Supervisor(database=tmp_path / "gatehouse.db", spool=tmp_path / "spool", tell=told)
    supervisor.open()
    supervisor.start(as_last_time=True)
    yield supervisor
    supervisor.close()


@pytest.fixture
def sites(supervisor):
    return supervisor.sites


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "Shop"
    (folder / "cgi-bin").mkdir(parents=True)
    script = folder / "cgi-bin" / "slow.sh"
    script.write_text(SLOW)
    script.chmod(0o755)
    return folder


def _row(supervisor, slug):
    with reading(supervisor.database) as db:
        return queries.site(db, slug)


def test_an_added_folder_serves_and_is_remembered(supervisor, sites, shop):
    site = sites.add(shop)

    assert (site.slug, site.name, site.state) == ("shop", "Shop", "serving")
    assert (site.scripts, site.languages) == (1, ["sh"])
    assert sites.get("shop") is site
    assert sites.at(shop) is site
    eventually(lambda: _row(supervisor, "shop")["is_wanted"] and _row(supervisor, "shop")["port"] == site.port)


def test_two_folders_of_one_name_get_two_addresses(sites, shop, tmp_path):
    (tmp_path / "other" / "shop").mkdir(parents=True)

    first, second = sites.add(shop), sites.add(tmp_path / "other" / "shop")

    assert [site.slug for site in sites.all()] == ["shop", "shop-2"]
    assert first.port != second.port


def test_a_folder_is_added_once_however_many_ask_at_once(sites, shop):
    refused = []

    def add():
        try:
            sites.add(shop)
        except GatehouseError as error:
            refused.append(error.slug)

    askers = [threading.Thread(target=add) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert refused == ["folder-is-site"] * 3
    assert len(sites.all()) == 1


def test_a_name_that_is_no_text_is_refused(sites, tmp_path):
    folder = tmp_path / "caf\udce9"
    folder.mkdir()

    with pytest.raises(GatehouseError) as refused:
        sites.add(folder)

    assert refused.value.slug == "folder-not-utf8"
    assert sites.all() == []


def test_forgetting_ends_scripts_and_drops_runs_but_no_file(supervisor, sites, shop, told, capfd):
    site = sites.add(shop)
    with closing(http.client.HTTPConnection("127.0.0.1", site.port, timeout=DEADLINE_S)) as client:
        client.request("GET", "/cgi-bin/slow.sh")
        assert client.getresponse().read(6) == b"begun\n"

        sites.forget("shop")

    assert sites.get("shop") is None
    assert (shop / "cgi-bin" / "slow.sh").exists()
    assert ("site-gone", "shop") in told.heard
    assert _row(supervisor, "shop") is None
    supervisor.recorder.do(lambda db: None).result(DEADLINE_S)
    with reading(supervisor.database) as db:
        assert queries.runs(db) == []
    assert capfd.readouterr().err == ""


def test_an_unknown_site_is_gone(sites):
    for act in (sites.start, sites.stop, sites.restart, sites.forget, sites.settings, sites.static_requests):
        with pytest.raises(GatehouseError) as gone:
            act("nobody")
        assert gone.value.slug == "site-gone"


def test_a_changed_name_is_stored_for_programs_that_read_the_database(supervisor, sites, shop):
    sites.add(shop)

    sites.change_settings("shop", {"name": "The corner shop"})

    assert sites.get("shop").name == "The corner shop"
    eventually(lambda: _row(supervisor, "shop")["name"] == "The corner shop")


@pytest.mark.skipif(not READ_ONLY.is_dir(), reason=f"this system has no {READ_ONLY}")
def test_settings_of_a_read_only_folder_are_kept_in_the_database(supervisor, sites, told, tmp_path):
    site = sites.add(READ_ONLY)
    assert site.state == "serving"

    sites.change_settings(site.slug, {"limits.time_s": 60, "environment.LANG": "C", "name": "Memory"})

    settings = sites.settings(site.slug)
    assert settings.values["limits.time_s"] == 60
    assert settings.values["environment"] == {"LANG": "C"}
    assert settings.origins["limits.time_s"] == "database"
    assert _row(supervisor, site.slug)["overrides"] == {
        "limits.time_s": 60,
        "environment.LANG": "C",
        "name": "Memory",
    }

    sites.change_settings(site.slug, {"limits.time_s": None, "environment.LANG": None})

    settings = sites.settings(site.slug)
    assert settings.values["limits.time_s"] == 600
    assert settings.values["environment"] == {}
    assert site.name == "Memory"


def test_what_was_kept_in_the_database_gives_way_to_the_file_once_it_can_be_written(supervisor, sites, shop):
    site = sites.add(shop)
    site.overrides = {"limits.time_s": 60, "limits.silence_s": 5}

    sites.change_settings("shop", {"limits.time_s": 90})

    assert sites.settings("shop").values["limits.time_s"] == 90
    assert sites.settings("shop").values["limits.silence_s"] == 5
    assert _row(supervisor, "shop")["overrides"] == {"limits.silence_s": 5}


def test_a_new_script_is_counted(sites, shop, told):
    site = sites.add(shop)

    (shop / "cgi-bin" / "hello.pl").write_text("#!/usr/bin/perl\n")

    eventually(lambda: site.scripts == 2)
    assert site.languages == ["Perl", "sh"]


def test_a_cgi_bin_made_later_is_found(sites, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    site = sites.add(folder)
    assert site.settings.values["scripts"] == []

    (folder / "cgi-bin").mkdir()

    eventually(lambda: site.settings.values["scripts"] == ["cgi-bin"])
    assert site.state == "serving"
