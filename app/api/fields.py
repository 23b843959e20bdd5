"""What a caller may send: the parameters of an address and the fields of a JSON body.

Each is declared once, by its route; the check and the OpenAPI document both come from that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.errors import GatehouseError

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One named value."""

    name: str
    says: str
    """What it means, in a sentence, for the document."""

    kind: Literal["string", "integer", "boolean"] = "string"
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = (1 << 63) - 1
    """Bounds of a whole number; SQLite takes no larger one."""

    is_required: bool = False
    is_nullable: bool = False

    def schema(self) -> Schema:
        kind: Schema = {"type": [self.kind, "null"] if self.is_nullable else self.kind}
        if self.choices:
            kind["enum"] = [*self.choices, None] if self.is_nullable else list(self.choices)
        if self.kind == "integer":
            kind |= {"minimum": self.least, "maximum": self.most}
        return kind

    def from_text(self, text: str) -> Any:
        """The value of a query parameter; raises GatehouseError field-not-…"""
        match self.kind:
            case "integer":
                # int() would take "१२", "1_000" and " 7 " too.
                return self.from_json(int(text) if text.isascii() and text.isdigit() and len(text) < 20 else text)
            case "boolean":
                return self.from_json({"1": True, "true": True, "0": False, "false": False}.get(text, text))
        return self.from_json(text)

    def from_json(self, value: Any) -> Any:
        """The value of a body's field, unchanged; raises GatehouseError field-not-…"""
        if value is None and self.is_nullable:
            return None
        match self.kind:
            case "boolean" if not isinstance(value, bool):
                raise self._wrong("field-not-yes-no")
            case "integer" if not _is_whole(value) or not self.least <= value <= self.most:
                raise self._wrong("field-not-whole", least=self.least, most=self.most)
            case "string" if not isinstance(value, str):
                raise self._wrong("field-not-text")
            case "string" if self.choices and value not in self.choices:
                raise self._wrong("field-not-choice", choices=", ".join(self.choices))
        return value

    def _wrong(self, slug: str, **params: str | int) -> GatehouseError:
        return GatehouseError(slug, params={"field": self.name, **params})


def read_query(sent: Mapping[str, str], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The parameters that were declared; others are passed over, as everywhere in the web."""
    _refuse_gaps(sent, fields)
    return {field.name: field.from_text(sent[field.name]) for field in fields if field.name in sent}


def read_content(sent: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The fields of a body.  One that was not declared is a slip of the pen, and is refused."""
    known = {field.name for field in fields}
    for name in sent:
        if name not in known:
            raise GatehouseError(
                "field-unknown", params={"field": name[:100], "known": ", ".join(sorted(known)) or "–"}
            )
    _refuse_gaps(sent, fields)
    return {field.name: field.from_json(sent[field.name]) for field in fields if field.name in sent}


def _refuse_gaps(sent: Mapping[str, Any], fields: tuple[Field, ...]) -> None:
    for field in fields:
        if field.is_required and field.name not in sent:
            raise GatehouseError("field-missing", params={"field": field.name})


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
