"""Which names of this computer count as ours: the same as for a site's port."""

from app.gateway.hosts import own_name


def is_ours(authority: str, port: int) -> bool:
    """Does `host[:port]` mean us?  WSGI hands headers over as Latin-1 (PEP 3333)."""
    return own_name(authority.encode("latin-1", "replace"), port) is not None
