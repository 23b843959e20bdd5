import pytest


def test_a_folder_becomes_a_site(world):
    folder = world.folder / "poll"
    (folder / "cgi-bin").mkdir(parents=True)

    site = world.ask("POST", "/api/sites", {"folder": f" {folder} "}).json

    assert (site["slug"], site["folder"], site["state"]) == ("poll", str(folder), "serving")
    assert site["url"] == "http://127.0.0.1:8101/"
    assert world.ask("GET", "/api/sites/poll").json == site


def test_a_folder_may_begin_with_the_home_folder(world, monkeypatch):
    monkeypatch.setenv("HOME", str(world.folder))
    monkeypatch.setenv("USERPROFILE", str(world.folder))
    (world.folder / "mine").mkdir()

    assert world.ask("POST", "/api/sites", {"folder": "~/mine"}).json["folder"] == str(world.folder / "mine")


@pytest.mark.parametrize("folder", ["", "guestbook", "./guestbook", "../x", "~nobody-here/x", "/x\0y", "file:///tmp"])
def test_a_folder_that_does_not_say_where_it_is_is_refused(world, folder):
    reply = world.ask("POST", "/api/sites", {"folder": folder})

    assert (reply.status, reply.json["slug"]) == (400, "folder-not-absolute")


@pytest.mark.parametrize(("name", "slug"), [("nowhere", "folder-gone"), ("file", "folder-is-file")])
def test_a_folder_that_cannot_be_a_site_is_told_in_words(world, name, slug):
    (world.folder / "file").write_text("")

    reply = world.ask("POST", "/api/sites", {"folder": str(world.folder / name)})

    assert reply.json["slug"] == slug
    assert str(world.folder / name) in reply.json["error"]


def test_a_site_is_turned_off_and_on(world):
    world.add_site()

    assert world.ask("POST", "/api/sites/guestbook/stop", {}).json["state"] == "stopped"
    started = world.ask("POST", "/api/sites/guestbook/start", {"port": 8200}).json
    assert (started["state"], started["port"]) == ("serving", 8200)
    assert world.ask("POST", "/api/sites/guestbook/restart").json["state"] == "serving"


@pytest.mark.parametrize("port", [0, 65536, "8200", True, 1.5, None])
def test_a_port_is_a_number_that_can_be_one(world, port):
    world.add_site()

    assert world.ask("POST", "/api/sites/guestbook/start", {"port": port}).json["slug"] == "field-not-whole"


def test_a_forgotten_site_is_gone_with_its_runs_and_not_with_its_files(world):
    site = world.add_site()
    run = world.record(site)
    with world.listening() as events:
        assert world.ask("DELETE", "/api/sites/guestbook").json == {"ok": True}

        assert ("site-gone", {"slug": "guestbook"}) in events
    assert world.ask("GET", "/api/sites/guestbook").status == 404
    assert world.ask("GET", f"/api/runs/{run}").status == 404
    assert (site.folder / "cgi-bin" / "hello.py").is_file()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/start"),
        ("POST", "/stop"),
        ("POST", "/restart"),
        ("POST", "/open"),
        ("POST", "/open-folder"),
        ("GET", "/runs"),
        ("DELETE", "/runs"),
        ("GET", "/static"),
        ("GET", "/settings"),
        ("PATCH", "/settings"),
    ],
)
def test_a_site_that_is_not_there_is_told_everywhere(world, method, path):
    reply = world.ask(method, f"/api/sites/nobody{path}")

    assert (reply.status, reply.json["slug"]) == (404, "site-gone")
    assert "nobody" in reply.json["error"]


@pytest.mark.parametrize(
    ("path", "url"),
    [
        (None, ""),
        ("/", ""),
        ("/cgi-bin/hello.py?name=a%20b#end", "cgi-bin/hello.py?name=a%20b#end"),
        ("/留言.html", "%E7%95%99%E8%A8%80.html"),
        ("//evil.example/", "/evil.example/"),
        ("/@evil.example", "@evil.example"),
        ("/a b\r\n", "a%20b%0D%0A"),
        ('/"; rm -rf', "%22;%20rm%20-rf"),
    ],
)
def test_a_page_of_a_site_opens_in_the_browser(world, path, url):
    world.add_site()

    reply = world.ask("POST", "/api/sites/guestbook/open", {} if path is None else {"path": path})

    assert world.window.opened == [f"http://127.0.0.1:8101/{url}"]
    assert reply.json["url"] == world.window.opened[0]


@pytest.mark.parametrize("path", ["", "x", "http://evil.example/", "@evil.example/"])
def test_a_path_that_does_not_begin_with_a_slash_could_be_another_host(world, path):
    world.add_site()

    assert world.ask("POST", "/api/sites/guestbook/open", {"path": path}).json["slug"] == "path-no-slash"
    assert world.window.opened == []


def test_a_site_that_is_stopped_has_no_page_to_open(world):
    world.add_site().state = "stopped"

    reply = world.ask("POST", "/api/sites/guestbook/open", {})

    assert (reply.status, reply.json["slug"]) == (409, "site-not-serving")


def test_a_sites_folder_opens_in_the_file_manager(world):
    site = world.add_site()

    world.ask("POST", "/api/sites/guestbook/open-folder", {})

    assert world.window.opened == [str(site.folder)]
