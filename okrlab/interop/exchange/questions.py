"""A question as every other system knows it: the common ground of all formats.

An item of the bank, or a deck, becomes one or more of these; a writer writes them, a reader gives
them back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from okrlab.content import (
    Bucket,
    Card,
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    Deck,
    ItemBase,
    NumberItem,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
    WriteItem,
)
from okrlab.interop.exchange._text import context_lines, one_line, slug

Kind = Literal["choice", "choices", "match", "number", "order", "write"]

CARDS_AT_ONCE = 12
"""A deck with more cards becomes several questions; more cannot be matched on one screen."""

FLIP = "What would flip the answer: "
"""Begins the last paragraph of an explanation, and is looked for when a file is read."""


@dataclass(frozen=True)
class Answer:
    """One option of a choice."""

    text: str
    right: bool
    feedback: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Pair:
    """A card and the bucket (by its label) where it belongs.

    Attributes:
        text: the card, with its context.
        target: label of the right bucket.
        why: what decides.
        wrong: for other buckets, why they tempt.
        named: for other buckets, the misconception that they reveal.
    """

    text: str
    target: str
    why: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    flip: str = ""
    id: str = ""


@dataclass(frozen=True)
class Value:
    """A number that somebody may answer, and what is said to it."""

    value: float
    tolerance: float
    right: bool
    feedback: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Question:
    """A question.

    Attributes:
        id: stable for ever.
        kind: which of the following fields it uses.
        title: short, for lists.
        text: what is asked, its case included; paragraphs are separated by an empty line.
        concept: what it is about; "" when a file does not say.
        answers: of choice and choices.
        pairs: of match.
        targets: labels of all buckets of a match.
        values: of number: the right one first, then known wrong ones.
        otherwise: of number: what is said to any other value.
        unit: of number.
        steps: of order, in the right order.
        examples: of write: good answers.
        explanation: what decides.
        flip: the smallest change that would flip the answer.
        hint: shown on demand.
        misconceptions: all that it can reveal.
        line: where it stands in the file that it was read from.
    """

    id: str
    kind: Kind
    title: str
    text: str
    concept: str = ""
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    targets: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    otherwise: str = ""
    unit: str = ""
    steps: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    explanation: str = ""
    flip: str = ""
    hint: str = ""
    misconceptions: tuple[str, ...] = ()
    line: int = 0

    @property
    def shown(self) -> str:
        """What is asked, with the unit in which a number is wanted."""
        return f"{self.text}\n\n(Answer in: {self.unit})" if self.unit else self.text

    @property
    def why(self) -> str:
        """Everything that is said afterwards, whatever was answered."""
        parts = [self.explanation]
        if self.kind == "match" and not self.explanation:
            parts += [f"{p.text} → {p.target}\n{p.why}".strip() for p in self.pairs]
        if self.kind == "write":
            parts += [f"For example: {text}" for text in self.examples]
        if self.flip:
            parts.append(FLIP + self.flip)
        return "\n\n".join(part for part in parts if part)

    @property
    def tags(self) -> tuple[str, ...]:
        """Concept and misconceptions, as words without spaces."""
        return tuple(t for t in (self.concept, *self.misconceptions) if t)


def explained(text: str) -> tuple[str, str]:
    """What was said afterwards, taken apart into explanation and flip."""
    start, mark, flip = text.rpartition(FLIP)
    return (start.strip(), flip.strip()) if mark else (text.strip(), "")


# -- from the bank -------------------------------------------------------------------------------


def question_of(item: ItemBase, concept: str) -> Question:
    """An item of the bank as a question."""
    base = Question(
        id=item.id,
        kind="choice",
        title=item.id,
        text=_asked(item),
        concept=concept,
        flip=item.minimal_edit,
        hint=item.hint,
        misconceptions=item.misconceptions,
    )
    match item:
        case ChoiceItem() | ChoicesItem() | RewriteItem():
            answers = tuple(
                Answer(o.text, o.correct, o.feedback, o.misconception or "") for o in item.options
            )
            return replace(
                base, kind="choices" if item.type == "choices" else "choice", answers=answers
            )
        case ClassifyItem() | RoleInContextItem():
            return replace(
                base,
                kind="match",
                pairs=tuple(_pair(item.buckets, card) for card in item.cards),
                targets=tuple(bucket.label for bucket in item.buckets),
            )
        case NumberItem():
            wrong = [
                Value(w.value, item.tolerance, False, w.feedback, w.misconception)
                for w in item.wrong_values
            ]
            return replace(
                base,
                kind="number",
                values=(Value(item.answer, item.tolerance, True, item.worked), *wrong),
                otherwise=item.otherwise,
                unit=item.unit,
                explanation=item.worked,
            )
        case OrderItem():
            steps = tuple(step.text for step in item.steps)
            return replace(base, kind="order", steps=steps, explanation=item.why)
        case WriteItem():
            examples = tuple(example.text for example in item.examples)
            return replace(base, kind="write", examples=examples, explanation=item.worked)
    raise TypeError(f"items of type {type(item).__name__} cannot be exported")


def questions_of_deck(deck: Deck) -> list[Question]:
    """A deck as questions with at most `CARDS_AT_ONCE` cards each, as equal as they can be."""
    count = -(-len(deck.cards) // CARDS_AT_ONCE)
    size = -(-len(deck.cards) // count)
    found = []
    for number in range(count):
        cards = deck.cards[number * size : (number + 1) * size]
        part = f" ({number + 1} of {count})" if count > 1 else ""
        named = {w.misconception for card in cards for w in card.wrong}
        found.append(
            Question(
                id=f"deck-{deck.id}-{number + 1}" if count > 1 else f"deck-{deck.id}",
                kind="match",
                title=deck.title + part,
                text=f"{deck.question}\n\n{deck.intro}",
                concept=deck.concept,
                pairs=tuple(_pair(deck.buckets, card) for card in cards),
                targets=tuple(bucket.label for bucket in deck.buckets),
                misconceptions=tuple(sorted(named)),
            )
        )
    return found


def one_by_one(question: Question) -> list[Question]:
    """A match as one choice for each card, for systems that cannot match."""
    if question.kind != "match":
        return [question]
    found = []
    for number, pair in enumerate(question.pairs, 1):
        answers = tuple(
            Answer(
                t,
                t == pair.target,
                pair.why if t == pair.target else pair.wrong.get(t, ""),
                pair.named.get(t, ""),
            )
            for t in question.targets
        )
        name = slug(pair.id) or str(number)
        found.append(
            replace(
                question,
                id=f"{question.id}-{name}",
                kind="choice",
                title=f"{question.title}: {one_line(pair.text)[:60]}",
                text=f"{question.text}\n\n{pair.text}",
                answers=answers,
                pairs=(),
                targets=(),
                flip=pair.flip or question.flip,
                misconceptions=tuple(sorted({m for m in pair.named.values() if m})),
            )
        )
    return found


def _pair(buckets: Sequence[Bucket], card: Card) -> Pair:
    labels = {bucket.id: bucket.label for bucket in buckets}
    return Pair(
        text=f"{card.text}\n{card.context}" if card.context else card.text,
        target=labels[card.bucket],
        why=card.why,
        wrong={labels[w.bucket]: w.feedback for w in card.wrong},
        named={labels[w.bucket]: w.misconception for w in card.wrong},
        flip=card.flip,
        id=card.id,
    )


def _asked(item: ItemBase) -> str:
    """Whose rule counts, the case, the question, and what it is about."""
    parts = [f"Whose rule counts: {item.frame}" if item.frame else "", context_lines(item.context)]
    parts.append(item.stem)
    if isinstance(item, RewriteItem):
        parts.append(f"“{item.original}”")
    if isinstance(item, RoleInContextItem):
        parts.append(f"Measure: {item.measure}")
    return "\n\n".join(part for part in parts if part)
