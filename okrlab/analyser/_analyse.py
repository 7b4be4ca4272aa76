"""The analyser's front door: a statement in, an `Analysis` out. Pure, and without a clock."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from okrlab.analyser._features import features
from okrlab.analyser._kind import decide
from okrlab.analyser._parts import parts_of, settled
from okrlab.analyser._questions import settling_question
from okrlab.analyser._reading import Reading
from okrlab.analyser._script import unreadable
from okrlab.analyser.analysis import Analysis, Parts
from okrlab.analyser.checks import all_checks
from okrlab.analyser.checks._statement import Statement

MAX_LENGTH = 5_000
"""Longer texts are cut here: a statement is a line, not a document."""

_SEVERITIES = ("error", "warning", "info")


def analyse(
    text: str,
    *,
    objective: str | None = None,
    cycle_end: date | None = None,
    ambition: str | None = None,
    pay_linked: bool | None = None,
    history: Sequence[float] | None = None,
) -> Analysis:
    """Read a statement that somebody wrote as a goal.

    Args:
        text: the statement; more than 5,000 characters are cut.
        objective: the objective that it belongs to, if the writer gave one.
        cycle_end: the last day of the cycle, which then serves as its date.
        ambition: "committed", "stretch" or "moonshot", if said.
        pay_linked: whether somebody's pay depends on it, if said.
        history: past values of the measure, oldest first; what is not finite is left out.

    Returns:
        What kind of thing it is and why, its parts, and what the checks noticed. A text that
        cannot be judged (empty, or in a script that the analyser doesn't read) has kind None, and
        `question` says so.

    Raises:
        TypeError: `text` is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"A statement is a text, not {type(text).__name__}.")
    text = text[:MAX_LENGTH]
    reading = Reading.of(text)
    reason = unreadable(text, reading)
    if reason:
        return Analysis(text, None, 0.0, None, (), Parts(), (), reason)
    parts = parts_of(reading)
    ranked, cues = decide(features(reading, parts))
    kind, runner_up = list(ranked)[:2]
    parts = settled(reading, parts, kind)
    statement = Statement(
        reading=reading,
        parts=parts,
        kind=kind,
        sure=ranked[kind],
        objective=objective.strip() or None if objective else None,
        cycle_end=cycle_end,
        ambition=ambition,
        pay_linked=pay_linked,
        history=[float(v) for v in history if math.isfinite(v)] if history is not None else None,
    )
    findings = [f for check in all_checks().values() if (f := check(statement)) is not None]
    findings.sort(key=lambda f: (_SEVERITIES.index(f.severity), f.id))
    return Analysis(
        text=text,
        kind=kind,
        confidence=round(ranked[kind], 4),
        runner_up=runner_up,
        cues=cues,
        parts=parts,
        findings=tuple(findings),
        question=settling_question(statement, kind, runner_up, ranked),
        probabilities={k: round(v, 4) for k, v in ranked.items()},
    )
