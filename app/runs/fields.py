"""The fields and files of a request, as a script's form library would find them: query string first, then body."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

import multipart

from app.runs.text import Text, name, text

_CHARSET = re.compile(rb'charset="?([\w.:-]+)', re.IGNORECASE)
_BOUNDARY = re.compile(rb'boundary="?([^";,]+)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class File:
    """A file of an upload (RFC 7578)."""

    name: str
    """Of the form's field."""

    filename: str
    """As the browser sent it; empty where the person chose no file."""

    type: str | None
    size: int | None
    """Bytes; None where the recorded body was cut inside the file."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent."""

    fields: dict[str, list[Text]]
    files: list[File]
    fault: str | None = None
    """Why the body could not be read to its end (the parser's English words), None where it could."""


def read_form(query: bytes, content_type: bytes, body: bytes) -> Form:
    """Query string and body together.  A broken or cut body gives what stands before the fault."""
    form = Form(_pairs(query, "utf-8"), [])
    match content_type.partition(b";")[0].strip().lower():
        case b"application/x-www-form-urlencoded":
            for key, values in _pairs(body, _charset(content_type)).items():
                form.fields.setdefault(key, []).extend(values)
        case b"multipart/form-data":
            return _read_multipart(form, content_type, body)
    return form


def _pairs(encoded: bytes, charset: str) -> dict[str, list[Text]]:
    """Name → values of a urlencoded string, blank values kept.  An ISINDEX query (no '=') has no fields."""
    found: dict[str, list[Text]] = {}
    for pair in encoded.split(b"&"):
        key, equals, value = pair.replace(b"+", b" ").partition(b"=")
        if equals:
            found.setdefault(name(unquote_to_bytes(key)), []).append(_decode(unquote_to_bytes(value), charset))
    return found


def _decode(value: bytes, charset: str) -> Text:
    """UTF-8 where it is; else what the request says it is; else the bytes."""
    shown = text(value)
    if isinstance(shown, str) or charset == "utf-8":
        return shown
    try:
        return value.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return shown


def _charset(content_type: bytes) -> str:
    found = _CHARSET.search(content_type)
    return found[1].decode("ascii", "replace").lower() if found else "utf-8"


def _read_multipart(form: Form, content_type: bytes, body: bytes) -> Form:
    boundary = _BOUNDARY.search(content_type)
    if not boundary:
        return Form(form.fields, form.files, "no boundary in Content-Type")
    try:
        # Latin-1 keeps every byte of a name, so that one in another encoding does not spoil the whole form.
        with multipart.PushMultipartParser(
            boundary[1].strip(), max_header_size=1 << 16, header_charset="latin-1"
        ) as parser:
            _collect(form, parser, body)
    except (multipart.MultipartError, LookupError) as fault:
        return Form(form.fields, form.files, str(fault))
    return form


def _collect(form: Form, parser: "multipart.PushMultipartParser", body: bytes) -> None:
    """Put each part where it belongs; a part that is cut off counts as far as it came."""
    segment, content = None, bytearray()
    try:
        for event in parser.parse(body) if body else ():
            if isinstance(event, multipart.MultipartSegment):
                segment, content = event, bytearray()
            elif event is None:
                _keep(form, segment, bytes(content), is_whole=True)
                segment = None
            else:
                content += event
    finally:
        if segment:
            _keep(form, segment, bytes(content), is_whole=False)


def _keep(form: Form, segment: "multipart.MultipartSegment", content: bytes, *, is_whole: bool) -> None:
    key = _from_header(segment.name)
    if segment.filename is None:
        form.fields.setdefault(key, []).append(_decode(content, segment.charset or "utf-8"))
        return
    size = len(content) if is_whole else None
    form.files.append(File(key, _from_header(segment.filename), segment.content_type, size))


def _from_header(value: str) -> str:
    """A name that the parser read as Latin-1, as what it is."""
    try:
        return name(value.encode("latin-1"))
    except UnicodeEncodeError:  # it was spelt "filename*=UTF-8''…" and is decoded already
        return value
