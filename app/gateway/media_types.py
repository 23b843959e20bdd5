"""The Content-Type of a static file: by its ending, with a charset where the bytes tell.

A list of our own, since the system's differs from one computer to the next, and the site must not.
"""

import codecs
import re

_TEXT = {
    ".html": "text/html",
    ".htm": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".log": "text/plain",
    ".ini": "text/plain",
    ".conf": "text/plain",
    ".toml": "text/plain",
    ".sh": "text/plain",
    ".py": "text/plain",
    ".pl": "text/plain",
    ".pm": "text/plain",
    ".rb": "text/plain",
    ".lua": "text/plain",
    ".tcl": "text/plain",
    ".c": "text/plain",
    ".h": "text/plain",
    ".sql": "text/plain",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".vtt": "text/vtt",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}

_OTHER = {
    # These carry their encoding inside (XML) or are always UTF-8 (JSON): no charset.
    ".xml": "application/xml",
    ".xhtml": "application/xhtml+xml",
    ".xsl": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".map": "application/json",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".apng": "image/apng",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".mid": "audio/midi",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".mov": "video/quicktime",
    ".avi": "video/x-msvideo",
    ".mpeg": "video/mpeg",
    ".pdf": "application/pdf",
    ".ps": "application/postscript",
    ".rtf": "application/rtf",
    ".epub": "application/epub+zip",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".tgz": "application/gzip",
    ".bz2": "application/x-bzip2",
    ".xz": "application/x-xz",
    ".zst": "application/zstd",
    ".7z": "application/x-7z-compressed",
    ".tar": "application/x-tar",
    ".jar": "application/java-archive",
    ".wasm": "application/wasm",
    ".sqlite": "application/vnd.sqlite3",
    ".sqlite3": "application/vnd.sqlite3",
}

UNKNOWN = "application/octet-stream"

HEAD = 64 << 10
"""How much of a file is looked at."""

_DECLARES_CHARSET = re.compile(rb"<meta[^>]{0,200}charset", re.IGNORECASE)


def needs_head(extension: str) -> bool:
    """Do the file's first bytes decide about its type?"""
    return extension in _TEXT or not extension


def media_type(extension: str, head: bytes) -> str:
    """For a lower-case ending ('.html', or '' for none) and the file's first `HEAD` bytes.

    A charset is said only where it is certain: an old page in Latin-1 or GBK is left to its own <meta> or to the
    browser, since what a header says cannot be overruled.  A file without ending is text if it reads as text (README).
    """
    if not extension:
        return "text/plain; charset=utf-8" if _is_utf8(head) and b"\0" not in head else UNKNOWN
    text = _TEXT.get(extension)
    if text is None:
        return _OTHER.get(extension, UNKNOWN)
    says_itself = text == "text/html" and _DECLARES_CHARSET.search(head[:1024])
    return text if says_itself or not _is_utf8(head) else f"{text}; charset=utf-8"


def _is_utf8(head: bytes) -> bool:
    """The last character may be cut in two."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
