"""The changes that a fix can consist of, as data; paths are relative to the site's folder."""

from app.diagnose.values import Step


def chmod(path: str, mode: str) -> Step:
    """Set the mode bits, written as chmod takes them: '755'."""
    return {"do": "chmod", "path": path, "mode": mode}


def unix_line_ends(path: str) -> Step:
    """Turn every CR LF of the file into LF."""
    return {"do": "unix-line-ends", "path": path}


def first_line(path: str, old: str, new: str) -> Step:
    """Replace the first line, if it is still `old`."""
    return {"do": "first-line", "path": path, "old": old, "new": new}


def setting(key: str, value: int) -> Step:
    """Change a key of gatehouse.toml: 'limits.silence_s'."""
    return {"do": "setting", "key": key, "value": value}
