"""What the analyser has to say of a set in the making, as plain data that a browser can draw.

The analyser suggests a line's role, and the learner decides: what was decided counts for the set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from okrlab.analyser import KIND_WORDS, Analysis, Finding, Kind, analyse, analyse_set
from okrlab.interop.okr_set import MAX_LINES, MAX_TEXT, Pasted, PastedLine, Role
from okrlab.widgets._okr_set_parts import Line, Objective
from okrlab.widgets._okr_set_state import MAX_OBJECTIVES
from okrlab.widgets._reading_view import ROLES, SEVERITIES, sure_words
from okrlab.widgets.words import counted, sentence

LIKELY = 0.6
"""From this confidence on a line is asked whether it stands in the right list."""

ROLE_OF_KIND: dict[Kind, Role] = {
    "metric_kr": "key_result",
    "milestone_kr": "key_result",
    "kpi": "kpi",
    "health_metric": "health_metric",
}
IN_LIST: dict[Role, str] = {
    "key_result": "the key results",
    "kpi": "the KPIs",
    "health_metric": "the health metrics",
}
_HOMELESS: dict[str, str] = {
    "task": "What will be different when it is done? That would belong here.",
    "objective": "Which measure or which finished thing would show it? That would belong here.",
}
_ANY_ROLE = frozenset({"H10", "H11", "H12", "H13", "H14"})
"""Checks whose advice is as good for a KPI as for a key result."""


@dataclass(frozen=True)
class Around:
    """What stands around every line of a set."""

    cycle_end: str = ""
    pay: str = ""

    @property
    def day(self) -> date | None:
        """The last day of the cycle."""
        return date.fromisoformat(self.cycle_end) if self.cycle_end else None

    @property
    def pay_linked(self) -> bool | None:
        """Whether pay depends on it, if said."""
        return {"yes": True, "no": False}.get(self.pay)


@lru_cache(maxsize=512)
def read(text: str, objective: str, around: Around) -> Analysis:
    """The reading of a line beneath an objective."""
    return analyse(
        text,
        objective=objective or None,
        cycle_end=around.day,
        pay_linked=around.pay_linked,
    )


def suggested(analysis: Analysis) -> Role:
    """The list in which a line belongs by its reading; where unclear, the key results."""
    return ROLE_OF_KIND.get(analysis.kind, "key_result") if analysis.kind else "key_result"


def line_view(line: Line, objective: str, around: Around) -> dict[str, Any]:
    """A line with what it reads as, whether that fits its list, and its advice."""
    view: dict[str, Any] = {"id": line.id, "text": line.text, "role": line.role}
    if not line.text.strip():
        return {**view, "reads": None, "doubt": None, "findings": [], "heard": ""}
    analysis = read(line.text, objective, around)
    doubt = _doubt(line, analysis)
    findings = [] if doubt else [*_question(line, analysis), *_advice(line, analysis, objective)]
    heard = doubt["words"] if doubt else findings[0]["advice"] if findings else ""
    heard = heard or ("Nothing to mend." if analysis.kind else analysis.question or "")
    return {
        **view,
        "reads": {
            "kind": ROLES[analysis.kind] if analysis.kind else None,
            "sure": sure_words(analysis.confidence)[0] if analysis.kind else None,
            "why": None if analysis.kind else analysis.question,
        },
        "doubt": doubt,
        "findings": findings,
        "heard": heard,
    }


def _doubt(line: Line, analysis: Analysis) -> dict[str, Any] | None:
    """The question whether a line stands in the right list; None when there is no such doubt."""
    kind = analysis.kind
    if kind is None or analysis.confidence < LIKELY or line.settled == kind:
        return None
    home = ROLE_OF_KIND.get(kind)
    if home == line.role:
        return None
    words = f"This reads like {KIND_WORDS[kind]}."
    if home is None:
        words += f" {_HOMELESS[kind]}"
    return {
        "words": words,
        "to": home,
        "move": f"Move it to {IN_LIST[home]}" if home else None,
        "stay": f"Leave it with {IN_LIST[line.role]}",
    }


def _question(line: Line, analysis: Analysis) -> list[dict[str, Any]]:
    """What would settle the kind, where a line stands in another list than its reading says."""
    fits = analysis.kind is not None and ROLE_OF_KIND.get(analysis.kind) == line.role
    if fits or analysis.kind is None or analysis.question is None or line.settled == analysis.kind:
        return []
    sign, word = SEVERITIES["info"]
    asked = {"id": "kind", "severity": "info", "sign": sign, "word": word}
    return [{**asked, "advice": analysis.question, "rewrite": None}]


def _advice(line: Line, analysis: Analysis, objective: str) -> list[dict[str, Any]]:
    fits = analysis.kind is not None and ROLE_OF_KIND.get(analysis.kind) == line.role
    parts, answered = analysis.parts, set() if objective else {"H01"}
    if line.role == "health_metric" and (parts.threshold or parts.target):
        answered.add("H09")  # it asks whether this is a health metric, and for its limit
    return [
        _finding(f)
        for f in analysis.findings
        if (fits or f.id in _ANY_ROLE) and f.id not in answered
    ]


def _finding(found: Finding) -> dict[str, Any]:
    sign, word = SEVERITIES[found.severity]
    one_line = found.rewrite is not None and "\n" not in found.rewrite
    return {
        "id": found.id,
        "severity": found.severity,
        "sign": sign,
        "word": word,
        "advice": found.advice,
        "rewrite": found.rewrite if one_line else None,
    }


def set_view(objective: Objective, around: Around) -> dict[str, Any]:
    """What there is to say of an objective with all its lines; nothing while there are no lines."""
    title = objective.text.strip()
    lines = [line for line in objective.lines if line.text.strip()]
    if not lines:
        return {"counts": "", "findings": []}
    kinds = [_said(line, read(line.text, title, around)) for line in lines]
    found = analyse_set(
        title,
        [line.text for line in lines],
        cycle_end=around.day,
        pay_linked=around.pay_linked,
        kinds=kinds,
    ).findings
    order = list(SEVERITIES)
    findings = [_finding(f) for f in sorted(found, key=lambda f: order.index(f.severity))]
    if not title:
        sign, word = SEVERITIES["error"]
        missing = {"id": "H01", "severity": "error", "sign": sign, "word": word, "rewrite": None}
        advice = "Which objective would these prove? Write it first."
        findings.insert(0, {**missing, "advice": advice})
    return {"counts": _counts(kinds), "findings": findings}


def _said(line: Line, analysis: Analysis) -> Kind:
    """The kind that a line counts as: its role as decided, and the reading where that agrees."""
    if line.role != "key_result":
        return line.role
    if analysis.kind in ("metric_kr", "milestone_kr"):
        return analysis.kind
    parts = analysis.parts
    numbers = parts.target or parts.change or parts.baseline or parts.threshold
    return "metric_kr" if numbers or analysis.kind is None else "milestone_kr"


def _counts(kinds: Sequence[Kind]) -> str:
    metric, milestone = kinds.count("metric_kr"), kinds.count("milestone_kr")
    both = f" ({metric} metric, {milestone} milestone)" if metric and milestone else ""
    told = [_many(metric + milestone, "key result") + both]
    told += [_many(kinds.count("kpi"), "KPI"), _many(kinds.count("health_metric"), "health metric")]
    return ", ".join(told)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def objective_note(objective: Objective) -> str:
    """What there is to say of the objective itself."""
    text = objective.text.strip()
    if not text:
        return ""
    analysis = read(text, "", Around())
    if analysis.kind is None:
        return analysis.question or ""
    if analysis.kind == "metric_kr" and analysis.parts.target and analysis.confidence >= LIKELY:
        return (
            "This reads like a key result. Say here what should be true in the end, without a "
            "number, and put the number into a key result."
        )
    return ""


def paste_view(pasted: Pasted, number: int, around: Around) -> dict[str, Any]:
    """What a paste holds, with where each line would go.

    Args:
        pasted: what was read.
        number: tells this paste from earlier ones.
        around: what stands around the set.
    """
    titles = list(dict.fromkeys(line.objective for line in pasted.lines if line.objective))
    return {
        "n": number,
        "notes": _notes(pasted, titles),
        "lines": [{"n": n, **_found(line, around)} for n, line in enumerate(pasted.lines)],
    }


def _notes(pasted: Pasted, titles: Sequence[str]) -> list[str]:
    notes = []
    if pasted.left_out:
        notes.append(
            f"{sentence(counted(pasted.left_out, 'further line'))} left out: {MAX_LINES} are "
            "read at a time. Paste the rest afterwards."
        )
    if pasted.shortened:
        notes.append(
            f"{sentence(counted(pasted.shortened, 'line'))} cut at {MAX_TEXT:,} characters."
        )
    if len(titles) > MAX_OBJECTIVES:
        notes.append(
            f"{len(titles)} objectives are more than the {MAX_OBJECTIVES} that fit here, and "
            "more than most teams can keep in view. Tick the lines of those that matter most."
        )
    return notes


def _found(line: PastedLine, around: Around) -> dict[str, Any]:
    home = line.role or suggested(read(line.text, line.objective, around))
    return {"text": line.text, "objective": line.objective, "to": home}
