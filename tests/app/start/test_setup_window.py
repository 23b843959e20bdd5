"""--setup-window, in an environment of its own; what is fetched is a stand-in of a few bytes."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[3]


def offer_qt(links):
    """A pywebview whose extra brings a PySide6."""
    extra = 'Provides-Extra: pyside6\nRequires-Dist: PySide6-Trial; extra == "pyside6"\n'
    for name, module, more in (("pywebview", "webview", extra), ("PySide6_Trial", "PySide6", "")):
        version = "6.2.1"
        info = f"{name}-{version}.dist-info"
        with zipfile.ZipFile(links / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{module}.py", "")
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")


def test_it_tells_the_size_and_fetches_nothing_unasked(checkout):
    ended = checkout.run("--setup-window")

    assert ended.returncode == 0
    assert "710 MiB on the disk" in ended.stderr
    assert ended.stderr.endswith("Nothing was changed.\n")


def test_with_a_yes_qt_is_put_into_our_environment(checkout):
    offer_qt(checkout.links)

    ended = checkout.run("--setup-window", "--yes")

    assert ended.returncode == 0, ended.stderr
    assert "Fetching pyside6-trial" in ended.stderr
    assert ended.stderr.endswith("Qt is installed. From the next start on, Gatehouse opens in a window of its own.\n")
    [made] = checkout.environments()
    assert list(made.glob("lib/python3*/site-packages/PySide6.py"))
    again = checkout.run("--setup-window", "--yes")
    assert "nothing has to be fetched" in again.stderr


def test_a_failure_says_why(checkout):
    ended = checkout.run("--setup-window", "--yes")

    assert ended.returncode == 1
    assert "No matching distribution found for pywebview[pyside6]" in ended.stderr


def test_a_python_that_others_use_is_left_alone(checkout):
    """As where somebody installed the wheel into the system's Python."""
    base = getattr(sys, "_base_executable", sys.executable)
    code = "from app.start.setup_window import *; install_qt(Path('/nowhere'), tell=print)"

    ended = subprocess.run([base, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert "app.errors.GatehouseError: window-setup-not-ours" in ended.stderr
