"""Items: one question each, in eight types, and the bank file that holds them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

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


def _as_float(value: Any) -> Any:
    """Let YAML write 5 where a float is meant, but never true or "5"."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


Number = Annotated[float, BeforeValidator(_as_float), Field(allow_inf_nan=False)]


def _as_day(value: Any) -> Any:
    """Let JSON write a date as text; anything that is no date is left to the field to refuse."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


Day = Annotated[date, BeforeValidator(_as_day)]

Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]


class Context(Strict):
    """The situation that makes the key unique."""

    org: Line | None = None
    industry: Line | None = None
    country: Line | None = None
    objective: Line | None = None
    horizon: Line | None = None
    state: Text | None = None
    pay: Line | None = None


class Option(Strict):
    """One option of a choice. The correct one's feedback is the decisive cue.

    A wrong option names a misconception, and its feedback says why it tempts.
    """

    text: Line
    correct: bool = False
    misconception: MisconceptionId | None = None
    feedback: Text


class Bucket(Strict):
    """A place to sort cards into."""

    id: Slug
    label: Line
    role: RoleName | None = None


class WrongBucket(Strict):
    """What putting a card into this wrong bucket reveals, and why that tempts."""

    bucket: Slug
    misconception: MisconceptionId
    feedback: Text


class Card(Strict):
    """One thing to sort.

    `why` is the decisive cue, `flip` the smallest change that would move the card into another
    bucket, and `wrong` has one entry for every other bucket.
    """

    id: Slug
    text: Line
    context: Text | None = None
    industry: Line | None = None
    concept: Slug | None = None
    seed_refs: tuple[ClaimId, ...] = ()
    bucket: Slug
    why: Text
    flip: Text
    wrong: tuple[WrongBucket, ...]


class WrongValue(Strict):
    """A wrong number that a known wrong way of calculating gives."""

    value: Number
    misconception: MisconceptionId
    feedback: Text


class Step(Strict):
    """One thing to put in order. In the file the steps stand in the right order."""

    id: Slug
    text: Line


class WrongPair(Strict):
    """What it reveals when `first` is put after `then`."""

    first: Slug
    then: Slug
    misconception: MisconceptionId
    feedback: Text


class ItemBase(Strict):
    """The fields of every item, whatever its type."""

    id: Slug
    version: int = Field(default=1, ge=1)
    seed_refs: tuple[ClaimId, ...] = Field(min_length=1)
    stem: Text
    context: Context = Context()
    minimal_edit: Text = Field(description="The smallest change that would flip the answer.")
    hint: Text
    frame: Line | None = Field(
        default=None, description="Whose rule decides, where the sources disagree."
    )
    contrast_partner: Slug | None = None
    parallel_group: Slug = Field(description="Items of one group can stand in for each other.")
    difficulty_prior: int = Field(ge=1, le=5)
    bloom: Bloom
    minutes: Number = Field(gt=0, le=15)
    held_out: bool = False
    author: Line = "okrlab"
    reviewer: Line | None = None
    source_licence: Literal["CC-BY-4.0"] = "CC-BY-4.0"

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The misconceptions that the item can reveal, sorted."""
        return tuple(sorted(set(self._revealed())))

    def _revealed(self) -> list[str]:
        raise NotImplementedError


class _Optioned(ItemBase):
    options: tuple[Option, ...] = Field(min_length=2, max_length=7)

    def _revealed(self) -> list[str]:
        return [o.misconception for o in self.options if o.misconception]


class ChoiceItem(_Optioned):
    """One right option out of several."""

    type: Literal["choice"]


class ChoicesItem(_Optioned):
    """Every right option is to be ticked, and no other."""

    type: Literal["choices"]


class RewriteItem(_Optioned):
    """Pick the rewording that mends `original`."""

    type: Literal["rewrite"]
    original: Line


class _Sorted(ItemBase):
    buckets: tuple[Bucket, ...] = Field(min_length=2, max_length=4)
    cards: tuple[Card, ...] = Field(min_length=2, max_length=24)

    def _revealed(self) -> list[str]:
        return [w.misconception for c in self.cards for w in c.wrong]


class ClassifyItem(_Sorted):
    """Cards into named buckets."""

    type: Literal["classify"]


class RoleInContextItem(_Sorted):
    """The same measure in several contexts: `cards` are the contexts, buckets the roles."""

    type: Literal["role_in_context"]
    measure: Line


class NumberItem(ItemBase):
    """A number, right within `tolerance` (absolute, in the unit of the answer)."""

    type: Literal["number"]
    answer: Number
    tolerance: Number = Field(ge=0)
    unit: Annotated[str, Field(max_length=40)] = ""
    worked: Text = Field(description="How the right number comes about: the decisive cue.")
    wrong_values: tuple[WrongValue, ...] = Field(min_length=1)
    otherwise: Text = Field(description="Feedback for a wrong number that no entry names.")

    def _revealed(self) -> list[str]:
        return [w.misconception for w in self.wrong_values]


class OrderItem(ItemBase):
    """Steps to put in order; in the file they stand in the right one."""

    type: Literal["order"]
    steps: tuple[Step, ...] = Field(min_length=3, max_length=8)
    why: Text = Field(description="What decides the order: the decisive cue.")
    wrong_pairs: tuple[WrongPair, ...] = Field(min_length=1)

    def _revealed(self) -> list[str]:
        return [w.misconception for w in self.wrong_pairs]


Asked = Literal["metric_kr", "milestone_kr", "baseline_kr", "health_metric", "objective"]
"""What a `write` item can ask for."""

WrittenPart = Literal[
    "measure", "baseline", "target", "deadline", "threshold", "evidence", "purpose"
]
"""What a written line can be required to hold."""

CheckId = Annotated[str, Field(pattern=r"^H(?:0[1-9]|1[0-9]|2[0-5])$")]
"""A check of the statement analyser, such as "H07"."""

Kind = Literal["objective", "metric_kr", "milestone_kr", "kpi", "health_metric", "task"]
"""What the analyser can take a line for."""

Words = Annotated[str, Field(min_length=1, max_length=40)]


class Example(Strict):
    """A good answer, and what makes it one."""

    text: Line
    why: Text


class Slip(Strict):
    """A typical wrong answer.

    `feedback` (why it tempts) and `misconception` are also given to other answers that show one of
    the faults in `when`: a part that is not there, a check that may not fire, the wrong direction,
    or the wrong kind (any, or the one that is named).
    """

    text: Line
    misconception: MisconceptionId
    when: tuple[WrittenPart | Kind | Literal["kind", "direction"] | CheckId, ...] = Field(
        min_length=1
    )
    feedback: Text


class WriteItem(ItemBase):
    """A line in the learner's own words, marked by what can be read in it.

    The values are those that the case gives; a line that says something else is told so.
    """

    type: Literal["write"]
    asks: Asked = Field(description="What is to be written.")
    requires: tuple[WrittenPart, ...] = Field(description="What the line has to hold.")
    about: tuple[Words, ...] = Field(
        default=(),
        description="Words, or beginnings of words, of which a line about the right thing has one.",
    )
    proof: tuple[Words, ...] = Field(
        default=(), description="As `about`, for what counts as evidence in this case."
    )
    baseline: Number | None = None
    target: Number | None = None
    threshold: Number | None = Field(default=None, description="The limit of a health metric.")
    unit: Annotated[str, Field(max_length=40)] = ""
    tolerance: Number = Field(default=0.0, ge=0)
    deadline: Day | None = None
    direction: Literal["up", "down"] | None = Field(
        default=None, description="Which way is better; for a limit: up is “at least”."
    )
    cycle_end: Day | None = Field(
        default=None, description="The last day of the cycle; a line may then leave out its date."
    )
    must_not: tuple[CheckId, ...] = Field(
        default=(), description="Checks of the analyser that may not fire; others only advise."
    )
    examples: tuple[Example, ...] = Field(min_length=1, max_length=4)
    slips: tuple[Slip, ...] = Field(min_length=1, max_length=6)
    worked: Text = Field(description="What makes a good line here: the decisive cue.")

    def _revealed(self) -> list[str]:
        return [slip.misconception for slip in self.slips]


Item = Annotated[
    ChoiceItem
    | ChoicesItem
    | RewriteItem
    | ClassifyItem
    | RoleInContextItem
    | NumberItem
    | OrderItem
    | WriteItem,
    Field(discriminator="type"),
]
"""Any item; `type` says which."""


ItemType = Literal[
    "choice",
    "choices",
    "rewrite",
    "classify",
    "role_in_context",
    "number",
    "order",
    "write",
]


class BankFile(Strict):
    """A file of `bank/`: the items of one concept."""

    format: FormatNumber
    concept: Slug
    items: tuple[Item, ...] = Field(min_length=1)


class Deck(Strict):
    """A file of `decks/`: cards dealt together into the same buckets."""

    format: FormatNumber
    id: Slug
    version: int = Field(default=1, ge=1)
    title: Line
    question: Line = Field(description="What the learner is asked to decide of each card.")
    intro: Text
    lesson: int | None = Field(default=None, ge=0, le=9)
    concept: Slug
    seed_refs: tuple[ClaimId, ...] = ()
    buckets: tuple[Bucket, ...] = Field(min_length=2, max_length=5)
    cards: tuple[Card, ...] = Field(min_length=2, max_length=40)
    author: Line = "okrlab"

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        for kind, ids in (
            ("bucket", [b.id for b in self.buckets]),
            ("card", [c.id for c in self.cards]),
        ):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"{kind} ids are used twice: {', '.join(twice)}")
        return self
