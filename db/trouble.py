"""What kind of trouble SQLite reports: by its result code, never by its words."""

import sqlite3

import peewee

DatabaseTrouble = (sqlite3.DatabaseError, peewee.DatabaseError)
"""The same errors from below and from above peewee."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_WRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def code(error: BaseException) -> int:
    """SQLite's primary result code; 0 where it gave none."""
    if isinstance(error, peewee.PeeweeException):
        error = getattr(error, "orig", None) or error  # peewee's errors carry the driver's
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def cause(error: BaseException) -> BaseException:
    """The error that has a result code of its own, where one without came in its wake."""
    found: BaseException | None = error
    while found is not None and code(found) == sqlite3.SQLITE_ERROR:
        found = found.__context__
    return error if found is None else found


def is_damage(error: BaseException) -> bool:
    return code(error) in _DAMAGED


def is_full(error: BaseException) -> bool:
    return code(error) == sqlite3.SQLITE_FULL


def is_of_disk(error: BaseException) -> bool:
    """The system could not read or write: a bad disk, one that has gone, a full one."""
    return code(error) == sqlite3.SQLITE_IOERR


def is_not_writable(error: BaseException) -> bool:
    return code(error) in _NOT_WRITABLE


def is_passing(error: BaseException) -> bool:
    """Trouble of the disk or the file, which may pass; not of the rows that were to be written."""
    refused = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, sqlite3.InterfaceError)
    return code(error) != 0 and not isinstance(error, (*refused, peewee.IntegrityError, peewee.DataError))
