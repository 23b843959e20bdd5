"""What holds for every file of the repository."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BINARY = {
    ".png",
    ".jpg",
    ".gif",
    ".ico",
    ".woff",
    ".woff2",
    ".ttf",
    ".zip",
    ".whl",
    ".so",
    ".exe",
    ".pyc",
    ".sqlite",
    ".db",
}


@pytest.fixture(scope="module")
def files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_modules_are_named_in_the_architecture():
    """A newcomer finds the place of every module on one page."""
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    modules = [path for path in [*ROOT.glob("app/**/*.py"), *ROOT.glob("db/*.py")] if "tour" not in path.parts]

    missing = [
        path.relative_to(ROOT).as_posix() for path in modules if path.stem != "__init__" and not _named(path, told)
    ]

    assert not missing


def _named(path: Path, told: str) -> bool:
    """`resolve` in the section about app/gateway: names repeat between packages."""
    package = path.parent.relative_to(ROOT).as_posix()
    section = re.search(rf"^### {re.escape(package)}/?\b.*?(?=^### |^## |\Z)", told, re.MULTILINE | re.DOTALL)
    return section is not None and f"`{path.stem}`" in section[0]


def test_no_third_party_binary_is_committed(files):
    """The picture of the README is ours; fonts, scripts and programs come from their registries."""
    pictures = {path for path in files if path.is_relative_to(ROOT / "docs")}

    assert [str(path) for path in files if path.suffix in BINARY and path not in pictures] == []


def test_the_lock_file_has_no_addresses():
    lock = json.loads((ROOT / "ui/package-lock.json").read_text(encoding="utf-8"))

    assert [name for name, one in lock["packages"].items() if "resolved" in one] == []


def test_no_file_names_a_registry_or_a_path_of_one_machine(files):
    wrong = re.compile(r"registry\.npm" + r"js|files\.python" + r"hosted|pypi\." + r"org|/ro" + r"ot/|/wo" + r"rk/")

    assert [str(path) for path in files if wrong.search(path.read_text(encoding="utf-8", errors="replace"))] == []


def test_both_languages_say_the_same(files):
    """Each slug has its words in English and Chinese, with the same parameters."""
    for english in [*ROOT.glob("app/words/en/*.json"), ROOT / "app/diagnose/words/en.json"]:
        chinese = ROOT / english.relative_to(ROOT).as_posix().replace("/en", "/zh-CN")

        assert _shape(english) == _shape(chinese), english.name


def _shape(path: Path) -> dict[str, list[str]]:
    def leaves(node, name=""):
        if isinstance(node, dict):
            for key, child in node.items():
                yield from leaves(child, f"{name}/{key}")
        else:
            yield name, sorted(set(re.findall(r"\{([a-z][a-z0-9_]*)\}", node)))

    return dict(leaves(json.loads(path.read_text(encoding="utf-8"))))


def test_tests_mirror_the_sources():
    """tests/app/x/test_y.py is about app/x/y.py, or about the package x when no module has the name."""
    lost = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("tests/app/**/test_*.py")
        if not (ROOT / path.parent.relative_to(ROOT / "tests")).is_dir()
    ]

    assert lost == []
