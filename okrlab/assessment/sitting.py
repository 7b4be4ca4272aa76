"""One go through a quiz: a state that is never changed, only followed by the next one.

`Sitting.to_draft` gives plain JSON data, `resume` reads it back, also when the content has changed
in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any, get_args

from okrlab.assessment.attempt import Attempt, Confidence
from okrlab.assessment.marking import HINT, mark
from okrlab.assessment.outcome import Outcome, Response
from okrlab.content import (
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    ItemBase,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
)
from okrlab.errors import AnswerError

DRAFT_FORMAT = 1
LONGEST_STRETCH = 300.0
"""Seconds without any action beyond this are a pause, not time spent on the question."""


@dataclass(frozen=True)
class Question:
    """One dealt item and what the learner has done with it.

    Attributes:
        item: id of the item.
        version: its version when it was dealt.
        concept: its concept.
        shown: the order in which its options, cards or steps are shown: a permutation of their
            indices in the item.
        entry: what has been entered so far, complete or not; the widget's own plain JSON data.
        response: the answer that was marked.
        hint: whether the hint was opened.
        confidence: what the learner said before seeing the outcome.
        seconds: time spent on it.
        mark: what the answer earned, None before.
        misconceptions: what the answer revealed.
    """

    item: str
    version: int
    concept: str
    shown: tuple[int, ...] = ()
    entry: dict[str, Any] | None = None
    response: Response | None = None
    hint: bool = False
    confidence: Confidence | None = None
    seconds: float = 0.0
    mark: float | None = None
    misconceptions: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether it has been marked."""
        return self.mark is not None


@dataclass(frozen=True)
class Sitting:
    """The state of one go through a quiz.

    Attributes:
        id: unique for ever (a UUID's hex).
        quiz: id of the quiz.
        questions: in the order in which they are asked.
        position: index of the current question; the number of questions when all are done.
        started: when.
        touched: when something was last done.
    """

    id: str
    quiz: str
    questions: tuple[Question, ...]
    position: int
    started: datetime
    touched: datetime

    @property
    def finished(self) -> bool:
        """Whether every question is behind the learner."""
        return self.position >= len(self.questions)

    @property
    def current(self) -> Question:
        """The question that is being asked."""
        return self.questions[self.position]

    @property
    def answered(self) -> tuple[Question, ...]:
        """The questions that have been marked."""
        return tuple(q for q in self.questions if q.answered)

    def enter(self, entry: dict[str, Any], now: datetime, seconds: float = 0.0) -> Sitting:
        """Keep what has been entered so far; `seconds` have passed since the last action."""
        return self._with(now, seconds, entry=entry)

    def open_hint(self, now: datetime, seconds: float = 0.0) -> Sitting:
        """Note that the hint was opened."""
        return self._with(now, seconds, hint=True)

    def feel(self, confidence: Confidence | None, now: datetime, seconds: float = 0.0) -> Sitting:
        """Note how sure the learner is."""
        return self._with(now, seconds, confidence=confidence)

    def answer(
        self, item: ItemBase, response: Response, now: datetime, seconds: float = 0.0
    ) -> tuple[Sitting, Outcome]:
        """Mark the current question.

        Raises:
            AnswerError: the response cannot be an answer to this item, or there already is one.
        """
        if self.current.answered:
            raise AnswerError("This question has its answer already. Go on to the next one.")
        outcome = mark(item, response)
        after = self._with(
            now,
            seconds,
            response=response,
            mark=outcome.mark,
            misconceptions=outcome.misconceptions,
        )
        return after, outcome

    def advance(self, now: datetime) -> Sitting:
        """Go to the next question that is not answered yet, or to the end."""
        onward = range(self.position + 1, len(self.questions))
        position = next((i for i in onward if not self.questions[i].answered), len(self.questions))
        return replace(self, position=position, touched=now)

    def attempt(
        self, learner: str, activity: str, graded: bool, id_: str, *, try_number: int = 1
    ) -> Attempt:
        """The current question, which has been answered, as an attempt to store."""
        question = self.current
        if question.mark is None or question.response is None:
            raise ValueError("only an answered question can be stored")
        return Attempt(
            id=id_,
            learner=learner,
            activity=activity,
            sitting=self.id,
            item=question.item,
            item_version=question.version,
            concept=question.concept,
            response=question.response | ({HINT: True} if question.hint else {}),
            mark=question.mark,
            misconceptions=question.misconceptions,
            graded=graded,
            try_number=try_number,
            confidence=question.confidence,
            seconds=round(question.seconds, 1),
            at=self.touched,
        )

    def to_draft(self) -> dict[str, Any]:
        """The state as plain JSON data."""
        return {
            "format": DRAFT_FORMAT,
            "sitting": self.id,
            "quiz": self.quiz,
            "position": self.position,
            "started": self.started.isoformat(),
            "touched": self.touched.isoformat(),
            "questions": [
                {
                    name: list(value) if isinstance(value, tuple) else value
                    for name, value in vars(question).items()
                }
                for question in self.questions
            ],
        }

    def _with(self, now: datetime, seconds: float, **changes: Any) -> Sitting:
        """The current question with changes, and with the time spent on it."""
        spent = self.current.seconds + min(max(seconds, 0.0), LONGEST_STRETCH)
        questions = list(self.questions)
        questions[self.position] = replace(self.current, seconds=spent, **changes)
        return replace(self, questions=tuple(questions), touched=now)


def start(
    quiz: str, dealt: Iterable[tuple[ItemBase, str]], rng: Random, *, id_: str, now: datetime
) -> Sitting:
    """A new sitting of items with their concepts, each item's parts in an order of its own."""
    questions = tuple(
        Question(item.id, item.version, concept, _shuffled(item, rng)) for item, concept in dealt
    )
    return Sitting(id_, quiz, questions, 0, now, now)


def resume(
    draft: Any,
    quiz: str,
    find: Callable[[str], ItemBase | None],
    now: datetime,
) -> tuple[Sitting | None, int]:
    """The sitting that a draft holds.

    Questions not yet answered whose item has gone or changed are left out; answered ones stay.

    Args:
        draft: what `Sitting.to_draft` gave, or anything else.
        quiz: the quiz that it must belong to.
        find: the item with an id, None when there is none.
        now: from here on time counts again.

    Returns:
        The sitting, None when the draft is of no use, and how many questions were left out.
    """
    try:
        sitting = _read(draft, quiz, now)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None, 0
    kept: list[Question] = []
    position = 0
    for index, question in enumerate(sitting.questions):
        usable = question.answered or _usable(question, find(question.item))
        if usable:
            position += index < sitting.position
            kept.append(question)
    skipped = len(sitting.questions) - len(kept)
    if not kept:
        return None, skipped
    sitting = replace(sitting, questions=tuple(kept), position=position)
    if not sitting.finished and sitting.current.answered and not _told(sitting.current, find):
        sitting = sitting.advance(now)
    return sitting, skipped


def _told(question: Question, find: Callable[[str], ItemBase | None]) -> bool:
    """Whether the outcome of an answered question can still be shown."""
    item = find(question.item)
    if item is None or not _usable(question, item):
        return False
    try:
        mark(item, question.response or {})
    except AnswerError:
        return False
    return True


def _read(draft: Any, quiz: str, now: datetime) -> Sitting:
    if draft["format"] != DRAFT_FORMAT or draft["quiz"] != quiz:
        raise ValueError("a draft of something else")
    questions = tuple(_question(entry) for entry in draft["questions"])
    started = datetime.fromisoformat(draft["started"])
    position = int(draft["position"])
    if not 0 <= position <= len(questions) or started.tzinfo is None:
        raise ValueError("a draft out of shape")
    return Sitting(str(draft["sitting"]), quiz, questions, position, started, now)


def _question(entry: Any) -> Question:
    confidence, earned = entry["confidence"], entry["mark"]
    if confidence not in (None, *get_args(Confidence)):
        raise ValueError("an unknown confidence")
    if earned is not None and not 0 <= float(earned) <= 1:
        raise ValueError("a mark out of range")
    return Question(
        item=str(entry["item"]),
        version=int(entry["version"]),
        concept=str(entry["concept"]),
        shown=tuple(int(i) for i in entry["shown"]),
        entry=entry["entry"] if isinstance(entry["entry"], dict) else None,
        response=entry["response"] if isinstance(entry["response"], dict) else None,
        hint=bool(entry["hint"]),
        confidence=confidence,
        seconds=float(entry["seconds"]),
        mark=earned,
        misconceptions=tuple(str(m) for m in entry["misconceptions"]),
    )


def _usable(question: Question, item: ItemBase | None) -> bool:
    return (
        item is not None
        and item.version == question.version
        and sorted(question.shown) == list(range(parts(item)))
    )


def parts(item: ItemBase) -> int:
    """How many options, cards or steps an item shows; 0 for a number."""
    match item:
        case ChoiceItem() | ChoicesItem() | RewriteItem():
            return len(item.options)
        case ClassifyItem() | RoleInContextItem():
            return len(item.cards)
        case OrderItem():
            return len(item.steps)
    return 0


def _shuffled(item: ItemBase, rng: Random) -> tuple[int, ...]:
    """An order to show; for steps never the right one."""
    order = list(range(parts(item)))
    shown = order
    while shown == order:
        shown = rng.sample(order, len(order))
        if not isinstance(item, OrderItem):
            break
    return tuple(shown)
