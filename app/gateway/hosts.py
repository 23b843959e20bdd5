"""Which names of this computer count as ours (DNS rebinding: a page's own name must never lead here)."""

import re

_AUTHORITY = re.compile(rb"(?P<name>\[::1\]|[A-Za-z0-9.-]+)(?::(?P<port>[0-9]{0,5}))?")
_HOST_SYNTAX = re.compile(rb"[A-Za-z0-9._~!$&'()*+,;=%:\[\]-]*")


def own_name(authority: bytes, port: int) -> str | None:
    """The name in `host[:port]` where it means us: 127.0.0.1, localhost, names under .localhost and [::1].

    With the listener's port or none.  RFC 6761 §6.3 keeps .localhost to this computer.
    """
    found = _AUTHORITY.fullmatch(authority)
    if not found or (found["port"] and int(found["port"]) != port):
        return None
    name = found["name"].decode("ascii").lower()
    return name if name in {"127.0.0.1", "localhost", "[::1]"} or name.endswith(".localhost") else None


def is_host(authority: bytes) -> bool:
    """Could this be a host at all (RFC 3986 §3.2.2)?  Credentials, blanks and slashes could not."""
    return _HOST_SYNTAX.fullmatch(authority) is not None
