"""The built front end, as files: index.html for every address of the UI, and what it needs."""

from pathlib import Path

from app.api.answers import Answer, page
from app.errors import GatehouseError
from app.words import error

UI_CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
"""The page may load and do what its own files say, and nothing that a script's output could smuggle in."""

# Not from `mimetypes`: on Windows it asks the registry, where ".js" may be text/plain, which no browser runs.
_CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}


def ui_answer(dist: Path, path: str, lang: str) -> Answer:
    """The file at this path of `dist`, or index.html where the path is an address within the UI."""
    if file := _file(dist, path):
        return _file_answer(file, is_hashed=path.startswith("/assets/"))
    if is_file_name(path):
        # A page of an older build asks for a script that is gone: HTML in its place would be a riddle.
        raise GatehouseError("ui-file-gone", status=404, params={"path": path[:200]})
    index = dist / "index.html"
    return _file_answer(index, is_hashed=False) if index.is_file() else _not_built(lang)


def is_file_name(path: str) -> bool:
    """Can this only mean a file?  (Addresses of the UI may have dots too: a site's slug is in them.)"""
    return path.startswith("/assets/") or ("." in path and path.count("/") == 1)


def _file(dist: Path, path: str) -> Path | None:
    """The file in `dist`; None where there is none, or the path leads out (.., a link, a NUL)."""
    try:
        root = dist.resolve()
        file = (root / path.lstrip("/")).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError):
        return None


def _file_answer(file: Path, *, is_hashed: bool) -> Answer:
    """Names under assets/ carry a hash of their content, so these never change; the rest is asked for each time."""
    caching = "public, max-age=31536000, immutable" if is_hashed else "no-cache"
    headers = (
        ("Content-Security-Policy", UI_CSP),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", caching),
    )
    return Answer(
        file.read_bytes(), _CONTENT_TYPES.get(file.suffix.lower(), "application/octet-stream"), headers=headers
    )


def _not_built(lang: str) -> Answer:
    said = error("ui-not-built", lang)
    return page(said["error"], said["fix"], status=503, code="python3 -m ui.build")
