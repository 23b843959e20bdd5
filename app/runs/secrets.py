"""Masking of secrets in what is shown: by the name of the field, wherever a field can stand.

What is recorded stays whole; these functions make the copy that is shown until somebody asks to see more.
A name is secret when it *contains* one of the words, so `X-Api-Key` and `new_password` are; that `monkey`
is masked too costs one click.
"""

import re
from urllib.parse import unquote_plus

MASK = "••••••"
MASK_BYTES = MASK.encode()

_SECRET = re.compile(
    r"password|passwd|passphrase|token|secret|key|authorization|cookie|密码|口令|密钥|令牌", re.IGNORECASE
)


def is_secret(name: str | bytes) -> bool:
    """Does this name promise a secret?  `name` may still be percent-encoded."""
    shown = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    return bool(_SECRET.search(unquote_plus(shown)))


def mask_query(query: bytes) -> bytes:
    """A query string or urlencoded body.  Everything else keeps its place and its spelling."""
    return b"&".join(_mask_pair(pair) for pair in query.split(b"&"))


def mask_url(url: bytes) -> bytes:
    """A request target, Location or Referer: what follows the first '?'."""
    path, mark, query = url.partition(b"?")
    return path + mark + mask_query(query)


def mask_cookies(value: bytes) -> bytes:
    """A Cookie header: the names stay, since they tell which cookies came."""
    return b";".join(_mask_value(pair) for pair in value.split(b";"))


def mask_set_cookie(value: bytes) -> bytes:
    """A Set-Cookie header: name and attributes (Path, Max-Age, …) stay."""
    pair, mark, attributes = value.partition(b";")
    return _mask_value(pair) + mark + attributes


def mask_header(name: bytes, value: bytes) -> bytes:
    """The value of a request or response header field."""
    match name.lower():
        case b"cookie":
            return mask_cookies(value)
        case b"set-cookie":
            return mask_set_cookie(value)
    return MASK_BYTES if is_secret(name) else mask_url(value)


def mask_variable(name: bytes, value: bytes) -> bytes:
    """The value of a meta-variable (RFC 3875 §4.1) or of another environment variable."""
    if name == b"QUERY_STRING":
        return mask_query(value)
    return mask_header(name.removeprefix(b"HTTP_"), value)


def mask_output(stdout: bytes) -> bytes:
    """What a script wrote: the fields of its header are masked, its body is left alone.

    A first part without a blank line after it (a malformed answer) is taken line by line too.
    """
    lines = stdout.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if not line.strip(b"\r\n"):
            break
        name, colon, rest = line.partition(b":")
        if colon and (is_secret(name) or name.lower() == b"location"):
            value = rest.strip()
            end = rest[len(rest.rstrip()) :]
            lines[number] = name + b": " + mask_header(name.strip(), value) + end
    return b"".join(lines)


def _mask_pair(pair: bytes) -> bytes:
    """`name=value` of a query string, where ';' may separate pairs too (HTML 4.01, B.2.2).

    From the first secret name on everything is masked: the ';' may as well belong to the secret.
    """
    shown: list[bytes] = []
    for part in pair.split(b";"):
        name, equals, _ = part.partition(b"=")
        if equals and is_secret(name):
            return b";".join([*shown, name + b"=" + MASK_BYTES])
        shown.append(part)
    return pair


def _mask_value(pair: bytes) -> bytes:
    name, equals, _ = pair.partition(b"=")
    # A cookie without '=' is a value without a name (RFC 6265bis §5.6).
    return name + b"=" + MASK_BYTES if equals else MASK_BYTES
