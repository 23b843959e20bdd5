"""What the rules look at: one run, from the gateway's two records, with the first line already read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.diagnose.shebang import Shebang, read_shebang


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """The script's file as it was when it was called."""

    mode: int
    """Permission bits."""

    size: int
    head: bytes
    """The first 512 bytes."""

    @property
    def shebang(self) -> Shebang | None:
        return read_shebang(self.head)

    @property
    def mode_text(self) -> str:
        """As chmod takes it: '644'."""
        return f"{self.mode:03o}"

    @property
    def is_executable(self) -> bool:
        """Does anybody have the right?  (Without any x bit not even root may execute it.)"""
        return bool(self.mode & 0o111)


@dataclass(frozen=True, slots=True)
class HeaderError:
    """Why the output is no CGI response; `error` as in `app.gateway.values.Malformed`."""

    error: str
    line_no: int
    line: bytes


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run.  Bytes stay bytes; None where the thing did not happen."""

    script: str
    """Relative to the site's folder: 'cgi-bin/hello.py'."""

    site_folder: Path
    file: ScriptFile | None
    program: bytes
    """What the kernel was asked to execute: the script, or an interpreter that Gatehouse put in its place."""

    working_directory: str
    search_path: str | None
    """PATH of the script."""

    end: str
    exit: int | None
    signal: int | None
    errno: int | None
    limit: str | None
    limit_value: float | None
    interrupted_by: str | None
    response: str | None
    header_error: HeaderError | None
    status: int
    stdout: bytes
    stdout_size: int
    stderr: bytes
    total_s: float
    cpu_s: float | None
    """User and system time of the process and the children it waited for."""

    notes: tuple[Mapping[str, Any], ...]
    """{"slug", "params"} of both records."""

    @property
    def path(self) -> Path:
        return self.site_folder / self.script

    @property
    def shebang(self) -> Shebang | None:
        return self.file.shebang if self.file else None

    @property
    def runs_itself(self) -> bool:
        """Was the script's own file executed, so that the kernel read its first line?"""
        return Path(self.program.decode("utf-8", "surrogateescape")).name == self.path.name

    @property
    def ended_well(self) -> bool:
        return self.end == "exited" and self.exit == 0


def facts(opened: Mapping[str, Any], closed: Mapping[str, Any], site_folder: Path) -> RunFacts:
    """From the records of `app.gateway.messages`; `closed` may still be incomplete (EXPLAIN is asked early)."""
    environment: Mapping[bytes, bytes] = opened.get("meta_variables") or {}
    path = environment.get(b"PATH")
    return RunFacts(
        script=opened["script"],
        site_folder=site_folder,
        file=_file(opened.get("file")),
        program=opened.get("program") or b"",
        working_directory=_path(opened.get("cwd")) or str(site_folder),
        search_path=_path(path) or None,
        end=closed["end"],
        exit=closed.get("exit"),
        signal=closed.get("signal"),
        errno=closed.get("errno"),
        limit=closed.get("limit"),
        limit_value=closed.get("limit_value"),
        interrupted_by=closed.get("interrupted_by"),
        response=closed.get("response"),
        header_error=_header_error(closed.get("header_error")),
        status=closed.get("status") or 0,
        stdout=closed.get("stdout") or b"",
        stdout_size=closed.get("stdout_size") or 0,
        stderr=closed.get("stderr") or b"",
        total_s=(closed.get("total_us") or 0) / 1e6,
        cpu_s=_cpu(closed),
        notes=(*(opened.get("notes") or ()), *(closed.get("notes") or ())),
    )


def _file(file: Mapping[str, Any] | None) -> ScriptFile | None:
    return ScriptFile(file["mode"] & 0o7777, file["size"], file["head"]) if file else None


def _header_error(error: Mapping[str, Any] | None) -> HeaderError | None:
    return HeaderError(error["error"], error["line_no"], error["line"]) if error else None


def _cpu(closed: Mapping[str, Any]) -> float | None:
    if closed.get("user_us") is None:
        return None
    return float(closed["user_us"] + (closed.get("system_us") or 0)) / 1e6


def _path(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "surrogateescape")
