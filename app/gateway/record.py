"""A run as the two records of `messages.py`: what was asked and called, and how it ended and was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .messages import BODY_CAP
from .values import (
    Call,
    End,
    Exited,
    Headers,
    Interrupted,
    Malformed,
    Note,
    NotStarted,
    Outcome,
    Request,
    Script,
    Signalled,
    TimedOut,
)

_BARE_OUTCOME = ("exit", "signal", "errno", "limit", "limit_value", "interrupted_by")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run's output was, and what the client got."""

    response: str | None
    """'document' | 'local_redirect' | 'client_redirect' | 'nph' | 'malformed'; None where nothing was read."""

    status: int = 0
    """0: it got nothing."""

    headers: Headers = ()
    malformed: Malformed | None = None
    is_replaced: bool = False
    notes: tuple[Note, ...] = ()


def opened(
    run: int, site: int, request: Request, script: Script, call: Call, *, redirected_from: int | None
) -> dict[str, Any]:
    """By OPENED_KEYS."""
    body = request.body
    return {
        "run": run,
        "site": site,
        "script": script.name,
        "started_us": request.started_us,
        "method": request.method,
        "target": request.target,
        "version": request.version,
        "headers": list(request.headers),
        "meta_variables": dict(call.environment),
        "argv": list(call.argv),
        "cwd": call.working_directory,
        "program": call.program,
        "stdin": body.in_memory[:BODY_CAP] if body else b"",
        "stdin_size": body.size if body else 0,
        "file": _file(call),
        "notes": _notes(call.notes),
        "redirected_from": redirected_from,
    }


def closed(run: int, outcome: Outcome, answer: Answer, *, queue_us: int, is_over: bool = True) -> dict[str, Any]:
    """By CLOSED_KEYS; with `is_over=False` what is known so far."""
    usage = outcome.usage
    was_started = not isinstance(outcome.end, NotStarted)
    return {
        "run": run,
        **(_ending(outcome.end) if is_over else {"end": "running", **dict.fromkeys(_BARE_OUTCOME)}),
        "response": answer.response if was_started else None,
        "header_error": _header_error(answer.malformed),
        "status": answer.status,
        "response_headers": list(answer.headers),
        "is_replaced": answer.is_replaced,
        "stdout": outcome.stdout,
        "stdout_size": outcome.stdout_size,
        "stderr": outcome.stderr,
        "stderr_size": outcome.stderr_size,
        "queue_us": queue_us,
        "spawn_us": outcome.spawn_us,
        "first_byte_us": outcome.first_byte_us,
        "total_us": outcome.total_us,
        "user_us": usage.user_us if usage else None,
        "system_us": usage.system_us if usage else None,
        "peak_kib": usage.peak_kib if usage else None,
        "peak_is_bound": usage.peak_is_bound if usage else False,
        "notes": _notes(answer.notes),
    }


def _ending(end: End) -> dict[str, Any]:
    known: dict[str, Any] = dict.fromkeys(_BARE_OUTCOME)
    match end:
        case Exited(code):
            return known | {"end": "exited", "exit": code}
        case Signalled(number):
            return known | {"end": "signalled", "signal": number}
        case TimedOut(limit, after_s):
            return known | {"end": "timed_out", "limit": limit, "limit_value": float(after_s)}
        case NotStarted(number):
            return known | {"end": "not_started", "errno": number}
        case Interrupted(by):
            return known | {"end": "interrupted", "interrupted_by": by}


def _file(call: Call) -> dict[str, Any] | None:
    file = call.file
    return {"mode": file.mode, "size": file.size, "mtime_ns": file.mtime_ns, "head": file.head} if file else None


def _header_error(malformed: Malformed | None) -> Mapping[str, Any] | None:
    if malformed is None:
        return None
    return {"error": malformed.error, "line_no": malformed.line_no, "line": malformed.line}


def _notes(notes: tuple[Note, ...]) -> list[dict[str, Any]]:
    return [{"slug": note.slug, "params": dict(note.params)} for note in notes]
