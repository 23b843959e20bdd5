"""The API and the front end's files as one bottle application.

One line for every request: guard, controller, views; what goes wrong on it becomes an answer in words (errors.py).
"""

import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import bottle

from app.api.answers import Answer, json_answer
from app.api.controllers import runs, session, settings, sites, state, statics, window
from app.api.errors import bug_answer, bug_page, error_answer, error_page
from app.api.guard import admit, is_api
from app.api.openapi import openapi
from app.api.request import Request, read_request
from app.api.routes import PATH_PARAMETERS, Route, path_parameters, route
from app.api.schemas import OBJECT
from app.api.services import Services
from app.api.ui_files import ui_answer
from app.errors import GatehouseError
from app.words import Language, language
from db.errors import DatabaseRefusedError
from db.trouble import DatabaseTrouble


@route("GET", "/api/openapi.json", "This document.", answers=OBJECT)
def openapi_document(services: Services, request: Request) -> Mapping[str, Any]:
    return openapi(ROUTES, services.version)


# A run's preview stands before its downloads: the first that fits is taken.
ROUTES: tuple[Route, ...] = tuple(
    one
    for module in (session, state, sites, runs, statics, settings, window, sys.modules[__name__])
    for one in vars(module).values()
    if isinstance(one, Route)
)
"""Everything that is served under /api."""

_UI = "/<path:re:(?!api(?:/|$)).*>"
"""Every other address is one of the front end."""

_SAFE_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),  # addresses tell the names of sites
    ("Cross-Origin-Resource-Policy", "same-origin"),  # a page on another port cannot load it as image or script
)


def application(services: Services) -> bottle.Bottle:
    app = bottle.Bottle()
    app.add_hook("before_request", lambda: _admit(services))
    for one in ROUTES:
        app.route(bottle_path(one.path), one.method, _serve(services, one))
    app.route(_UI, "GET", lambda path: _careful(lambda: ui_answer(services.dist, f"/{path}", _language())))
    app.default_error_handler = _routing_failure
    return app


def bottle_path(path: str) -> str:
    """'/api/runs/<run:re:…>' of '/api/runs/{run}': what may stand there is what the document says."""
    for name in path_parameters(path):
        path = path.replace(f"{{{name}}}", f"<{name}:re:{_pattern(PATH_PARAMETERS[name][1])}>")
    return path


def _pattern(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return "|".join(schema["enum"])
    # Eighteen digits: SQLite takes no larger number.
    return "[1-9][0-9]{0,17}" if schema["type"] == "integer" else "[^/]+"


def _admit(services: Services) -> None:
    """Before the router: what the guard refuses reaches nothing."""
    try:
        admit(bottle.request.environ, services.tokens)
    except GatehouseError as error:
        raise _response(_refusal(error)) from None


def _serve(services: Services, one: Route) -> Callable[..., bottle.HTTPResponse]:
    def controller(**path: str) -> bottle.HTTPResponse:
        return _careful(lambda: _call(services, one, path))

    return controller


def _call(services: Services, one: Route, path: Mapping[str, str]) -> Answer:
    request = read_request(bottle.request.environ, query=one.query, content=one.content)
    named = {name: int(value) if name == "run" else value for name, value in path.items()}
    answer = one.controller(services, request, **named)
    return answer if isinstance(answer, Answer) else json_answer(answer)


def _careful(act: Callable[[], Answer]) -> bottle.HTTPResponse:
    """The answer, also where something goes wrong."""
    try:
        return _response(act())
    except GatehouseError as error:
        return _response(_refusal(error))
    except (DatabaseRefusedError, *DatabaseTrouble) as trouble:
        # No bug of ours: the disk is full, damaged or gone.  The recorder goes on trying, the sites go on serving.
        params = {"reason": str(trouble)[:200]}
        return _response(_refusal(GatehouseError("database-trouble", status=503, params=params)))
    except Exception as bug:
        return _response(_bug(bug))


def _routing_failure(failure: bottle.HTTPError) -> bottle.HTTPResponse:
    """What bottle itself finds wrong: no such address (404), not by this method (405), or a bug in the guard."""
    if failure.exception is not None:
        return _response(_bug(failure.exception))
    method, path = bottle.request.environ["REQUEST_METHOD"], bottle.request.environ["PATH_INFO"]
    slug = "method-wrong" if failure.status_code == 405 else "address-unknown"
    allowed = failure.get_header("Allow", "")
    params = {"method": method[:20], "path": path[:200], "allowed": allowed}
    answer = _refusal(GatehouseError(slug, status=failure.status_code, params=params))
    return _response(answer, (("Allow", allowed),) if allowed else ())


def _refusal(error: GatehouseError) -> Answer:
    return error_answer(error, _language()) if _is_for_program() else error_page(error, _language())


def _bug(bug: BaseException) -> Answer:
    traceback.print_exception(bug)
    return bug_answer(bug, _language()) if _is_for_program() else bug_page(bug, _language())


def _is_for_program() -> bool:
    return is_api(bottle.request.environ["PATH_INFO"])


def _language() -> Language:
    return language(bottle.request.environ.get("HTTP_ACCEPT_LANGUAGE"))


def _response(answer: Answer, more: tuple[tuple[str, str], ...] = ()) -> bottle.HTTPResponse:
    """The answer as bottle takes it, with the headers that every answer has."""
    caching = (("Cache-Control", "no-store"),) if _is_for_program() else ()
    headers = (("Content-Type", answer.content_type), *_SAFE_HEADERS, *caching, *answer.headers, *more)
    return bottle.HTTPResponse(answer.body, answer.status, headers=list(headers))
