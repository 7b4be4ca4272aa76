"""An objective and the statements beneath it, looked at together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from okrlab.analyser._analyse import analyse
from okrlab.analyser.analysis import Analysis, Finding, Kind
from okrlab.analyser.checks import set_checks
from okrlab.analyser.checks._set import StatementSet

MAX_STATEMENTS = 200
"""Of a longer list only so many are read: it is no set any more."""


@dataclass(frozen=True)
class SetAnalysis:
    """The reading of a set.

    Attributes:
        objective: as given.
        objective_analysis: the reading of the objective itself; None when none was given.
        statements: the reading of each statement, in order.
        findings: about the set as a whole; what concerns one line stands with that line.
        left_out: how many statements were not read because the list is too long.
    """

    objective: str
    objective_analysis: Analysis | None
    statements: tuple[Analysis, ...]
    findings: tuple[Finding, ...]
    left_out: int = 0

    @property
    def kinds(self) -> dict[str, int]:
        """How many statements of each kind; those that could not be judged count as "unclear"."""
        return dict(Counter(a.kind or "unclear" for a in self.statements))

    @property
    def all_findings(self) -> list[tuple[int | None, Finding]]:
        """Every finding with the index of its statement, None for the set."""
        found: list[tuple[int | None, Finding]] = [(None, f) for f in self.findings]
        found += [(i, f) for i, a in enumerate(self.statements) for f in a.findings]
        return found


def analyse_set(
    objective: str | None,
    statements: Sequence[str],
    *,
    cycle_end: date | None = None,
    pay_linked: bool | None = None,
    kinds: Sequence[Kind | None] | None = None,
) -> SetAnalysis:
    """Read an objective's statements, each by itself and all together.

    Args:
        objective: the objective; None or "" when there is none.
        statements: key results, KPIs, health metrics, whatever stands beneath it. Empty ones are
            passed over.
        cycle_end: the last day of the cycle.
        pay_linked: whether somebody's pay depends on them.
        kinds: what the writer says that each statement is, None where nothing is said. In the
            findings about the set, that counts instead of the reading.

    Raises:
        ValueError: `kinds` has another length than `statements`.
    """
    title = (objective or "").strip()
    said: Sequence[Kind | None] = [None] * len(statements) if kinds is None else kinds
    paired = [(t, k) for t, k in zip(statements, said, strict=True) if t and t.strip()]
    given = [text for text, _ in paired]
    read = tuple(
        analyse(text, objective=title or None, cycle_end=cycle_end, pay_linked=pay_linked)
        for text in given[:MAX_STATEMENTS]
    )
    together = StatementSet(
        title,
        tuple(replace(a, kind=k or a.kind) for a, (_, k) in zip(read, paired, strict=False)),
    )
    findings = [f for check in set_checks().values() for f in check(together)]
    return SetAnalysis(
        objective=title,
        objective_analysis=analyse(title) if title else None,
        statements=read,
        findings=tuple(findings),
        left_out=max(0, len(given) - MAX_STATEMENTS),
    )
