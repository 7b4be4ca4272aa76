"""Attempts and drafts as plain JSON data, strictly checked in both directions.

What passes on the way in comes back unchanged, so that whatever was stored can be exported, and
whatever was exported can be imported.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from okrlab.assessment.attempt import Attempt
from okrlab.errors import StorageError
from okrlab.storage.protocol import Draft

MAX_JSON = 500_000
"""Most characters of a response or a draft, written as JSON."""

TICK = timedelta(microseconds=1)


def _utc(value: Any) -> datetime:
    """A time with a time zone, given as such or in ISO 8601, in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        raise ValueError("a time belongs here, such as 2026-03-01T09:30:00+00:00")
    if value.tzinfo is None:
        raise ValueError("a time needs a time zone, such as +00:00 at its end")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this time is out of range") from error


def _json(value: Any) -> Any:
    """Plain JSON data as it comes back after storing."""
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"plain JSON data belongs here: {error}") from error
    if len(text) > MAX_JSON:
        raise ValueError(f"at most {MAX_JSON:,} characters as JSON are kept, not {len(text):,}")
    return json.loads(text)


Time = Annotated[datetime, BeforeValidator(_utc)]
Json = Annotated[dict[str, Any], BeforeValidator(_json)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Name = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]
Learner = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,80}$")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


R = TypeVar("R", bound=_Record)


class AttemptRecord(_Record):
    """An attempt as it is stored; the fields are those of `Attempt`."""

    id: Key
    learner: Learner
    activity: Name
    sitting: Key
    item: Name
    item_version: int = Field(ge=1, le=1_000_000)
    concept: Name | Literal[""]
    response: Json
    mark: float = Field(ge=0, le=1)
    misconceptions: Annotated[list[Name], Field(max_length=100)]
    graded: bool
    try_number: int = Field(ge=1, le=1_000_000)
    confidence: Literal["sure", "think", "guess"] | None
    seconds: float | None = Field(ge=0, allow_inf_nan=False)
    at: Time


class DraftRecord(_Record):
    """A version of a draft as it is stored."""

    learner: Learner
    key: Name
    value: Json
    at: Time


class RecordError(ValueError):
    """Data that is no attempt or draft; `problems` has (field, what is wrong) of each mistake."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in problems))
        self.problems = problems


def read_attempt(data: object) -> Attempt:
    """Check plain data and return the attempt that it is.

    Raises:
        RecordError: it isn't one.
    """
    record = _validated(AttemptRecord, data)
    values = {name: getattr(record, name) for name in AttemptRecord.model_fields}
    return Attempt(**{**values, "misconceptions": tuple(values["misconceptions"])})


def read_draft(data: object) -> Draft:
    """Check plain data and return the draft that it is.

    Raises:
        RecordError: it isn't one.
    """
    record = _validated(DraftRecord, data)
    return Draft(record.learner, record.key, record.value, record.at)


def attempt_data(attempt: Attempt) -> dict[str, Any]:
    """An attempt as plain JSON data."""
    data = {f.name: getattr(attempt, f.name) for f in fields(Attempt)}
    return {**data, "misconceptions": list(attempt.misconceptions), "at": time_text(attempt.at)}


def draft_data(draft: Draft) -> dict[str, Any]:
    """A version of a draft as plain JSON data."""
    data = {f.name: getattr(draft, f.name) for f in fields(Draft)}
    return {**data, "at": time_text(draft.at)}


def checked_attempts(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts as they will come back from a store.

    Raises:
        RecordError: one of them could not be stored unchanged.
    """
    return [read_attempt(attempt_data(a)) for a in attempts]


def checked_drafts(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts as they will come back from a store.

    Raises:
        RecordError: one of them could not be stored unchanged.
    """
    return [read_draft(draft_data(d)) for d in drafts]


def checked_learner(name: str) -> str:
    """The name, when it can be a learner's.

    Raises:
        StorageError: it is empty, too long, or holds signs that can't be stored.
    """
    if not re.fullmatch(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,80}", name):
        raise StorageError(
            f"“{name[:80]!a}” can't be a learner's name, so no progress was opened. Take a name of "
            "1 to 80 letters, such as OKRLAB_LEARNER=anna."
        )
    return name


def after(at: datetime, latest: datetime | None) -> datetime:
    """`at`, or just after `latest` when the clock went backwards or stood still."""
    return at if latest is None else max(at, latest + TICK)


def draft_id(draft: Draft) -> str:
    """The same for the same version of a draft wherever it is stored."""
    return hashlib.sha256(line(draft_data(draft)).encode()).hexdigest()


def line(data: object) -> str:
    """Plain data as one line of JSON, in ASCII, the same for the same data."""
    return json.dumps(data, allow_nan=False, sort_keys=True, separators=(",", ":"))


def time_text(at: datetime) -> str:
    """A time as text that sorts as the times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _validated(model: type[R], data: object) -> R:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise RecordError(
            [(_field(e["loc"]), _words(e["type"], e["msg"])) for e in error.errors()]
        ) from error


def _field(loc: tuple[str | int, ...]) -> str:
    return str(loc[0])[:60] if loc else "record"


def _words(kind: str, message: str) -> str:
    if kind == "missing":
        return "this field is missing"
    if kind == "extra_forbidden":
        return "there is no such field"
    return message.removeprefix("Value error, ")
