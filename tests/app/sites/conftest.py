from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small site and answers with its folder; a text that begins with '#!' is made executable."""

    def make(files: dict[str, str], name: str = "site") -> Path:
        folder = tmp_path.resolve() / name
        folder.mkdir(parents=True, exist_ok=True)
        for relative, text in files.items():
            path = folder / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            path.chmod(0o755 if text.startswith("#!") else 0o644)
        return folder

    return make
