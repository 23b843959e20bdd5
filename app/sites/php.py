"""Where php-cgi is.  Unlike `php`, it speaks CGI; distributions call it by several names."""

import os
import shutil
from pathlib import Path

_FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/usr/lib/cgi-bin")


def php_cgi(path: str | None = None) -> str | None:
    """The absolute path of php-cgi, the newest where there are several; None where PHP's CGI is not installed.

    `path` is a list of folders as in PATH; by default our own PATH and where systems put it.
    """
    folders = path if path is not None else os.pathsep.join([os.environ.get("PATH", ""), *_FOLDERS])
    found = shutil.which("php-cgi", path=folders)
    if found:
        return str(Path(found).absolute())
    # Debian without its alternatives, Fedora's collections: php-cgi8.2, php-cgi83.
    versions = [path for folder in folders.split(os.pathsep) if folder for path in Path(folder).glob("php-cgi[0-9]*")]
    runnable = [path for path in versions if os.access(path, os.X_OK)]
    return str(max(runnable, key=_version)) if runnable else None


def _version(path: Path) -> tuple[int, ...]:
    digits = path.name.removeprefix("php-cgi").removesuffix(".exe")
    parts = digits.split(".") if "." in digits else [digits[:1], digits[1:]]
    return tuple(int(part) for part in parts if part.isdigit())
