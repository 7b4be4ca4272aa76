"""Sentences that say what the pictures of a class report show."""

from __future__ import annotations

from collections.abc import Sequence

from okrlab.assessment.class_report import ClassReport
from okrlab.assessment.class_rows import ConceptRow
from okrlab.content import Library

ENOUGH = 3
"""A concept that fewer learners have answered is named neither strong nor weak."""

LONGEST_STEM, MOST_NAMES = 160, 20


def gaps(concepts: Sequence[ConceptRow]) -> list[str]:
    """Which concepts are strongest and weakest in the class."""
    known = [c for c in concepts if c.share is not None and c.learners >= ENOUGH]
    if len(known) < ENOUGH:
        return ["Too few answers to say which concept is strong or weak."]
    order = sorted(known, key=lambda c: (c.share or 0.0, c.title))
    weak, strong = order[:3], order[-1]
    named = ", ".join(f"{c.title} ({c.share:.0%} on average, {c.learners} learners)" for c in weak)
    return [
        f"Weakest: {named}.",
        f"Strongest: {strong.title} ({strong.share:.0%} on average). "
        f"{sum(c.mastered for c in concepts)} times somebody has mastered a concept.",
    ]


def lesson_counts(report: ClassReport) -> list[str]:
    """How many learners are where, lesson by lesson."""
    said = []
    for place, (number, title) in enumerate(report.lessons):
        states = [w.lessons[place] for w in report.where]
        done, now = states.count("mastered"), states.count("learning")
        taken = states.count("taken")
        if taken:
            said.append(f"Lesson {number}, {title}: {taken} have taken the pretest.")
        elif done or now:
            said.append(f"Lesson {number}, {title}: {done} mastered, {now} in progress.")
    away = [w.name for w in report.where if w.away]
    idle = [w.name for w in report.where if not w.answers]
    said += [f"Not seen for two weeks: {_listed(away)}."] if away else []
    said += [f"Not begun: {_listed(idle)}."] if idle else []
    return said


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{', '.join(names[:MOST_NAMES])}{more}"


def stem_of(item: str, library: Library) -> str:
    """The question itself, shortened."""
    found = library.items.get(item)
    text = " ".join(found.stem.split()) if found else item
    return text if len(text) <= LONGEST_STEM else f"{text[: LONGEST_STEM - 1]}…"
