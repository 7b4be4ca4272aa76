"""Committed, stretch, moonshot: the kind of ambition sets the bar for an attainment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from okrlab.errors import ModelError
from okrlab.model.attainment import Attainment

STRETCH_BAR = 0.7
"""From this attainment on a stretch counts as reached. The sources give no figure; ours."""

RED_BELOW = 0.4
AMBER_BELOW = 0.7


class Ambition(StrEnum):
    """How sure the team is meant to be of reaching the target."""

    COMMITTED = "committed"
    STRETCH = "stretch"
    MOONSHOT = "moonshot"


@dataclass(frozen=True)
class Verdict:
    """What an attainment means for a key result of this ambition.

    Attributes:
        met: whether it counts as reached; None for a moonshot, which is read as a colour.
        colour: "green", "amber" or "red".
        explain: whether the team owes an explanation (a committed result that was missed).
        in_words: the verdict as a sentence.
    """

    met: bool | None
    colour: str
    explain: bool
    in_words: str


def verdict(result: Attainment, ambition: Ambition, *, stretch_bar: float = STRETCH_BAR) -> Verdict:
    """Judge an attainment by its kind of ambition.

    Args:
        result: how far the key result got.
        ambition: what was promised when it was set.
        stretch_bar: the attainment from which a stretch counts as reached, above 0 and up to 1.

    Raises:
        ModelError: `stretch_bar` lies outside that range.
    """
    if not 0 < stretch_bar <= 1:
        raise ModelError(f"The bar of a stretch lies above 0 and up to 1, not at {stretch_bar}.")
    shown = f"{result.ratio:.2f}"
    if ambition is Ambition.COMMITTED:
        # The bar is the target itself; rounding 0.999… up would hide a miss.
        if result.ratio >= 1:
            return Verdict(True, "green", False, f"Committed and met ({shown}).")
        return Verdict(
            False,
            "red",
            True,
            f"Committed and missed ({shown}): say what happened and what changes.",
        )
    colour = _colour(result.value)
    if ambition is Ambition.STRETCH:
        met = result.value >= stretch_bar
        word = "reached" if met else "not reached"
        return Verdict(
            met, colour, False, f"Stretch {word} ({shown}; the bar is {stretch_bar:.2f})."
        )
    return Verdict(None, colour, False, f"Moonshot at {shown}: {colour}, whatever lies below 1.")


def _colour(value: float) -> str:
    if value < RED_BELOW:
        return "red"
    return "amber" if value < AMBER_BELOW else "green"
