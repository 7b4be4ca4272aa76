"""A day's reviews: which items, in which order, how many, and how long they take."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.deal import interleave, pick
from okrlab.assessment.journal import Journal
from okrlab.assessment.review import Memory, Schedule
from okrlab.content import Library

SIZES = (5, 10, 15, 20)
"""Daily sizes to choose from."""

USUAL_SIZE = 10
"""The daily size of somebody who has not chosen one."""

MOST = 50
"""The largest daily size."""

SIZE_KEY = "study/size"
"""The draft that keeps the daily size."""


def daily_size(journal: Journal) -> int:
    """How many reviews a day the learner wants."""
    kept: Any = (journal.draft(SIZE_KEY) or {}).get("size")
    usable = isinstance(kept, int) and not isinstance(kept, bool) and 1 <= kept <= MOST
    return kept if usable else USUAL_SIZE


def keep_daily_size(journal: Journal, size: int) -> None:
    """Keep the daily size.

    Raises:
        ValueError: not between 1 and `MOST`.
    """
    if not 1 <= size <= MOST:
        raise ValueError(f"the daily size lies between 1 and {MOST}, not {size}")
    journal.save_draft(SIZE_KEY, {"size": size})


def left_today(now: Schedule, size: int) -> int:
    """How many reviews are left of today's size, at most those that are due."""
    return min(len(now.due), max(0, size - len(now.done_today)))


def next_batch(now: Schedule, size: int) -> int:
    """How many reviews to ask next: what is left of today's size, or as many again after it."""
    return left_today(now, size) or min(len(now.due), size)


def minutes(concepts: Iterable[str], library: Library) -> int:
    """About how long a review of each of these concepts takes, in whole minutes."""
    total = 0.0
    for concept in concepts:
        each = [item.minutes for item in library.bank(concept) if not item.held_out]
        total += sum(each) / len(each)
    return math.ceil(total)


def deal_reviews(
    chosen: Sequence[Memory], library: Library, history: Iterable[Attempt], rng: Random
) -> list[str]:
    """The ids of the items that review these concepts, one each, in the order to ask.

    Each is fresh: a parallel of what was wrong last time, else one that was never seen, else the
    one not seen for longest; never the item of the concept that was seen last, and never one that
    is held out. Concepts of different lessons alternate.

    Args:
        chosen: the concepts, the most urgent first.
        library: where the items are.
        history: all attempts of this learner, in any order.
        rng: decides between items that are equally good.
    """
    past = sorted(history, key=lambda a: (a.at, a.id))
    seen = {attempt.item: place for place, attempt in enumerate(past)}
    blocks: dict[int, list[str]] = {}
    for memory in chosen:
        bank = library.bank(memory.concept)
        own = {item.id for item in bank}
        answered = [a for a in past if a.item in own]
        last = answered[-1] if answered else None
        pool = [i for i in bank if not i.held_out and (last is None or i.id != last.item)]
        missed = [last.item] if last and not last.correct else []
        groups = {item.id: item.parallel_group for item in bank}
        names = pick(pool, 1, seen, missed, rng, groups)
        blocks.setdefault(library.concepts[memory.concept].lesson, []).extend(names)
    return interleave(list(blocks.values()), rng)
