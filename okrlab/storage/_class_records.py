"""What is known of classes, in records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class ClassInfo:
    """A class.

    Attributes:
        name: what it is called.
        role: what the one who asks is in it: "owner" (of the database), "coach" or "learner".
        learners: how many learners are in it, as far as the one who asks may see them.
        coaches: how many coaches, likewise.
        at: when it began.
    """

    name: str
    role: str
    learners: int
    coaches: int
    at: datetime


@dataclass(frozen=True)
class Code:
    """A code to join a class with.

    Attributes:
        code: as it is stored.
        class_name: the class.
        role: what one becomes: "learner" or "coach".
        expires: until when it works.
        revoked: whether it was taken back.
        uses_left: how many more may join with it; None for any number.
    """

    code: str
    class_name: str
    role: str
    expires: datetime
    revoked: bool
    uses_left: int | None

    def works(self, now: datetime) -> bool:
        """Whether one can join with it."""
        return not self.revoked and self.expires > now and self.uses_left != 0


@dataclass(frozen=True)
class Member:
    """Somebody in a class.

    Attributes:
        person: the name or pseudonym under which answers are stored.
        name: who that is, where somebody gave it.
        role: "learner" or "coach".
        answers: how many answers are stored, as far as the one who asks may see them.
        latest: when the latest one was given.
    """

    person: str
    name: str | None
    role: str
    answers: int
    latest: datetime | None


@dataclass(frozen=True)
class Enrolment:
    """What came of a code.

    Attributes:
        class_name: the class that was joined.
        person: the name under which answers are stored from now on.
        role: "learner" or "coach".
        url: the database with the login that was made; None where the login stays the same.
    """

    class_name: str
    person: str
    role: str
    url: str | None = field(repr=False)


@dataclass(frozen=True)
class Erased:
    """How much `Classes.forget` erased: answers, versions of drafts, memberships."""

    attempts: int
    drafts: int
    memberships: int
