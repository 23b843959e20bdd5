"""The script ended well, but what it wrote is no CGI response (RFC 3875 §6): header, blank line, body."""

from app.diagnose.facts import HeaderError, RunFacts
from app.diagnose.readable import first_bytes, readable
from app.diagnose.rule import diagnosis
from app.diagnose.values import Diagnosis, Fact, Params


@diagnosis("empty-output")
def empty_output(run: RunFacts) -> Diagnosis | None:
    """Exit status 0 and not a byte on stdout."""
    if not _error(run, "empty"):
        return None
    return Diagnosis(params=_script(run), evidence=(Fact("exit", "0"), Fact("stdout-size", str(run.stdout_size))))


@diagnosis("no-header")
def no_header(run: RunFacts) -> Diagnosis | None:
    """The very first line is no header field: the page, or something else, was printed first."""
    error = _error(run, "bad-line")
    return _line(run, error) if error and error.line_no <= 1 and not _is_indented(error) else None


@diagnosis("no-blank-line")
def no_blank_line(run: RunFacts) -> Diagnosis | None:
    """Header fields, then at once the page: the line that is no field tells where the blank line belongs."""
    error = _error(run, "bad-line")
    return _line(run, error) if error and error.line_no > 1 and not _is_indented(error) else None


@diagnosis("only-header-no-end")
def only_header_no_end(run: RunFacts) -> Diagnosis | None:
    """Header fields and then nothing, not even the blank line."""
    error = _error(run, "no-blank-line")
    last = run.stdout.rstrip(b"\r\n").rpartition(b"\n")[2]
    return Diagnosis({**_script(run), "text": readable(last)}, _seen(run)) if error else None


@diagnosis("leading-blank-line")
def leading_blank_line(run: RunFacts) -> Diagnosis | None:
    """An empty line ends the header before its first field."""
    return Diagnosis(_script(run), _seen(run)) if _error(run, "starts-blank") else None


@diagnosis("indented-header")
def indented_header(run: RunFacts) -> Diagnosis | None:
    """A field that starts with blanks; RFC 9112 §5.2 once read that as the continuation of the line before."""
    error = _error(run, "bad-line")
    return _line(run, error) if error and _is_indented(error) else None


@diagnosis("status-without-number")
def status_without_number(run: RunFacts) -> Diagnosis | None:
    """ "Status: Not Found": three digits have to stand first (RFC 3875 §6.3.3)."""
    error = _error(run, "bad-status")
    return _line(run, error) if error else None


@diagnosis("no-content-type")
def no_content_type(run: RunFacts) -> Diagnosis | None:
    """A header without Content-Type, Location or Status: one of them is needed (RFC 3875 §6.3); often misspelt."""
    error = _error(run, "no-required-field")
    first = run.stdout.partition(b"\n")[0]
    return Diagnosis({**_script(run), "text": readable(first)}, _seen(run)) if error else None


@diagnosis("bad-header", general=True)
def bad_header(run: RunFacts) -> Diagnosis | None:
    """Anything else that spoils the header."""
    error = run.header_error
    return _line(run, error) if run.ended_well and run.response == "malformed" and error else None


@diagnosis("header-dropped")
def header_dropped(run: RunFacts) -> Diagnosis | None:
    """Lines in the header that are no fields were left out, and the page was sent."""
    dropped = [note for note in run.notes if note["slug"] == "header-dropped"]
    if not dropped or not run.ended_well:
        return None
    line = readable(str(dropped[0]["params"].get("line", "")))
    params: Params = {**_script(run), "text": line, "count": len(dropped)}
    return Diagnosis(params, _seen(run), certainty="likely")


def _error(run: RunFacts, kind: str) -> HeaderError | None:
    """The header's error, if it is this one.  With another end, a broken header is only a consequence."""
    error = run.header_error
    return error if run.ended_well and error and error.error == kind else None


def _is_indented(error: HeaderError) -> bool:
    return error.line[:1] in {b" ", b"\t"} and b":" in error.line


def _line(run: RunFacts, error: HeaderError) -> Diagnosis:
    return Diagnosis(
        params={**_script(run), "line": error.line_no, "text": readable(error.line) or "?"},
        evidence=(Fact("header-line", f"{error.line_no}: {readable(error.line)}"), *_seen(run)),
    )


def _script(run: RunFacts) -> dict[str, str]:
    return {"script": readable(run.script)}


def _seen(run: RunFacts) -> tuple[Fact, ...]:
    return (Fact("output-start", first_bytes(run.stdout, 48)),)
