"""A script's bytes inside a sentence or a fact: one line, valid text, nothing invisible."""

import errno as errno_names
import os
import signal as signals


def readable(value: bytes | str, at_most: int = 200) -> str:
    """One line of text.  What is no UTF-8 or cannot be seen is spelt out (\\xfc, \\r); a long one ends with '…'."""
    text = value if isinstance(value, str) else value.decode("utf-8", "backslashreplace")
    text = "".join(char if char.isprintable() else _spelt(char) for char in text)
    return text if len(text) <= at_most else text[: at_most - 1] + "…"


def first_bytes(head: bytes, count: int = 24) -> str:
    """The beginning of a file, as bytes and as text: `23 21 2f 75 … "#!/u…"`."""
    return f'{head[:count].hex(" ")}  "{readable(head[:count])}"'


def errno_text(number: int) -> str:
    """'EACCES (13): Permission denied', the sentence in the words of this system's C library."""
    return f"{errno_name(number)} ({number}): {os.strerror(number)}"


def errno_name(number: int) -> str:
    return errno_names.errorcode.get(number, f"errno {number}")


def signal_name(number: int) -> str:
    """'SIGSEGV'; 'signal 35' for one that has no name here."""
    try:
        return signals.Signals(number).name
    except ValueError:
        return f"signal {number}"


def seconds(value: float) -> str:
    """'30', '2.5': no digits that say nothing."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def last_line(stream: bytes) -> str:
    """The last line of a stream that says something; empty where none does."""
    lines = [line for line in stream.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
    return readable(lines[-1].strip()) if lines else ""


def _spelt(char: str) -> str:
    if 0xDC80 <= ord(char) <= 0xDCFF:  # a byte of a file name that is no UTF-8 (surrogateescape)
        return f"\\x{ord(char) - 0xDC00:02x}"
    # encode() spells every other unprintable character the way Python source does: \r, \t, \x1b, \u202e.
    return char.encode("unicode_escape").decode("ascii")
