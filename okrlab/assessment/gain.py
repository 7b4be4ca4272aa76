"""The gain from the pretest to the final test, with its uncertainty.

The two are parallel forms: each question of the pretest has a sister in the final test, of the same
concept, parallel group and type. Only such pairs are compared; the final test has more questions,
but what nobody was asked before cannot show a gain.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.deal import activity
from okrlab.content import ItemBase, Library

Z95 = 1.959964
"""The normal quantile of a 95 % interval."""

FEW = 30
"""With fewer pairs than this, the words say that they are few."""


@dataclass(frozen=True)
class Pair:
    """A question of the pretest and its sister in the final test.

    Attributes:
        concept: the concept of both.
        before: id of the pretest's item.
        after: id of the final test's item.
    """

    concept: str
    before: str
    after: str


@dataclass(frozen=True)
class Gain:
    """What changed between the pretest and the final test.

    Attributes:
        pairs: pairs of questions of which both were answered.
        of: pairs that there are.
        before: how many of them were fully right in the pretest.
        after: the same in the final test.
        won: right in the final test only.
        lost: right in the pretest only.
        low: lower end of the 95 % interval of the difference of the two shares, -1 to 1.
        high: its upper end.
        final_right: fully right answers in the whole final test.
        final_answers: answers in the whole final test.
    """

    pairs: int
    of: int
    before: int
    after: int
    won: int
    lost: int
    low: float
    high: float
    final_right: int
    final_answers: int

    @property
    def difference(self) -> float:
        """The share right in the final test less the share right in the pretest."""
        return (self.after - self.before) / self.pairs

    def words(self) -> list[str]:
        """The gain in plain sentences: what was found, how sure that is, what else there is."""
        points = round(100 * self.difference)
        moved = f"{abs(points)} points {'more' if points > 0 else 'less'}" if points else "the same"
        found = (
            f"Of {self.pairs} questions that have a sister in both tests, {self.before} were right "
            f"in the pretest and {self.after} in the final test: {moved}."
        )
        few = "That few questions leave much to luck. " if self.pairs < FEW else ""
        said = (
            f"{few}The 95% interval of the difference runs from {_points(self.low)} to "
            f"{_points(self.high)} points."
        )
        whole = f"The whole final test: {self.final_right} of {self.final_answers} right."
        return [found, f"{said} {self._verdict()}", whole]

    def _verdict(self) -> str:
        if self.low > 0:
            return "All of it lies above nought, so you know more than you did."
        if self.high < 0:
            return "All of it lies below nought: look at the ideas that came up lately."
        return "Nought lies within it, so these questions alone do not prove a change."


def pairs_of(library: Library) -> list[Pair]:
    """The pairs of pretest and final test: same concept, parallel group and type, each once."""
    quizzes = [library.quiz(name) for name in library.names("quizzes")]
    before = [n for q in quizzes if q.kind == "pretest" for n in q.items]
    after = [n for q in quizzes if q.kind == "final" for n in q.items]
    found = []
    for name in before:
        kind = _kind(library.item(name), library)
        sister = next((n for n in after if _kind(library.item(n), library) == kind), None)
        if sister:
            after.remove(sister)
            found.append(Pair(library.concept_of[name], name, sister))
    return found


def gain(attempts: Iterable[Attempt], library: Library) -> Gain | None:
    """What changed between the pretest and the final test; None before both have a pair answered.

    An answer counts as right when all of it is. Each test is sat once; should an item have been
    answered several times all the same, its first answer in the pretest and its first answer in
    the final test count.

    Args:
        attempts: all attempts of one learner, in any order.
        library: the two tests and their items.
    """
    quizzes = [library.quiz(name) for name in library.names("quizzes")]
    first: dict[str, dict[str, bool]] = {"pretest": {}, "final": {}}
    kinds = {activity(q): q.kind for q in quizzes if q.kind in first}
    for attempt in sorted(attempts, key=lambda a: (a.at, a.id)):
        kind = kinds.get(attempt.activity)
        if kind and attempt.try_number == 1:
            first[kind].setdefault(attempt.item, attempt.correct)
    every = pairs_of(library)
    both = [
        (first["pretest"][p.before], first["final"][p.after])
        for p in every
        if p.before in first["pretest"] and p.after in first["final"]
    ]
    if not both:
        return None
    won = sum(after and not before for before, after in both)
    lost = sum(before and not after for before, after in both)
    right = sum(before and after for before, after in both)
    low, high = paired_interval(right, won, lost, len(both) - right - won - lost)
    return Gain(
        pairs=len(both),
        of=len(every),
        before=right + lost,
        after=right + won,
        won=won,
        lost=lost,
        low=low,
        high=high,
        final_right=sum(first["final"].values()),
        final_answers=len(first["final"]),
    )


def paired_interval(both: int, won: int, lost: int, neither: int) -> tuple[float, float]:
    """The 95 % interval of a difference between two proportions of the same pairs.

    Newcombe's method 10: the Wilson intervals of the two proportions, combined by squaring and
    adding, with their correlation (R. G. Newcombe, Improved confidence intervals for the difference
    between binomial proportions based on paired data, Statistics in Medicine 17, 1998,
    2635-2650). Unlike the textbook interval it stays within -1 and 1 and has a width also when all
    pairs agree, which with twelve pairs happens.

    Args:
        both: pairs that were right before and after.
        won: right after only.
        lost: right before only.
        neither: right neither time.

    Returns:
        Lower and upper end of (share right after) - (share right before).

    Raises:
        ValueError: no pair at all, or a negative count.
    """
    pairs = both + won + lost + neither
    if pairs < 1 or min(both, won, lost, neither) < 0:
        raise ValueError("an interval needs one pair or more, and no negative counts")
    after, before = (both + won) / pairs, (both + lost) / pairs
    low_after, high_after = wilson(both + won, pairs)
    low_before, high_before = wilson(both + lost, pairs)
    phi = _correlation(both, won, lost, neither)
    down, up = after - low_after, high_after - after
    before_down, before_up = before - low_before, high_before - before
    difference = after - before
    below = math.sqrt(max(0.0, down**2 - 2 * phi * down * before_up + before_up**2))
    above = math.sqrt(max(0.0, up**2 - 2 * phi * up * before_down + before_down**2))
    return difference - below, difference + above


def wilson(right: int, answers: int) -> tuple[float, float]:
    """The 95 % interval of a proportion by Wilson's score method (1927)."""
    share, z2 = right / answers, Z95**2
    middle = share + z2 / (2 * answers)
    half = Z95 * math.sqrt(share * (1 - share) / answers + z2 / (4 * answers**2))
    whole = 1 + z2 / answers
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _correlation(both: int, won: int, lost: int, neither: int) -> float:
    """Phi of the four counts, its numerator corrected for continuity as Newcombe does."""
    margins = (both + won) * (lost + neither) * (both + lost) * (won + neither)
    if not margins:
        return 0.0
    cross, half = both * neither - won * lost, (both + won + lost + neither) / 2
    corrected = cross - half if cross > half else min(cross, 0)
    return corrected / math.sqrt(margins)


def _points(share: float) -> str:
    """Such as "−8" or "+57"; 0 has no sign."""
    points = round(100 * share)
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{abs(points)}"


def _kind(item: ItemBase, library: Library) -> tuple[str, str, type[ItemBase]]:
    return library.concept_of[item.id], item.parallel_group, type(item)
