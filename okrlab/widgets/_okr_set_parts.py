"""What a set in the making consists of, and how a step is taken back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from okrlab.interop.okr_set import MAX_LINES, MAX_TEXT, Role

_Id = Annotated[str, Field(pattern=r"^[ol]\d{1,9}$")]
_Text = Annotated[str, Field(max_length=MAX_TEXT)]


@dataclass
class Line:
    """A line in the making.

    Attributes:
        id: tells it from the others.
        text: as typed.
        role: as the learner decided.
        settled: the kind that the learner was asked about and decided otherwise; "" when none.
    """

    id: _Id
    text: _Text
    role: Role
    settled: Annotated[str, Field(max_length=20)] = ""


@dataclass
class Objective:
    """An objective in the making, with its lines in order."""

    id: _Id
    text: _Text = ""
    lines: Annotated[list[Line], Field(max_length=MAX_LINES)] = field(default_factory=list)

    def of(self, role: str) -> list[Line]:
        """The lines with that role, in order."""
        return [line for line in self.lines if line.role == role]


@dataclass
class Undo:
    """How to take something back.

    Attributes:
        what: in words, such as "“Launch chat” removed".
        do: "insert" puts `lines` back into `objective` at `at`; "objective" puts a whole objective
            back at `at`; "drop" removes the lines and objectives with the ids in `ids`; "text"
            gives the line `ids[0]` its old text.
    """

    what: Annotated[str, Field(max_length=200)]
    do: Literal["insert", "objective", "drop", "text"]
    objective: str = ""
    at: Annotated[int, Field(ge=0)] = 0
    lines: Annotated[list[Line], Field(max_length=MAX_LINES)] = field(default_factory=list)
    whole: Objective | None = None
    ids: list[str] = field(default_factory=list)
    text: _Text = ""


def quoted(text: str, most: int = 60) -> str:
    """A text in quotation marks, shortened."""
    text = " ".join(text.split())
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"


def good_date(value: str) -> bool:
    """Whether this is empty or a day as YYYY-MM-DD."""
    try:
        return not value or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_T = TypeVar("_T")


def good_ones(values: object, kind: type[_T], most: int) -> list[_T]:
    """Those of a draft's values that are of this kind, at most `most`."""
    adapter, found = TypeAdapter(kind), []
    for value in values[:most] if isinstance(values, list) else []:
        with suppress(ValidationError):
            found.append(adapter.validate_python(value))
    return found
