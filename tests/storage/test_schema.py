"""The version of the tables: upgrades from the first one, in order and by one process at a time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from okrlab.errors import StorageError
from okrlab.storage._tables import MIGRATIONS, SQL_SCHEMA, TABLES
from okrlab.storage.sql import SqlStore
from tests.postgres_server import PostgresServer, ask, database_at
from tests.storage.storage_examples import START, attempt
from tests.storage.test_survival import finish, start

DATA = Path(__file__).parents[1] / "data"
UNUSUAL = attempt(
    1,
    learner="Zoë O’Neill",
    response={"text": "it's “quoted” \x00 \n"},
    misconceptions=(),
    confidence=None,
    seconds=None,
    graded=False,
    concept="",
    mark=1,
)


def old_file(folder: Path) -> SqlStore:
    """A SQLite file as the first version made it."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / "progress.sqlite3")) as connection:
        connection.executescript((DATA / "store-v1-sqlite.sql").read_text(encoding="utf-8"))
    return SqlStore(folder / "progress.sqlite3")


def old_database(folder: Path) -> SqlStore:
    """A database as the first version made it."""
    url = database_at(folder)
    ask(url, (DATA / "store-v1-postgresql.sql").read_text(encoding="utf-8"))
    return SqlStore(url)


OLD: dict[str, Callable[[Path], SqlStore]] = {"sqlite": old_file, "postgresql": old_database}
BOTH = pytest.mark.parametrize("kind", [*OLD])


def shape(store: SqlStore) -> dict[str, Any]:
    """Tables, columns, keys and indexes of okrlab in a store."""

    def look(connection: sa.Connection) -> dict[str, Any]:
        seen = sa.inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)],
                seen.get_pk_constraint(name)["constrained_columns"],
                sorted(str(i["column_names"]) for i in seen.get_indexes(name)),
                sorted(str(u["column_names"]) for u in seen.get_unique_constraints(name)),
            )
            for name in seen.get_table_names()
        }

    return store.read(look)


@BOTH
def test_a_store_of_the_first_version_is_upgraded(kind: str, tmp_path: Path) -> None:
    """Everything in it is there afterwards, and writing goes on."""
    store = OLD[kind](tmp_path)
    assert store.attempts("me") == [attempt(0)]
    assert store.attempts("Zoë O’Neill") == [UNUSUAL]
    assert store.draft("me", "deck/kpi-or-key-result") == {"placed": [1, 2]}
    assert store.add([attempt(0), attempt(2)]) == 1
    store.save_draft("me", "deck/kpi-or-key-result", {"n": 2}, START + timedelta(days=1))
    store.close()
    assert store.attempts("me") == [attempt(0), attempt(2)]
    assert store.notices() == []
    [version] = store.read(lambda c: c.execute(sa.select(MIGRATIONS.c.version_num)).scalars().all())
    assert version == "0002"
    store.close()


def test_both_ways_lead_to_the_same_tables(tmp_path: Path) -> None:
    """A new SQLite file is made at once, without Alembic; an old one step by step."""
    upgraded, new = old_file(tmp_path / "old"), SqlStore(tmp_path / "new.sqlite3")
    assert shape(upgraded) == shape(new)
    assert set(shape(new)) == {table.name for table in TABLES.sorted_tables}
    upgraded.close()
    new.close()


def test_the_steps_make_the_tables_that_the_code_knows(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    """Nothing that the code knows is missing on a server; it has one table more, of the door."""
    store = SqlStore(database_at(tmp_path))
    made = shape(store)
    assert set(made) == {table.name for table in TABLES.sorted_tables} | {"okrlab_door"}
    for table in TABLES.sorted_tables:
        assert [name for name, *_ in made[table.name][0]] == [c.name for c in table.c]
        assert made[table.name][1] == [c.name for c in table.primary_key]
    store.close()


@BOTH
def test_many_processes_upgrade_at_once(kind: str, tmp_path: Path) -> None:
    """One does it, the others wait and find it done; nobody's answers are lost."""
    OLD[kind](tmp_path).close()
    names = ("one", "two", "three")
    for process in [start("write", kind, tmp_path, name, 2) for name in names]:
        assert finish(process) == ["0", "1"]
    store = SqlStore(tmp_path / "progress.sqlite3" if kind == "sqlite" else database_at(tmp_path))
    ids = {a.id for a in store.attempts("me")}
    assert ids == {attempt(0).id} | {f"{name}-{n}" for name in names for n in range(2)}
    [version] = store.read(lambda c: c.execute(sa.select(MIGRATIONS.c.version_num)).scalars().all())
    assert version == "0002"
    store.close()


@BOTH
def test_an_upgrade_that_fails_changes_nothing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All steps are one transaction."""
    store = OLD[kind](tmp_path)
    monkeypatch.setattr("okrlab.storage._schema.HEAD", "no such step")
    with pytest.raises(Exception, match="no such step"):
        store.attempts("me")
    monkeypatch.undo()
    assert store.attempts("me") == [attempt(0)]
    store.close()


def test_a_database_of_a_newer_okrlab_is_refused(postgres: PostgresServer, tmp_path: Path) -> None:
    """As a file is, with the same words."""
    url = database_at(tmp_path)
    store = SqlStore(url)
    store.add([attempt(0)])
    store.close()
    ask(url, "UPDATE okrlab_meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(StorageError, match=r"newer okrlab wrote it \(format 99; this one knows"):
        store.attempts("me")
    with pytest.raises(StorageError, match="newer okrlab"):
        store.add([attempt(1)])
    assert ask(url, "SELECT count(*) FROM okrlab_attempts") == [(1,)]


def test_a_login_that_may_not_make_tables_is_told_who_may(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    """Somebody given a login before the owner opened the database once."""
    url = database_at(tmp_path)
    postgres.execute("CREATE ROLE early LOGIN PASSWORD 'early'")
    database = url.rpartition("/")[2]
    store = SqlStore(postgres.url(database, "early", "early"))
    with pytest.raises(StorageError, match="Let the owner of the database run this once"):
        store.attempts("me")


def test_a_file_that_is_up_to_date_never_loads_alembic(tmp_path: Path) -> None:
    """Nor does a new one: who never sees a server doesn't wait for its tools."""
    code = (
        "import sys; from okrlab.storage import open_store; s = open_store(sys.argv[1]);"
        "s.attempts('me'); s.close(); s = open_store(sys.argv[1]); s.attempts('me');"
        "print([m for m in ('alembic', 'psycopg') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "progress.sqlite3")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_of_the_tables_is_that_of_the_last_step(tmp_path: Path) -> None:
    """Three places say it: a new step that forgets one is caught here."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from okrlab.storage._schema import HEAD

    config = Config()
    config.set_main_option("script_location", "okrlab.storage:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]
    assert int(HEAD) == SQL_SCHEMA
