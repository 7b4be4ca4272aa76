"""What went wrong with classes, in words."""

from __future__ import annotations

from okrlab.errors import StorageError


class NameTakenError(StorageError):
    """Somebody else has the name under which answers would be stored."""


def name_taken(person: str) -> NameTakenError:
    """Somebody else has it, or answers of somebody else are stored under it."""
    return NameTakenError(
        f"Nobody joined, because “{person}” is taken by somebody else. Choose another name with "
        "--learner, or leave it out and get one."
    )


def class_taken(name: str) -> StorageError:
    """There is such a class."""
    return StorageError(
        f"No class was begun, because there is one called “{name}” already. Choose another name."
    )


def unknown_code() -> StorageError:
    """A wrong, old or revoked code; which of them is not told."""
    return StorageError(
        "This code opens no class: it may be mistyped, too old, used up or taken back. Compare it "
        "with what your coach wrote, or ask for a new one."
    )


def too_many_tries() -> StorageError:
    """Somebody may be guessing."""
    return StorageError(
        "Nobody joined, because too many codes were tried on this server. Wait a quarter of an "
        "hour and try again."
    )


def owner_only() -> StorageError:
    """A coach tried what only the owner may."""
    return StorageError(
        "Nothing was changed, because only the owner of the database can end a class. Take people "
        "out of it one by one, or ask the owner."
    )


def not_yours(person: str) -> StorageError:
    """A person that somebody else looks after as well."""
    return StorageError(
        f"Nothing of “{person}” was erased, because this login may not: learners erase themselves, "
        "coaches those who are learners in their classes and in no others. Ask the owner of the "
        "database."
    )


def no_roles(where: str) -> StorageError:
    """The owner may not make logins for people."""
    return StorageError(
        f"No class was begun in {where}, because the owner of the tables may not make logins for "
        "people. Let the administrator of the server run: ALTER ROLE owner CREATEROLE (with the "
        "owner's name)"
    )


def open_schema(where: str) -> StorageError:
    """PostgreSQL before version 15, or somebody opened it again."""
    return StorageError(
        f"No class was begun in {where}, because everybody may make tables there, which learners "
        "must not. Let the owner of the database run: REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    )
