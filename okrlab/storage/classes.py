"""Classes, who is in them, and the codes with which people join. In a store in SQL only.

In SQLite whoever can open the file is its owner. In PostgreSQL every person has a login, and the
server decides by it which rows they see and change (docs/decisions/0008-shared-database.md): the
statements here are the same for an owner, a coach and a learner.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from okrlab.errors import StorageError, UnknownNameError
from okrlab.storage import _class_rows as rows
from okrlab.storage import _class_trouble as trouble
from okrlab.storage._class_records import ClassInfo, Code, Enrolment, Erased, Member
from okrlab.storage._codes import new_code, new_pseudonym, typed_code
from okrlab.storage._records import checked_learner, time_text
from okrlab.storage._tables import CLASSES, CODES, MEMBERS
from okrlab.storage.places import open_store
from okrlab.storage.sql import SqlStore
from okrlab.storage.transfer import export_progress

DAYS = 14
"""So long a code works, unless something else is asked for."""

MOST_DAYS = 366

NAMES_TRIED = 20
"""So many pseudonyms are made up before one that is free is given up."""


_OPEN_SCHEMA = sa.text(
    "SELECT has_schema_privilege(value || '_member', current_schema(), 'CREATE')"
    " FROM okrlab_meta WHERE key = 'roles'"
)
"""Whether learners could put tables and functions of their own beside okrlab's."""


class Classes:
    """The classes of a store.

    Args:
        store: a store in SQL.
        now: the clock; returns a time with a time zone.

    Every method raises `StorageError` when the store can't be used or the login may not do it, and
    `UnknownNameError` for a class or person that the login does not see.
    """

    def __init__(self, store: SqlStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.store = store
        self._now = now
        self._server = store.url.get_backend_name() == "postgresql"

    def create(self, name: str) -> None:
        """Begin a class. The owner can, and whoever coaches a class already."""
        checked_learner(name)  # the same signs and length

        def work(connection: Connection) -> None:
            owner = self._owns(connection)
            if owner and self._server:
                self._make_roles(connection)
            try:
                if owner:
                    at = time_text(self._now())
                    connection.execute(CLASSES.insert(), {"class": name, "at": at})
                else:
                    connection.execute(sa.select(sa.func.okrlab_begin_class(name)))
            except IntegrityError as error:
                raise trouble.class_taken(name) from error

        self.store.write(work)

    def all(self) -> list[ClassInfo]:
        """The classes that the login sees, by name."""
        return self.store.read(lambda c: rows.classes(c, self._me(c), owner=self._owns(c)))

    def new_code(
        self, name: str, *, role: str = "learner", days: int = DAYS, uses: int | None = None
    ) -> Code:
        """A code to join a class with.

        Args:
            name: the class.
            role: what one becomes by it, "learner" or "coach".
            days: how long it works, at most a year.
            uses: how many may join with it; None for any number.
        """
        if role not in ("learner", "coach") or not 1 <= days <= MOST_DAYS:
            raise StorageError(
                f"No code was made, because a code is for a learner or a coach and works for 1 to "
                f"{MOST_DAYS} days."
            )
        if uses is not None and not 1 <= uses <= 1_000_000:
            raise StorageError("No code was made, because at least one must be able to use it.")
        made = Code(new_code(), name, role, self._now() + timedelta(days=days), False, uses)

        def work(connection: Connection) -> None:
            self._find(connection, name)
            connection.execute(CODES.insert(), rows.code_row(made))

        self.store.write(work)
        return made

    def codes(self, name: str) -> list[Code]:
        """All codes of a class, the latest to expire first."""

        def work(connection: Connection) -> list[Code]:
            self._find(connection, name)
            return rows.codes(connection, name)

        return self.store.read(work)

    def revoke(self, code: str) -> None:
        """Take a code back: nobody joins with it any more, who has joined stays."""
        wanted = typed_code(code)
        query = sa.update(CODES).where(CODES.c.code == wanted).values(revoked=True)
        if not self.store.write(lambda connection: connection.execute(query).rowcount):
            raise trouble.unknown_code()

    def enrol(self, code: str, person: str | None = None, name: str | None = None) -> Enrolment:
        """Join a class with a code.

        Whoever has a login of their own joins with that. Others become a new person with a new
        login, whose password nobody else learns. The owner, and anybody with a file, can also put
        people in who need no login, such as those whose exports are imported.

        Args:
            code: as it was typed.
            person: under which name answers are stored; made up by default.
            name: who that is, if the learner wants that to be known to the coaches.
        """
        if name is not None and (not name.strip() or len(name) > 200 or not name.isprintable()):
            raise StorageError("Nobody joined, because a name has 1 to 200 letters.")
        wanted = (
            [checked_learner(person)] if person else [new_pseudonym() for _ in range(NAMES_TRIED)]
        )
        for who in wanted:
            try:
                return self._enrol(typed_code(code), who, name)
            except trouble.NameTakenError:
                if person:
                    raise
        raise trouble.name_taken("a made-up name")

    def members(self, name: str) -> list[Member]:
        """Who is in a class, coaches first, as far as the login sees it."""

        def work(connection: Connection) -> list[Member]:
            self._find(connection, name)
            return rows.members(connection, name)

        return self.store.read(work)

    def learners(self, name: str) -> list[str]:
        """The learners of a class, sorted: names under which the store has their answers."""
        return sorted(m.person for m in self.members(name) if m.role == "learner")

    def remove(self, name: str, person: str) -> None:
        """Take somebody out of a class. Their answers stay; `forget` erases those."""
        query = sa.delete(MEMBERS).where(MEMBERS.c["class"] == name, MEMBERS.c.person == person)
        if not self.store.write(lambda connection: connection.execute(query).rowcount):
            raise UnknownNameError("learner", person, self.learners(name))

    def delete(self, name: str) -> None:
        """End a class: its members and codes are gone, their answers stay. Only the owner can."""

        def work(connection: Connection) -> None:
            self._find(connection, name)
            if not self._owns(connection):
                raise trouble.owner_only()
            for table in (CODES, MEMBERS, CLASSES):
                connection.execute(sa.delete(table).where(table.c["class"] == name))

        self.store.write(work)

    def forget(self, person: str) -> Erased:
        """Erase a person: answers, drafts, memberships, name and login.

        The owner can, everybody can erase themselves, and coaches those learners all of whose
        classes are theirs.
        """

        def work(connection: Connection) -> Erased:
            if not self._server:
                return rows.forget(connection, person)
            try:
                query = sa.text("SELECT attempts, drafts, memberships FROM okrlab_forget(:who)")
                return Erased(*connection.execute(query, {"who": person}).one())
            except DBAPIError as error:
                raise self._told(error, trouble.not_yours(person)) from error

        known = self.store.read(lambda c: rows.is_known(c, person))
        erased = self.store.write(work)
        self.store.close()  # SQLite then clears its log, which may hold what was erased
        if not known and erased == Erased(0, 0, 0):
            raise UnknownNameError("learner", person, self.store.learners())
        return erased

    def export(self, name: str, path: Path) -> tuple[int, int]:
        """Write the answers of a class to a new file; return how many answers and drafts."""
        return export_progress(self.store, path, self.learners(name))

    def join_url(self) -> str | None:
        """The URL with which strangers come who have a code; None where there is no server.

        Its login can do nothing but try a code; it is shown to coaches only.
        """
        if not self._server:
            return None
        query = sa.text("SELECT login, password FROM okrlab_door")
        found = self.store.read(lambda connection: connection.execute(query).first())
        if found is None:
            return None
        url = self.store.url.set(drivername="postgresql", username=found[0], password=found[1])
        return url.render_as_string(hide_password=False)

    # -- inside ----------------------------------------------------------------------------------

    def _me(self, connection: Connection) -> str | None:
        return connection.execute(sa.select(sa.func.okrlab_me())).scalar() if self._server else None

    def _owns(self, connection: Connection) -> bool:
        if not self._server:
            return True
        return bool(connection.execute(sa.select(sa.func.okrlab_owns())).scalar())

    def _find(self, connection: Connection, name: str) -> None:
        known = [info.name for info in rows.classes(connection, None, owner=True)]
        if name not in known:
            raise UnknownNameError("class", name, known)

    def _make_roles(self, connection: Connection) -> None:
        try:
            connection.execute(sa.text("SELECT okrlab_make_roles()"))
        except DBAPIError as error:
            raise self._told(error, trouble.no_roles(self.store.where)) from error
        if connection.execute(_OPEN_SCHEMA).scalar():
            raise trouble.open_schema(self.store.where)

    def _enrol(self, code: str, person: str, name: str | None) -> Enrolment:
        if not self._server:
            at = self._now()
            return self.store.write(lambda c: rows.enrol(c, code, person, name, at))
        password = secrets.token_urlsafe(24)

        def work(connection: Connection) -> tuple[str, ...]:
            given = {
                "code": code,
                "person": person,
                "name": name,
                "verifier": rows.scram(connection, password),
            }
            query = sa.text("SELECT * FROM okrlab_enrol(:code, :person, :name, :verifier)")
            try:
                return tuple(connection.execute(query, given).one())
            except IntegrityError as error:
                raise self._told(error, trouble.name_taken(person)) from error

        status, who, login, class_name, role = self.store.write(work)
        if status == "wait":
            raise trouble.too_many_tries()
        if status != "welcome":
            raise trouble.unknown_code()
        if login is None:
            return Enrolment(class_name, who, role, None)
        url = self.store.url.set(drivername="postgresql", username=login, password=password)
        return Enrolment(class_name, who, role, url.render_as_string(hide_password=False))

    @staticmethod
    def _told(error: DBAPIError, known: StorageError) -> Exception:
        """`known` where the server refused; other errors, such as a busy server, stay."""
        code = getattr(error.orig, "sqlstate", None)
        return known if code in ("42501", "23505") else error


def open_classes(place: str | Path | None = None) -> Classes:
    """The classes at a place, such as a database URL; by default where progress is kept.

    Raises:
        StorageError: no such place, or one that can't hold classes.
    """
    store = open_store(place)
    if not isinstance(store, SqlStore):
        raise StorageError(
            f"{store.where} can't hold classes; a SQLite file or a PostgreSQL database can. Unset "
            "OKRLAB_STORE, or set OKRLAB_DATABASE_URL to the database of the class."
        )
    return Classes(store)
