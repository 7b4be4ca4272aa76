"""All that is special about SQLite: opening a file safely, and setting a damaged one aside."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from okrlab.storage import _sqlite_trouble, _trouble
from okrlab.storage._files import aside_name, aside_notice
from okrlab.storage._lock import locked
from okrlab.storage._rows import insert_attempts, insert_drafts
from okrlab.storage._salvage import salvage
from okrlab.storage._schema import bring_up, check_version
from okrlab.storage._tables import CLASS_TABLES

PATIENCE = 5.0
"""Seconds to wait for another process."""

SALVAGE_PATIENCE = 60.0
"""Seconds to wait while another process reads what it can of a damaged file."""

WRITING = "okrlab_writing"


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the right to write from its start, so that none fails halfway."""
    with (
        engine.connect() as connection,
        connection.execution_options(**{WRITING: True}).begin(),
    ):
        yield connection


class SqliteFile:
    """A SQLite file that holds a store."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity: tuple[int, int] | None = None

    def is_at_rest(self) -> bool:
        """Whether all that was written stands in the file itself, so that it can be read alone."""
        return self.path.is_file() and not _beside(self.path)[0].exists()

    def engine(self, *, at_rest: bool = False) -> Engine:
        """An engine whose commits are on the disk when they return.

        Args:
            at_rest: only read, and touch nothing else; for a place that can't be written to.
        """
        if at_rest:
            path, flags = self.path.absolute().as_uri(), "mode=ro&immutable=1&uri=true"
            return sa.create_engine(f"sqlite:///{path}?{flags}", poolclass=sa.NullPool)
        engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(self.path)), connect_args={"timeout": PATIENCE}
        )

        @sa.event.listens_for(engine, "connect")
        def _connected(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # transactions begin below, not where Python thinks
            _set_up(connection)

        @sa.event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            mode = "IMMEDIATE" if connection.get_execution_options().get(WRITING) else "DEFERRED"
            connection.exec_driver_sql(f"BEGIN {mode}")

        return engine

    def prepare(self) -> str | None:
        """See to it that the file can be opened; return what the learner must know.

        Raises:
            StorageError: it is a newer okrlab's or somebody else's.
            sqlite3.Error: it can't be read.
            OSError: its folder can't be made, or a damaged file can't be set aside.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_damaged():
            return None
        with locked(self.path, SALVAGE_PATIENCE):
            if not self._is_damaged():  # another process has set it aside meanwhile
                return None
            return self._set_aside()

    def remember(self) -> None:
        """Remember which file was opened."""
        self._identity = self._identify()

    def was_replaced(self) -> bool:
        """Whether the file that was opened is no longer there under its name."""
        return self._identity != self._identify()

    def _identify(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _is_damaged(self) -> bool:
        if not self.path.exists() or (self.path.is_file() and self.path.stat().st_size == 0):
            return False
        uri = f"{self.path.absolute().as_uri()}?mode=rw"
        try:
            with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as connection:
                self._refuse_strangers(connection)
                return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
        except sqlite3.DatabaseError as error:
            if _sqlite_trouble.primary_code(error) in _sqlite_trouble.DAMAGED:
                return True
            raise

    def _refuse_strangers(self, connection: sqlite3.Connection) -> None:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if tables and "okrlab_meta" not in tables:
            raise _trouble.foreign(str(self.path))
        if tables:
            query = "SELECT value FROM okrlab_meta WHERE key = 'schema'"
            check_version((connection.execute(query).fetchone() or (None,))[0], str(self.path))

    # -- a damaged file --------------------------------------------------------------------------

    def _set_aside(self) -> str:
        """Build a new file of all that can be read, and only then put it in the old one's place."""
        new = self.path.with_name(self.path.name + ".new")
        _remove(new)
        try:
            saved = self._salvage_into(new)
            aside = aside_name(self.path, datetime.now(UTC))
            # The write-ahead log first: beside a new file it would damage that one.
            for name, target in zip(_beside(self.path), _beside(aside), strict=True):
                if name.exists():
                    name.replace(target)
            self.path.replace(aside)
            new.replace(self.path)
        finally:
            _remove(new)
        return aside_notice(aside, saved)

    def _salvage_into(self, new: Path) -> int:
        _make(new)
        page = int.from_bytes(new.read_bytes()[16:18], "big")
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.sqlite3"
            for name, target in zip(
                (self.path, *_beside(self.path)), (copy, *_beside(copy)), strict=True
            ):
                if name.exists() and not name.name.endswith("-shm"):
                    shutil.copyfile(name, target)
            attempts, drafts, others = salvage(copy, new.read_bytes()[:page])
        engine = SqliteFile(new).engine()
        try:
            with writing(engine) as connection:
                insert_attempts(connection, attempts)
                insert_drafts(connection, drafts)
                for table in CLASS_TABLES:
                    if rows := others.get(table.name):
                        connection.execute(sa.insert(table).prefix_with("OR IGNORE"), rows)
        finally:
            engine.dispose()
        return len(attempts)


def _make(path: Path) -> None:
    engine = SqliteFile(path).engine()
    try:
        with writing(engine) as connection:
            bring_up(connection, str(path))
    finally:
        engine.dispose()


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:  # on a network drive there may be no such log: then the slower one will do
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            if _sqlite_trouble.primary_code(error) not in _sqlite_trouble.BUSY:
                raise
    connection.execute("PRAGMA synchronous = FULL")


def _beside(path: Path) -> tuple[Path, Path]:
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _remove(path: Path) -> None:
    for name in (path, *_beside(path)):
        name.unlink(missing_ok=True)
