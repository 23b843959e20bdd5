"""The API as an OpenAPI 3.1 document, made from the routes: what is documented is what is served."""

from collections.abc import Iterable
from typing import Any

from app.api.fields import Field
from app.api.guard import TOKEN_HEADER, access
from app.api.routes import PATH_PARAMETERS, Route, path_parameters
from app.api.schemas import COMPONENTS, Schema, ref

_DESCRIPTION = """\
The API of a running Gatehouse, for its own window and for programs of the person who runs it.

It listens on 127.0.0.1 only. The token stands in the file `token` of the data folder, the address in `instance.json`.
Messages are worded in the language of Accept-Language (en, zh-CN)."""

_FAILURES = {
    "400": "What was sent cannot be meant.",
    "401": "No token was sent.",
    "403": "A wrong token, or another site's page asked.",
    "404": "There is none (any more).",
    "409": "Not as things are now.",
    "411": "The body has no Content-Length.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "421": "The Host is not this computer.",
    "503": "The database cannot be read or written at this moment.",
}


def openapi(routes: Iterable[Route], version: str) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Gatehouse", "version": version, "description": _DESCRIPTION},
        "paths": paths,
        "components": {
            "schemas": dict(COMPONENTS),
            "securitySchemes": {
                "token": {"type": "apiKey", "in": "header", "name": TOKEN_HEADER},
                "key": {
                    "type": "apiKey",
                    "in": "query",
                    "name": "key",
                    "description": "From POST /api/keys; opens one address for a minute.",
                },
            },
        },
    }


def operation(route: Route) -> dict[str, Any]:
    """One method of one address."""
    described: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "security": _security(route),
        "responses": {"200": _answer(route), **_failures(route)},
    }
    if parameters := [*_in_path(route), *(_in_query(field) for field in route.query)]:
        described["parameters"] = parameters
    if route.content != ():
        described["requestBody"] = _body(route)
    return described


def _security(route: Route) -> list[dict[str, list[str]]]:
    match access(route.method, route.path):
        case "open":
            return []
        case "key":
            return [{"token": []}, {"key": []}]
    return [{"token": []}]


def _answer(route: Route) -> dict[str, Any]:
    if isinstance(route.answers, str):
        return {"description": "Done.", "content": {route.answers: {}}}
    return {"description": "Done.", "content": {"application/json": {"schema": route.answers}}}


def _failures(route: Route) -> dict[str, Any]:
    """What can be wrong here, besides a bug of ours; all in one shape."""
    statuses = ["403", "421"]
    if access(route.method, route.path) != "open":
        statuses += ["401"]
    if route.query or route.content != ():
        statuses += ["400"]
    if route.content != ():
        statuses += ["411", "413", "415"]
    if "{" in route.path:
        statuses += ["404"]
    if route.method != "GET":
        statuses += ["409"]
    if isinstance(route.answers, dict):
        statuses += ["503"]
    error = {"application/json": {"schema": ref("Error")}}
    return {status: {"description": _FAILURES[status], "content": error} for status in sorted(statuses)}


def _in_path(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_PARAMETERS[name][0],
            "schema": PATH_PARAMETERS[name][1],
        }
        for name in path_parameters(route.path)
    ]


def _in_query(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "in": "query",
        "required": field.is_required,
        "description": field.says,
        "schema": field.schema(),
    }


def _body(route: Route) -> dict[str, Any]:
    fields = route.content
    schema: Schema = {"type": "object"}
    if fields is not None:
        schema |= {
            "properties": {field.name: {**field.schema(), "description": field.says} for field in fields},
            "required": [field.name for field in fields if field.is_required],
            "additionalProperties": False,
        }
    is_required = fields is not None and any(field.is_required for field in fields)
    return {"required": is_required, "content": {"application/json": {"schema": schema}}}
