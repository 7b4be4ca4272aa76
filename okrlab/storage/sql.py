"""A store in a SQL database: SQLite by default, another one by its URL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from okrlab.assessment.attempt import Attempt
from okrlab.errors import StorageError
from okrlab.storage import _postgres, _rows, _schema, _sqlite_trouble, _trouble
from okrlab.storage._records import checked_attempts, checked_drafts
from okrlab.storage._sqlite import SqliteFile, writing
from okrlab.storage._tables import ATTEMPTS, DRAFTS
from okrlab.storage.protocol import Draft

T = TypeVar("T")


class SqlStore:
    """A `ProgressStore` in a SQL database.

    Args:
        place: a SQLite file, or a database URL.

    Raises:
        StorageError: a URL of no kind that okrlab knows.
    """

    def __init__(self, place: Path | str) -> None:
        self._url = _url(place)
        self._file: SqliteFile | None = None
        if self._url.get_backend_name() == "sqlite":
            self._file = SqliteFile(Path(str(self._url.database)))
        self._engine: Engine | None = None
        self._guard = RLock()
        self._notices: list[str] = []
        self._unreadable = 0

    @property
    def where(self) -> str:
        """The file, or the URL without login and password."""
        return str(self._file.path) if self._file else _postgres.shown(self._url)

    def add(self, attempts: Sequence[Attempt]) -> int:
        """Keep all of these attempts or none; return how many were new."""
        checked = checked_attempts(attempts)
        return self.write(lambda connection: _rows.insert_attempts(connection, checked))

    def attempts(self, learner: str) -> list[Attempt]:
        """Every attempt of a learner, oldest first."""
        query = (
            sa.select(ATTEMPTS)
            .where(ATTEMPTS.c.learner == learner)
            .order_by(ATTEMPTS.c.at, ATTEMPTS.c.seq)
        )
        rows = self.read(lambda connection: connection.execute(query).mappings().all())
        found = [a for row in rows if (a := _rows.attempt_of(row)) is not None]
        self._unreadable = len(rows) - len(found)
        return found

    def save_draft(self, learner: str, key: str, value: dict[str, Any], at: datetime) -> None:
        """Make `value` the latest version of a draft."""
        [draft] = checked_drafts([Draft(learner, key, value, at)])
        self.write(lambda connection: _rows.insert_next(connection, draft))

    def draft(self, learner: str, key: str) -> dict[str, Any] | None:
        """The latest version of a draft that can be read."""
        query = _rows.versions(learner, key)
        rows = self.read(lambda connection: connection.execute(query).mappings().all())
        found = (_rows.draft_of(row) for row in rows)
        return next((draft.value for draft in found if draft is not None), None)

    def drafts(self, learner: str) -> list[Draft]:
        """The versions kept of every draft of a learner, oldest first."""
        query = (
            sa.select(DRAFTS).where(DRAFTS.c.learner == learner).order_by(DRAFTS.c.at, DRAFTS.c.id)
        )
        rows = self.read(lambda connection: connection.execute(query).mappings().all())
        return [d for row in rows if (d := _rows.draft_of(row)) is not None]

    def add_drafts(self, drafts: Sequence[Draft]) -> int:
        """Add versions from elsewhere; return how many were new and recent enough to be kept."""
        checked = checked_drafts(drafts)
        return self.write(lambda connection: _rows.insert_drafts(connection, checked))

    def learners(self) -> list[str]:
        """Everybody of whom something is stored, sorted."""
        query = sa.union(sa.select(ATTEMPTS.c.learner), sa.select(DRAFTS.c.learner))
        return sorted(self.read(lambda connection: connection.execute(query).scalars().all()))

    def notices(self) -> list[str]:
        """A damaged file that was set aside, with its name; answers that can't be read."""
        told = list(self._notices)
        if self._unreadable:
            answers = "1 answer" if self._unreadable == 1 else f"{self._unreadable} answers"
            told.append(f"{answers} in {self.where} can't be read; nothing of them was deleted.")
        return told

    def close(self) -> None:
        """Let go of the file or the connections."""
        with self._guard:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    # -- connections -----------------------------------------------------------------------------

    @property
    def url(self) -> sa.URL:
        """The place as a URL, with login and password: not to be shown."""
        return self._url

    def read(self, work: Callable[[Connection], T]) -> T:
        """Read in one transaction.

        Raises:
            StorageError: the place can't be read.
        """

        def whole() -> T:
            with self._ready_to_read().connect() as connection:
                return work(connection)

        with self._trouble_told():
            return self._try(whole)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Write in one transaction: all of it or, when there is trouble, nothing.

        Args:
            work: what to do; it may be done again, when the server was too busy for it.

        Raises:
            StorageError: the place can't be written to.
        """

        def whole() -> T:
            with writing(self._ready()) as connection:
                return work(connection)

        with self._trouble_told():
            return self._try(whole)

    def _try(self, whole: Callable[[], T]) -> T:
        return _postgres.patiently(whole) if self._file is None else whole()

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            cause = _cause(error)
            if _sqlite_trouble.primary_code(cause) in _sqlite_trouble.DAMAGED:
                self.close()  # the next call looks at the file and sets it aside
            if isinstance(cause, sqlite3.Error):
                raise _sqlite_trouble.from_sqlite(cause, self.where) from error
            if _postgres.is_postgres(cause):
                raise _postgres.from_postgres(cause, self.where) from None  # it may tell too much
            raise _trouble.unclear(self.where, str(cause)) from error
        except OSError as error:
            raise _trouble.from_os(error, self.where) from error

    def _ready(self) -> Engine:
        with self._guard:
            if self._engine is not None and self._file is not None and self._file.was_replaced():
                self.close()
            if self._engine is None:
                self._engine = self._open()
            return self._engine

    def _ready_to_read(self) -> Engine:
        try:
            return self._ready()
        except (SQLAlchemyError, sqlite3.Error) as error:
            denied = _sqlite_trouble.primary_code(_cause(error)) in _sqlite_trouble.NOT_WRITABLE
            if self._file is None or not denied or not self._file.is_at_rest():
                raise
            return self._file.engine(at_rest=True)

    def _open(self) -> Engine:
        if self._file is None:
            engine = _postgres.server_engine(self._url)
        else:
            if notice := self._file.prepare():
                self._notices.append(notice)
            engine = self._file.engine()
        try:
            with engine.connect() as connection:
                ready = _schema.is_ready(connection, self.where)
            if not ready:
                with writing(engine) as connection:
                    _schema.bring_up(connection, self.where)
        except BaseException:
            engine.dispose()
            raise
        if self._file is not None:
            self._file.remember()
        return engine


def _cause(error: BaseException) -> BaseException:
    """The database's own error inside SQLAlchemy's."""
    return getattr(error, "orig", None) or error


def _url(place: Path | str) -> sa.URL:
    if isinstance(place, Path):
        return sa.URL.create("sqlite", database=str(place))
    try:
        url = sa.make_url(re.sub(r"^postgres://", "postgresql://", place))
    except ArgumentError:
        url = None
    kind = url.get_backend_name() if url is not None else ""
    if url is None or kind not in ("sqlite", "postgresql"):
        raise StorageError(
            "This is no database URL that okrlab knows, so nothing was opened. Use one such as "
            "sqlite:///progress.sqlite3 or postgresql://host/okrlab."
        )
    if kind == "sqlite" and (not url.database or url.database == ":memory:"):
        raise StorageError(
            "A SQLite URL without a file would lose the progress, so nothing was opened. Name a "
            "file, such as sqlite:///progress.sqlite3."
        )
    return _postgres.server_url(url) if kind == "postgresql" else url
