"""Questions inside a simulation: predict first, then see. They explain and are not recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okrlab.content import library


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen.

    Attributes:
        id: its name in a message.
        text: what the learner reads.
        cue: what settles the question.
        tempts: why a wrong one tempts; "" for the right one.
        flip: the small change to the case that would make another answer right.
        misconception: the id of the idea that a wrong one reveals; "" for the right one.
    """

    id: str
    text: str
    cue: str
    tempts: str = ""
    flip: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Ask:
    """A question with its answers; exactly one of them reveals no misconception."""

    id: str
    text: str
    choices: tuple[Choice, ...]

    @property
    def right(self) -> Choice:
        """The right answer."""
        return next(c for c in self.choices if not c.misconception)

    def view(self, chosen: str | None) -> dict[str, Any]:
        """What the browser may know: the feedback of the chosen answer and of no other."""
        answer = next((c for c in self.choices if c.id == chosen), None)
        return {
            "id": self.id,
            "text": self.text,
            "options": [{"id": c.id, "text": c.text} for c in self.choices],
            "chosen": answer.id if answer else None,
            "feedback": _feedback(answer) if answer else None,
        }

    def verdict(self, chosen: str) -> str:
        """What a screen reader announces when an answer is chosen."""
        answer = next(c for c in self.choices if c.id == chosen)
        return f"{'Not this one' if answer.misconception else 'Right'}. {answer.cue}"


def known_answers(asks: tuple[Ask, ...], kept: object) -> dict[str, str]:
    """The answers of a draft, as far as they still fit the questions of today."""
    given = kept if isinstance(kept, dict) else {}
    return {
        ask.id: str(given[ask.id])
        for ask in asks
        if str(given.get(ask.id)) in {c.id for c in ask.choices}
    }


def _feedback(answer: Choice) -> dict[str, Any]:
    title = library().misconception(answer.misconception).title if answer.misconception else None
    return {
        "correct": not answer.misconception,
        "cue": answer.cue,
        "tempts": answer.tempts or None,
        "flip": answer.flip or None,
        "misconception": {"title": title} if title else None,
    }
