"""Exercises: forms that are marked, and tasks of the data track.

A form has a fixed table of `cases` with a key, or a list of the learner's `own` rows, or both. A
data exercise compares a value that the learner computed with the expected one.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from okrlab.content._base import (
    ClaimId,
    FormatNumber,
    Line,
    MisconceptionId,
    RoleName,
    Slug,
    Strict,
    Text,
)
from okrlab.content.item import Number

Passage = Annotated[str, Field(min_length=1, max_length=3000)]
"""Several paragraphs, separated by an empty line."""


def _yes_no(value: Any) -> Any:
    """YAML reads an unquoted yes or no as true or false; as an option's id it is the word."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _is_date(value: str) -> str:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("write the date as 2027-03-31") from None
    return value


OptionId = Annotated[Slug, BeforeValidator(_yes_no)]
IsoDate = Annotated[str, Field(max_length=10), AfterValidator(_is_date)]
DatasetName = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64)]
Scalar = Annotated[str, Field(max_length=240)] | bool | Number
"""One value of a table: text, number, true or false."""


class Exercise(Strict):
    """What every exercise has."""

    own_list: ClassVar[bool] = False

    id: Slug
    kind: Literal["form", "data"]
    version: int = Field(default=1, ge=1)
    title: Line
    intro: Passage = Field(description="What to do, and the case.")
    concept: Slug
    points: int = Field(ge=1, le=100)
    minutes: Number = Field(default=10.0, gt=0, le=60)
    seed_refs: tuple[ClaimId, ...] = ()
    hint: Text | None = None
    remember: Text | None = Field(default=None, description="Shown after the first check.")
    author: Line = "okrlab"

    @property
    def graded(self) -> bool:
        """Whether an attempt counts for mastery: a learner's own list never does."""
        return not self.own_list


# -- forms with a key ---------------------------------------------------------------------------


class ColumnOption(Strict):
    """One thing that can be chosen in a column."""

    id: OptionId
    label: Line
    role: RoleName | None = None


class SharedWrong(Strict):
    """Feedback for choosing `option` in any row (where `right` is right, when that is given)."""

    option: OptionId
    right: OptionId | None = None
    misconception: MisconceptionId
    feedback: Text


class Column(Strict):
    """A question that is asked of every row: a choice, or a number when `options` is left out."""

    id: Slug
    label: Line
    help: Line | None = None
    options: tuple[ColumnOption, ...] = Field(default=(), max_length=9)
    unit: Annotated[str, Field(max_length=40)] = ""
    tolerance: Number = Field(default=0.0, ge=0)
    wrong: tuple[SharedWrong, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether a number is to be typed in."""
        return not self.options


class CellWrong(Strict):
    """What a wrong answer in this cell reveals: an `option`, or a number `value`."""

    option: OptionId | None = None
    value: Number | None = None
    misconception: MisconceptionId
    feedback: Text

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.option is None) == (self.value is None):
            raise ValueError("give either 'option' or, in a column of numbers, 'value'")
        return self


class CellKey(Strict):
    """The right answer of one row in one column, and why."""

    right: Annotated[Slug | Number, BeforeValidator(_yes_no)]
    why: Text
    flip: Text | None = Field(default=None, description="The smallest change that flips it.")
    wrong: tuple[CellWrong, ...] = ()
    otherwise: Text | None = Field(
        default=None, description="Feedback for a wrong number that no entry of 'wrong' names."
    )


class Row(Strict):
    """One case to judge; `key` has one entry for every column."""

    id: Slug
    text: Line
    context: Text | None = None
    key: dict[Slug, CellKey]


class Cases(Strict):
    """A fixed table: every row is judged in every column."""

    columns: tuple[Column, ...] = Field(min_length=1, max_length=6)
    rows: tuple[Row, ...] = Field(min_length=1, max_length=30)


class FormExercise(Exercise):
    """An exercise that is answered in a form."""

    kind: Literal["form"]
    cases: Cases | None = None


class KeyedExercise(FormExercise):
    """Cases with one right answer each."""

    rule: Literal["keyed"]
    cases: Cases


# -- forms for the learner's own list -----------------------------------------------------------


class OwnExercise(FormExercise):
    """A list that the learner writes: marked for consistency and structure, never for content."""

    own_list: ClassVar[bool] = True

    min_rows: int = Field(default=3, ge=1, le=12, description="So many rows earn full marks.")
    max_rows: int = Field(default=10, ge=1, le=12)

    @model_validator(mode="after")
    def _rows_in_order(self) -> Self:
        if self.min_rows > self.max_rows:
            raise ValueError("'min_rows' is larger than 'max_rows'")
        return self


class OwnMeasuresExercise(OwnExercise):
    """Measures of the learner's own, each with facts and the role that follows from them."""

    rule: Literal["own-measures"]


class Given(Strict):
    """What a key result form takes as given; what is left out, the learner fills in."""

    objective: Line | None = None
    starts: IsoDate | None = None
    ends: IsoDate | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.starts and self.ends and self.starts >= self.ends:
            raise ValueError("the cycle must end after it starts")
        return self


class KeyResultsExercise(OwnExercise):
    """Key results for one objective, with checks of their structure."""

    rule: Literal["key-results"]
    given: Given = Given()


class KpiAuditExercise(OwnExercise):
    """KPIs of the learner's own, each asked four questions with a reason."""

    rule: Literal["kpi-audit"]


# -- data track ---------------------------------------------------------------------------------


class Mistake(Strict):
    """A wrong result that a known wrong way gives.

    It is recognised by `values` (by key, what the wrong way gives there), or by `given` (one value,
    wherever it stands; with `expected`, only where that would have been right).
    """

    name: Line
    misconception: MisconceptionId | None = None
    feedback: Text
    column: Annotated[str, Field(max_length=64)] | None = None
    values: dict[str, Scalar] = Field(default={}, max_length=500)
    given: Scalar | None = None
    expected: Scalar | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.values) == (self.given is not None):
            raise ValueError("give either 'values' (by key) or 'given' (one value)")
        return self


class NumberAnswer(Strict):
    """One number."""

    type: Literal["number"]
    expected: Number
    tolerance: Number = Field(default=0.0, ge=0)
    why: Text
    mistakes: tuple[Mistake, ...] = ()


class MappingAnswer(Strict):
    """A value for each key: a dict, or a Series with the keys as its index."""

    type: Literal["mapping"]
    expected: dict[str, Scalar] = Field(min_length=1, max_length=500)
    tolerance: Number = Field(default=0.0, ge=0)
    why: Text
    reasons: dict[str, Text] = Field(default={}, description="By key: what settles that row.")
    not_asked: dict[str, Text] = Field(
        default={}, description="By key: what to say of a row that does not belong there."
    )
    mistakes: tuple[Mistake, ...] = ()


class FrameColumn(Strict):
    """A column that the frame must have."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    tolerance: Number = Field(default=0.0, ge=0)


class FrameAnswer(Strict):
    """A table with one row for each value of `key`; their order and further columns don't matter.

    `key` may be a column or the index. `rows` have the key and the expected columns.
    """

    type: Literal["frame"]
    key: Annotated[str, Field(min_length=1, max_length=64)]
    columns: tuple[FrameColumn, ...] = Field(min_length=1, max_length=20)
    rows: tuple[dict[str, Scalar], ...] = Field(min_length=1, max_length=500)
    why: Text
    reasons: dict[str, Text] = Field(default={}, description="By key: what settles that row.")
    not_asked: dict[str, Text] = Field(
        default={}, description="By key: what to say of a row that does not belong there."
    )
    mistakes: tuple[Mistake, ...] = ()


Answer = Annotated[NumberAnswer | MappingAnswer | FrameAnswer, Field(discriminator="type")]
"""What a data exercise expects; `type` says which."""


class DataExercise(Exercise):
    """A value to compute from a dataset with pandas."""

    kind: Literal["data"]
    dataset: DatasetName
    answer: Answer


# -- the file -----------------------------------------------------------------------------------

AnyForm = Annotated[
    KeyedExercise | OwnMeasuresExercise | KeyResultsExercise | KpiAuditExercise,
    Field(discriminator="rule"),
]
AnyExercise = Annotated[AnyForm | DataExercise, Field(discriminator="kind")]
"""Any exercise; `kind`, and `rule` in a form, say which."""


class ExerciseFile(Strict):
    """A file of `exercises/`: exercises of one lesson."""

    format: FormatNumber
    lesson: int = Field(ge=0, le=9)
    exercises: tuple[AnyExercise, ...] = Field(min_length=1)
