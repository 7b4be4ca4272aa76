"""Questions in a terminal: what is printed, and what was typed read as an entry.

It works on what the browser would be told (`okrlab.widgets._quiz_question`), so that both ask, read
and explain alike.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from okrlab.assessment.attempt import Confidence
from okrlab.errors import AnswerError

View = dict[str, Any]
Ask = Callable[[str], str]
"""Shows a prompt and returns the line that was typed."""

WIDTH = 78
SURE: dict[str, Confidence] = {"s": "sure", "t": "think", "g": "guess"}


def paragraph(text: str, indent: str = "", first: str | None = None) -> str:
    """Text wrapped to the width of a terminal; line breaks in it are kept."""
    begin = indent if first is None else first
    lines = []
    for line in text.splitlines() or [""]:
        lines.append(textwrap.fill(line, WIDTH, initial_indent=begin, subsequent_indent=indent))
        begin = indent
    return "\n".join(lines)


def question_lines(view: View) -> Iterator[str]:
    """A question, without what is asked about each of its cards."""
    for line in view["context"]:
        yield paragraph(f"{line['label']}: {line['value']}", "    ", "  ")
    if view["context"]:
        yield ""
    if view["frame"]:
        yield paragraph(view["frame"])
    yield paragraph(view["stem"])
    if view.get("original"):
        yield paragraph(f"“{view['original']}”", "  ")
    if view.get("measure"):
        yield paragraph(f"The measure: {view['measure']}")
    shown = (
        view.get("options") or view.get("steps") or [b["label"] for b in view.get("buckets", [])]
    )
    for number, text in enumerate(shown, 1):
        yield paragraph(text, "      ", f"  {number:>2}  ")


def read_answer(view: View, ask: Ask, tell: Callable[[str], None]) -> View:
    """Ask for the answer, by whatever prompts its type needs.

    Raises:
        AnswerError: what was typed cannot be an answer.
    """
    match view["type"]:
        case "choice" | "rewrite":
            return {"option": _one(ask("Your answer, a number"), len(view["options"]))}
        case "choices":
            typed = ask("Every one that is right, such as 1 3")
            return {"options": _several(typed, len(view["options"]))}
        case "order":
            typed = ask("The right order, such as 2 1 3")
            order = _several(typed, len(view["steps"]))
            if sorted(order) != list(range(len(view["steps"]))):
                raise AnswerError(f"Name each of the {len(view['steps'])} steps once.")
            return {"order": order}
        case "classify" | "role_in_context":
            return {"placed": dict(_placed(view, ask, tell))}
        case "number":
            unit = f" in {view['unit']}" if view["unit"] else ""
            return {"text": ask(f"Your answer, a number{unit}")}
    return {"text": ask("Your line")}


def _placed(view: View, ask: Ask, tell: Callable[[str], None]) -> Iterator[tuple[str, int]]:
    for place, card in enumerate(view["cards"]):
        tell("")
        tell(paragraph(card["text"], "  "))
        if card["context"]:
            tell(paragraph(card["context"], "    "))
        while True:
            try:
                yield str(place), _one(ask("  Which of them, a number"), len(view["buckets"]))
                break
            except AnswerError as error:
                tell(str(error))


def _one(typed: str, count: int) -> int:
    chosen = _several(typed, count)
    if len(chosen) != 1:
        raise AnswerError(f"Type one number from 1 to {count}.")
    return chosen[0]


def _several(typed: str, count: int) -> list[int]:
    words = [word for word in re.split(r"[\s,;]+", typed.strip()) if word]
    if not words or not all(
        w.isascii() and w.isdigit() and 1 <= int(w[:4]) <= count for w in words
    ):
        raise AnswerError(f"Type numbers from 1 to {count}.")
    return [int(word) - 1 for word in words]


def read_confidence(typed: str) -> Confidence | None:
    """What "s", "t" or "g" mean; None for anything else, since it is optional."""
    return SURE.get(typed.strip().lower()[:1])


# -- after the answer ----------------------------------------------------------------------------

SIGNS = {"right": "✓", "partly": "◐", "wrong": "✕"}


def outcome_lines(view: View, outcome: View) -> Iterator[str]:
    """The verdict, the right answer and the reasons."""
    yield f"{SIGNS[outcome['state']]} {outcome['words']}"
    if "right" in outcome and outcome["state"] != "right":
        right = outcome["right"]
        yield paragraph(f"Right is {right + 1}: {view['options'][right]}", "  ")
    if "expected" in outcome and outcome["state"] != "right":
        yield paragraph(f"Right would be {outcome['expected']}.", "  ")
    yield from _ticks(view, outcome)
    yield from _cards(view, outcome)
    for number, step in enumerate(outcome.get("sequence") or [], 1):
        yield paragraph(step, "      ", f"  {number:>2}  ")
    for point in outcome.get("points") or []:
        yield paragraph(f"{point['label']}. {point['said']}", "    ", _sign(point["correct"]))
        yield from _reasons({"tempts": point["tempts"]}, "    ")
        if point["flip"]:
            yield paragraph(f"You could write: “{point['flip']}”", "    ")
    for advice in outcome.get("advice") or []:
        yield paragraph(f"To think about: {advice['words']}", "  ")
    if outcome.get("example"):
        example = outcome["example"]
        yield paragraph(f"One way to write it: “{example['text']}” {example['why']}", "  ")
    yield from _reasons(outcome["feedback"], "  ")


def _ticks(view: View, outcome: View) -> Iterator[str]:
    words = {"right": "ticked, right", "wrong": "ticked, not right", "missed": "right, not ticked"}
    reasons = outcome.get("why") or []
    for place, (tick, why) in enumerate(zip(outcome.get("ticks") or [], reasons, strict=True)):
        if tick:
            text = f"{place + 1}  {view['options'][place]} ({words[tick]})"
            yield paragraph(text, "    ", _sign(tick == "right"))
            yield from _reasons(why or {}, "    ")


def _cards(view: View, outcome: View) -> Iterator[str]:
    for card, told in zip(view.get("cards", []), outcome.get("cards") or [], strict=False):
        here = "" if told["correct"] else f": it is “{told['expected']}”"
        yield paragraph(f"{card['text']}{here}", "    ", _sign(told["correct"]))
        yield from _reasons(told, "    ")


def _sign(correct: bool) -> str:
    return f"  {SIGNS['right' if correct else 'wrong']} "


def _reasons(feedback: View, indent: str) -> Iterator[str]:
    idea = (feedback.get("misconception") or {}).get("title")
    parts = (
        ("What settles it:", feedback.get("cue")),
        ("Why it tempts:", feedback.get("tempts")),
        ("What would change the answer:", feedback.get("flip")),
        ("The idea behind it:", f"“{idea}”" if idea else None),
    )
    for label, text in parts:
        if text:
            yield paragraph(f"{label} {text}", indent)


def listed(words: Sequence[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
