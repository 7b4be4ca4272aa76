"""Rows of the tables of classes; in PostgreSQL, those that the login may see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from okrlab.storage import _class_trouble as trouble
from okrlab.storage._class_records import ClassInfo, Code, Enrolment, Erased, Member
from okrlab.storage._records import time_text
from okrlab.storage._tables import ATTEMPTS, CLASSES, CODES, DRAFTS, MEMBERS, PEOPLE


def classes(connection: Connection, me: str | None, *, owner: bool) -> list[ClassInfo]:
    """Every class that can be seen, by name."""
    found = connection.execute(sa.select(CLASSES).order_by(CLASSES.c["class"])).mappings().all()
    people = connection.execute(sa.select(MEMBERS)).mappings().all()
    infos = []
    for row in found:
        inside = {m["person"]: m["role"] for m in people if m["class"] == row["class"]}
        roles = list(inside.values())
        infos.append(
            ClassInfo(
                row["class"],
                "owner" if owner else inside.get(me or "", "learner"),
                roles.count("learner"),
                roles.count("coach"),
                datetime.fromisoformat(row["at"]),
            )
        )
    return infos


def members(connection: Connection, name: str) -> list[Member]:
    """Everybody in a class who can be seen, coaches first, then by person."""
    answers = sa.func.count(ATTEMPTS.c.id)
    query = (
        sa.select(
            MEMBERS.c.person, PEOPLE.c.name, MEMBERS.c.role, answers, sa.func.max(ATTEMPTS.c.at)
        )
        .join(PEOPLE, PEOPLE.c.person == MEMBERS.c.person, isouter=True)
        .join(ATTEMPTS, ATTEMPTS.c.learner == MEMBERS.c.person, isouter=True)
        .where(MEMBERS.c["class"] == name)
        .group_by(MEMBERS.c.person, PEOPLE.c.name, MEMBERS.c.role)
    )
    found = [
        Member(person, shown, role, count, _time(at))
        for person, shown, role, count, at in connection.execute(query)
    ]
    return sorted(found, key=lambda m: (m.role, m.person))


def codes(connection: Connection, name: str) -> list[Code]:
    """The codes of a class, the latest to expire first."""
    query = sa.select(CODES).where(CODES.c["class"] == name).order_by(CODES.c.expires.desc())
    return [_code(row) for row in connection.execute(query).mappings()]


def code_row(code: Code) -> dict[str, Any]:
    """A code as a row."""
    return {
        "code": code.code,
        "class": code.class_name,
        "role": code.role,
        "expires": time_text(code.expires),
        "revoked": code.revoked,
        "uses_left": code.uses_left,
    }


def enrol(
    connection: Connection, code: str, person: str, name: str | None, now: datetime
) -> Enrolment:
    """Put somebody into a class, in a file. On a server, a function does it.

    Raises:
        StorageError: the code does not work.
    """
    row = connection.execute(sa.select(CODES).where(CODES.c.code == code)).mappings().first()
    found = None if row is None else _code(row)
    if found is None or not found.works(now):
        raise trouble.unknown_code()
    if found.uses_left is not None:
        less = sa.update(CODES).where(CODES.c.code == code).values(uses_left=found.uses_left - 1)
        connection.execute(less)
    at = time_text(now)
    if connection.execute(sa.select(PEOPLE).where(PEOPLE.c.person == person)).first() is None:
        connection.execute(PEOPLE.insert(), {"person": person, "name": name, "at": at})
    inside = sa.and_(MEMBERS.c["class"] == found.class_name, MEMBERS.c.person == person)
    role = connection.execute(sa.select(MEMBERS.c.role).where(inside)).scalar()
    if role is None:
        values = {"class": found.class_name, "person": person, "role": found.role, "at": at}
        connection.execute(MEMBERS.insert(), values)
    elif found.role == "coach":
        connection.execute(sa.update(MEMBERS).where(inside).values(role="coach"))
    new_role = "coach" if role == "coach" else found.role
    return Enrolment(found.class_name, person, new_role, None)


def is_known(connection: Connection, person: str) -> bool:
    """Whether there is such a person, with answers or without."""
    return (
        connection.execute(sa.select(PEOPLE).where(PEOPLE.c.person == person)).first() is not None
    )


def forget(connection: Connection, person: str) -> Erased:
    """Erase a person in a file, also from its free pages."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    counts = [
        connection.execute(sa.delete(table).where(column == person)).rowcount
        for table, column in (
            (ATTEMPTS, ATTEMPTS.c.learner),
            (DRAFTS, DRAFTS.c.learner),
            (MEMBERS, MEMBERS.c.person),
        )
    ]
    connection.execute(sa.delete(PEOPLE).where(PEOPLE.c.person == person))
    return Erased(*counts)


def scram(connection: Connection, password: str) -> str:
    """What a server keeps of a password, made here so that the password never leaves."""
    driver = connection.connection.driver_connection
    if driver is None:  # only a connection that was given back has none
        raise RuntimeError("no connection")
    made: bytes = driver.pgconn.encrypt_password(password.encode(), b"", b"scram-sha-256")
    return made.decode()


def _time(at: str | None) -> datetime | None:
    """The time of a row that a learner's login wrote; None for what is none."""
    try:
        return None if at is None else datetime.fromisoformat(at)
    except ValueError:
        return None


def _code(row: Any) -> Code:
    return Code(
        row["code"],
        row["class"],
        row["role"],
        datetime.fromisoformat(row["expires"]),
        row["revoked"],
        row["uses_left"],
    )
