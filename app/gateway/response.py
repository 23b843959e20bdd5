"""A script's output read as a CGI response (RFC 3875 §6), as it comes.

Accepted: LF, CR LF and a mixture, names in any case, blanks around values, every form of Status.
Refused, so that it is explained: a header that is empty, does not end, has a line that is no field, or whose values
could split our answer.  Left out with a note, as long as a good header remains: fields whose name is no token.
cgitb begins its page with '<!--: spam' to get through when a script fails before or within its header.
"""

import re

from .hop_by_hop import HOP_BY_HOP
from .values import CgiResponse, ClientRedirect, Document, HeaderFault, Headers, LocalRedirect, Malformed, Note

LINE_LIMIT = 64 << 10
HEADER_LIMIT = 256 << 10

_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_STATUS = re.compile(rb"([2-5]\d\d)(?:[ \t]+(.*))?\Z", re.DOTALL)
"""Three digits first (§6.3.3).  1xx cannot answer a request (RFC 9110 §15.2)."""

_OURS = HOP_BY_HOP | {b"content-length", b"date", b"server"}
"""Fields that belong to the framing of the answer, which is the server's (CGI.md, 6)."""

_Field = tuple[bytes, bytes, int]
"""Name, value, number of the line."""


class HeaderReader:
    """Fed with what the script writes, until it has an answer.  Then `rest` is the part of the body already read."""

    def __init__(self) -> None:
        self.rest = b""
        self.content_length: int | None = None
        """As the script said; only told, never used for framing a body.  (It is the length a HEAD is answered with.)"""

        self._buffer = b""
        self._start = 0
        """Where the first line that was not looked at begins."""

        self._line_no = 0
        self._fields: list[_Field] = []
        self._dropped: list[tuple[bytes, int]] = []

    def feed(self, data: bytes) -> CgiResponse | Malformed | None:
        """The response once its header is whole, or what is wrong as soon as that is certain; None asks for more."""
        self._buffer = self._buffer + data if self._buffer else data
        while (end := self._buffer.find(b"\n", self._start)) >= 0:
            # All of them: text mode on Windows turns "\r\n" into "\r\r\n".
            line = self._buffer[self._start : end].rstrip(b"\r")
            self._start = end + 1
            self._line_no += 1
            if not line:
                self.rest = self._buffer[self._start :]
                return self._response()
            if len(line) > LINE_LIMIT or self._start > HEADER_LIMIT:
                return self._malformed("too-long", line)
            if problem := self._take(line):
                return problem
        pending = len(self._buffer) - self._start
        if pending > LINE_LIMIT or len(self._buffer) > HEADER_LIMIT:
            self._line_no += 1
            return self._malformed("too-long", self._buffer[self._start :])
        return None

    def finish(self) -> CgiResponse | Malformed:
        """The output ended before the header did: what was wrong with it."""
        line = self._buffer[self._start :].rstrip(b"\r")
        if line:
            self._line_no += 1
            if problem := self._take(line):
                return problem
        if not self._line_no:
            return Malformed("empty", 1, b"")
        return self._spoiled() or self._malformed("no-blank-line", self._last_line())

    def _take(self, line: bytes) -> Malformed | None:
        """One line that is not blank."""
        name, colon, value = line.partition(b":")
        # A line that starts with a blank once continued the one before; CGI never had that (§6.3).
        if not colon or line[:1] in (b" ", b"\t"):
            return self._spoiled() or self._malformed("bad-line", line)
        name, value = name.rstrip(b" \t"), value.strip(b" \t")
        if not _TOKEN.match(name):
            self._dropped.append((line, self._line_no))
        elif b"\0" in line or b"\r" in line:
            # A client could take a bare CR for the end of the line, and what follows for a field of ours.
            return self._malformed("bad-value", line)
        else:
            self._fields.append((name, value, self._line_no))
        return None

    def _response(self) -> CgiResponse | Malformed:
        if self._line_no == 1:
            return self._malformed("starts-blank", b"")
        own = {name.lower(): (value, line_no) for name, value, line_no in self._fields}
        if not own.keys() & {b"content-type", b"status", b"location"}:
            first = self._fields[0] if self._fields else (b"", b"", 1)
            return self._spoiled() or self._at("no-required-field", first[2], b": ".join(first[:2]))
        if (length := own.get(b"content-length")) and length[0].isdigit() and len(length[0]) < 19:
            self.content_length = int(length[0])
        status, reason = None, b""
        if found := own.get(b"status"):
            parts = _STATUS.match(found[0])
            if not parts:
                return self._at("bad-status", found[1], b"Status: " + found[0])
            status, reason = int(parts[1]), (parts[2] or b"").strip()
        # With a Status that is no redirect, Location is a field as any other (201 Created).
        if (found := own.get(b"location")) and (status is None or 300 <= status <= 399):
            return self._redirect(*found, status, reason)
        notes = self._notes()
        if b"content-type" not in own and status not in (204, 304):
            notes += (Note("no-content-type", {}),)
        return Document(status or 200, reason, self._headers(), notes)

    def _redirect(self, location: bytes, line_no: int, status: int | None, reason: bytes) -> CgiResponse | Malformed:
        """§6.2.2 to 6.2.4."""
        if not location or (status is None and location.startswith(b"//")):
            # '//host/' looks like a path of this server and leads to another one.
            return self._at("bad-location", line_no, b"Location: " + location)
        headers = self._headers()
        # A fragment is the browser's business, so it has to hear of it.
        if status is None and location.startswith(b"/") and b"#" not in location:
            return LocalRedirect(location, _without(headers, b"location"), self._notes())
        return ClientRedirect(status or 302, reason, location, headers, self._notes())

    def _headers(self) -> Headers:
        """In the script's order, repeats kept; of Content-Type and Location only the last, as an answer has one."""
        kept: list[tuple[bytes, bytes]] = []
        seen: set[bytes] = set()
        for name, value, _ in reversed(self._fields):
            key = name.lower()
            if key in _OURS or key == b"status" or key in seen:
                continue
            if key in (b"content-type", b"location"):
                seen.add(key)
            kept.append((name, value))
        return tuple(reversed(kept))

    def _notes(self) -> tuple[Note, ...]:
        return tuple(Note("header-dropped", {"line": _text(line)}) for line, _ in self._dropped)

    def _spoiled(self) -> Malformed | None:
        """A line that was left out, once it is clear that no good header follows: it was the first fault."""
        return self._at("bad-line", self._dropped[0][1], self._dropped[0][0]) if self._dropped else None

    def _last_line(self) -> bytes:
        return self._buffer.rstrip(b"\r\n").rpartition(b"\n")[2].rstrip(b"\r")

    def _malformed(self, error: HeaderFault, line: bytes) -> Malformed:
        return self._at(error, self._line_no, line)

    def _at(self, error: HeaderFault, line_no: int, line: bytes) -> Malformed:
        self.rest = b""
        return Malformed(error, line_no, line[:200])


def _without(headers: Headers, name: bytes) -> Headers:
    return tuple(pair for pair in headers if pair[0].lower() != name)


def _text(line: bytes) -> str:
    return line[:200].decode("utf-8", "backslashreplace")
