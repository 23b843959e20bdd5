"""A request as a controller sees it: plain values, read once and checked.

bottle's own request is a thread-local that means another request as soon as a stream is being written.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from app.api.fields import Field, read_content, read_query
from app.errors import GatehouseError
from app.words import Language, language

CONTENT_CAP = 1 << 20
"""Bytes of a JSON body.  Folder names and settings are small; nothing else is sent to us."""


@dataclass(frozen=True, slots=True)
class Request:
    query: Mapping[str, Any]
    """The declared parameters that were sent."""

    content: Mapping[str, Any]
    """The JSON body; empty where none was sent."""

    language: Language
    """The language that the reader asked for."""

    port: int
    """Our own."""

    last_event_id: str | None
    is_connected: Callable[[], bool]
    """Is the client still there?  For answers that go on."""


def read_request(environ: Mapping[str, Any], *, query: tuple[Field, ...], content: tuple[Field, ...] | None) -> Request:
    """Raises GatehouseError body-… and field-…; `content` None takes any field."""
    sent = read_body(environ)
    return Request(
        query=read_query(dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)), query),
        content=sent if content is None else read_content(sent, content),
        language=language(environ.get("HTTP_ACCEPT_LANGUAGE")),
        port=int(environ["SERVER_PORT"]),
        last_event_id=environ.get("HTTP_LAST_EVENT_ID"),
        is_connected=environ["gatehouse.is_connected"],
    )


def read_body(environ: Mapping[str, Any]) -> dict[str, Any]:
    """The object in the body; empty where there is no body.

    Only `application/json` is read: a form of another page can send text/plain or urlencoded without asking the
    browser's leave first, this it cannot.  (bottle would pass over a wrong type, and cap at 100 KiB.)
    """
    length = _length(environ)
    if length == 0:
        return {}
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != "application/json":
        raise GatehouseError("body-not-json-type", status=415)
    try:
        sent = json.loads(environ["wsgi.input"].read(length))
    except (ValueError, RecursionError) as error:
        raise GatehouseError("body-not-json", params={"reason": str(error)[:200]}) from error
    if not isinstance(sent, dict):
        raise GatehouseError("body-not-object")
    return sent


def _length(environ: Mapping[str, Any]) -> int:
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise GatehouseError("body-no-length", status=411)
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdigit()):
        raise GatehouseError("body-no-length", status=411)
    if len(text) > 18 or int(text) > CONTENT_CAP:
        raise GatehouseError("body-too-large", status=413, params={"cap_kib": CONTENT_CAP >> 10})
    return int(text)
