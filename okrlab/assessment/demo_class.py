"""A made-up class that answers the real bank, so that a coach can look before there is a class.

Each learner has an ability and holds some misconceptions; lessons make them better and repair some
of what they hold. Answers are marked by the same code as everybody's. What such a class "shows" is
how the report looks, and nothing about people: it is labelled wherever it appears.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from okrlab.assessment.attempt import Attempt, Confidence
from okrlab.assessment.cards import mark_card
from okrlab.assessment.deal import activity, deal
from okrlab.assessment.deck import card_concept, card_item, card_outcome
from okrlab.assessment.demo_answers import right_answer, wrong_answer
from okrlab.assessment.marking import mark
from okrlab.assessment.outcome import Outcome, Response
from okrlab.content import Card, Deck, Lesson, Library, Quiz

NAMES = (
    "Aino", "Bashir", "Carmen", "Dilnoza", "Emeka", "Freya", "Gaspard", "Hana", "Ines", "Jakub",
    "Keiko", "Lwazi", "Mirela", "Nadia", "Oisín", "Priya", "Quentin", "Rosa", "Sefa", "Tamsin",
    "Umar", "Vera", "Wiremu", "Ximena", "Yusuf", "Zofia", "Anselm", "Beatriz", "Chidi", "Davit",
    "Elif", "Fionn", "Greta", "Hamid",
)  # fmt: skip
"""As many learners as the largest generated class has."""

COMMON, RARE = 0.6, 0.15
"""How likely a learner holds a misconception that is common in this class, and another."""

COURSE = timedelta(days=32)
"""So long ago the class began."""

STOPPED = 0.3
"""Who has stopped did so after this part of the time."""


@dataclass
class _Person:
    """A learner in the making."""

    name: str
    ability: float
    held: set[str]
    clock: datetime
    attempts: list[Attempt] = field(default_factory=list)


def generated_class(
    library: Library, rng: Random, until: datetime, learners: int = len(NAMES)
) -> dict[str, list[Attempt]]:
    """A class's attempts by learner; the same for the same content, seed and time.

    One learner has not begun, a few have taken the pretest only, a few have stopped, the fastest
    have taken the final test.

    Args:
        library: the content that they answer.
        rng: decides everything.
        until: nothing is answered later.
        learners: how many, at most as many as there are names.

    Raises:
        ValueError: no learner, or more than there are names.
    """
    if not 1 <= learners <= len(NAMES):
        raise ValueError(f"a generated class has 1 to {len(NAMES)} learners")
    ideas = sorted(library.misconceptions)
    common = set(rng.sample(ideas, min(5, len(ideas))))
    found: dict[str, list[Attempt]] = {}
    for place, name in enumerate(NAMES[:learners]):
        person = _Person(
            name,
            rng.gauss(0.0, 0.9),
            {i for i in ideas if rng.random() < (COMMON if i in common else RARE)},
            until - COURSE,
        )
        if place or learners == 1:  # the first has not begun, unless there is nobody else
            _study(person, library, rng, until, reach=rng.random())
        found[name] = person.attempts
    return found


def _study(person: _Person, library: Library, rng: Random, until: datetime, reach: float) -> None:
    """The pretest, then lesson after lesson; `reach` says how far, from 0 to 1."""
    quizzes = [library.quiz(name) for name in library.names("quizzes")]
    lessons = [entry for entry in library.lessons if entry.number]
    last = round(min(1.0, 1.25 * reach) * len(lessons))
    began = rng.uniform(0.25, 1.0) if last < len(lessons) else 1.0
    person.clock = until - began * COURSE + timedelta(minutes=rng.randrange(600))
    left = STOPPED if rng.random() < 0.15 else rng.uniform(0.8, 0.97)
    pace = left * (until - person.clock) / (last + 1)
    for quiz in (q for q in quizzes if q.kind == "pretest"):
        _sit(person, quiz, library, rng, until)
    for lesson in lessons[:last]:
        person.clock += pace
        _lesson(person, lesson, quizzes, library, rng, until)
    if last == len(lessons):
        for quiz in (q for q in quizzes if q.kind == "final"):
            _sit(person, quiz, library, rng, until)


def _lesson(
    person: _Person,
    lesson: Lesson,
    quizzes: Sequence[Quiz],
    library: Library,
    rng: Random,
    until: datetime,
) -> None:
    """Cards, what the lesson repairs, then its quiz once or twice."""
    decks = [library.deck(name) for name in library.names("decks")]
    for deck in [d for d in decks if d.lesson == lesson.number][:1]:
        for card in rng.sample(deck.cards, min(10, len(deck.cards))):
            _place(person, deck, card, rng, until)
    treated = {n for n, m in library.misconceptions.items() if m.lesson == lesson.number}
    person.held -= {name for name in sorted(treated & person.held) if rng.random() < 0.6}
    person.ability += 0.22
    for quiz in (q for q in quizzes if q.lesson == lesson.number and q.kind == "practice"):
        for _ in range(rng.choice((1, 2, 2))):
            _sit(person, quiz, library, rng, until)


def _sit(person: _Person, quiz: Quiz, library: Library, rng: Random, until: datetime) -> None:
    sitting = _id(rng)
    for name in deal(quiz, library, person.attempts, rng):
        item = library.item(name)
        chance = _chance(person, item.difficulty_prior, item.misconceptions)
        knows = rng.random() < chance
        response = right_answer(item) if knows else wrong_answer(item, person.held, rng)
        outcome = mark(item, response)
        concept = library.concept_of[name]
        sure: Confidence = "sure" if chance > 0.75 else "think" if chance > 0.45 else "guess"
        where = (activity(quiz), sitting, quiz.graded)
        _keep(person, where, (item.id, item.version, concept), response, outcome, sure, rng, until)


def _place(person: _Person, deck: Deck, card: Card, rng: Random, until: datetime) -> None:
    bucket = card.bucket
    if rng.random() > _chance(person, 2, [w.misconception for w in card.wrong]):
        held = [w for w in card.wrong if w.misconception in person.held]
        bucket = rng.choice(held or card.wrong).bucket
    outcome = card_outcome(mark_card(deck.buckets, card, bucket))
    where = (f"deck/{deck.id}", _id(rng), True)
    what = (card_item(deck, card), deck.version, card_concept(deck, card))
    _keep(person, where, what, {"placed": {card.id: bucket}}, outcome, None, rng, until)


def _keep(
    person: _Person,
    where: tuple[str, str, bool],
    what: tuple[str, int, str],
    response: Response,
    outcome: Outcome,
    confidence: Confidence | None,
    rng: Random,
    until: datetime,
) -> None:
    seconds = round(min(300.0, rng.lognormvariate(3.4, 0.5)), 1)
    person.clock += timedelta(seconds=seconds + 4)
    if person.clock > until:
        return
    person.attempts.append(
        Attempt(
            id=_id(rng),
            learner=person.name,
            activity=where[0],
            sitting=where[1],
            item=what[0],
            item_version=what[1],
            concept=what[2],
            response=response,
            mark=outcome.mark,
            misconceptions=outcome.misconceptions,
            graded=where[2],
            try_number=1,
            confidence=confidence,
            seconds=seconds,
            at=person.clock,
        )
    )


def _chance(person: _Person, difficulty: int, reveals: Sequence[str]) -> float:
    """How likely the learner gets it right: ability against difficulty, less what is held."""
    held = len(set(reveals) & person.held)
    lean = 0.9 + person.ability - 0.5 * (difficulty - 2.5) - 0.7 * min(held, 3)
    return 0.03 + 0.95 / (1 + math.exp(-lean))


def _id(rng: Random) -> str:
    return f"{rng.getrandbits(128):032x}"


def generated_names(attempts: Mapping[str, Sequence[Attempt]]) -> dict[str, str]:
    """The made-up names, when names are asked for."""
    return {name: name for name in attempts}
