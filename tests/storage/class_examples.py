"""A class on a server: its owner, coaches, learners, each with a login of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from okrlab.storage.classes import Classes, open_classes
from okrlab.storage.sql import SqlStore
from tests.postgres_server import ask, database_at


def login_of(url: str) -> Classes:
    """The classes as this login sees them."""
    return open_classes(url)


class Room:
    """A class called “Autumn” with coach Carla, learners anna and ben; “Spring” with dora."""

    def __init__(self, folder: Path) -> None:
        self.url = database_at(folder)
        self.owner = open_classes(self.url)
        self.urls: dict[str, str] = {}
        for name in ("Autumn", "Spring"):
            self.owner.create(name)
        self.door = str(self.owner.join_url())
        self.join("carla", "Autumn", role="coach")
        self.join("carol", "Spring", role="coach")
        self.join("anna", "Autumn")
        self.join("ben", "Autumn")
        self.join("dora", "Spring")

    def join(self, person: str, name: str, role: str = "learner") -> None:
        """Let somebody join with a code, from outside."""
        code = self.owner.new_code(name, role=role).code
        url = open_classes(self.door).enrol(code, person).url
        assert url is not None
        self.urls[person] = url

    def store(self, person: str) -> SqlStore:
        """The store as this person opens it."""
        return SqlStore(self.urls[person])

    def classes(self, person: str) -> Classes:
        """The classes as this person sees them."""
        return open_classes(self.urls[person])

    def ask(self, person: str, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Run plain SQL with this person's login, as somebody would who tries."""
        return ask(self.urls[person], statement, *values)


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)
