import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.program.running import begun

HELLO = """#!{python}
print("Content-Type: text/plain")
print()
print("hello")
"""

SLOW = """#!/bin/sh
echo $$ > "$PWD/../pid.new" && mv "$PWD/../pid.new" "$PWD/../pid"
printf 'Content-Type: text/plain\\n\\nbegun\\n'
exec sleep 300
"""


@pytest.fixture
def begin(tmp_path):
    """Begin a Gatehouse with the test's own data folder."""
    with ExitStack() as at_end:

        def begin(data=None, **options):
            return at_end.enter_context(begun(data or tmp_path / "data", tmp_path / "stderr.txt", **options))

        yield begin


@pytest.fixture
def shop(tmp_path) -> Path:
    """Pages, a script that does well, and one that goes on for long and tells its pid in the file `pid`."""
    folder = tmp_path / "shop"
    (folder / "cgi-bin").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>The shop</h1>\n")
    for name, text in (("hello.py", HELLO.format(python=sys.executable)), ("slow.sh", SLOW)):
        script = folder / "cgi-bin" / name
        script.write_text(text)
        script.chmod(0o755)
    return folder
