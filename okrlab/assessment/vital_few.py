"""What can be said of a choice of few measures out of many. A judgement explained, not a mark.

Three rules decide whether a measure can be key in a company: it is linked to the strategy, it tells
a state, and somebody can act on it. Several good sets exist; how many is counted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from math import comb

from okrlab.content.vital_few import PERSPECTIVES, FewCompany, FewMeasure, Perspective
from okrlab.errors import AnswerError

MOST = 5
"""So many measures may be chosen."""

RULES: tuple[tuple[str, str], ...] = (
    ("strategy", "Is it linked to this year's strategy?"),
    ("state", "Does it tell a state, better or worse than before?"),
    ("act", "Can somebody act on it when it moves?"),
)

PERSPECTIVE_WORDS: dict[Perspective, tuple[str, str]] = {
    "finance": ("Money", "How do we look to those who fund us?"),
    "customer": ("Customers", "How do those whom we serve see us?"),
    "process": ("How the work runs", "What must run well inside?"),
    "people": ("People and learning", "Can we go on getting better?"),
}
"""The four perspectives of Kaplan and Norton's balanced scorecard, in our words."""


@dataclass(frozen=True)
class FewReview:
    """What there is to say of a choice.

    Attributes:
        chosen: the measures chosen, in the company's order.
        others: measures that pass all rules and were not chosen.
        twins: pairs of chosen measures that tell the same story.
        missing: perspectives that no chosen measure belongs to.
        good_sets: how many sets of as many measures pass all rules and hold no twins.
    """

    chosen: tuple[FewMeasure, ...]
    others: tuple[FewMeasure, ...]
    twins: tuple[tuple[FewMeasure, FewMeasure], ...]
    missing: tuple[Perspective, ...]
    good_sets: int

    @property
    def passing(self) -> int:
        """How many of the chosen ones pass all three rules."""
        return sum(m.key for m in self.chosen)

    @property
    def holds(self) -> bool:
        """Whether this is one of the good sets: every rule passed, and no story told twice."""
        return self.passing == len(self.chosen) and not self.twins


def review(company: FewCompany, ids: Collection[str]) -> FewReview:
    """Look at a choice.

    Args:
        company: whose measures they are.
        ids: of the measures chosen, one to `MOST`.

    Raises:
        AnswerError: nothing is chosen, too much is, or a measure is not one of the company's.
    """
    wanted = set(ids)
    if unknown := sorted(wanted - {m.id for m in company.measures}):
        raise AnswerError(
            f"“{unknown[0]}” is not a measure of {company.title}. Reload the page and choose again."
        )
    if not 1 <= len(wanted) <= MOST:
        raise AnswerError(
            f"{len(wanted)} measures are chosen; one to {MOST} can be key here. Change your choice."
        )
    chosen = tuple(m for m in company.measures if m.id in wanted)
    key = [m for m in company.measures if m.key]
    seen = {m.perspective for m in chosen}
    return FewReview(
        chosen,
        others=tuple(m for m in key if m.id not in wanted),
        twins=tuple((a, b) for a, b in combinations(chosen, 2) if a.twin == b.id),
        missing=tuple(p for p in PERSPECTIVES if p not in seen),
        good_sets=_good_sets(key, len(chosen)),
    )


def _good_sets(key: list[FewMeasure], size: int) -> int:
    """Sets of that size without twins. Of a pair of twins at most one is in a set."""
    ids = {m.id for m in key}
    pairs = sum(m.twin in ids for m in key) // 2
    single = len(key) - 2 * pairs
    return sum(comb(pairs, n) * 2**n * comb(single, size - n) for n in range(min(pairs, size) + 1))
