"""Each check of the guard, attacked over a real socket."""

import json

import pytest

from app.api.guard import access, is_api
from app.api.tokens import KEY_LIFE_S


def request(
    world, target="/api/state", *, method="GET", version="HTTP/1.1", host=None, token=True, body=b"", **headers
):
    """A request line and headers as they are given; `host` None is ours, "" sends none."""
    host = f"127.0.0.1:{world.port}" if host is None else host
    lines = [f"{method} {target} {version}"]
    lines += [f"Host: {host}"] if host else []
    lines += [f"X-Gatehouse-Token: {world.tokens.token}"] if token else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "Content-Type: application/json"] if body else []
    return world.raw("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


def told(reply):
    return reply.status, reply.json["slug"]


def test_our_own_page_is_let_in(world):
    reply = request(world, Sec_Fetch_Site="same-origin", Origin=f"http://127.0.0.1:{world.port}")

    assert reply.status == 200
    assert reply.json["version"] == "1.2.3"


def test_a_program_that_knows_the_token_is_let_in(world):
    assert request(world, version="HTTP/1.0", host="").status == 200


# 1. Is the Host ours?


@pytest.mark.parametrize("target", ["/api/state", "/", "/index.html", "/s/guestbook"])
def test_dns_rebinding_gets_nothing(world, target):
    """evil.example points its own name at 127.0.0.1; its page is then "same origin" with us."""
    reply = request(world, target, host=f"evil.example:{world.port}", Sec_Fetch_Site="same-origin")

    assert reply.status == 421
    assert b"front end" not in reply.body


@pytest.mark.parametrize("host", ["127.0.0.1:1", "127.0.0.1.evil.example", "x@127.0.0.1", "192.168.0.1"])
def test_a_host_that_only_looks_like_ours_is_refused(world, host):
    assert told(request(world, host=host)) == (421, "host-foreign")


def test_the_host_of_an_absolute_target_counts_too(world):
    """RFC 9112 §3.2.2: it overrides the Host header, so it is an attack's second way in."""
    assert told(request(world, f"http://evil.example:{world.port}/api/state")) == (421, "host-foreign")
    assert request(world, f"http://127.0.0.1:{world.port}/api/state").status == 200


def test_an_absolute_target_is_no_way_round_the_token(world):
    assert told(request(world, f"http://127.0.0.1:{world.port}/api/state", token=False)) == (401, "token-missing")


def test_http_1_1_without_a_host_is_refused(world):
    assert told(request(world, host="")) == (400, "host-missing")


def test_two_hosts_are_refused(world):
    """RFC 9112 §3.2: one part of a program may look at the first, another at the second."""
    assert told(request(world, HOST="evil.example")) == (400, "host-missing")


# 2. Did our own page ask?


@pytest.mark.parametrize("origin", ["same-site", "cross-site", "", "nonsense"])
def test_a_page_of_another_site_or_of_a_hosted_site_is_refused(world, origin):
    """A hosted site's page is on our host, on another port: "same-site".  Even with the token."""
    assert told(request(world, Sec_Fetch_Site=origin)) == (403, "page-foreign")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", ""])
def test_another_origin_is_refused(world, origin):
    """Browsers too old for Sec-Fetch-Site send Origin.  "null" is a sandboxed frame: our own preview."""
    assert told(request(world, method="POST", target="/api/quit", Origin=origin)) == (403, "origin-foreign")
    assert not world.has_quit.is_set()


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_another_page_changes_nothing(world, content_type):
    """What a <form> can send without asking: no token, no JSON type.  With the token it is still no JSON."""
    body = json.dumps({"theme": "dark"}).encode()
    form = {"method": "PATCH", "target": "/api/settings", "Content_Type": content_type, "Content_Length": len(body)}

    assert told(request(world, token=False, **form)) == (401, "token-missing")
    head = f"PATCH /api/settings HTTP/1.0\r\nX-Gatehouse-Token: {world.tokens.token}\r\n"
    with_token = world.raw(f"{head}Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
    assert told(with_token) == (415, "body-not-json-type")
    assert "theme" not in world.ask("GET", "/api/state").json


@pytest.mark.parametrize("target", ["/api/quit", "/api/sites/guestbook/stop", "/api/window/focus", "/api/links"])
def test_nothing_changes_by_get(world, target):
    """A link, an image or a prefetch is a GET."""
    world.add_site()

    assert request(world, target).status == 405
    assert request(world, target, method="HEAD").status == 405
    assert not world.has_quit.is_set()
    assert world.window.acts == []
    assert world.sites.get("guestbook").state == "serving"


def test_a_method_override_changes_nothing(world):
    world.add_site()

    reply = request(world, "/api/sites/guestbook", X_HTTP_Method_Override="DELETE")

    assert reply.status == 200
    assert world.sites.get("guestbook") is not None


# 3. Is the token right?


def test_without_the_token_nobody_is_let_in(world):
    assert told(request(world, token=False)) == (401, "token-missing")


def test_a_wrong_token_is_refused(world):
    assert told(request(world, token=False, X_Gatehouse_Token=world.tokens.token[:-1])) == (403, "token-wrong")
    assert told(request(world, token=False, X_Gatehouse_Token="\xff")) == (403, "token-wrong")


@pytest.mark.parametrize("where", ["?token={}", "?X-Gatehouse-Token={}", "?key={}"])
def test_the_token_in_an_address_is_no_token(world, where):
    """Addresses end up in histories, logs and Referer headers."""
    target = "/api/state" + where.format(world.tokens.token)

    assert told(request(world, target, token=False)) == (401, "token-missing")


def test_the_token_as_a_cookie_is_no_token(world):
    """Cookies do not know ports: every local server would be sent it."""
    cookie = f"X-Gatehouse-Token={world.tokens.token}; token={world.tokens.token}"

    assert told(request(world, token=False, Cookie=cookie)) == (401, "token-missing")


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("/ap%FFi/state", id="a byte that the router drops"),
        pytest.param("/%61pi/state", id="encoded letters"),
        pytest.param("/api%2Fstate", id="an encoded slash"),
        pytest.param("/%C0%AFapi/state", id="an overlong slash, dropped too"),
    ],
)
def test_an_address_that_becomes_the_api_on_its_way_needs_the_token(world, target):
    reply = request(world, target, token=False)

    assert b"1.2.3" not in reply.body
    assert reply.status in {401, 200}
    if reply.status == 200:
        assert b"front end" in reply.body, "routed as an address of the UI, which is public"


def test_the_dropped_byte_trick_is_seen_as_the_api(world):
    assert told(request(world, "/ap%FFi/state", token=False)) == (401, "token-missing")


@pytest.mark.parametrize("target", ["/api", "/api/", "/api/nothing", "/api/../index.html", "/api/%2e%2e/"])
def test_everything_below_the_api_needs_the_token(world, target):
    assert told(request(world, target, token=False)) == (401, "token-missing")


@pytest.mark.parametrize(
    "target", ["/../secret", "/..%2fdata/token", "/%2e%2e/data/token", "/assets/..%2f..%2fdata/token"]
)
def test_no_path_leads_to_the_token_file(world, target):
    reply = request(world, target, token=False)

    assert world.tokens.token.encode() not in reply.body
    assert reply.status in {200, 404}


def test_a_code_lets_in_once(world):
    """Whoever reads the link later, in a history or over a shoulder, is not let in."""
    code = world.tokens.new_code()
    body = json.dumps({"code": code}).encode()

    first = request(world, "/api/session", method="POST", token=False, body=body)
    second = request(world, "/api/session", method="POST", token=False, body=body)

    assert first.json == {"token": world.tokens.token}
    assert told(second) == (403, "code-wrong")


def test_another_page_cannot_use_a_code(world):
    body = json.dumps({"code": world.tokens.new_code()}).encode()

    reply = request(world, "/api/session", method="POST", token=False, body=body, Sec_Fetch_Site="same-site")

    assert told(reply) == (403, "page-foreign")


# Keys: for frames and downloads.


@pytest.fixture
def run(world):
    return world.record(world.add_site())


def test_a_key_opens_its_address_without_the_token(world, run):
    key = world.ask("POST", "/api/keys", {"path": f"/api/runs/{run}/preview"}).json["key"]

    reply = request(world, f"/api/runs/{run}/preview?key={key}", token=False)

    assert (reply.status, reply.body) == (200, b"<h1>hi</h1>")


def test_a_key_opens_no_other_address(world, run):
    key = world.tokens.new_key(f"/api/runs/{run}/preview")

    for target in (f"/api/runs/{run}/stdin?key={key}", f"/api/runs/{run + 1}/preview?key={key}"):
        assert told(request(world, target, token=False)) == (403, "key-wrong")
    assert told(request(world, f"/api/runs/{run}?key={key}", token=False)) == (401, "token-missing")


def test_a_key_expires(world, run):
    key = world.tokens.new_key(f"/api/runs/{run}/body")
    target = f"/api/runs/{run}/body?key={key}"
    assert request(world, target, token=False).status == 200

    world.clock.now += KEY_LIFE_S

    assert told(request(world, target, token=False)) == (403, "key-wrong")


def test_a_key_allows_no_change(world, run):
    key = world.tokens.new_key(f"/api/runs/{run}/preview")

    reply = request(world, f"/api/runs/{run}/preview?key={key}", method="POST", token=False)

    assert told(reply) == (401, "token-missing")


def test_a_hosted_sites_page_cannot_use_a_key(world, run):
    key = world.tokens.new_key(f"/api/runs/{run}/body")

    reply = request(world, f"/api/runs/{run}/body?key={key}", token=False, Sec_Fetch_Site="same-site")

    assert told(reply) == (403, "page-foreign")


@pytest.mark.parametrize("path", ["/api/state", "/api/runs/1", "/", "/api/runs/1/preview/../../state", "/api/keys"])
def test_there_are_keys_for_runs_bytes_only(world, path):
    assert world.ask("POST", "/api/keys", {"path": path}).json["slug"] == "key-no-path"


def test_what_an_address_asks_for_is_known_before_it_is_served():
    assert access("GET", "/api/state") == "token"
    assert access("POST", "/api/session") == "open"
    assert access("GET", "/api/session") == "token"
    assert access("GET", "/api/runs/7/preview") == "key"
    assert access("HEAD", "/api/runs/7/body") == "key"
    assert access("DELETE", "/api/runs/7/body") == "token"
    assert [is_api(path) for path in ("/api", "/api/x", "/apis", "/", "/x/api/")] == [True, True, False, False, False]
