"""SQLite's errors in words. Apart from `_trouble`, as a browser's Python has no sqlite3."""

from __future__ import annotations

import sqlite3

from okrlab.errors import StorageError
from okrlab.storage import _trouble

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
NOT_WRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def from_sqlite(error: sqlite3.Error, where: str) -> StorageError:
    """The same trouble as a `StorageError`."""
    code = primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return _trouble.full(where)
    if code in NOT_WRITABLE:
        return _trouble.not_writable(where)
    if code in BUSY:
        return _trouble.busy(where)
    if code == sqlite3.SQLITE_IOERR:
        return _trouble.unclear(where, f"the disk may be full, or out of reach ({error})")
    return _trouble.unclear(where, str(error))


def primary_code(error: BaseException | None) -> int:
    """SQLite's number for the kind of an error; 0 when it gave none."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
