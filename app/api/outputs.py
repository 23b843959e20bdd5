"""What a script printed, as a page to look at or a file to keep.  It never becomes part of our own pages.

Both come with a content security policy of their own: `sandbox` gives the document an origin that is nobody's, so
that it can read nothing of ours, run no script, send no form, open no window.
"""

import re
from collections.abc import Mapping
from typing import Any

from app.api.answers import Answer
from app.errors import GatehouseError
from app.runs.response import body_start, content_type
from app.runs.row import mapping, pairs
from app.runs.secret_bodies import mask_body
from app.runs.secrets import mask_output
from app.runs.text import untext

Row = Mapping[str, Any]

PREVIEW_CSP = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"  # DESIGN.md 7
)
DOWNLOAD_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"

_IMAGES = re.compile(r"image/(png|jpeg|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)")
_TEXTS = re.compile(r"text/.*|application/(json|xml|javascript|.*\+(json|xml))")
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
_ENDINGS = {
    "text/html": "html",
    "text/plain": "txt",
    "text/css": "css",
    "text/csv": "csv",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}


def preview(row: Row) -> Answer:
    """The recorded body, as HTML, image or text; raises GatehouseError preview-none for anything else."""
    headers = pairs(row.get("response_headers"))
    body = response_body(row)
    shown_as = preview_type(content_type(headers) or "")
    if body is None or shown_as is None:
        raise GatehouseError("preview-none", status=404, params={"run": row["id"]})
    # A body that the script itself packed can only be read by the browser if it is told so.
    packed = [value.decode("latin-1") for name, value in headers if name.lower() == b"content-encoding"]
    encoding = [("Content-Encoding", one) for one in packed if one.lower() in {"gzip", "deflate", "br", "zstd"}]
    return Answer(body, shown_as, headers=(("Content-Security-Policy", PREVIEW_CSP), *encoding))


def preview_type(declared: str) -> str | None:
    """The content type to show a body with: the script's own where it is harmless, None where there is none."""
    kind, _, parameters = declared.partition(";")
    kind = kind.strip().lower()
    charset = found[1] if (found := _CHARSET.search(parameters)) else "utf-8"
    if kind in {"text/html", "application/xhtml+xml"}:
        return f"text/html; charset={charset}"
    if _IMAGES.fullmatch(kind):
        return kind
    return f"text/plain; charset={charset}" if _TEXTS.fullmatch(kind) else None


def download(row: Row, stream: str, *, reveal: bool) -> Answer:
    """One of stdin, stdout, stderr, body, as a file.  Secrets are masked as on the screen, unless `reveal`."""
    data = _bytes_of(row, stream, reveal=reveal)
    headers = (
        # Of our own making, so nothing that a script chose stands in it.
        ("Content-Disposition", f'attachment; filename="run-{row["id"]}-{stream}.{_ending(row, stream)}"'),
        ("Content-Security-Policy", DOWNLOAD_CSP),
    )
    return Answer(data, "application/octet-stream", headers=headers)


def response_body(row: Row) -> bytes | None:
    """What follows the header in stdout; None where nothing is known to be a body."""
    if row.get("response") in {None, "malformed"}:
        return None
    stdout = untext(row.get("stdout"))
    start = body_start(stdout)
    return None if start is None else stdout[start:]


def _bytes_of(row: Row, stream: str, *, reveal: bool) -> bytes:
    match stream:
        case "body":
            return response_body(row) or b""
        case "stdin" if not reveal:
            sent_as = mapping(row.get("meta_variables")).get(b"CONTENT_TYPE", b"")
            return mask_body(sent_as, untext(row.get("stdin")))
        case "stdout" if not reveal:
            return mask_output(untext(row.get("stdout")))
    return untext(row.get(stream))


def _ending(row: Row, stream: str) -> str:
    match stream:
        case "stderr":
            return "txt"
        case "body":
            kind = (content_type(pairs(row.get("response_headers"))) or "").partition(";")[0].strip().lower()
            return _ENDINGS.get(kind, "bin")
    return "bin"
