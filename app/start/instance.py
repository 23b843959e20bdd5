"""One Gatehouse for each data folder: the lock that says so, and how a second start speaks to the first."""

import contextlib
import http.client
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from app.start.locks import try_lock

FILE = "instance.json"
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Instance:
    """A running Gatehouse, as its instance.json describes it."""

    url: str
    """'http://127.0.0.1:8610/'"""

    token: str
    pid: int


class SilentError(Exception):
    """Nobody answers there: it has ended, ends, or has only just begun."""


class RefusedError(Exception):
    """It answered with a refusal, in its own words."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        super().__init__(answer.get("error"))
        self.slug = str(answer.get("slug"))
        self.error = str(answer.get("error"))
        self.fix = str(answer.get("fix"))


def take_lock(data: Path) -> BinaryIO | None:
    """Keep the data folder to ourselves, for as long as the file is open; None where another process has it.

    The lock ends with the process, however it ends, so there is none that could be left behind.
    Raises OSError where the folder cannot be written.
    """
    file = (data / _LOCK).open("a+b")
    if try_lock(file.fileno()):
        return file
    file.close()
    return None


def write_instance(data: Path, instance: Instance) -> None:
    """For the owner's eyes only, at every moment: it holds the token."""
    fresh = data / f".{FILE}.{os.getpid()}"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(instance), file)
    fresh.replace(data / FILE)


def read_instance(data: Path) -> Instance | None:
    """None where there is none, or none that can be understood.  It may be stale: only an answer proves it."""
    try:
        found = json.loads((data / FILE).read_text(encoding="utf-8"))
        return Instance(url=str(found["url"]), token=str(found["token"]), pid=int(found["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def drop_instance(data: Path) -> None:
    with contextlib.suppress(OSError):
        (data / FILE).unlink(missing_ok=True)


def ask(
    instance: Instance, method: str, path: str, content: Mapping[str, Any] | None = None, *, lang: str = "en"
) -> dict[str, Any]:
    """The answer of its API.  Raises SilentError and RefusedError."""
    with answer(instance, method, path, content, lang=lang, timeout_s=30) as response:
        try:
            told: dict[str, Any] = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SilentError from error
        if response.status >= 400:
            raise RefusedError(told)
        return told


@contextlib.contextmanager
def answer(
    instance: Instance,
    method: str,
    path: str,
    content: Mapping[str, Any] | None = None,
    *,
    lang: str = "en",
    timeout_s: float,
) -> Iterator[http.client.HTTPResponse]:
    """The open answer, for one that is read as it comes.  Raises SilentError."""
    connection = http.client.HTTPConnection(urlsplit(instance.url).netloc, timeout=timeout_s)
    headers = {"X-Gatehouse-Token": instance.token, "Accept-Language": lang, "Content-Type": "application/json"}
    try:
        body = json.dumps(content or {}).encode() if method in {"POST", "PATCH"} else None
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        raise SilentError from error
    with contextlib.closing(connection):
        yield response
