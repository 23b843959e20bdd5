"""One run, whole: the JSON of `gatehouse show` and of GET /api/runs/N.  Its keys are a contract with other programs."""

import errno
import signal
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.diagnose.words import explain
from app.runs.cookies import cookies
from app.runs.fields import Form, read_form
from app.runs.response import response
from app.runs.row import is_running, mapping, milliseconds, pairs, run_id, started
from app.runs.secret_bodies import mask_body
from app.runs.secrets import MASK, is_secret, mask_header, mask_output, mask_url, mask_variable
from app.runs.text import Text, name, text, untext

Row = Mapping[str, Any]


def run_whole(row: Row, site: Mapping[str, Any], *, reveal: bool, lang: str) -> dict[str, Any]:
    """Everything that is known of a run; null where it is not known (yet).

    `row` is of `db.queries.run()`, `site` of `db.queries.site()`.  Values of secret fields are masked
    unless `reveal`; explanations are worded in `lang`.
    """
    variables = mapping(row.get("meta_variables"))
    form = read_form(variables.get(b"QUERY_STRING", b""), variables.get(b"CONTENT_TYPE", b""), untext(row.get("stdin")))
    return {
        "id": run_id(row),
        "site": site["slug"],
        "site_name": site["name"],
        "started": started(row),
        "is_running": is_running(row),
        "request": _request(row, reveal=reveal),
        "script": row["script"],
        "program": _text_or_none(row.get("program")),
        "argv": [text(untext(word)) for word in row.get("argv") or ()],
        "cwd": _text_or_none(row.get("cwd")),
        "file": _file(row.get("file")),
        "meta_variables": _variables(variables, reveal=reveal),
        "fields": _fields(form, reveal=reveal),
        "files": [asdict(file) for file in form.files],
        "cookies": _cookies(variables, reveal=reveal),
        **_stdin(row, variables, reveal=reveal),
        "response": response(row, reveal=reveal),
        **_output(row, reveal=reveal),
        "outcome": _outcome(row),
        "timings_ms": {
            phase: milliseconds(row.get(f"{phase}_us")) for phase in ("queue", "spawn", "first_byte", "total")
        },
        "usage": _usage(row),
        "verdict": row.get("verdict"),
        "explanations": [explain(diagnosis, lang) for diagnosis in row.get("explanations") or ()],
        "notes": list(row.get("notes") or ()),
        "redirected_from": row.get("redirected_from"),
    }


def _request(row: Row, *, reveal: bool) -> dict[str, Any]:
    target, headers = untext(row["target"]), pairs(row.get("headers"))
    if not reveal:
        target, headers = mask_url(target), [(key, mask_header(key, value)) for key, value in headers]
    return {
        "method": row["method"],
        "target": text(target),
        "version": row.get("version"),
        "headers": [[name(key), text(value)] for key, value in headers],
    }


def _file(file: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The script's file when it was called; the mode as `chmod` takes it, the first line where it is a #! line."""
    if not file:
        return None
    first_line = untext(file.get("head")).partition(b"\n")[0]
    return {
        "mode": f"{file['mode'] & 0o7777:03o}",
        "size": file["size"],
        "shebang": text(first_line) if first_line.startswith(b"#!") else None,
    }


def _variables(variables: Mapping[bytes, bytes], *, reveal: bool) -> dict[str, Text]:
    return {name(key): text(value if reveal else mask_variable(key, value)) for key, value in sorted(variables.items())}


def _fields(form: Form, *, reveal: bool) -> dict[str, list[Text]]:
    return {
        key: [MASK for _ in values] if is_secret(key) and not reveal else values for key, values in form.fields.items()
    }


def _cookies(variables: Mapping[bytes, bytes], *, reveal: bool) -> dict[str, Text]:
    found = cookies(variables.get(b"HTTP_COOKIE", b""))
    return found if reveal else dict.fromkeys(found, MASK)


def _stdin(row: Row, variables: Mapping[bytes, bytes], *, reveal: bool) -> dict[str, Any]:
    body = untext(row.get("stdin"))
    shown = body if reveal else mask_body(variables.get(b"CONTENT_TYPE", b""), body)
    return {"stdin": text(shown), "stdin_size": row.get("stdin_size") or 0}


def _output(row: Row, *, reveal: bool) -> dict[str, Any]:
    """What the script wrote, each stream with its true size: more than a MiB is kept cut."""
    if is_running(row):
        return {"stdout": None, "stdout_size": None, "stderr": None, "stderr_size": None}
    stdout = untext(row.get("stdout"))
    return {
        "stdout": text(stdout if reveal else mask_output(stdout)),
        "stdout_size": row.get("stdout_size") or 0,
        "stderr": text(untext(row.get("stderr"))),
        "stderr_size": row.get("stderr_size") or 0,
    }


def _outcome(row: Row) -> dict[str, Any]:
    return {
        "end": None if is_running(row) else row["end"],
        "exit": row.get("exit"),
        "signal": row.get("signal"),
        "signal_name": signal_name(row.get("signal")),
        "errno": row.get("errno"),
        "errno_name": errno.errorcode.get(row.get("errno") or 0),
        "limit": row.get("limit"),
        "limit_value": row.get("limit_value"),
        "interrupted_by": row.get("interrupted_by"),
    }


def signal_name(number: int | None) -> str | None:
    """'SIGSEGV' of 11; 'signal 35' of one without a name here (real-time signals)."""
    if number is None:
        return None
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _usage(row: Row) -> dict[str, Any] | None:
    if row.get("user_us") is None:
        return None
    return {
        "user_ms": milliseconds(row["user_us"]),
        "system_ms": milliseconds(row.get("system_us")),
        "peak_kib": row.get("peak_kib"),
        "peak_is_bound": bool(row.get("peak_is_bound")),
    }


def _text_or_none(value: Any) -> Text | None:
    return None if value is None else text(untext(value))
