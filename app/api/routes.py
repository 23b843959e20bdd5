"""A route is declared once, above its controller: address, meaning, what may be sent, what is answered.

The application serves what is declared, and the OpenAPI document (openapi.py) says what is declared.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.api.answers import Answer
from app.api.fields import Field, Schema

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Controller = Callable[..., Mapping[str, Any] | Answer]
"""(services, request, **path parameters) → JSON content, or an Answer that is no JSON."""


@dataclass(frozen=True, slots=True)
class Route:
    method: Method
    path: str
    """As OpenAPI writes it: '/api/sites/{slug}'."""

    summary: str
    controller: Controller
    answers: Schema | str
    """Schema of the JSON that is answered; the content type where it is no JSON."""

    query: tuple[Field, ...] = ()
    content: tuple[Field, ...] | None = ()
    """Fields of the JSON body; None: any, since another module knows them."""

    @property
    def name(self) -> str:
        """The controller's: unique, and a name for it in a client."""
        return str(self.controller.__name__)


def route(
    method: Method,
    path: str,
    summary: str,
    *,
    answers: Schema | str,
    query: tuple[Field, ...] = (),
    content: tuple[Field, ...] | None = (),
) -> Callable[[Controller], Route]:
    """Make a controller a route."""
    return lambda controller: Route(method, path, summary, controller, answers, query, content)


PATH_PARAMETERS: Mapping[str, tuple[str, Schema]] = {
    "slug": ("The site's name in addresses, as `slug` of a Site.", {"type": "string", "pattern": "^[^/]+$"}),
    "run": ("The run's number.", {"type": "integer", "minimum": 1}),
    "stream": ("Which bytes.", {"type": "string", "enum": ["stdin", "stdout", "stderr", "body"]}),
}
"""What may stand in braces: meaning and schema."""


def path_parameters(path: str) -> list[str]:
    """The names in braces: ['run', 'stream'] of '/api/runs/{run}/{stream}'."""
    return re.findall(r"\{([a-z]+)\}", path)
