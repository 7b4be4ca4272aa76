"""Coach scenarios: a case to predict, vote on, talk over and reveal, with the coach's notes.

Figures that a text quotes are not typed in: a scenario names each in `figures`, and the text holds
its name in braces, as in "the average is {centre} %". They are computed when it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import (
    ClaimId,
    FormatNumber,
    Line,
    MisconceptionId,
    Slug,
    Strict,
    Text,
)
from okrlab.content.exercise import Passage
from okrlab.content.figures import AnyFigure, Made
from okrlab.content.series import MOST_POINTS, Series
from okrlab.content.what_if import AnyWhatIf

STEPS = ("case", "predict", "vote", "pair", "revote", "reveal", "data", "debate", "take_home")
"""The steps of every scenario, in order."""

PLACE = re.compile(r"\{([^{}]*)\}")
"""A figure's name in a text."""

Minutes = Annotated[int, Field(ge=1, le=60)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""A name that a text can quote in braces."""

Place = Annotated[int, Field(ge=0, le=MOST_POINTS)]
"""A number of points, or the number of one, counted from 1."""


class Step(Strict):
    """One step: what the room sees, and what only the coach sees."""

    minutes: Minutes
    text: Passage = Field(description="What the room sees.")
    notes: Passage = Field(description="For the coach: hidden until a key shows them.")


class VoteOption(Strict):
    """Something to vote for."""

    id: Slug
    text: Line
    correct: bool = False
    misconception: MisconceptionId | None = None
    shows: Text = Field(description="What choosing it shows; the room sees it after the reveal.")
    handle: Text = Field(description="For the coach: what to say to those who chose it.")


class VoteStep(Step):
    """The question and its options."""

    options: tuple[VoteOption, ...] = Field(min_length=2, max_length=5)
    poll: bool = Field(
        default=False, description="A matter of judgement: no option is right or wrong."
    )
    secret: bool = Field(default=False, description="Votes on paper, not by show of hands.")
    frame: Line | None = Field(default=None, description="Whose rule is asked for, if contested.")


class Pause(Strict):
    """A point at which the reveal waits, and what to ask there."""

    at: Place
    say: Text


class RevealStep(Step):
    """The data, point by point."""

    pauses: tuple[Pause, ...] = Field(default=(), max_length=8)


class DataStep(Step):
    """What the data say: short statements, and the control that asks what if."""

    says: tuple[Text, ...] = Field(min_length=1, max_length=6)


class Expected(Strict):
    """Something that people in the room will say, and how to handle it."""

    says: Line
    handle: Text


class Question(Strict):
    """A question for debate."""

    ask: Text
    frame: Line | None = Field(default=None, description="Whose rule it is, if it is contested.")
    expect: tuple[Expected, ...] = Field(min_length=1, max_length=5)


class DebateStep(Step):
    """Questions without one right answer."""

    questions: tuple[Question, ...] = Field(min_length=1, max_length=4)


class TakeHomeStep(Step):
    """What to take home."""

    points: tuple[Line, ...] = Field(min_length=1, max_length=4)


class Steps(Strict):
    """All steps, in the order in which a coach goes through them."""

    case: Step
    predict: Step
    vote: VoteStep
    pair: Step
    revote: Step
    reveal: RevealStep
    data: DataStep
    debate: DebateStep
    take_home: TakeHomeStep


class Data(Strict):
    """A series of the scenario, and when the room sees it.

    Attributes:
        id: its name in this scenario.
        ref: a series of `series.yaml`, by its id.
        values: a series of its own instead.
        made: a series that is computed instead.
        shown: so many points are seen before the reveal. Default: the baseline.
        at_vote: so many are seen from the vote on.
        appears_at: the series is hidden until so many points are revealed.
        limits: from which step on its limits are drawn.
        target: whether its target is drawn.
    """

    id: Word
    ref: Slug | None = None
    values: Series | None = None
    made: Made | None = None
    shown: Place | None = None
    at_vote: Place | None = None
    appears_at: Place = 0
    limits: Literal["case", "vote", "reveal", "never"] = "reveal"
    target: bool = True

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(x is not None for x in (self.ref, self.values, self.made)) != 1:
            raise ValueError("give one of 'ref', 'values' and 'made'")
        return self


class Bar(Strict):
    """A bar with its figure."""

    label: Line
    figure: Word


class Bars(Strict):
    """Figures as bars, revealed one after the other; `shown` of them before the reveal."""

    title: Line
    unit: Annotated[str, Field(max_length=20)] = ""
    bars: tuple[Bar, ...] = Field(min_length=1, max_length=12)
    shown: Place = 0


class Scenario(Strict):
    """A file of `scenarios/`."""

    format: FormatNumber
    id: Slug
    title: Line
    about: Line = Field(description="One line for the list of scenarios.")
    lesson: int = Field(ge=0, le=9, description="The lesson that it belongs to.")
    minutes: int = Field(ge=5, le=120)
    seed_refs: tuple[ClaimId, ...] = ()
    series: tuple[Data, ...] = Field(default=(), max_length=4)
    bars: Bars | None = None
    figures: tuple[AnyFigure, ...] = Field(default=(), max_length=40)
    steps: Steps
    what_if: AnyWhatIf
    source: Line = "Invented for this course."
    author: Line = "okrlab"

    def step(self, name: str) -> Step:
        """The step called `name`, one of `STEPS`."""
        found: Step = getattr(self.steps, name)
        return found

    def texts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every text that may quote figures, with its place in the file."""
        for name in STEPS:
            step = self.step(name)
            yield ("steps", name, "text"), step.text
            yield ("steps", name, "notes"), step.notes
        at: tuple[str, str] = ("steps", "vote")
        for i, option in enumerate(self.steps.vote.options):
            yield (*at, "options", i, "text"), option.text
            yield (*at, "options", i, "shows"), option.shows
            yield (*at, "options", i, "handle"), option.handle
        for i, pause in enumerate(self.steps.reveal.pauses):
            yield ("steps", "reveal", "pauses", i, "say"), pause.say
        for i, line in enumerate(self.steps.data.says):
            yield ("steps", "data", "says", i), line
        for i, question in enumerate(self.steps.debate.questions):
            at3 = ("steps", "debate", "questions", i)
            yield (*at3, "ask"), question.ask
            for j, expected in enumerate(question.expect):
                yield (*at3, "expect", j, "says"), expected.says
                yield (*at3, "expect", j, "handle"), expected.handle
        for i, line in enumerate(self.steps.take_home.points):
            yield ("steps", "take_home", "points", i), line
