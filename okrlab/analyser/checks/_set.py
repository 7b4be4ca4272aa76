"""What a check of a whole set gets to see."""

from __future__ import annotations

from dataclasses import dataclass

from okrlab.analyser.analysis import Analysis


@dataclass(frozen=True)
class StatementSet:
    """An objective and what was written beneath it.

    Attributes:
        objective: as the writer gave it; "" when there is none.
        analyses: of each statement, in order.
    """

    objective: str
    analyses: tuple[Analysis, ...]

    def of_kind(self, *kinds: str) -> list[Analysis]:
        """The statements of these kinds."""
        return [a for a in self.analyses if a.kind in kinds]

    @property
    def results(self) -> list[Analysis]:
        """The key results, metric and milestone."""
        return self.of_kind("metric_kr", "milestone_kr")


def measure_words(analysis: Analysis) -> frozenset[str]:
    """The words of a statement's measure, without small words; empty when none was found."""
    measure = analysis.parts.measure
    if measure is None:
        return frozenset()
    words = measure.text.lower().replace("-", " ").split()
    return frozenset(w.strip(".,:;()") for w in words) - _SMALL


_SMALL = frozenset(
    "the a an of per in on for to and or our all with by at from new total day days week month "
    "quarter year number monthly weekly daily".split()
)
