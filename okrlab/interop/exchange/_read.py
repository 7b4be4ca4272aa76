"""Reading other systems' files, which nobody here has checked: bounded in every direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from okrlab.errors import ContentError
from okrlab.interop.exchange.questions import Question

MAX_BYTES = 2_000_000
MAX_QUESTIONS = 1_000
MAX_ANSWERS = 100
"""So many options, pairs or steps of one question are read."""
MAX_TEXT = 10_000
"""Characters of one text."""


@dataclass(frozen=True)
class Imported:
    """What a file holds.

    Attributes:
        questions: those that the bank has a type for.
        notes: what was left out, where it stands, and why.
    """

    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()


class LeaveOutError(Exception):
    """A question that cannot be taken over; the message says why."""


def text_of(path: Path) -> str:
    """A file's text: UTF-8, or UTF-16 with its mark.

    Raises:
        ContentError: it is not there, too large, or no such text.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError(
            f"{path.name} was not imported, because it can't be read: {error.strerror or error}. "
            "See whether the name is right."
        ) from error
    if len(raw) > MAX_BYTES:
        raise ContentError(
            f"{path.name} was not imported, because it is larger than {MAX_BYTES:,} bytes. Export "
            "fewer questions at once from the other system."
        )
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(
            f"{path.name} was not imported, because it is no text in UTF-8. Save it in that "
            "encoding (in a spreadsheet: “CSV UTF-8”) and try again."
        ) from error


def bounded(question: Question) -> Question:
    """The question, if it is not larger than any sensible one.

    Raises:
        LeaveOutError: it is.
    """
    parts = max(map(len, (question.answers, question.pairs, question.steps, question.values)))
    if parts > MAX_ANSWERS:
        raise LeaveOutError(f"it has {parts} answers; {MAX_ANSWERS} are read at most")
    texts: list[str] = [question.text, question.explanation, *question.steps]
    texts += [t for a in question.answers for t in (a.text, a.feedback)]
    texts += [t for p in question.pairs for t in (p.text, p.target)]
    longest = max(map(len, texts))
    if longest > MAX_TEXT:
        raise LeaveOutError(f"a text has {longest:,} characters; {MAX_TEXT:,} are read at most")
    return question


def finish(name: str, questions: Sequence[Question], notes: Sequence[str]) -> Imported:
    """What was read, unless it is nothing or too much.

    Raises:
        ContentError: it is.
    """
    if len(questions) > MAX_QUESTIONS:
        raise ContentError(
            f"{name} was not imported, because it holds {len(questions):,} questions and "
            f"{MAX_QUESTIONS:,} are read at once. Split it."
        )
    if not questions:
        told = "".join(f"\n  {note}" for note in notes[:20])
        raise ContentError(
            f"Nothing was imported from {name}: it holds no question that the bank has a type for."
            f"{told}\nSee whether you named the right format."
        )
    return Imported(tuple(questions), tuple(notes))
