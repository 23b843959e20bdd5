"""Why a port cannot be had, and which program holds it, where the system lets us know."""

import errno
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.sites.settings_file import Problem

_LISTEN = "0A"
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    """As the system lists it: 'nginx'."""

    pid: int


def refusal(port: int, error: int) -> Problem:
    """In words: port-not-allowed {port}, port-taken-by {port, holder, pid}, port-taken {port}."""
    if error == errno.EACCES:
        return Problem("port-not-allowed", {"port": port})
    holder = holder_of(port) if error == errno.EADDRINUSE else None
    if holder:
        return Problem("port-taken-by", {"port": port, "holder": holder.name, "pid": holder.pid})
    return Problem("port-taken", {"port": port})


def holder_of(port: int) -> Holder | None:
    """None where nobody can be named: another account's program, or a system without /proc."""
    sockets = {f"socket:[{inode}]" for inode in _listening(port)}
    if not sockets:
        return None
    processes = [entry for entry in _PROC.iterdir() if entry.name.isdigit()]
    for process in sorted(processes, key=lambda entry: -int(entry.name)):
        if not sockets.isdisjoint(_links(process / "fd")):
            return Holder(_name(process), int(process.name))
    return None


def trial(port: int) -> int | None:
    """The errno with which listening on this port of 127.0.0.1 fails now; None where it would work."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        if os.name == "posix":  # as the gateway does: connections of an earlier listener that linger are no hindrance
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
            one.listen()
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return None


def _listening(port: int) -> Iterator[str]:
    """Inodes of the sockets that listen on the port, of any address (proc(5), /proc/net/tcp)."""
    for table in ("tcp", "tcp6"):
        try:
            lines = (_PROC / "net" / table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]


def _links(folder: Path) -> set[str]:
    """What a process's descriptors are; empty where we may not see them or it has just ended."""
    links = set()
    try:
        for descriptor in folder.iterdir():
            try:
                links.add(str(descriptor.readlink()))
            except OSError:
                continue
    except OSError:
        return set()
    return links


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return "?"
