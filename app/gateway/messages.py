"""What the gateway and its parent say to each other: plain data in frames, and the names of it.

A frame is a four-byte big-endian length and `marshal.dumps((kind, content))`, where content is a dict of
bytes, str, int, float, bool, None, lists and dicts of these.  Both ends are our own processes on one Python.

Record keys are the columns of a run; `opened` is sent before the process starts, `closed` when all is known.
"""

import marshal
import struct
from typing import Any

# parent → gateway
# {"site": Site as dict (wire.py), "slug": its name in the window's addresses}: listen; where it listens already, go on
# with these settings.
SERVE = "serve"
STOP_SITE = "stop_site"  # {"site": id}: close the port, end its scripts
STOP_RUN = "stop_run"  # {"run": n}: end this one script
ACK = "ack"  # {"runs": [[n, "opened" | "closed"], …]}: these records are on disk
WATCH = "watch"  # {"on": bool}: somebody looks at the static requests
EXPLAINED = "explained"  # {"run": n, "status": int, "content_type": bytes, "body": bytes}: the failure page
LINK = "link"  # {"ui": "http://127.0.0.1:8610"}: where a run can be looked at, for the bare failure page
QUIT = "quit"  # {}: end all scripts, flush, leave

# gateway → parent
READY = "ready"  # {"pid": n}
LISTENING = "listening"  # {"site": id, "port": n}
# {"site": id, "port": n, "errno": n}: the port wished for was refused; LISTENING with another follows, if there is one
NOT_LISTENING = "not_listening"
STOPPED = "stopped"  # {"site": id}
OPENED = "opened"  # see OPENED_KEYS
CLOSED = "closed"  # see CLOSED_KEYS
# CLOSED_KEYS as known so far ("end": "running" where it is not over), and {"accept": bytes, "language": bytes,
# "method": str}: asks for EXPLAINED
EXPLAIN = "explain"
# {"site": id, "count": n, "items": [{"at_us","method","target": bytes,"status","size","total_us"}]}: items only
# while watched
STATIC = "static"
BUSY = "busy"  # {"site": id, "reason": "queue" | "recorder"}: a request was answered 503

OPENED_KEYS = (
    "run",  # int, numbered by the gateway
    "site",  # int
    "script",  # str, relative to the site's folder: 'cgi-bin/hello.py'
    "started_us",  # int, microseconds since 1970 (UTC)
    "method",  # str
    "target",  # bytes
    "version",  # str
    "headers",  # list of (bytes, bytes)
    "meta_variables",  # dict of bytes → bytes: the whole environment of the process
    "argv",  # list of bytes
    "cwd",  # bytes
    "program",  # bytes
    "stdin",  # bytes, at most BODY_CAP
    "stdin_size",  # int
    "file",  # None or {"mode","size","mtime_ns","head": bytes}
    "notes",  # list of {"slug","params"}
    "redirected_from",  # int or None: the run whose local redirect led here
)
CLOSED_KEYS = (
    "run",
    "end",  # 'exited' | 'signalled' | 'timed_out' | 'not_started' | 'interrupted'
    "exit",  # int or None
    "signal",  # int or None
    "errno",  # int or None
    "limit",  # None or 'silence' | 'time' | 'output' | 'processes'
    "limit_value",  # float or None
    "interrupted_by",  # None or 'client' | 'person' | 'stop'
    "response",  # None (nothing was started) or 'document' | 'local_redirect' | 'client_redirect' | 'nph' | 'malformed'
    "header_error",  # None or {"error","line_no","line": bytes}
    "status",  # int: what the client was answered; 0 where it got nothing
    "response_headers",  # list of (bytes, bytes): as answered
    "is_replaced",  # bool: the client got the failure page, not the script's own answer
    "stdout",  # bytes, at most BODY_CAP
    "stdout_size",
    "stderr",  # bytes, at most BODY_CAP
    "stderr_size",
    "queue_us",
    "spawn_us",
    "first_byte_us",  # or None
    "total_us",
    "user_us",  # or None
    "system_us",  # or None
    "peak_kib",  # or None
    "peak_is_bound",  # bool
    "notes",  # list of {"slug","params"}: those of the answer
)

BODY_CAP = 1 << 20
"""Bodies beyond this many bytes are kept cut, with their true size."""

WAITING_CAP = 64 << 20
"""Bytes of records not yet acknowledged, beyond which new script requests queue."""

Frame = tuple[str, dict[str, Any]]
_LENGTH = struct.Struct(">I")


def pack(kind: str, content: dict[str, Any]) -> bytes:
    data = marshal.dumps((kind, content))
    return _LENGTH.pack(len(data)) + data


class Unpacker:
    """Cuts a byte stream into frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that are complete now."""
        self._buffer += data
        frames: list[Frame] = []
        start = 0
        while len(self._buffer) - start >= 4:
            (length,) = _LENGTH.unpack_from(self._buffer, start)
            if len(self._buffer) - start - 4 < length:
                break
            frames.append(marshal.loads(bytes(self._buffer[start + 4 : start + 4 + length])))
            start += 4 + length
        if start:
            del self._buffer[:start]
        return frames
