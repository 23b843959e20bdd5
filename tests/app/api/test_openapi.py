import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.api.application import ROUTES, application, bottle_path
from app.api.openapi import openapi
from app.api.routes import PATH_PARAMETERS, path_parameters
from tests.app.api.runs import NOT_STARTED

DOCUMENT = openapi(ROUTES, "1.2.3")
TYPES = Path(__file__).parents[3] / "ui" / "src" / "model" / "types.ts"
OPERATIONS = [
    pytest.param(operation, id=f"{method.upper()} {path}")
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]


def test_the_document_is_valid_openapi_3_1():
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_what_is_documented_is_what_is_served(world):
    documented = {
        (method.upper(), bottle_path(path)) for path, methods in DOCUMENT["paths"].items() for method in methods
    }
    served = {(route.method, route.rule) for route in application(world.services).routes}

    assert {(method, rule) for method, rule in served if rule.startswith("/api")} == documented
    assert len(served) == len(documented) + 1, "and the front end"


def test_the_document_is_served(world):
    assert world.ask("GET", "/api/openapi.json").json == DOCUMENT


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_what_it_is_what_it_answers_and_how_it_fails(operation):
    assert operation["summary"].endswith((".", "."))
    assert operation["responses"]["200"]["content"]
    assert {"403", "421"} <= operation["responses"].keys()
    assert all(parameter["description"] for parameter in operation.get("parameters", ()))


@pytest.mark.parametrize(
    ("interface", "name"),
    [
        ("Problem", "Problem"),
        ("LastFailure", "LastFailure"),
        ("Site", "Site"),
        ("Summary", "Summary"),
        ("Explanation", "Explanation"),
        ("RunWhole", "Run"),
        ("StaticRequest", "StaticRequest"),
        ("Notice", "Notice"),
        ("Settings", "Settings"),
        ("SiteSettings", "SiteSettings"),
    ],
)
def test_the_front_end_reads_what_is_documented(interface, name):
    """ui/src/model/types.ts is the other side of the same contract."""
    block = re.search(
        rf"^export interface {interface} \{{\n(.*?)^\}}", TYPES.read_text(encoding="utf-8"), re.DOTALL | re.M
    )
    read = set(re.findall(r"^  (\w+)\??:", block[1], re.MULTILINE))

    assert read
    assert read - DOCUMENT["components"]["schemas"][name]["properties"].keys() == set()


def test_every_name_in_braces_has_its_meaning():
    assert {name for route in ROUTES for name in path_parameters(route.path)} == PATH_PARAMETERS.keys()


def test_only_the_trade_of_a_code_needs_nothing():
    is_open = [operation.values[0] for operation in OPERATIONS if not operation.values[0]["security"]]

    assert [operation["operationId"] for operation in is_open] == ["open_session"]


@pytest.fixture
def lived_in(world):
    """A Gatehouse with something of everything."""
    site = world.add_site()
    (site.folder / "gatehouse.toml").write_text('nmae = "x"\nport = "none"\n')
    world.record(site)
    world.record(site, **NOT_STARTED)
    world.record(site, is_running=True)
    world.notices.append({"slug": "database-salvaged", "params": {"folder": "/x"}})
    item = {"at_us": 1, "method": "GET", "target": b"/", "status": 200, "size": 3, "total_us": 400}
    world.sites.statics.append(item)
    return world


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("POST", "/api/keys", {"path": "/api/runs/1/body"}),
        ("POST", "/api/links", {}),
        ("GET", "/api/state", None),
        ("GET", "/api/sites/guestbook", None),
        ("POST", "/api/sites/guestbook/start", {"port": 8200}),
        ("POST", "/api/sites/guestbook/stop", {}),
        ("POST", "/api/sites/guestbook/restart", None),
        ("POST", "/api/sites/guestbook/open", {"path": "/"}),
        ("POST", "/api/sites/guestbook/open-folder", {}),
        ("GET", "/api/sites/guestbook/runs", None),
        ("DELETE", "/api/sites/guestbook/runs", None),
        ("GET", "/api/sites/guestbook/static", None),
        ("GET", "/api/sites/guestbook/settings", None),
        ("PATCH", "/api/settings", {"theme": "dark"}),
        ("GET", "/api/runs/1", None),
        ("GET", "/api/runs/2", None),
        ("GET", "/api/runs/3", None),
        ("POST", "/api/runs/3/stop", None),
        ("POST", "/api/window/focus", None),
        ("POST", "/api/window/choose-folder", None),
        ("POST", "/api/window/setup", None),
        ("POST", "/api/quit", None),
        ("DELETE", "/api/sites/guestbook", None),
    ],
)
def test_answers_are_as_documented(lived_in, method, path, content):
    reply = lived_in.ask(method, path, content)

    assert reply.status == 200, reply.body
    check(reply.json, schema_of(method, path))


@pytest.mark.parametrize("path", ["/api/runs/99", "/api/sites/none", "/api/sites/guestbook/runs?limit=0"])
def test_failures_are_as_documented(lived_in, path):
    reply = lived_in.ask("GET", path)

    assert reply.status in {400, 404}
    check(reply.json, {"$ref": "#/components/schemas/Error"})


def test_nothing_of_a_run_is_left_out_of_the_document(lived_in):
    documented = DOCUMENT["components"]["schemas"]

    assert lived_in.ask("GET", "/api/runs/2").json.keys() == documented["Run"]["properties"].keys()
    assert lived_in.ask("GET", "/api/sites/guestbook").json.keys() == documented["Site"]["properties"].keys()


def schema_of(method, path):
    for template, methods in DOCUMENT["paths"].items():
        pattern = template.replace("{slug}", "guestbook")
        if method.lower() in methods and (path == pattern or is_run(path, pattern)):
            return methods[method.lower()]["responses"]["200"]["content"]["application/json"]["schema"]
    raise LookupError(f"{method} {path}")


def is_run(path, pattern):
    return any(path == pattern.replace("{run}", number) for number in "123")


def check(content, schema):
    Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(content)
