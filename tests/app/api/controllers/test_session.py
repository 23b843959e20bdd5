import re


def test_a_link_lets_one_more_browser_in_once(world):
    url = world.ask("POST", "/api/links", {}).json["url"]
    address, code = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/#code=([\w-]+)", url).groups()

    first = world.ask("POST", "/api/session", {"code": code}, is_let_in=False)
    second = world.ask("POST", "/api/session", {"code": code}, is_let_in=False)

    assert address == f"http://127.0.0.1:{world.port}"
    assert first.json == {"token": world.tokens.token}
    assert (second.status, second.json["slug"]) == (403, "code-wrong")


def test_every_other_browser_can_be_locked_out(world):
    old = world.tokens.token
    unused = world.ask("POST", "/api/links", {}).json["url"].partition("code=")[2]

    told = world.ask("DELETE", "/api/session").json

    assert told == {"token": world.tokens.token}
    assert world.tokens.token != old
    assert world.ask("POST", "/api/session", {"code": unused}, is_let_in=False).status == 403


def test_who_is_locked_out_hears_nothing_more(world):
    with world.listening() as events:
        world.ask("DELETE", "/api/session")

        assert list(events) == []  # the stream has ended


def test_a_key_is_for_the_path_and_not_for_its_parameters(world):
    run = world.record(world.add_site())

    key = world.ask("POST", "/api/keys", {"path": f"/api/runs/{run}/stdout?reveal=1"}).json["key"]

    assert world.ask("GET", f"/api/runs/{run}/stdout?reveal=1&key={key}", is_let_in=False).status == 200


def test_what_is_missing_in_a_body_is_named(world):
    reply = world.ask("POST", "/api/session", {}, is_let_in=False)

    assert (reply.status, reply.json["slug"]) == (400, "field-missing")
    assert "code" in reply.json["error"]
