"""Being let in: codes are traded for the token, and the token for keys and links."""

from collections.abc import Mapping
from typing import Any

from app.api.fields import Field
from app.api.guard import is_keyed
from app.api.request import Request
from app.api.routes import route
from app.api.schemas import STRING, says, thing
from app.api.services import Services
from app.errors import GatehouseError


@route(
    "POST",
    "/api/session",
    "Trade a one-time code for the token.",
    content=(Field("code", "From the fragment of the link that Gatehouse printed or opened.", is_required=True),),
    answers=thing(token=says("To be sent in the header X-Gatehouse-Token.", STRING)),
)
def open_session(services: Services, request: Request) -> Mapping[str, Any]:
    token = services.tokens.redeem(request.content["code"])
    if token is None:
        raise GatehouseError("code-wrong", status=403)
    return {"token": token}


@route(
    "DELETE",
    "/api/session",
    "Lock every browser out but the one that asks, which gets the new token.",
    answers=thing(token=says("To be sent from now on.", STRING)),
)
def lock_out(services: Services, request: Request) -> Mapping[str, Any]:
    return {"token": services.tokens.reset()}


@route(
    "POST",
    "/api/keys",
    "A key that opens one address for a minute, for a frame or a download, which cannot send a header.",
    content=(Field("path", "Of a run's preview, stdin, stdout, stderr or body.", is_required=True),),
    answers=thing(key=says("To be sent as the parameter `key`.", STRING)),
)
def new_key(services: Services, request: Request) -> Mapping[str, Any]:
    path = request.content["path"].partition("?")[0]
    if not is_keyed(path):
        raise GatehouseError("key-no-path", params={"path": path[:200]})
    return {"key": services.tokens.new_key(path)}


@route(
    "POST",
    "/api/links",
    "A link that lets one more browser in, once.",
    answers=thing(url=STRING),
)
def new_link(services: Services, request: Request) -> Mapping[str, Any]:
    return {"url": f"http://127.0.0.1:{request.port}/#code={services.tokens.new_code()}"}
