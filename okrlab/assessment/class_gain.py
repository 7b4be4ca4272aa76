"""A class's gain from the pretest to the final test: the mean over its learners, with an interval.

The learner is the unit: learners differ more from each other than a learner's answers do, and a
coach asks about the next class, not about the next question. Each learner's gain is the share of
paired questions right in the final test less the share right in the pretest (see `gain`), and the
interval is Student's: mean ± t · s / √n with n - 1 degrees of freedom (Student, The probable error
of a mean, Biometrika 6, 1908, 1-25).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.gain import Gain, gain
from okrlab.content import Library

FEW_LEARNERS = 10
"""With fewer learners the words say that they are few."""


@dataclass(frozen=True)
class ClassGain:
    """What changed between the two tests.

    Attributes:
        learners: who have a pair of questions answered in both tests.
        before: mean share right in the pretest, over these learners.
        after: mean share right in the final test.
        low: lower end of the 95 % interval of the difference; None when it cannot be computed.
        high: its upper end.
        better: how many gained.
        worse: how many lost.
    """

    learners: int
    before: float
    after: float
    low: float | None
    high: float | None
    better: int
    worse: int

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    def words(self) -> list[str]:
        """The gain in plain sentences, with what cannot be concluded."""
        n = self.learners
        who = "1 learner has" if n == 1 else f"{n} learners have"
        said = [
            f"{who} taken both tests. On questions that have a sister in the other test "
            f"{self.before:.0%} were right before and {self.after:.0%} after: "
            f"{points(self.difference)} points. {self.better} gained, {self.worse} lost."
        ]
        if self.low is None or self.high is None:
            said.append(
                "No interval: one learner says nothing about a class."
                if n == 1
                else "No interval: all changed by the same amount, which says nothing about chance."
            )
        else:
            said.append(
                f"The 95% interval of the mean change runs from {points(self.low)} to "
                f"{points(self.high)} points. {self._verdict()}"
            )
        if n < FEW_LEARNERS:
            said.append(f"n = {n}: too few to conclude anything about the course.")
        said.append(
            "There was no group without the course to compare with, and those who stopped before "
            "the final test are not in it."
        )
        return said

    def _verdict(self) -> str:
        if self.low is not None and self.low > 0:
            return "It lies above nought."
        if self.high is not None and self.high < 0:
            return "It lies below nought."
        return "Nought lies within it, so chance alone may explain the change."


def class_gain(
    attempts: Mapping[str, Sequence[Attempt]], library: Library
) -> tuple[ClassGain | None, dict[str, Gain]]:
    """The class's gain, None before anybody has taken both tests; and each learner's own.

    Args:
        attempts: all attempts of each learner.
        library: the two tests and their items.
    """
    found = {who: g for who, own in attempts.items() if (g := gain(own, library)) is not None}
    if not found:
        return None, {}
    before = [g.before / g.pairs for g in found.values()]
    after = [g.after / g.pairs for g in found.values()]
    change = [b - a for a, b in zip(before, after, strict=True)]
    low, high = mean_interval(change) or (None, None)
    whole = ClassGain(
        learners=len(found),
        before=math.fsum(before) / len(found),
        after=math.fsum(after) / len(found),
        low=None if low is None else max(-1.0, low),
        high=None if high is None else min(1.0, high),
        better=sum(c > 0 for c in change),
        worse=sum(c < 0 for c in change),
    )
    return whole, found


def mean_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Student's 95 % interval of a mean; None with fewer than two values or without any spread."""
    n = len(values)
    if n < 2:
        return None
    mean = math.fsum(values) / n
    deviation = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (n - 1))
    if deviation < 1e-12:
        return None
    half = t_quantile(n - 1) * deviation / math.sqrt(n)
    return mean - half, mean + half


def t_quantile(degrees: int) -> float:
    """The 97.5 % quantile of Student's distribution.

    By bisection on its closed form for whole degrees of freedom (M. Abramowitz and I. A. Stegun,
    Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4).

    Raises:
        ValueError: fewer than one degree of freedom.
    """
    if degrees < 1:
        raise ValueError("Student's distribution needs one degree of freedom or more")
    low, high = 0.0, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, degrees) < 0.95 else (low, middle)
    return (low + high) / 2


def _within(t: float, degrees: int) -> float:
    """The probability that Student's t lies between -t and t."""
    angle = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = degrees % 2
    term = cosine if odd else 1.0
    total = term if degrees > 1 else 0.0
    for k in range(3 if odd else 2, degrees, 2):
        term *= cosine**2 * (k - 1) / k
        total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def points(share: float) -> str:
    """A difference of shares in points, such as "+17" or "−4"."""
    whole = round(100 * share)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole)}"
