"""Rows of the tables: what goes in and what comes out, the same for every database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from okrlab.assessment.attempt import Attempt
from okrlab.storage._records import (
    after,
    attempt_data,
    draft_data,
    draft_id,
    line,
    read_attempt,
    read_draft,
)
from okrlab.storage._tables import ATTEMPTS, DRAFTS
from okrlab.storage.protocol import DRAFTS_KEPT, Draft

CHUNK = 500
"""So many ids are looked up in one query."""

Row = Mapping[Any, Any]


def insert_attempts(connection: Connection, attempts: Sequence[Attempt]) -> int:
    """Insert the attempts whose id is not there; return how many that were."""
    rows = [
        {
            **attempt_data(a),
            "response": line(a.response),
            "misconceptions": line(list(a.misconceptions)),
        }
        for a in attempts
    ]
    return _insert(connection, ATTEMPTS, "id", rows)


def insert_drafts(connection: Connection, drafts: Sequence[Draft]) -> int:
    """Insert versions of drafts, then drop old ones; return how many were new and are kept."""
    rows = [{**draft_data(d), "id": draft_id(d), "value": line(d.value)} for d in drafts]
    ids = {row["id"] for row in rows}
    before = _known(connection, DRAFTS.c.id, ids)
    _insert(connection, DRAFTS, "id", rows)
    for learner, key in sorted({(d.learner, d.key) for d in drafts}):
        too_many = versions(learner, key).offset(DRAFTS_KEPT)
        old = [row["id"] for row in connection.execute(too_many).mappings()]
        if old:
            connection.execute(sa.delete(DRAFTS).where(DRAFTS.c.id.in_(old)))
    return len(_known(connection, DRAFTS.c.id, ids) - before)


def insert_next(connection: Connection, draft: Draft) -> None:
    """Insert a version that is later than all before, unless the latest one is the same."""
    if connection.dialect.name == "postgresql":  # one writer per draft; SQLite has one anyway
        name = line([draft.learner, draft.key])
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(name))))
    row = connection.execute(versions(draft.learner, draft.key).limit(1)).mappings().first()
    latest = None if row is None else draft_of(row)
    if latest is not None and latest.value == draft.value:
        return
    time = after(draft.at, None if latest is None else latest.at)
    insert_drafts(connection, [Draft(draft.learner, draft.key, draft.value, time)])


def versions(learner: str, key: str) -> sa.Select[Any]:
    """The versions of a draft, latest first."""
    return (
        sa.select(DRAFTS)
        .where(DRAFTS.c.learner == learner, DRAFTS.c.key == key)
        .order_by(DRAFTS.c.at.desc(), DRAFTS.c.id.desc())
    )


def attempt_of(row: Row) -> Attempt | None:
    """The attempt in a row; None when it can't be read."""
    try:
        return read_attempt(
            {
                **{column.name: row[column.name] for column in ATTEMPTS.c if column.name != "seq"},
                "response": json.loads(row["response"]),
                "misconceptions": json.loads(row["misconceptions"]),
            }
        )
    except (ValueError, TypeError, RecursionError):
        return None


def draft_of(row: Row) -> Draft | None:
    """The version of a draft in a row; None when it can't be read."""
    try:
        return read_draft(
            {
                **{column.name: row[column.name] for column in DRAFTS.c if column.name != "id"},
                "value": json.loads(row["value"]),
            }
        )
    except (ValueError, TypeError, RecursionError):
        return None


def _insert(
    connection: Connection, table: sa.Table, key: str, rows: Sequence[dict[str, Any]]
) -> int:
    """Insert the rows whose `key` is not there; return how many that were."""
    unique: dict[str, dict[str, Any]] = {}
    for row in rows:
        unique.setdefault(row[key], row)
    if not unique:
        return 0
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table).on_conflict_do_nothing(index_elements=[key])
    found = connection.execute(insert.returning(table.c[key]), list(unique.values()))
    return len(found.scalars().all())


def _known(connection: Connection, column: sa.Column[Any], names: set[str]) -> set[str]:
    wanted = sorted(names)
    return {
        name
        for start in range(0, len(wanted), CHUNK)
        for name in connection.execute(
            sa.select(column).where(column.in_(wanted[start : start + CHUNK]))
        ).scalars()
    }
