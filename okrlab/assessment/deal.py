"""Dealing: which items of the bank a sitting of a quiz gets, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from okrlab.assessment.attempt import Attempt
from okrlab.content import ItemBase, Library, Quiz

INTERLEAVED_FROM = 2
"""From this lesson on the concepts are mixed; before, each concept is practised in one block."""


def activity(quiz: Quiz) -> str:
    """The name under which attempts at this quiz are stored."""
    return f"{'quiz' if quiz.kind == 'practice' else quiz.kind}/{quiz.id}"


def deal(quiz: Quiz, library: Library, history: Iterable[Attempt], rng: Random) -> list[str]:
    """The ids of the items of a new sitting.

    Held-out items are dealt only where the quiz lists them by name. Items that the learner has not
    seen come first, then those not seen for longest. An item that was answered wrong in the last
    sitting of this quiz is replaced by a parallel one; it comes back itself only when the bank
    has nothing else left. A pretest or final test that lists its items always deals exactly these.

    Args:
        quiz: which items are wanted: a list, or so many of each concept.
        library: where the items are.
        history: all attempts of this learner, in any order.
        rng: decides between items that are equally good.
    """
    past = sorted(history, key=lambda a: (a.at, a.id))
    seen = {attempt.item: place for place, attempt in enumerate(past)}
    wrong = _answered_wrong(past, activity(quiz))
    if quiz.items:
        return _listed(quiz, library, seen, wrong, rng)
    dealt: list[list[str]] = []
    for draw in quiz.draw:
        taken = {name for block in dealt for name in block}
        pool = [i for i in library.bank(draw.concept) if draw.takes(i) and i.id not in taken]
        dealt.append(pick(pool, draw.count, seen, wrong, rng))
    if quiz.lesson < INTERLEAVED_FROM:
        return [name for block in dealt for name in block]
    return interleave(dealt, rng)


def _answered_wrong(past: Sequence[Attempt], where: str) -> list[str]:
    """Items that were not fully right in the last sitting of an activity."""
    here = [a for a in past if a.activity == where]
    if not here:
        return []
    last = here[-1].sitting
    first_tries = (a for a in here if a.sitting == last and a.try_number == 1)
    return [a.item for a in first_tries if not a.correct]


def pick(
    pool: Sequence[ItemBase],
    count: int,
    seen: Mapping[str, int],
    wrong: Sequence[str],
    rng: Random,
    groups: Mapping[str, str] | None = None,
) -> list[str]:
    """So many items of a pool: parallels of what was wrong, then fresh ones of other groups.

    Args:
        pool: items to choose from.
        count: how many.
        seen: place of each item in the learner's history, higher for later; without those unseen.
        wrong: ids of items that were answered wrong last time.
        rng: decides between items that are equally good.
        groups: parallel groups of items by id, when `wrong` names some outside the pool.
    """
    fresh = _freshest_first([i for i in pool if i.id not in wrong], seen, rng)
    groups = groups or {item.id: item.parallel_group for item in pool}
    chosen: list[ItemBase] = []
    for name in wrong:
        twins = [i for i in fresh if i.parallel_group == groups.get(name) and i not in chosen]
        chosen += twins[:1]
    covered = {item.parallel_group for item in chosen}
    for item in fresh:
        if item.parallel_group not in covered:
            chosen.append(item)
            covered.add(item.parallel_group)
    missed = _freshest_first([i for i in pool if i.id in wrong], seen, rng)
    chosen += [i for i in (*fresh, *missed) if i not in chosen]
    names = [item.id for item in chosen[:count]]
    rng.shuffle(names)
    return names


def _freshest_first(
    items: Sequence[ItemBase], seen: Mapping[str, int], rng: Random
) -> list[ItemBase]:
    shuffled = rng.sample(items, len(items))
    return sorted(shuffled, key=lambda item: seen.get(item.id, -1))


def _listed(
    quiz: Quiz, library: Library, seen: Mapping[str, int], wrong: Sequence[str], rng: Random
) -> list[str]:
    """The items that a quiz lists, in its order, those answered wrong replaced by parallel ones."""
    listed = [library.item(name).id for name in quiz.items]
    if quiz.kind != "practice":
        return listed
    dealt: list[str] = []
    for name in listed:
        twins = [
            item
            for item in library.bank(library.concept_of[name])
            if item.parallel_group == library.item(name).parallel_group
            and not item.held_out
            and item.id not in (*listed, *dealt, *wrong)
        ]
        replace = name in wrong and twins
        dealt.append(_freshest_first(twins, seen, rng)[0].id if replace else name)
    return dealt


def interleave(blocks: Sequence[Sequence[str]], rng: Random) -> list[str]:
    """All items, two of one concept side by side only when there is no other way."""
    left = [list(block) for block in blocks if block]
    mixed: list[str] = []
    last: list[str] | None = None
    while left:
        others = [block for block in left if block is not last] or left
        most = max(map(len, others))
        last = rng.choice([block for block in others if len(block) == most])
        mixed.append(last.pop())
        left = [block for block in left if block]
    return mixed
