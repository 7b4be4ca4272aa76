"""What the analyser read in a statement, as plain data that a browser can draw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from okrlab.analyser import Analysis, Cue, Finding, Span

ROLES: dict[str, str] = {
    "objective": "objective",
    "metric_kr": "metric_key_result",
    "milestone_kr": "milestone_key_result",
    "kpi": "kpi",
    "health_metric": "health_metric",
    "task": "task",
}
"""The role whose mark and word a kind is shown with."""

SEVERITIES: dict[str, tuple[str, str]] = {
    "error": ("✕", "Mend"),
    "warning": ("▲", "Think about"),
    "info": ("○", "Ask"),
}
"""Sign and word of each severity."""

CHANGES: dict[str, str] = {
    "objective": "Which measure would show it, from where to where? That line would be a key "
    "result beneath this objective.",
    "metric_kr": "Must it only stay where it is? Then it is a health metric. Is it only watched? "
    "Then it is a KPI.",
    "milestone_kr": "Is there a number that it should move? With a start and a target, that number "
    "would make a metric key result.",
    "kpi": "Is moving it a focus of the next weeks? Then say from where, to where and by when, and "
    "it is a key result.",
    "health_metric": "Should it get better than it is today? Then say from where to where, and it "
    "is a key result.",
    "task": "What will be different when it is done? That difference is what a key result names.",
}
"""What would make a statement something else."""

PARTS = (
    "target", "baseline", "threshold", "change", "deadline", "owner", "direction", "measure",
    "method", "unit",
)  # fmt: skip
"""The parts that are shown; where two overlap, the earlier one."""

_MISSING = {"H02": "evidence", "H03": "baseline", "H04": "target", "H05": "deadline"}
_SURE = (
    (0.95, "Very sure", "more than 9 in 10"),
    (0.85, "Sure", "about 9 in 10"),
    (0.7, "Fairly sure", "about 8 in 10"),
    (0.55, "Leaning this way", "about 6 in 10"),
    (0.0, "Not sure", "fewer than 6 in 10"),
)
_MOST_COMPARED = 200
_MOST_REASONS = 4

Runs = list[tuple[str, bool]]


def reading_view(analysis: Analysis) -> dict[str, Any]:
    """A statement's reading: kind, reasons, marked-up words and advice."""
    cues = told_cues(analysis)
    marks = {f"c{i}": c.span for i, c in enumerate(cues)}
    marks |= {f"f{i}": f.span for i, f in enumerate(analysis.findings)}
    sure, odds = sure_words(analysis.confidence)
    return {
        "kind": ROLES[analysis.kind] if analysis.kind else None,
        "sure": sure,
        "odds": odds,
        "other": ROLES[analysis.runner_up] if analysis.question and analysis.runner_up else None,
        "question": analysis.question,
        "change": CHANGES[analysis.kind] if analysis.kind else None,
        "cues": [_cue_view(f"c{i}", c, analysis) for i, c in enumerate(cues)],
        "segments": segments(analysis, {k: s for k, s in marks.items() if s is not None}),
        "missing": [_MISSING[f.id] for f in analysis.findings if f.id in _MISSING],
        "findings": [finding_view(f, f"f{i}") for i, f in enumerate(analysis.findings)],
    }


def sure_words(confidence: float) -> tuple[str, str]:
    """How sure a verdict is: in words, and as the share of such verdicts that are right."""
    return next((words, odds) for least, words, odds in _SURE if confidence >= least)


def told_cues(analysis: Analysis) -> list[Cue]:
    """The strongest reasons, each sentence about the same words once."""
    seen: dict[tuple[Span | None, str], Cue] = {}
    for cue in analysis.cues:
        seen.setdefault((cue.span, cue.sentence), cue)
    return list(seen.values())[:_MOST_REASONS]


def finding_view(found: Finding, name: str) -> dict[str, Any]:
    """A finding without its span, which the marked-up words show."""
    sign, word = SEVERITIES[found.severity]
    return {
        "key": name,
        "id": found.id,
        "severity": found.severity,
        "sign": sign,
        "word": word,
        "advice": found.advice,
        "spot": found.span is not None,
        "rewrite": found.rewrite is not None,
    }


def _cue_view(name: str, cue: Cue, analysis: Analysis) -> dict[str, Any]:
    return {
        "key": name,
        "words": cue.span.of(analysis.text) if cue.span else None,
        "sentence": cue.sentence,
        "towards": ROLES[cue.towards] if cue.towards != analysis.kind else None,
    }


def segments(analysis: Analysis, marks: Mapping[str, Span]) -> list[dict[str, Any]]:
    """The statement in pieces, each with the part it belongs to and the marks that cover it.

    Joined, the pieces are the statement. A piece belongs to one part: amounts and dates win over
    what stands around them.
    """
    text = analysis.text
    parts = analysis.parts.found()
    found = {n: parts[n].span for n in PARTS if n in parts}
    cuts = sorted({0, len(text), *_edges([*found.values(), *marks.values()])})
    pieces: list[dict[str, Any]] = []
    for start, end in pairwise(cuts):
        part = next((n for n, s in found.items() if s.start <= start and end <= s.end), None)
        over = [k for k, s in marks.items() if s.start <= start and end <= s.end]
        pieces.append({"text": text[start:end], "part": part, "marks": over})
    return pieces


def _edges(spans: Iterable[Span]) -> list[int]:
    return [edge for span in spans for edge in (span.start, span.end)]


def compare(before: str, after: str) -> tuple[Runs, Runs]:
    """Two wordings as runs of text, each with whether it differs from the other wording."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    if len(old) > _MOST_COMPARED or len(new) > _MOST_COMPARED:
        return [(before, False)], [(after, False)]
    left: Runs = []
    right: Runs = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            left.append(("".join(old[a:b]), tag != "equal"))
        if c < d:
            right.append(("".join(new[c:d]), tag != "equal"))
    return left, right
