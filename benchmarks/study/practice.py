"""Three months of practice: the course, then reviews by one plan or another.

Two lessons a week; after each its quiz, dealt as in the course. Then reviews, on the days on which
the learner comes. The first three plans ask the same number of questions:

- ``scheduled``: what `okrlab.assessment.review.schedule` says is due, up to the daily size.
- ``fixed``: on the same days as many questions, concept after concept in the order of the course.
- ``massed``: as many questions in all, at once: behind each lesson's quiz, on its concepts.
- ``daily``: as fixed, but the whole daily size on each day on which the learner comes.
- ``none``: the lessons' quizzes only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from learners import START, Kind, Learner

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.deal import activity, deal
from okrlab.assessment.mastery import concept_mastery
from okrlab.assessment.review import ACTIVITY, Memory, Rating, reviewable, schedule
from okrlab.assessment.study import USUAL_SIZE, deal_reviews, left_today
from okrlab.content import Library

PLANS = ("scheduled", "fixed", "massed", "daily", "none")
LESSON_DAYS = (0, 3, 7, 10, 14, 17, 21, 24, 28)
LAST, TEST = 90, 120
"""The last day with reviews, and the day of the test, a month later."""

COMES = 0.7
"""How likely the learner comes on a day."""


@dataclass(frozen=True)
class Run:
    """What came of one learner with one plan.

    Attributes:
        reviews: questions asked in reviews.
        late: those of the last thirty days.
        kept: mean chance of knowing a concept on the day of the test.
        at_end: the same on the last day with reviews.
        mastered: concepts that are mastered on the last day, by the real rule.
        hollow: those of them that are known with less than 80 % on the day of the test.
        halfway: all answers, quizzes included, until half of the concepts had been mastered once;
            None when that never came.
        concepts: how many concepts there are.
    """

    reviews: int
    late: int
    kept: float
    at_end: float
    mastered: int
    hollow: int
    halfway: int | None
    concepts: int


@dataclass(frozen=True)
class Log:
    """How many reviews there were on each day: what the other plans have to match."""

    days: dict[int, int]


class Months:
    """One learner's three months by one plan."""

    def __init__(self, learner: Learner, library: Library, comes: Random) -> None:
        self.learner, self.library, self.rng = learner, library, learner.rng
        self.comes = {day: comes.random() < COMES for day in range(LAST + 1)}
        self.asked: Counter[int] = Counter()
        self.turn = 0

    def run(self, plan: str, like: Log | None = None) -> Log:
        """Live through it; `like` says how many reviews the scheduled plan asked."""
        total = sum(like.days.values()) if like else 0
        for day in range(LAST + 1):
            if day in LESSON_DAYS:
                self._lesson(day, total if plan == "massed" else 0)
            if plan == "scheduled" and self.comes[day]:
                self._due(day)
            elif plan == "fixed" and like:
                self._next(day, like.days.get(day, 0))
            elif plan == "daily" and self.comes[day]:
                self._next(day, USUAL_SIZE)
        return Log(dict(self.asked))

    def _lesson(self, day: int, extra: int) -> None:
        number = LESSON_DAYS.index(day) + 1
        own = [c.id for c in self.library.concepts.values() if c.lesson == number]
        for concept in own:
            self.learner.learn(concept, day)
        quiz = next(q for q in quizzes(self.library) if q.lesson == number)
        sitting = f"lesson-{number}"
        for name in deal(quiz, self.library, self.learner.attempts, self.rng):
            self.learner.answer(self.library.item(name), activity(quiz), sitting, day)
        every = reviewable(self.library)
        for concept in own:
            place = every.index(concept)
            share = extra * (place + 1) // len(every) - extra * place // len(every)
            for _ in range(share):
                self._ask([concept], day)

    def _due(self, day: int) -> None:
        now = schedule(self.learner.attempts, self.library, START + timedelta(days=day, hours=5))
        batch = now.due[: left_today(now, USUAL_SIZE)]
        self._ask([memory.concept for memory in batch], day)

    def _next(self, day: int, count: int) -> None:
        seen = {a.concept for a in self.learner.attempts}
        every = [c for c in reviewable(self.library) if c in seen]
        while count and every:
            batch = [every[(self.turn + n) % len(every)] for n in range(min(count, len(every)))]
            self._ask(batch, day)
            self.turn += len(batch)
            count -= len(batch)

    def _ask(self, concepts: list[str], day: int) -> None:
        chosen = [Memory(c, date.min, date.min, Rating.GOOD, 1.0, 1) for c in concepts]
        names = deal_reviews(chosen, self.library, self.learner.attempts, self.rng)
        for name in names:
            self.learner.answer(self.library.item(name), ACTIVITY, f"day-{day}", day)
        self.asked[day] += len(names)


def live(kind: Kind, seed: str, library: Library, spacing: bool = True) -> dict[str, Run]:
    """The same learner by every plan."""
    found, like = {}, None
    for plan in PLANS:
        learner = Learner(kind, library, Random(seed), Random(f"{seed}/{plan}"), spacing)
        log = Months(learner, library, Random(f"{seed}/comes")).run(plan, like)
        like = like or log
        found[plan] = outcome(learner, library, log)
    return found


def outcome(learner: Learner, library: Library, log: Log) -> Run:
    """Count what there is to count."""
    every = reviewable(library)
    states = {c: _mastered(learner.attempts, c, library) for c in every}
    chance = learner.kind.chance
    kept = {c: learner.known(c, TEST) if chance is None else 0.0 for c in every}
    now = [learner.known(c, LAST) if chance is None else 0.0 for c in every]
    done = [c for c, state in states.items() if state]
    firsts = sorted(n for c in every if (n := _first(learner.attempts, c, library)))
    half = len(every) // 2
    return Run(
        reviews=sum(log.days.values()),
        late=sum(n for day, n in log.days.items() if day > LAST - 30),
        kept=sum(kept.values()) / len(every),
        at_end=sum(now) / len(every),
        mastered=len(done),
        hollow=sum(kept[c] < 0.8 for c in done),
        halfway=firsts[half - 1] if len(firsts) >= half else None,
        concepts=len(every),
    )


def _mastered(attempts: list[Attempt], concept: str, library: Library) -> bool:
    key = keys(library)[library.concepts[concept].lesson]
    return concept_mastery(attempts, concept, key).state == "mastered"


def _first(attempts: list[Attempt], concept: str, library: Library) -> int | None:
    """After how many of all answers a concept was first mastered; None when it never was."""
    places = [n for n, a in enumerate(attempts, 1) if a.concept == concept]
    own = [attempts[n - 1] for n in places]
    return next((p for n, p in enumerate(places, 1) if _mastered(own[:n], concept, library)), None)


@cache
def _keys(library: Library) -> dict[int, tuple[str, ...]]:
    return {lesson.number: tuple(lesson.key_misconceptions) for lesson in library.lessons}


def keys(library: Library) -> dict[int, tuple[str, ...]]:
    """The key misconceptions of each lesson, by its number."""
    return _keys(library)


@cache
def quizzes(library: Library) -> tuple:
    """The practice quizzes of the lessons."""
    every = (library.quiz(name) for name in library.names("quizzes"))
    return tuple(quiz for quiz in every if quiz.kind == "practice")
