"""The arrows of the house (DESIGN.md 4): who may import whom, read from the sources without running them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for path in [*ROOT.glob("app/**/*.py"), *ROOT.glob("db/**/*.py"), ROOT / "launcher.py"]
    if "tour" not in path.parts
)

LEAVES = {"app", "app.errors", "app.words"}
VALUES = {f"app.gateway.{name}" for name in ("values", "messages", "wire", "orphans", "hosts")}
"""What others may see of the gateway: values, the names on the wire, what it left behind, which host names are ours."""

MAY_IMPORT = {
    "db": set(),
    "app.words": set(),
    "app.errors": set(),
    "app.gateway": {"app"},
    "app.sites": LEAVES | VALUES | {"db"},
    "app.diagnose": LEAVES | VALUES,
    "app.runs": LEAVES | VALUES | {"app.diagnose", "db"},
    "app.window": LEAVES,
    "app.supervisor": LEAVES | VALUES | {"app.sites", "app.runs", "app.diagnose", "db"},
    "app.api": LEAVES | {"app.gateway.hosts", "app.sites", "app.runs", "app.diagnose", "db"},
    "app.commands": LEAVES | {"app.runs", "app.sites", "app.diagnose", "app.start", "db"},
    "app.start": LEAVES | {"app.api", "app.commands", "app.supervisor", "app.window", "app.sites", "db", "ui"},
    "app.help": set(),
    "launcher": {"app.start"},
}
"""A package → the packages of ours that it may import, besides itself."""

ONE_DOOR = {
    "bottle": ("app/api/", "app/tables/"),
    "peewee": ("db/",),
    "playhouse": ("db/",),
    "webview": ("app/window/",),
    "httptools": ("app/gateway/",),
    "tomlkit": ("app/sites/",),
    "multipart": ("app/runs/",),
}
"""Third-party module → the only places that import it."""


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_of(module: str) -> str:
    """The key of MAY_IMPORT that a module belongs to."""
    parts = module.split(".")
    return parts[0] if parts[0] != "app" or len(parts) == 1 else ".".join(parts[:2])


def imports(path: Path) -> set[str]:
    """Modules that a file imports, relative names made absolute, imports inside functions too."""
    module = module_of(path)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            # "from app.gateway import values" imports the module app.gateway.values.
            found.update(f"{name}.{alias.name}" if is_module(f"{name}.{alias.name}") else name for alias in node.names)
    return found


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_every_import_follows_an_arrow(path):
    here = package_of(module_of(path))
    allowed = MAY_IMPORT.get(here, set())

    ours = {one for one in imports(path) if one.split(".")[0] in {"app", "db", "ui", "launcher", "tests"}}
    wrong = {one for one in ours if package_of(one) != here and one not in allowed and package_of(one) not in allowed}

    assert not wrong, f"{here} may import {sorted(allowed)}"


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_a_library_is_used_behind_its_one_door(path):
    place = path.relative_to(ROOT).as_posix()
    used = {one.split(".")[0] for one in imports(path)}

    assert not [library for library, doors in ONE_DOOR.items() if library in used and not place.startswith(doors)]


def test_the_tables_speak_of_real_packages():
    """A misspelt name in them would check nothing."""
    assert {name for name in MAY_IMPORT if not is_module(name) and name != "app.help"} == set()
    assert {name for allowed in MAY_IMPORT.values() for name in allowed if not is_module(name)} == set()
