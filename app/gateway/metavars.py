"""The environment of a script's process: meta-variables (RFC 3875 §4.1), a base, and what the site sets.

A script's environment is built from this list; nothing of ours is inherited.
"""

import os
import re

from .base_environment import own_base_environment
from .hop_by_hop import HOP_BY_HOP
from .paths import origin_form, without_dots
from .software import SERVER_SOFTWARE
from .values import Note, Request, Script, Site

_EXPORTABLE = re.compile(rb"[a-z0-9-]+\Z")
"""Names with anything else are left out: 'X_Y' would become the same variable as 'X-Y' (RFC 9110 §17.10)."""

_NOT_EXPORTED = HOP_BY_HOP | {
    b"content-type",  # have their own meta-variables (§4.1.18)
    b"content-length",
    # "Proxy: x" would reach the script as HTTP_PROXY, which HTTP clients inside the script take
    # as their proxy ("httpoxy", 2016).
    b"proxy",
    b"proxy-authorization",
}

_SOMETIMES = frozenset({b"PATH_INFO", b"PATH_TRANSLATED", b"CONTENT_LENGTH", b"CONTENT_TYPE"})
"""Unset, they say something as well: not for a site to fill in.  (REMOTE_USER is: git asks for it before a push.)"""

_FIXED = {
    b"GATEWAY_INTERFACE": b"CGI/1.1",
    b"SERVER_SOFTWARE": SERVER_SOFTWARE,
    b"REQUEST_SCHEME": b"http",
    # php-cgi refuses to run without it (cgi.force_redirect).  Never taken from a header: CVE-2024-8927.
    b"REDIRECT_STATUS": b"200",
}


def meta_variables(site: Site, request: Request, script: Script) -> tuple[dict[bytes, bytes], tuple[Note, ...]]:
    """All of the process's environment, and what was left out of it.

    What the site sets overrides the base, but neither it nor a client can set a meta-variable.
    """
    notes: list[Note] = []
    fields = _header_variables(site, request, notes)
    variables = _request_variables(site, request, script)
    own = _site_variables(site, variables, notes)
    return {**own_base_environment(), **own, **fields, **variables}, tuple(notes)


def _request_variables(site: Site, request: Request, script: Script) -> dict[bytes, bytes]:
    """RFC 3875 §4.1.1 to 4.1.17, and the de-facto ones that Apache, lighttpd and nginx set.

    AUTH_TYPE, REMOTE_USER and REMOTE_IDENT are never set: nobody was authenticated by us.
    """
    pages = os.fsencode(site.pages)
    address = request.remote_address.encode()
    variables = {
        **_FIXED,
        b"SERVER_PROTOCOL": request.version.encode(),
        b"SERVER_NAME": _server_name(request.host),
        b"SERVER_PORT": b"%d" % request.port,
        b"REQUEST_METHOD": request.method.encode(),
        b"QUERY_STRING": script.query,
        b"SCRIPT_NAME": script.script_name,
        b"REMOTE_ADDR": address,
        b"REMOTE_HOST": address,  # the address may stand in for the name (§4.1.9)
        b"REMOTE_PORT": b"%d" % request.remote_port,
        b"REQUEST_URI": origin_form(request.target),
        b"DOCUMENT_ROOT": pages,
        b"SCRIPT_FILENAME": os.fsencode(script.path),
    }
    if script.path_info:
        variables[b"PATH_INFO"] = script.path_info
        variables[b"PATH_TRANSLATED"] = pages.rstrip(b"/") + without_dots(script.path_info)
    if request.body is not None:
        variables[b"CONTENT_LENGTH"] = b"%d" % request.body.size
    if (content_type := request.header(b"content-type")) is not None:
        variables[b"CONTENT_TYPE"] = content_type
    return variables


def _header_variables(site: Site, request: Request, notes: list[Note]) -> dict[bytes, bytes]:
    """HTTP_*: repeated fields are joined (§4.1.18), Cookie with '; ' as RFC 9113 §8.2.3 does."""
    variables: dict[bytes, bytes] = {}
    for raw_name, value in request.headers:
        name = raw_name.lower()
        if name in _NOT_EXPORTED:
            continue
        if name == b"authorization" and not site.pass_authorization:
            notes.append(Note("authorization-withheld", {}))
            continue
        if not _EXPORTABLE.match(name):
            notes.append(Note("request-header-dropped", {"name": raw_name.decode("ascii", "backslashreplace")}))
            continue
        variable = b"HTTP_" + name.upper().replace(b"-", b"_")
        if variable in variables:
            separator = b"; " if name == b"cookie" else b", "
            variables[variable] += separator + value
        else:
            variables[variable] = value
    return variables


def _site_variables(site: Site, variables: dict[bytes, bytes], notes: list[Note]) -> dict[bytes, bytes]:
    """`[environment]` of gatehouse.toml, without names that belong to the request."""
    own: dict[bytes, bytes] = {}
    for name, value in site.environment.items():
        key = os.fsencode(name)
        if key in variables or key in _SOMETIMES or key.startswith(b"HTTP_"):
            notes.append(Note("environment-dropped", {"name": name}))
        else:
            own[key] = value.encode("utf-8", "surrogateescape")
    return own


def _server_name(host: str) -> bytes:
    """As in a URL: an IPv6 address stands in brackets (§4.1.14)."""
    return (f"[{host}]" if ":" in host and not host.startswith("[") else host).encode()
