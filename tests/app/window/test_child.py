import ast
from pathlib import Path

import pytest

import app.window

FOLDER = Path(app.window.__file__).parent


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py", "child.py", "../__init__.py"])
def test_the_systems_own_python_can_read_the_window_process(name):
    """RHEL 9 has Python 3.9, and its GTK binding is for that one."""
    ast.parse((FOLDER / name).read_text(encoding="utf-8"), feature_version=(3, 9))
