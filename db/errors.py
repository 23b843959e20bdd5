"""What the database refuses.  The words for people stand elsewhere (`app/words`): db knows none."""

from pathlib import Path


class DatabaseRefusedError(Exception):
    """Opening the database makes no sense; nothing was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class NewerDatabase(DatabaseRefusedError):  # noqa: N818  (reads as what it is)
    """A newer Gatehouse wrote this file; reading it by our rules would misunderstand it, writing would spoil it."""

    def __init__(self, path: Path, *, found: int, known: int) -> None:
        super().__init__(path)
        self.found = found
        self.known = known


class NoDatabase(DatabaseRefusedError):  # noqa: N818
    """There is no database of ours at this path: Gatehouse has not been started with this data folder yet."""
