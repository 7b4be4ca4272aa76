"""Which questions are exported: a concept, a deck, a quiz, or everything.

Items that are kept aside for the pretest and the final test stay at home unless they are asked for:
a question that somebody has seen in another system measures nothing any more, and the gain between
the two tests would be worth as little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from okrlab.content import ItemBase, Library
from okrlab.errors import ContentError, UnknownNameError
from okrlab.interop.exchange.questions import Question, question_of, questions_of_deck


@dataclass(frozen=True)
class Selection:
    """What is to be exported.

    Attributes:
        title: what it is, for the file's own title.
        questions: in the order of the course.
        kept_aside: how many items were left out because they are held out.
    """

    title: str
    questions: tuple[Question, ...]
    kept_aside: int = 0


def select(
    content: Library,
    *,
    concepts: Sequence[str] = (),
    decks: Sequence[str] = (),
    quizzes: Sequence[str] = (),
    held_out: bool = False,
) -> Selection:
    """The questions of some concepts, decks and quizzes; of the whole bank when none is named.

    A quiz that draws gives every item that it may deal.

    Raises:
        UnknownNameError: there is no such concept, deck or quiz.
        ContentError: nothing is left to export.
    """
    everything = not (concepts or decks or quizzes)
    if everything:
        concepts, decks = _in_order(content), content.names("decks")
    items: dict[str, ItemBase] = {}
    for concept in concepts:
        if concept not in content.names("bank"):
            raise UnknownNameError("concept with items", concept, content.names("bank"))
        items |= {item.id: item for item in content.bank(concept)}
    for quiz in quizzes:
        items |= {item.id: item for item in _dealt(content, quiz)}
    wanted = [item for item in items.values() if held_out or not item.held_out]
    aside = len(items) - len(wanted)
    questions = [question_of(item, content.concept_of[item.id]) for item in wanted]
    for deck in decks:
        questions += questions_of_deck(content.deck(deck))
    if not questions:
        raise ContentError(
            f"Nothing was exported, because all {aside} questions are kept aside for the pretest "
            "and the final test: seen elsewhere, they measure nothing any more. If that is what "
            "you want, add --held-out."
        )
    named = [*quizzes, *concepts, *decks]
    title = "okrlab" if everything else f"okrlab: {', '.join(named)}"
    return Selection(title[:200], tuple(questions), aside)


def _in_order(content: Library) -> list[str]:
    """The concepts that have items, as the course teaches them."""
    names = content.names("bank")
    return [c for c in content.concepts if c in names] + [
        c for c in names if c not in content.concepts
    ]


def _dealt(content: Library, name: str) -> Iterator[ItemBase]:
    quiz = content.quiz(name)
    for item in quiz.items:
        yield content.item(item)
    for draw in quiz.draw:
        yield from (item for item in content.bank(draw.concept) if draw.takes(item))
