"""The judgement on a run: its verdict, and the diagnoses that explain it, best first."""

from app.diagnose import endings, header, interpreter, launch, limits, python
from app.diagnose.facts import RunFacts
from app.diagnose.rule import Rule
from app.diagnose.values import Found, Judgement, Verdict

RULES: tuple[Rule, ...] = (
    # why it was not started: the rights of the file, then its first line, as the kernel checks them
    launch.script_gone,
    launch.no_exec_bit,
    launch.crlf_shebang,
    launch.no_shebang,
    launch.text_file_busy,
    interpreter.shebang_is_directory,
    interpreter.interpreter_in_private_home,
    interpreter.interpreter_not_executable,
    interpreter.windows_path_shebang,
    interpreter.wrong_interpreter_path,
    interpreter.env_with_arguments,
    interpreter.env_name_not_found,
    interpreter.interpreter_missing,
    # why it was ended
    limits.time_limit,
    limits.endless_loop,
    limits.output_limit,
    limits.process_limit,
    endings.client_left,
    endings.stopped,
    endings.gatehouse_ended,
    endings.c_segfault,
    endings.c_abort,
    endings.killed,
    endings.resource_limit,
    # what it said
    python.py_syntax_error,
    python.python_traceback,
    header.empty_output,
    header.no_header,
    header.no_blank_line,
    header.only_header_no_end,
    header.leading_blank_line,
    header.indented_header,
    header.status_without_number,
    header.no_content_type,
    endings.own_error_status,
    header.header_dropped,
    # how it ended, where no rule above knows why
    header.bad_header,
    endings.not_started,
    endings.signalled,
    endings.exit_status,
    endings.exit_status_silent,
)
"""In the order in which they are asked; among equally certain diagnoses the earlier one stands first."""

_WEIGHT = {"certain": 0, "likely": 1, "hint": 2}


def judge(run: RunFacts, rules: tuple[Rule, ...] = RULES) -> Judgement:
    """Ask every rule.  Hints are kept only when nothing better was found; general rules are asked only then."""
    faults: list[str] = []
    found = _ask(run, [rule for rule in rules if not rule.is_general], faults)
    found = found or _ask(run, [rule for rule in rules if rule.is_general], faults)
    firm = [one for one in found if one.diagnosis.certainty != "hint"]
    best_first = sorted(firm or found, key=lambda one: _WEIGHT[one.diagnosis.certainty])
    return Judgement(_verdict(run, has_doubts=bool(found)), tuple(best_first), tuple(faults))


def _ask(run: RunFacts, rules: list[Rule], faults: list[str]) -> list[Found]:
    """What the rules find.  One that raises is noted and skipped: a tool for failures does not fail."""
    found = []
    for rule in rules:
        try:
            diagnosis = rule.look(run)
        except Exception as fault:
            faults.append(f"{rule.slug}: {fault!r}")
            continue
        if diagnosis:
            found.append(Found(rule.slug, diagnosis))
    return found


def _verdict(run: RunFacts, *, has_doubts: bool) -> Verdict:
    """failed: the script did not do its work.  suspicious: it answered (or was not let), but something is odd."""
    if run.end == "interrupted":
        return "suspicious"  # nobody knows how it would have ended
    if not run.ended_well or run.response == "malformed":
        return "failed"
    return "suspicious" if has_doubts else "good"
