"""Header fields that concern one connection and are not passed on, in neither direction (RFC 9110 §7.6.1)."""

HOP_BY_HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade"}
)
