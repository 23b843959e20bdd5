"""What a window can be made with here: GTK always (CI installs it), Qt where PySide6 is."""

import os
from importlib.util import find_spec

QT_PYTHON = os.environ.get("GATEHOUSE_QT_PYTHON", "")
"""An interpreter that has PySide6, where the tests' own has not."""

BACKENDS = {"gtk": {"PYWEBVIEW_GUI": "gtk"}}
"""Its name → the environment that makes Gatehouse take it."""

if QT_PYTHON or find_spec("PySide6"):
    BACKENDS["qt"] = {"PYWEBVIEW_GUI": "qt"} | ({"GATEHOUSE_WINDOW_PYTHON": QT_PYTHON} if QT_PYTHON else {})
