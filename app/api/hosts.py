"""Which names of this computer count as ours."""

import re

_AUTHORITY = re.compile(r"(?P<name>\[::1\]|[a-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?", re.IGNORECASE)


def is_ours(authority: str, port: int) -> bool:
    """Does `host[:port]` mean us?  127.0.0.1, localhost, names under .localhost and [::1], with our port or none.

    RFC 6761 §6.3 keeps .localhost to this computer: no DNS server can point such a name at an attacker.
    """
    found = _AUTHORITY.fullmatch(authority)
    if not found or (found["port"] is not None and int(found["port"]) != port):
        return False
    name = found["name"].lower()
    return name in {"127.0.0.1", "localhost", "[::1]"} or name.endswith(".localhost")
