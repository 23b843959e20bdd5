"""RFC 3875 §4.1 and CGI.md 1.1, as tables."""

import os
from dataclasses import replace

import pytest

from app import VERSION
from app.gateway.base_environment import own_base_environment
from app.gateway.metavars import meta_variables
from app.gateway.resolve import resolve
from app.gateway.values import Body, Note


@pytest.fixture
def variables(make_site, make_request):
    """The meta-variables and notes of a request to hello.py."""
    plain = make_site({"htdocs/index.html": "", "cgi-bin/hello.py": "#!/usr/bin/env python3\n"}, pages="htdocs")

    def of(*headers, target=b"/cgi-bin/hello.py", method="GET", site=None, **more):
        used = replace(plain, **(site or {}))
        request = make_request(method, *headers, target=target, **more)
        return meta_variables(used, request, resolve(used, request.target))

    of.site = plain
    return of


def test_a_plain_request_has_exactly_these_variables(variables):
    folder = os.fsencode(variables.site.folder)

    found, notes = variables(target=b"/cgi-bin/hello.py?a=%41")

    assert notes == ()
    assert {name: value for name, value in found.items() if name not in own_base_environment()} == {
        b"GATEWAY_INTERFACE": b"CGI/1.1",
        b"SERVER_PROTOCOL": b"HTTP/1.1",
        b"SERVER_SOFTWARE": f"Gatehouse/{VERSION}".encode(),
        b"SERVER_NAME": b"127.0.0.1",
        b"SERVER_PORT": b"8000",
        b"REQUEST_METHOD": b"GET",
        b"QUERY_STRING": b"a=%41",
        b"SCRIPT_NAME": b"/cgi-bin/hello.py",
        b"REMOTE_ADDR": b"127.0.0.1",
        b"REMOTE_HOST": b"127.0.0.1",
        b"REMOTE_PORT": b"50123",
        b"REQUEST_URI": b"/cgi-bin/hello.py?a=%41",
        b"REQUEST_SCHEME": b"http",
        b"DOCUMENT_ROOT": folder + b"/htdocs",
        b"SCRIPT_FILENAME": folder + b"/cgi-bin/hello.py",
        b"REDIRECT_STATUS": b"200",
        b"HTTP_HOST": b"127.0.0.1:8000",
    }


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        pytest.param({}, b"QUERY_STRING", b"", id="no query is set and empty"),
        pytest.param({"target": b"/cgi-bin/hello.py?%3d+%"}, b"QUERY_STRING", b"%3d+%", id="raw query"),
        pytest.param({"version": "HTTP/1.0"}, b"SERVER_PROTOCOL", b"HTTP/1.0", id="protocol of the request"),
        pytest.param({"method": "pUrGe"}, b"REQUEST_METHOD", b"pUrGe", id="method as sent"),
        pytest.param({"host": "::1"}, b"SERVER_NAME", b"[::1]", id="bare IPv6"),
        pytest.param({"host": "[::1]"}, b"SERVER_NAME", b"[::1]", id="IPv6 in brackets"),
        pytest.param({"host": "shop.localhost"}, b"SERVER_NAME", b"shop.localhost", id="name"),
        pytest.param({"body": Body(0)}, b"CONTENT_LENGTH", b"0", id="explicit empty body"),
        pytest.param({"body": Body(70_000_000)}, b"CONTENT_LENGTH", b"70000000", id="body"),
        pytest.param({"target": b"/cgi-bin/hello.py/a%2Fb"}, b"PATH_INFO", b"/a/b", id="path-info"),
        pytest.param({"target": b"//cgi-bin/hello.py//a"}, b"REQUEST_URI", b"//cgi-bin/hello.py//a", id="raw target"),
    ],
)
def test_a_variable_has_its_value(variables, more, name, value):
    assert variables(**more)[0][name] == value


@pytest.mark.parametrize(
    ("path_info", "translated"),
    [(b"/a//b", b"/a/b"), (b"/../../etc/passwd", b"/etc/passwd"), (b"/", b"/"), (b"/a/./", b"/a/")],
)
def test_path_translated_lies_below_the_document_root(variables, path_info, translated):
    found, _ = variables(target=b"/cgi-bin/hello.py" + path_info)

    assert found[b"PATH_INFO"] == path_info
    assert found[b"PATH_TRANSLATED"] == os.fsencode(variables.site.pages) + translated


@pytest.mark.parametrize(
    "name",
    [
        b"PATH_INFO",
        b"PATH_TRANSLATED",
        b"CONTENT_LENGTH",
        b"CONTENT_TYPE",
        b"AUTH_TYPE",
        b"REMOTE_USER",
        b"REMOTE_IDENT",
        b"HTTPS",
    ],
)
def test_a_variable_that_says_nothing_is_unset(variables, name):
    assert name not in variables()[0]


@pytest.mark.parametrize(
    ("headers", "name", "value"),
    [
        pytest.param([(b"X-One", b"1"), (b"x-one", b"2")], b"HTTP_X_ONE", b"1, 2", id="joined"),
        pytest.param([(b"Cookie", b"a=1"), (b"Cookie", b"b=2")], b"HTTP_COOKIE", b"a=1; b=2", id="cookies"),
        pytest.param([(b"X-Empty", b"")], b"HTTP_X_EMPTY", b"", id="empty"),
        pytest.param([(b"Referer", b"/\xe4")], b"HTTP_REFERER", b"/\xe4", id="bytes"),
        pytest.param([(b"CONTENT-TYPE", b"a/b; c=d")], b"CONTENT_TYPE", b"a/b; c=d", id="content type"),
    ],
)
def test_headers_become_variables(variables, headers, name, value):
    assert variables(*headers)[0][name] == value


@pytest.mark.parametrize(
    "header",
    [
        b"Proxy",
        b"Authorization",
        b"Proxy-Authorization",
        b"Content-Type",
        b"Content-Length",
        b"Connection",
        b"Keep-Alive",
        b"TE",
        b"Trailer",
        b"Transfer-Encoding",
        b"Upgrade",
        b"X_Forwarded_For",
        b"X.Dot",
        b"X'Quote",
    ],
)
def test_these_headers_are_never_exported(variables, header):
    """Among them 'Proxy', which would be HTTP_PROXY ("httpoxy"), and names that collide after translation."""
    found, _ = variables((header, b"x"))

    assert [name for name in found if name.startswith(b"HTTP_")] == [b"HTTP_HOST"]


def test_a_withheld_authorization_and_a_dropped_name_are_noted(variables):
    _, notes = variables((b"Authorization", b"Basic eDp5"), (b"X_Y", b"1"))

    assert notes == (Note("authorization-withheld", {}), Note("request-header-dropped", {"name": "X_Y"}))


def test_a_site_may_have_the_authorization_passed(variables):
    found, notes = variables((b"Authorization", b"Basic eDp5"), site={"pass_authorization": True})

    assert (found[b"HTTP_AUTHORIZATION"], notes) == (b"Basic eDp5", ())


def test_redirect_status_is_not_taken_from_a_header(variables):
    """CVE-2024-8927."""
    found, _ = variables((b"Redirect-Status", b"500"))

    assert found[b"REDIRECT_STATUS"] == b"200"


def test_the_site_sets_and_overrides_but_forges_no_meta_variable(variables):
    wishes = {
        "GREETING": "grüß 文",
        "PATH": "/opt/bin",
        "REMOTE_USER": "ada",
        "REQUEST_METHOD": "X",
        "PATH_INFO": "/x",
        "HTTP_HOST": "x",
        "HTTP_X": "x",
    }

    found, notes = variables(site={"environment": wishes})

    assert found[b"GREETING"] == "grüß 文".encode()
    assert (found[b"PATH"], found[b"REMOTE_USER"]) == (b"/opt/bin", b"ada")
    assert (found[b"REQUEST_METHOD"], found[b"HTTP_HOST"]) == (b"GET", b"127.0.0.1:8000")
    assert b"PATH_INFO" not in found
    assert [note.params["name"] for note in notes] == ["REQUEST_METHOD", "PATH_INFO", "HTTP_HOST", "HTTP_X"]


def test_nothing_of_our_own_environment_leaks(variables, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setenv("PYTHONPATH", "/ours")

    found, _ = variables()

    assert not found.keys() & {b"AWS_SECRET_ACCESS_KEY", b"PYTHONPATH", b"VIRTUAL_ENV", b"LD_PRELOAD"}


def test_each_call_has_an_environment_of_its_own(variables):
    first, _ = variables()
    first[b"PATH"] = b"changed"

    assert variables()[0][b"PATH"] != b"changed"
