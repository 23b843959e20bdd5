"""The cookies of a request."""

from app.runs.text import Text, name, text


def cookies(header: bytes) -> dict[str, Text]:
    """Name → value of a Cookie header (RFC 6265 §5.4).

    A name sent twice keeps its first value: browsers put the more specific path first.
    """
    found: dict[str, Text] = {}
    for pair in header.split(b";"):
        key, equals, value = pair.strip().partition(b"=")
        if equals:
            found.setdefault(name(key.strip()), text(value.strip()))
    return found
