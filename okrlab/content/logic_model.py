"""Logic models in words: cards for the five links of a chain, and means that may not suffice."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from okrlab.content._base import ClaimId, FormatNumber, Line, MisconceptionId, Slug, Strict, Text
from okrlab.content.item import Bucket, Card, Deck, Number, WrongBucket
from okrlab.model.logic_model import Activity, Feasibility, Stage, feasibility

StageName = Literal["resources", "activities", "outputs", "outcomes", "impact"]

MAX_UNITS = 500
"""So many units of a resource can be tried out at most."""


class StageSlip(Strict):
    """What it reveals to put a card of one link into another, whatever the chain."""

    belongs: StageName
    placed: StageName
    misconception: MisconceptionId
    feedback: Text


class WrongStage(Strict):
    """What putting this very card into that link reveals; goes before the general slip."""

    stage: StageName
    misconception: MisconceptionId
    feedback: Text


class ChainCard(Strict):
    """A card of a chain, and the link to which it belongs."""

    id: Slug
    text: Line
    stage: StageName
    why: Text = Field(description="The decisive cue.")
    flip: Text = Field(description="The smallest change that would move it to another link.")
    wrong: tuple[WrongStage, ...] = Field(
        default=(), description="Where a general slip would say too little about this card."
    )


class Undertaking(Strict):
    """Something that can be chosen to do with the resources."""

    id: Slug
    text: Line
    weeks: Number = Field(gt=0, le=500, description="What it takes, in person-weeks.")
    leads_on: bool = Field(description="Whether it moves the outcome of the chain.")
    why: Text = Field(description="What it leads to; shown once it has been chosen and checked.")

    @property
    def activity(self) -> Activity:
        """The same for the model."""
        return Activity(self.text, self.weeks)


class Amount(Strict):
    """How the goal's unit is written: before the number, or after it."""

    before: Annotated[str, Field(max_length=8)] = ""
    after: Annotated[str, Field(max_length=24)] = ""

    def write(self, value: float) -> str:
        """A number with its unit, such as "$2,400,000" or "9,000 vans"."""
        number = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.6g}"
        return f"{self.before}{number}{' ' + self.after if self.after else ''}"


class Means(Strict):
    """A goal, the resource that limits it, and what could be done: all invented for the course."""

    case: Text
    goal: Number = Field(gt=0, le=1e12)
    goal_words: Line = Field(description="What is wanted, as the label of a bar.")
    amount: Amount
    resource: Line = Field(description="The resource in the plural, such as “sales reps”.")
    have: int = Field(ge=1, le=MAX_UNITS)
    each: Number = Field(gt=0, le=1e12, description="What one unit brings, in the goal's unit.")
    asks: Line = Field(description="The question that the learner answers before seeing the gap.")
    after: Text = Field(description="What to make of the gap.")
    capacity: Number = Field(gt=0, le=5000, description="Person-weeks that there are.")
    choose: Text = Field(description="The situation in which activities are chosen.")
    activities: tuple[Undertaking, ...] = Field(min_length=5, max_length=8)

    @property
    def check(self) -> Feasibility:
        """What the means bring against the goal, as they stand."""
        return feasibility(self.goal, self.have, self.each)

    @model_validator(mode="after")
    def _is_a_choice(self) -> Self:
        if self.check.feasible:
            raise ValueError("the means suffice for the goal, so there is no gap to see")
        if self.check.needed > MAX_UNITS:
            raise ValueError(f"more than {MAX_UNITS} units are needed; make the goal smaller")
        good = sorted(a.weeks for a in self.activities if a.leads_on)
        if len(good) < 3 or sum(good[:3]) > self.capacity:
            raise ValueError("at least three activities that lead on must fit the capacity")
        if sum(a.weeks for a in self.activities) <= self.capacity:
            raise ValueError("all activities fit the capacity, so there is nothing to choose")
        return self


class LogicModel(Strict):
    """A chain with its cards, and its means."""

    id: Slug
    version: int = Field(default=1, ge=1)
    title: Line
    industry: Line
    intro: Text
    seed_refs: tuple[ClaimId, ...] = ()
    cards: tuple[ChainCard, ...] = Field(min_length=5, max_length=14)
    afterwards: tuple[Text, ...] = Field(
        min_length=1, max_length=4, description="What to take from the chain once it is right."
    )
    means: Means

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        missing = [s.value for s in Stage if s.value not in {c.stage for c in self.cards}]
        if missing:
            raise ValueError(f"no card belongs to: {', '.join(missing)}")
        for kind, ids in (
            ("card", [c.id for c in self.cards]),
            ("activity", [a.id for a in self.means.activities]),
        ):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(f"{kind} ids are used twice: {', '.join(twice)}")
        for card in self.cards:
            stages = [w.stage for w in card.wrong]
            if card.stage in stages or len(set(stages)) < len(stages):
                raise ValueError(f"“{card.id}”: 'wrong' names other links, each at most once")
        return self


class LogicModelFile(Strict):
    """`logic_models.yaml`."""

    format: FormatNumber
    question: Line
    slips: tuple[StageSlip, ...] = Field(description="One for every two different links.")
    models: tuple[LogicModel, ...] = Field(min_length=1, max_length=24)

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        pairs = [(s.belongs, s.placed) for s in self.slips]
        wanted = [(a.value, b.value) for a in Stage for b in Stage if a is not b]
        if sorted(pairs) != sorted(wanted):
            lost = [f"{a} put into {b}" for a, b in wanted if (a, b) not in pairs]
            raise ValueError(f"each slip stands here once; missing: {', '.join(lost) or 'none'}")
        ids = [m.id for m in self.models]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"model ids are used twice: {', '.join(twice)}")
        return self

    def deck(self, model: LogicModel) -> Deck:
        """The chain's cards as a deck whose buckets are the five links, in order."""
        general = {(s.belongs, s.placed): s for s in self.slips}
        cards = []
        for card in model.cards:
            own = {w.stage: w for w in card.wrong}
            wrong = []
            for stage in Stage:
                if stage.value != card.stage:
                    slip = own.get(stage.value) or general[card.stage, stage.value]
                    wrong.append(
                        WrongBucket(
                            bucket=stage.value,
                            misconception=slip.misconception,
                            feedback=slip.feedback,
                        )
                    )
            cards.append(
                Card(
                    id=card.id,
                    text=card.text,
                    bucket=card.stage,
                    why=card.why,
                    flip=card.flip,
                    wrong=tuple(wrong),
                )
            )
        return Deck(
            format=1,
            id=model.id,
            version=model.version,
            title=model.title,
            question=self.question,
            intro=model.intro,
            lesson=4,
            concept="logic-model",
            seed_refs=model.seed_refs,
            buckets=tuple(Bucket(id=s.value, label=s.value.capitalize()) for s in Stage),
            cards=tuple(cards),
        )
