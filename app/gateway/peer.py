"""Has a client that ended its sending left, or does it wait for its answer?

TCP says the same for both.  But our clients are on this computer, so the kernel's table knows: the other end of the
connection still belongs to a process (its inode is not 0), or to nobody.
"""

import socket
import sys
from pathlib import Path

from .portable import IS_PORTABLE

_TABLE = Path("/proc/net/tcp")


def is_peer_open(sock: socket.socket) -> bool:
    """Where the table cannot be read, an ended sending counts as having left."""
    if IS_PORTABLE:
        return False
    try:
        wanted = _address(sock.getpeername()), _address(sock.getsockname())
        lines = _TABLE.read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return False
    for line in lines:
        words = line.split()
        if (words[1], words[2]) == wanted:
            return words[9] != "0"
    return False


def _address(address: tuple[str, int]) -> str:
    """As the table writes it: '0100007F:1F90', the address in the machine's byte order."""
    number = int.from_bytes(socket.inet_aton(address[0]), sys.byteorder)
    return f"{number:08X}:{address[1]:04X}"
