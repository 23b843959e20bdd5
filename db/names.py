"""Names of files, which need not be Unicode: Python writes their odd bytes as surrogates, which SQLite refuses."""

from typing import Any

from peewee import Field


def to_column(name: str) -> str | bytes:
    """Text, or the bytes of a name that is none."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape")
    return name


def from_column(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "surrogateescape")


class NameField(Field):
    field_type = "TEXT"

    def db_value(self, value: Any) -> Any:
        return to_column(value)

    def python_value(self, value: Any) -> Any:
        return from_column(value)
