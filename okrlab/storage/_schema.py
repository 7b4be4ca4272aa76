"""The version of the tables: made where there are none, brought up to date where they are older.

What changes the tables is in `migrations`, run by Alembic. A SQLite file that is new or up to date
never loads it.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from okrlab.storage import _trouble
from okrlab.storage._tables import META, MIGRATIONS, PROGRESS_TABLES, SQL_SCHEMA, TABLES

HEAD = "0002"
"""The last step in `migrations`."""

LOCK = 7239846122
"""Number of the lock that PostgreSQL gives to one upgrade at a time."""


def is_ready(connection: Connection, where: str) -> bool:
    """Whether the tables are there and up to date.

    Raises:
        StorageError: a newer okrlab made them.
    """
    found = _version(connection)
    check_version(found, where)
    return found == str(SQL_SCHEMA)


def check_version(found: str | None, where: str) -> None:
    """Refuse the tables of a newer okrlab.

    Args:
        found: the version that the place gives; None when it gives none.
        where: the place.

    Raises:
        StorageError: a newer okrlab made them, or the version is no number.
    """
    if found is not None and not (found.isdecimal() and int(found) <= SQL_SCHEMA):
        raise _trouble.newer(where, found, SQL_SCHEMA)


def bring_up(connection: Connection, where: str) -> None:
    """Make the tables, or bring them up to date; all of it in the transaction that is open.

    Of several processes that do so at once, the first one does and the others find it done: SQLite
    has one writer at a time, PostgreSQL is asked for a lock.

    Raises:
        StorageError: a newer okrlab made them, or this login may not change them.
    """
    server = connection.dialect.name == "postgresql"
    if server:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    if is_ready(connection, where):
        return
    found = _version(connection)
    if server and not connection.execute(_MAY_CREATE).scalar():
        raise _trouble.not_set_up(where, is_new=found is None)
    if found is None and not server:
        _make(connection)
    else:
        _upgrade(connection, found)
    if not is_ready(connection, where):
        raise _trouble.foreign(where)


_MAY_CREATE = sa.text("SELECT has_schema_privilege(current_schema(), 'CREATE')")


def _version(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table(META.name):
        return None
    query = sa.select(META.c.value).where(META.c.key == "schema")
    return connection.execute(query).scalar()


def _make(connection: Connection) -> None:
    TABLES.create_all(connection, tables=list(PROGRESS_TABLES))
    TABLES.create_all(connection)
    connection.execute(MIGRATIONS.insert(), {"version_num": HEAD})
    connection.execute(META.insert(), {"key": "schema", "value": str(SQL_SCHEMA)})


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config

    if found is not None and not sa.inspect(connection).has_table(MIGRATIONS.name):
        MIGRATIONS.create(connection)  # the first version kept no list of steps
        connection.execute(MIGRATIONS.insert(), {"version_num": "0001"})
    config = Config()
    config.set_main_option("script_location", "okrlab.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
