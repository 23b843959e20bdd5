"""What lets somebody in: the token, the one-time codes that are traded for it, and keys that stand in for it."""

import hmac
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

KEY_LIFE_S = 60
_CODES_KEPT = 32
_KEYS_KEPT = 256


class Tokens:
    """The token lives in a file of the data folder, so that a browser stays let in from one start to the next.

    Codes and keys live in memory and end with the program.
    """

    def __init__(
        self,
        data_folder: Path,
        *,
        now: Callable[[], float] = time.monotonic,
        on_reset: Callable[[], None] = lambda: None,
    ) -> None:
        self._path = data_folder / "token"
        self._on_reset = on_reset
        self._now = now
        self._lock = Lock()
        self._codes: list[str] = []
        self._keys: dict[str, tuple[str, float]] = {}
        self._token = _read(self._path) or _write(self._path)

    @property
    def token(self) -> str:
        """For `instance.json` (0600), so that a second start may speak to this one."""
        return self._token

    def is_token(self, offered: str) -> bool:
        """Compared in constant time: the time taken must not tell how many characters were right."""
        return _same(offered, self._token)

    def reset(self) -> str:
        """A new token: every browser has to be let in again."""
        with self._lock:
            self._token = _write(self._path)
            self._codes.clear()
            self._keys.clear()
        self._on_reset()
        return self._token

    def new_code(self) -> str:
        """For a link's fragment.  Good once, until the program ends; the oldest go when many are unused."""
        code = secrets.token_urlsafe(16)
        with self._lock:
            self._codes = [*self._codes[-_CODES_KEPT + 1 :], code]
        return code

    def redeem(self, code: str) -> str | None:
        """The token for a code, which is used up by that; None where it is none of ours or was used."""
        with self._lock:
            for mine in self._codes:
                if _same(code, mine):
                    self._codes.remove(mine)
                    return self._token
        return None

    def new_key(self, path: str) -> str:
        """Opens one path for one minute: frames and downloads cannot send the token's header."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            alive = [(old, entry) for old, entry in self._keys.items() if entry[1] > self._now()]
            self._keys = dict([*alive[-_KEYS_KEPT + 1 :], (key, (path, self._now() + KEY_LIFE_S))])
        return key

    def opens(self, key: str, path: str) -> bool:
        with self._lock:
            # The key is 128 random bits and lives a minute, so finding it by hash tells nobody anything.
            of_path, until = self._keys.get(key, ("", 0.0))
        return of_path == path and self._now() < until


def _same(one: str, other: str) -> bool:
    # As bytes: compare_digest() refuses str with anything but ASCII, and a header may hold that.
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode())


def _read(path: Path) -> str | None:
    """The token of an earlier start; None where there is none or it is no token of ours (cut, emptied)."""
    try:
        text = path.read_text(encoding="ascii").strip()
        # A copy or a restored backup may have come with wider rights.
        path.chmod(0o600)
    except (OSError, ValueError):
        return None
    return text if len(text) >= 43 else None


def _write(path: Path) -> str:
    """A new token in a file that was never readable by anybody else, not even for a moment."""
    token = secrets.token_urlsafe(32)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(token + "\n")
    fresh.replace(path)
    return token
