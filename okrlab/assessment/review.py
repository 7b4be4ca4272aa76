"""Reviews: when each concept comes again, worked out from the attempts.

The unit is the concept, not the item: an item that comes back trains the memory of that item. The
unit of time is the day: all that somebody answers about a concept on one day makes up one review,
so that ten answers in a row don't count as ten reviews. Nothing is stored beside the attempts; the
schedule is replayed from them each time.

How a day's answers are rated:

- Each answer has a credit: its mark. A right answer that was a guess, or that came after the hint,
  is worth 0.7 at most, for it may have been luck. One that was not fully right although the learner
  was sure is worth half of its mark.
- The mean credit of the day gives the rating: below 0.6 *again*, below 0.8 (the mark to reach for
  mastery) *hard*, otherwise *good*. It is *easy* when there were two answers or more, all of them
  right, each said to be sure: one right answer alone may be luck also for somebody who is sure.

FSRS 6 (the package fsrs, with its standard parameters) turns the ratings into the next day, the one
on which nine in ten such things would still be known. Its learning steps of minutes, which are for
cards, become one step of a day: what was wrong comes again tomorrow. It is used without fuzz, so
that the same attempts always give the same day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.marking import HINT
from okrlab.assessment.mastery import BAR
from okrlab.content import Library

if TYPE_CHECKING:
    from fsrs import Scheduler

ACTIVITY = "study/review"
"""The name under which reviews are stored."""

RETENTION = 0.9
"""A concept is due when its chance of being known has sunk to this."""

LONGEST = 365
"""Days after which a concept comes again at the latest."""

A_DAY = timedelta(days=1)

LUCK = 0.7
"""Most that a right answer is worth when it was a guess or came after the hint."""

AGAIN = 0.6
"""A mean credit below this is as good as forgotten."""


class Rating(IntEnum):
    """How a day's answers about a concept went; the values are those of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True)
class Memory:
    """What is known about one concept in one learner's head.

    Attributes:
        concept: its id.
        due: the day on which it comes again.
        last: the day on which it was last answered.
        rating: how that went.
        stability: days until the chance of knowing it has sunk to 90 %, by FSRS.
        reviews: on how many days it was answered.
    """

    concept: str
    due: date
    last: date
    rating: Rating
    stability: float
    reviews: int


@dataclass(frozen=True)
class Schedule:
    """When each concept comes again.

    Attributes:
        today: the learner's day.
        memories: every concept that was answered and can be asked again, in the order of the
            course.
        done_today: concepts that were reviewed today already, in reviews, not in lessons.
    """

    today: date
    memories: Mapping[str, Memory]
    done_today: tuple[str, ...] = ()

    @property
    def due(self) -> list[Memory]:
        """What is due today, first what is most likely to have been forgotten."""
        found = [m for m in self.memories.values() if m.due <= self.today]
        return sorted(found, key=lambda m: -(self.today - m.last).days / m.stability)

    @property
    def next_day(self) -> date | None:
        """The next day after today on which something is due; None when nothing will be."""
        return min((m.due for m in self.memories.values() if m.due > self.today), default=None)

    def coming(self) -> list[tuple[date, list[str]]]:
        """The days after today on which something is due, with the concepts."""
        days: dict[date, list[str]] = defaultdict(list)
        for memory in self.memories.values():
            if memory.due > self.today:
                days[memory.due].append(memory.concept)
        return sorted(days.items())


def credit(attempt: Attempt) -> float:
    """What an answer says about knowing, 0 to 1: its mark, given confidence and hint."""
    if attempt.confidence == "guess" or attempt.response.get(HINT):
        return min(attempt.mark, LUCK)
    if attempt.confidence == "sure" and attempt.mark < 1:
        return attempt.mark / 2
    return attempt.mark


def rate(answers: Sequence[Attempt]) -> Rating:
    """The rating of the answers about one concept on one day; there is at least one.

    See the module for the rule.
    """
    share = sum(map(credit, answers)) / len(answers)
    if share < AGAIN - 1e-9:
        return Rating.AGAIN
    if share < BAR - 1e-9:
        return Rating.HARD
    sure = all(a.correct and a.confidence == "sure" for a in answers)
    hints = any(a.response.get(HINT) for a in answers)
    return Rating.EASY if sure and not hints and len(answers) > 1 else Rating.GOOD


def replay(
    concept: str, ratings: Iterable[tuple[date, Rating]], scheduler: Scheduler | None = None
) -> Memory | None:
    """The memory of a concept after these reviews, oldest first; None without any.

    Args:
        concept: its id.
        ratings: one rating for each day.
        scheduler: FSRS with other settings than ours.
    """
    from fsrs import Card
    from fsrs import Rating as FsrsRating

    scheduler = scheduler or standard_scheduler()
    card, memory = None, None
    for count, (day, rating) in enumerate(ratings, 1):
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
        card = card or Card(card_id=1, due=at)  # its own defaults would read the clock
        card, _ = scheduler.review_card(card, FsrsRating(rating), at)
        stability = card.stability or 0.0
        memory = Memory(concept, card.due.date(), day, rating, stability, count)
    return memory


def schedule(attempts: Iterable[Attempt], library: Library, now: datetime) -> Schedule:
    """When each concept comes again for one learner.

    Graded first tries count, wherever they were made; a pretest and polls don't. A concept joins
    with its first answer. Concepts without two items for practice are left out, since the next
    review could only repeat the last one.

    Args:
        attempts: all attempts of one learner, in any order.
        library: concepts and items.
        now: the time. Days begin and end in its time zone.
    """
    days: dict[str, dict[date, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    reviewed: dict[str, None] = {}
    today = now.date()
    for attempt in sorted(attempts, key=lambda a: (a.at, a.id)):
        day = min(attempt.at.astimezone(now.tzinfo).date(), today)  # a clock may have been wrong
        if attempt.activity == ACTIVITY and day == today:
            reviewed[attempt.concept] = None
        if attempt.graded and attempt.try_number == 1:
            days[attempt.concept][day].append(attempt)
    memories = {}
    for concept in reviewable(library):
        ratings = [(day, rate(answers)) for day, answers in days.get(concept, {}).items()]
        memory = replay(concept, ratings)
        if memory:
            memories[concept] = memory
    return Schedule(today, memories, tuple(reviewed))


def reviewable(library: Library) -> list[str]:
    """Concepts that can be reviewed: those with two items or more that are not held out."""
    banks = set(library.names("bank"))
    return [
        name
        for name in library.concepts
        if name in banks and sum(not item.held_out for item in library.bank(name)) > 1
    ]


@cache
def standard_scheduler() -> Scheduler:
    """FSRS with the settings of this course."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(A_DAY,),
        relearning_steps=(A_DAY,),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


# -- words ---------------------------------------------------------------------------------------

JOINS = (
    "A concept joins your reviews once you have answered a question or sorted a card about it in a "
    "lesson."
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)


def day_words(day: date, today: date) -> str:
    """Such as "Thursday 3 December"; with the year when it is another one."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    if day.year != today.year:
        words += f" {day.year}"
    return f"tomorrow, {words}" if day == today + A_DAY else words


def due_words(plan: Schedule) -> str:
    """What is due, in a sentence, such as "Nothing due until Thursday 3 December."."""
    due, onward = len(plan.due), plan.next_day
    if due:
        return f"{due} concept{' is' if due == 1 else 's are'} due today."
    if onward:
        return f"Nothing due until {day_words(onward, plan.today)}."
    return "Nothing to review yet."
