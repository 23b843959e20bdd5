"""The command line of a script: the words of an ISINDEX query (RFC 3875 §4.4)."""

from .paths import decode

_WORDS = 256
_BYTES = 32 << 10


def search_words(method: str, query: bytes) -> tuple[bytes, ...]:
    """The decoded words of a query without an unencoded '=', for GET and HEAD; otherwise none.

    §4.4 lets a server hand over none where it cannot.  Neither do we, where a word starts with '-': an interpreter
    or the script would take it as an option (CVE-2012-1823, CVE-2024-4577).  No shell sees them: nothing is escaped.
    """
    if not query or b"=" in query or method not in ("GET", "HEAD") or len(query) > _BYTES:
        return ()
    words = [decode(word) for word in query.split(b"+") if word]
    if len(words) > _WORDS or any(word is None or word.startswith(b"-") for word in words):
        return ()
    return tuple(word for word in words if word is not None)
