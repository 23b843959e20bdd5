"""What we call ourselves: SERVER_SOFTWARE, and the Server field of every answer (RFC 3875 §4.1.17 wants them equal)."""

from app import VERSION

SERVER_SOFTWARE = f"Gatehouse/{VERSION}".encode()
