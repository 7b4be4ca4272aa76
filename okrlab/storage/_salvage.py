"""What can still be read of a damaged SQLite file."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from okrlab.assessment.attempt import Attempt
from okrlab.storage._rows import Row, attempt_of, draft_of
from okrlab.storage._tables import ATTEMPTS, CLASS_TABLES, DRAFTS
from okrlab.storage.protocol import Draft

BYTES_PER_ROW = 40
"""No row is shorter, so a file holds at most so many rows per byte."""

MISSES = 3000
"""After so many rows in a row that can't be read, the rest between front and back is given up."""

ROWID = sa.literal_column("rowid", sa.Integer).label("okrlab_rowid")


Saved = tuple[list[Attempt], list[Draft], dict[str, list[dict[str, Any]]]]
"""Attempts, drafts, and the rows about classes by the names of their tables."""


def salvage(copy: Path, head: bytes) -> Saved:
    """Read all that can be read.

    Args:
        copy: a copy of the damaged file, with its log beside it; it is changed.
        head: the first page of an empty store. It says where the tables begin, which is the same
            in every store, so it stands in for a first page that was destroyed.
    """
    saved = _read(copy)
    if not any(saved) and copy.stat().st_size > len(head):
        _transplant(copy, head)
        attempts, drafts, _ = _read(copy)
        return attempts, drafts, {}  # the tables of classes may begin elsewhere
    return saved


def _read(path: Path) -> Saved:
    size = path.stat().st_size
    with _connection(path) as connection:
        attempts = [attempt_of(row) for row in _rows(connection, ATTEMPTS, size)]
        drafts = [draft_of(row) for row in _rows(connection, DRAFTS, size)]
        there = [t for t in CLASS_TABLES if _has(connection, t)]
        others = {t.name: _whole(_rows(connection, t, size), t) for t in there}
    return (
        [a for a in attempts if a is not None],
        [d for d in drafts if d is not None],
        {name: rows for name, rows in others.items() if rows},
    )


def _has(connection: Connection, table: sa.Table) -> bool:
    try:
        return sa.inspect(connection).has_table(table.name)
    except DatabaseError:
        return False


def _whole(rows: list[Row], table: sa.Table) -> list[dict[str, Any]]:
    """The rows that have all that they must have, as they are inserted."""
    return [
        {c.name: row[c.name] for c in table.c}
        for row in rows
        if all(c.nullable or isinstance(row[c.name], str | bool) for c in table.c)
    ]


@contextmanager
def _connection(path: Path) -> Iterator[Connection]:
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _rows(connection: Connection, table: sa.Table, size: int) -> list[Row]:
    """From the front as far as possible, then from the back, then one by one in between."""
    found: dict[int, Row] = {}
    query = sa.select(ROWID, table)
    if _walk(connection, query.order_by(ROWID), found):
        return list(found.values())
    front = max(found, default=0)
    back: dict[int, Row] = {}
    _walk(connection, query.order_by(ROWID.desc()), back)
    found |= back
    end = min(back) if back else front + size // BYTES_PER_ROW
    one = query.where(sa.literal_column("rowid", sa.Integer) == sa.bindparam("number"))
    missed = 0
    for number in range(front + 1, end):
        before = len(found)
        _walk(connection, one, found, number=number)
        missed = 0 if len(found) > before else missed + 1
        if missed > MISSES:
            break
    return [found[number] for number in sorted(found)]


def _walk(
    connection: Connection, query: sa.Select[tuple[int]], found: dict[int, Row], **values: int
) -> bool:
    """Fetch rows until there are no more (True) or one can't be read (False)."""
    try:
        result = connection.execute(query, values).mappings()
        while (row := result.fetchone()) is not None:
            found[row["okrlab_rowid"]] = row
    except (DatabaseError, ValueError):
        return False
    return True


def _transplant(path: Path, head: bytes) -> None:
    page = len(head)
    patched = bytearray(head)
    patched[28:32] = struct.pack(">I", path.stat().st_size // page)  # how many pages there are
    patched[32:40] = bytes(8)  # none of them is known to be free
    patched[92:96] = patched[24:28]  # and that these numbers hold
    with path.open("r+b") as stream:
        stream.write(patched)
