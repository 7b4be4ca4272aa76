"""What EightDimensions says: judgements of the model in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okrlab.content.dimensions import DimensionText, Measure
from okrlab.model.dimensions import DEFINING, Change, Dimension, Judgement, Use, judge
from okrlab.model.indicator import Role
from okrlab.widgets.words import sentence

Texts = Mapping[Dimension, DimensionText]

ROLE_WORDS = {
    Role.KPI: "KPI",
    Role.HEALTH_METRIC: "Health metric",
    Role.KEY_RESULT: "Key result",
}
ROLE_MARKS = {
    Role.KPI: "kpi",
    Role.HEALTH_METRIC: "health_metric",
    Role.KEY_RESULT: "metric_key_result",
}
A_ROLE = {
    Role.KPI: "a KPI",
    Role.HEALTH_METRIC: "a health metric",
    Role.KEY_RESULT: "a key result",
}


NEEDS = {
    Role.KPI: "A KPI is watched, and lacks something that a key result always has.",
    Role.HEALTH_METRIC: "A health metric need not improve now, and has a range to stay in.",
    Role.KEY_RESULT: "A key result needs all three: an objective, improvement, a date.",
}
"""What a role asks for, as a hint."""


def listed(parts: Sequence[str], word: str = "and") -> str:
    """Parts in a row: "a", "a and b", "a, b and c"."""
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def because(texts: Texts, judgement: Judgement) -> str:
    """Why a measure has its role: one sentence, sometimes two."""
    if judgement.role is Role.KEY_RESULT:
        return (
            "Because it belongs to an objective, is to improve now, and has a date. It answers how "
            "we will know that we made measurable progress on that objective by then."
        )
    if judgement.role is Role.HEALTH_METRIC:
        return (
            "Because nobody is asked to improve it now, and a range has been agreed in which it "
            "must stay. It is watched while the focus is elsewhere."
        )
    reasons = listed([texts[d].missing or "" for d in judgement.missing])
    return f"Because {reasons}. It tells how things stand."


def changes(texts: Texts, measure: Measure, use: Use, found: Sequence[Change]) -> list[str]:
    """The smallest changes that would give another role, one sentence for each role."""
    said = []
    for role in dict.fromkeys(c.role for c in found):
        ways = [c for c in found if c.role is role]
        if len(ways) > 1 and all(len(c.flips) == 1 and not c.guard for c in ways):
            titles = [f"“{texts[c.flips[0]].title}”" for c in ways]
            how = f"flip any one of {listed(titles, 'or')}"
        else:
            how = listed([_flips(texts, measure, use, c) for c in ways], "or")
        said.append(f"{sentence(how)}: it becomes {A_ROLE[role]}.")
    return said


def _flips(texts: Texts, measure: Measure, use: Use, change: Change) -> str:
    parts = []
    for d in change.flips:
        sides = measure.switches[d.value]
        to = sides.kpi if d in use.towards else sides.key_result
        parts.append(f"flip “{texts[d].title}” to “{to}”")
    if change.guard:
        parts.append("drop the agreed range" if use.guarded else "agree on a range to keep")
    return listed(parts)


def argument(texts: Texts, d: Dimension, use: Use) -> dict[str, str]:
    """What a dimension argues for in this use: a role, how strongly, and why."""
    role = _argues_for(d, use)
    return {
        "role": ROLE_MARKS[role],
        "words": ROLE_WORDS[role],
        "weight": "decides" if d in DEFINING else "typical, does not decide",
        "why": texts[d].key_result if d in use.towards else texts[d].kpi,
    }


def _argues_for(d: Dimension, use: Use) -> Role:
    if d in use.towards:
        return Role.KEY_RESULT
    if d is Dimension.IMPROVEMENT and use.guarded:
        return Role.HEALTH_METRIC
    return Role.KPI


def heard(texts: Texts, before: Use, after: Use) -> str:
    """What a screen reader announces after a flip."""
    was, now = judge(before), judge(after)
    if was.role is not now.role:
        return f"Now {A_ROLE[now.role]}. {because(texts, now)}"
    flipped = before.towards ^ after.towards
    argued = [f"{texts[d].title} argues for {A_ROLE[_argues_for(d, after)]}." for d in flipped]
    return " ".join([f"Still {A_ROLE[now.role]}.", *argued])


def verdict_on(texts: Texts, start: Use, use: Use, goal: Role, routes: Sequence[Change]) -> str:
    """The answer to a challenge in words: what is missing, or what was flipped without need."""
    now = judge(use)
    if now.role is not goal:
        said = f"It is {A_ROLE[now.role]} so far. {because(texts, now)}"
        return f"{said} {NEEDS[goal]}"
    flipped = start.towards ^ use.towards
    guard = start.guarded != use.guarded
    if any(flipped == set(r.flips) and guard == r.guard for r in routes):
        return "Nothing else had to flip."
    best = min(routes, key=lambda r: len(flipped ^ set(r.flips)))
    spare = [f"“{texts[d].title}”" for d in Dimension if d in flipped - set(best.flips)]
    if guard and not best.guard:
        spare.append("“Agreed range”")
    if not spare:
        return "You took a longer way than needed."
    verb = "was" if len(spare) == 1 else "were"
    return (
        f"It is {A_ROLE[goal]} now, but {listed(spare)} {verb} flipped without need: "
        "that argues for a role and does not decide it here."
    )
