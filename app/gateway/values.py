"""What travels through the gateway: small frozen values, one step's result and the next step's input.

    Request → resolve → Script | StaticFile | Redirect | NotFound
    Script → prepare → Call → spawn → Outcome;  stdout → parse → CgiResponse | Malformed

Bytes stay bytes.  A value that has kinds is a union of small classes and is taken apart with `match`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

Headers = tuple[tuple[bytes, bytes], ...]
"""Names as sent (no case folding), values without the blanks around them, in order, repeats kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use; the keys of `[limits]` in gatehouse.toml.  None means no limit."""

    silence_s: float = 30
    """Seconds without a byte of output."""

    time_s: float = 600
    """Seconds in all, from the start of the process."""

    open_files: int = 1024
    scripts: int = 64
    """Scripts of one site that run at the same time; more wait in the queue."""

    queue: int = 256
    """Requests of one site that may wait; more are answered 503."""

    body_mib: int | None = 1024
    """MiB of a request's body; a longer one is answered 413."""

    output_mib: int | None = None
    memory_mib: int | None = None
    """Address space (RLIMIT_AS).  Off by default: Node and Java reserve far more than they use."""

    processes: int | None = None
    """Processes of one run's own tree (RLIMIT_NPROC would count the whole account)."""


@dataclass(frozen=True, slots=True)
class Site:
    """A folder we serve, as the gateway needs to know it.  All paths are absolute."""

    id: int
    name: str
    folder: Path
    pages: Path
    """The document root."""

    script_folders: Mapping[str, Path] = field(default_factory=dict)
    """URL prefix → folder, e.g. {"/cgi-bin/": Path("/home/ada/site/cgi-bin")}.  Everything below is a script."""

    script_extensions: tuple[str, ...] = ()
    """Extensions ('.cgi', '.py') that are scripts outside the script folders too, where the file is executable."""

    php: str | None = None
    """Absolute path of php-cgi: `.php` pages below the document root are run with it, whatever their mode."""

    working_directory: Literal["script", "site"] = "script"
    """The script's own folder (RFC 3875 §7.2) or the site's folder (as `http.server --cgi` did)."""

    environment: Mapping[str, str] = field(default_factory=dict)
    interpreters: Mapping[str, str] = field(default_factory=dict)
    """Extension ('.py') or interpreter name ('python3') → program to use instead; a name or an absolute path."""

    missing_interpreter: Literal["same-name", "fail"] = "same-name"
    """When the #! line names a program that is not here: run the same name found on PATH, or fail as other hosts do."""

    pass_authorization: bool = False
    """Hand the Authorization header to scripts (RFC 3875 §4.1.18 advises against it)."""

    follow_links: bool = False
    """Serve symbolic links that lead out of the site."""

    port: int | None = None
    """The port wished for; None or a busy one: any free port."""

    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Body:
    """A message-body, received whole and de-chunked before the script starts (CGI.md, 3)."""

    size: int
    """Bytes."""

    in_memory: bytes = b""
    """The whole body where it fits (1 MiB), otherwise its first MiB."""

    spool: BinaryIO | None = None
    """An unnamed temporary file with the whole body, or None where `in_memory` is whole."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, complete with its body."""

    method: str
    """Any token, case kept (RFC 3875 §4.1.12)."""

    target: bytes
    """The request target as sent, undecoded."""

    version: str
    """'HTTP/1.1' or 'HTTP/1.0'."""

    headers: Headers
    body: Body | None
    """None where the request had neither Content-Length nor a transfer coding."""

    host: str
    """Host as validated, without the port."""

    port: int
    """The listener's port."""

    remote_address: str
    remote_port: int
    started_us: int
    """Arrival of the first byte, microseconds since 1970 (UTC)."""

    arrived: float
    """The same moment on the monotonic clock, seconds."""

    def header(self, name: bytes) -> bytes | None:
        """The first value of a header, None where it was not sent; `name` in lower case."""
        for key, value in self.headers:
            if key.lower() == name:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Script:
    """The program that a URL selects."""

    path: Path
    """Absolute."""

    name: str
    """Relative to the site's folder, with '/', for people: 'cgi-bin/hello.py'."""

    script_name: bytes
    """SCRIPT_NAME: the decoded URL path up to and with the script (RFC 3875 §4.1.13)."""

    path_info: bytes
    """What follows in the path, decoded once; empty where nothing follows."""

    query: bytes
    """QUERY_STRING: everything after the first '?', untouched; empty where there is none."""

    is_php: bool = False
    """Run by `Site.php`, whatever its mode and first line."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    path: Path


@dataclass(frozen=True, slots=True)
class Redirect:
    """A folder without its final slash: the browser is sent to the same path with it."""

    location: bytes


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing is served at this path."""

    status: int
    """404, 403 (a folder without index, a hidden name) or 400 (a path that cannot be decoded)."""

    reason: str
    """Slug: 'no-such-file', 'no-such-script', 'no-index', 'hidden', 'outside', 'bad-path'."""

    near: str | None = None
    """A name beside it that differs only in case or by one letter."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the script's file looked like when it was called.  Read with one open, so that it costs little."""

    mode: int
    """st_mode, all bits."""

    size: int
    mtime_ns: int
    head: bytes
    """The first 512 bytes: shebang, byte order mark, magic number."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something Gatehouse did or saw that other hosts would not have: kept with the run and shown."""

    slug: str
    """'interpreter-replaced' {asked, used}, 'header-dropped' {line}, …: those of app/words/*/notes.json."""

    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Call:
    """What is about to be executed."""

    program: bytes
    """The file handed to the kernel: the script itself, or the interpreter we put in its place."""

    argv: tuple[bytes, ...]
    environment: Mapping[bytes, bytes]
    """All of it; nothing is inherited."""

    working_directory: bytes
    stdin: Body | None
    limits: Limits
    file: FileFacts | None
    """None where the script's file could not be read."""

    is_nph: bool
    """Named 'nph-…': its output goes to the client as it is (RFC 3875 §5)."""

    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Exited:
    code: int


@dataclass(frozen=True, slots=True)
class Signalled:
    signal: int


@dataclass(frozen=True, slots=True)
class TimedOut:
    limit: Literal["silence", "time", "output", "processes"]
    """Which of `Limits` it met.  ('memory' and 'open_files' show as the script's own errors.)"""

    after_s: float
    """The limit's value (seconds; MiB for 'output', a count for 'processes')."""


@dataclass(frozen=True, slots=True)
class NotStarted:
    errno: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ended by us before its own end."""

    by: Literal["client", "person", "stop"]
    """The client left, somebody pressed Stop, or Gatehouse (or its gateway) ended."""


End = Exited | Signalled | TimedOut | NotStarted | Interrupted


@dataclass(frozen=True, slots=True)
class Usage:
    """From wait4, of the script's process and the children it waited for."""

    user_us: int
    system_us: int
    peak_kib: int
    """Peak memory (ru_maxrss)."""

    peak_is_bound: bool
    """True where `peak_kib` is only an upper bound: wait4 carries the gateway's own peak over exec."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a script's process ended, and what it wrote (RFC 3875 leaves this to the server)."""

    end: End
    stdout: bytes
    """The first MiB as written, header and body."""

    stdout_size: int
    """Bytes written in all."""

    stderr: bytes
    """The first 512 KiB and the last 512 KiB as written; empty is normal."""

    stderr_size: int
    spawn_us: int
    """What starting took, up to and with exec."""

    first_byte_us: int | None
    """From the spawn's end to the first byte of stdout; None where nothing was written."""

    total_us: int
    """From just before the process was asked for, to its end and the end of its output."""

    usage: Usage | None
    """None where nothing was started."""


@dataclass(frozen=True, slots=True)
class Document:
    """RFC 3875 §6.2.1."""

    status: int
    reason: bytes
    """As the script gave it; empty where it gave none."""

    headers: Headers
    """Without Status and the fields that framing owns (CGI.md, 6)."""

    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class LocalRedirect:
    """RFC 3875 §6.2.2: reprocess as if the client had asked for `location`."""

    location: bytes
    headers: Headers
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientRedirect:
    """RFC 3875 §6.2.3 and 6.2.4: status 302, or the script's own 3xx."""

    status: int
    reason: bytes
    location: bytes
    headers: Headers
    """With Location."""

    notes: tuple[Note, ...] = ()


CgiResponse = Document | LocalRedirect | ClientRedirect

HeaderFault = Literal[
    "empty",
    "no-blank-line",
    "bad-line",
    "starts-blank",
    "no-required-field",
    "bad-status",
    "bad-value",
    "bad-location",
    "too-long",
]


@dataclass(frozen=True, slots=True)
class Malformed:
    """Output that is no CGI response."""

    error: HeaderFault
    line_no: int
    """1 for the first line."""

    line: bytes
    """The line that spoiled it, cut at 200 bytes."""
