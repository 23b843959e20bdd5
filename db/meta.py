"""What a run has besides its columns and bodies, as JSON: small, because runs of one script differ in little.

The facts of the call (headers, meta-variables, argv, …) are kept whole once in a while, as a *base*, and each
run keeps how it differs from one: a port, a query string.  That makes 150 bytes of three thousand, and takes
comparing two dicts instead of encoding, hashing and compressing one.

Bytes become text where they are UTF-8, else {"$base64": …}.  Text that is not Unicode (a file's name with
surrogates) survives, since JSON is written in ASCII.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping
from typing import Any

CALL = ("headers", "meta_variables", "argv", "cwd", "program", "file", "notes")
"""The keys of an opening record that have no column."""

Document = dict[str, Any]
_encode = json.JSONEncoder(separators=(",", ":")).encode


def call_of(record: Mapping[str, Any]) -> Document:
    return {key: record.get(key) for key in CALL}


def whole(call: Document) -> str:
    """All of a call, as a base."""
    return _encode(_plain_call(call))


def difference(base: Document, call: Document) -> str | None:
    """How `call` differs from `base`; None where it does not."""
    changes: Document = {}
    if call["meta_variables"] != base["meta_variables"]:
        changes["variables"] = _dict_difference(base["meta_variables"] or {}, call["meta_variables"] or {})
    if call["headers"] != base["headers"]:
        changes["fields"] = _list_difference(base["headers"] or (), call["headers"] or ())
    for key in ("argv", "cwd", "program", "file", "notes"):
        if call[key] != base[key]:
            changes[key] = plain(call[key])
    return _encode(changes) if changes else None


def call_from(base: str | None, changes: str | None) -> Document:
    """The call again, with bytes where the record had them.  Where its base is lost: what is left."""
    call: Document = {**dict.fromkeys(CALL), **(json.loads(base) if base else {})}
    new = json.loads(changes) if changes else {}
    variables, fields = new.pop("variables", {}), new.pop("fields", {})
    call.update(new)
    call["meta_variables"] = dict(raw_pairs([*(call["meta_variables"] or ()), *variables.get("set", ())]))
    for name in variables.get("gone", ()):
        call["meta_variables"].pop(raw(name), None)
    headers = fields.get("all", call["headers"] or [])
    for place, pair in fields.get("at", ()):
        if place < len(headers):
            headers[place] = pair
    call["headers"] = raw_pairs(headers)
    call["argv"] = [raw(word) for word in call["argv"] or ()]
    call["cwd"], call["program"] = (None if call[key] is None else raw(call[key]) for key in ("cwd", "program"))
    call["file"] = call["file"] and {**call["file"], "head": raw(call["file"].get("head") or "")}
    call["notes"] = call["notes"] or []
    return call


def closing(record: Mapping[str, Any]) -> str | None:
    """What only the end knows; None where there is nothing, as for most runs but their headers."""
    found = {
        "response_headers": _plain_pairs(record.get("response_headers") or ()),
        "header_error": plain(record.get("header_error")),
        "notes": plain(record.get("notes")),
        "explanations": plain(record.get("explanations")),
    }
    kept = {key: value for key, value in found.items() if value}
    return _encode(kept) if kept else None


def closing_from(text: str | None) -> Document:
    found = json.loads(text) if text else {}
    error = found.get("header_error")
    return {
        "response_headers": raw_pairs(found.get("response_headers", ())),
        "header_error": error and {**error, "line": raw(error.get("line") or "")},
        "notes": found.get("notes", []),
        "explanations": found.get("explanations", []),
    }


def explanations(text: str | None) -> list[Document]:
    """Of a run's `closing`."""
    found: list[Document] = closing_from(text)["explanations"]
    return found


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, bytes):
        return _text(value)
    if isinstance(value, Mapping):
        return {key: plain(content) for key, content in value.items()}
    if isinstance(value, list | tuple):
        return [plain(content) for content in value]
    return value


def raw(value: Any) -> bytes:
    """The bytes that `plain` made a text of."""
    if isinstance(value, dict):
        return b64decode(value["$base64"])
    return str(value).encode("utf-8", "surrogateescape")


def raw_pairs(value: Iterable[Any]) -> list[tuple[bytes, bytes]]:
    return [(raw(name), raw(content)) for name, content in value]


def _text(value: bytes) -> Any:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"$base64": b64encode(value).decode()}


def _plain_pairs(pairs: Collection[Any]) -> list[list[Any]]:
    try:
        return [[name.decode(), value.decode()] for name, value in pairs]
    except UnicodeDecodeError:
        return [[_text(name), _text(value)] for name, value in pairs]


def _plain_call(call: Document) -> Document:
    return {
        **{key: plain(call[key]) for key in ("argv", "cwd", "program", "file", "notes")},
        "headers": _plain_pairs(call["headers"] or ()),
        "meta_variables": _plain_pairs((call["meta_variables"] or {}).items()),
    }


def _dict_difference(base: Mapping[bytes, bytes], new: Mapping[bytes, bytes]) -> Document:
    set_ = _plain_pairs([(name, value) for name, value in new.items() if base.get(name) != value])
    gone = [_text(name) for name in base if name not in new]
    return {key: value for key, value in (("set", set_), ("gone", gone)) if value}


def _list_difference(base: Any, new: Any) -> Document:
    """By place, where both have as many; the order of headers matters, and names repeat."""
    if len(base) != len(new):
        return {"all": _plain_pairs(new)}
    places = [place for place, pair in enumerate(new) if tuple(pair) != tuple(base[place])]
    pairs = _plain_pairs([new[place] for place in places])
    return {"at": list(zip(places, pairs, strict=True))}
