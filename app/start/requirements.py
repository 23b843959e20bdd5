"""The distributions that Gatehouse needs, as `pyproject.toml` names them, and whether they are here."""

import re
import tomllib
from pathlib import Path

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*(.*)")
_CLAUSE = re.compile(r"(>=|<)\s*([0-9.]+)")


def requirements(root: Path, *, extra: str | None = None) -> tuple[str, ...]:
    """The dependencies of the checkout, with those of an extra where one is named."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"][extra] if extra else []
    return (*project["dependencies"], *extras)


def are_met(wanted: tuple[str, ...]) -> bool:
    """Can this very Python import all of them, in versions that fit?"""
    return all(_is_met(requirement) for requirement in wanted)


def name_of(requirement: str) -> str:
    """'bottle' of "bottle>=0.13.4,<0.14", as package indexes write names (PEP 503)."""
    match = _REQUIREMENT.match(requirement)
    return re.sub(r"[-_.]+", "-", match[1]).lower() if match else requirement


def fits(version: str, clauses: str) -> bool:
    """Does "0.13.4" fit ">=0.13.4,<0.14"?  Our own `pyproject.toml` uses these two signs only."""
    return all(
        _numbers(version) >= _numbers(limit) if sign == ">=" else _numbers(version) < _numbers(limit)
        for sign, limit in _CLAUSE.findall(clauses)
    )


def _is_met(requirement: str) -> bool:
    from importlib import metadata  # 25 ms, which most starts need not spend

    match = _REQUIREMENT.match(requirement)
    try:
        return match is not None and fits(metadata.version(match[1]), match[2])
    except metadata.PackageNotFoundError:
        return False


def _numbers(version: str) -> tuple[int, ...]:
    """(0, 13, 4) of "0.13.4"; zeros at the end do not count, and neither does what follows the numbers."""
    match = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in match[0].split(".")] if match else [0]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
