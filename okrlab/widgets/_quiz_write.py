"""What a learner sees after writing a line: what was read in it, part by part, and an example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from okrlab.assessment.outcome import Outcome, PartOutcome
from okrlab.assessment.write import LABELS
from okrlab.content import WriteItem

View = dict[str, Any]


def written_view(item: WriteItem, outcome: Outcome, title_of: Callable[[str], str]) -> View:
    """The parts with words, the advice that costs nothing, an example, perhaps its contrast.

    A typical wrong line stands beside the example when the learner's own is wrong in another way.

    Args:
        item: what was asked.
        outcome: of the learner's line.
        title_of: what a misconception says.
    """
    told: set[str] = set()
    example, slip = item.examples[0], item.slips[0]
    points = [_point(part, told, title_of) for part in outcome.parts]
    tempted = outcome.correct or any(point["tempts"] for point in points)
    return {
        "points": points,
        "advice": [{"words": a.cue, "flip": a.flip or None} for a in outcome.advice],
        "example": {"text": example.text, "why": example.why},
        "contrast": None if tempted else {"text": slip.text, "why": slip.feedback},
        "feedback": {"cue": outcome.feedback.cue, "flip": outcome.feedback.flip},
    }


def points_words(outcome: Outcome) -> str:
    """The outcome in a few words."""
    if outcome.correct:
        return "All that was asked for is there"
    met = sum(part.correct for part in outcome.parts)
    if not outcome.mark:
        return "Not what was asked for yet"
    return f"{met} of {len(outcome.parts)} points met"


def _point(part: PartOutcome, told: set[str], title_of: Callable[[str], str]) -> View:
    """One point; what was said at an earlier one is not said again."""
    feedback = part.feedback
    idea = title_of(feedback.misconception) if feedback.misconception else ""
    new = {text for text in (feedback.tempts, idea) if text and text not in told}
    told |= new
    return {
        "label": LABELS.get(part.part, "Wording"),
        "correct": part.correct,
        "said": feedback.cue,
        "tempts": feedback.tempts if feedback.tempts in new else None,
        "flip": feedback.flip or None,
        "misconception": {"title": idea} if idea in new else None,
    }
