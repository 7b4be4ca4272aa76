"""Anki: notes to review, one for each question and each card.

Notes, note types and decks keep their ids for ever, so that importing a newer package updates what
is there and keeps everybody's schedule.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from okrlab.interop.exchange._text import plain_number, to_html
from okrlab.interop.exchange.questions import Question, one_by_one

MODEL = 1_740_913_277
"""Of our note type. Never to be changed: Anki knows it by this number."""

FIELDS = ("Question", "Answer", "Why", "Id")
STYLE = """.card { font: 18px/1.5 sans-serif; max-width: 40em; margin: 0 auto; text-align: start; }
ul, ol { padding-inline-start: 1.5em; } .why { opacity: .85; font-size: .92em; }"""


def anki_package(questions: Iterable[Question], titles: Mapping[str, str], now: datetime) -> bytes:
    """Questions as an .apkg file.

    Args:
        questions: a match becomes one note for each card.
        titles: of concepts, by id; each concept is a deck.
        now: when it is made. Anki replaces a note only by one that is newer.
    """
    import genanki

    model = genanki.Model(
        MODEL,
        "okrlab",
        fields=[{"name": name} for name in FIELDS],
        templates=[
            {
                "name": "okrlab",
                "qfmt": '<div dir="auto">{{Question}}</div>',
                "afmt": '{{FrontSide}}<hr id="answer"><div dir="auto">{{Answer}}</div>'
                '<div class="why" dir="auto">{{Why}}</div>',
            }
        ],
        css=STYLE,
    )
    decks: dict[str, Any] = {}
    for question in (one for whole in questions for one in one_by_one(whole)):
        concept = question.concept or "other"
        if concept not in decks:
            name = titles.get(concept, concept).replace("::", ":")
            decks[concept] = genanki.Deck(_number(f"deck/{concept}"), f"okrlab::{name}")
        front, back = _sides(question)
        decks[concept].add_note(
            genanki.Note(
                model=model,
                fields=[front, back, _field(question.why), _field(question.id)],
                guid=genanki.guid_for("okrlab", question.id),
                tags=list(question.tags),
                due=len(decks[concept].notes),
            )
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "okrlab.apkg"
        genanki.Package(list(decks.values())).write_to_file(path, timestamp=now.timestamp())
        return path.read_bytes()


def _number(name: str) -> int:
    """A number of Anki's kind that belongs to the name for ever."""
    digest = hashlib.sha256(f"okrlab/{name}".encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def _sides(question: Question) -> tuple[str, str]:
    """What is asked and what is right, as HTML."""
    asked = _field(question.shown)
    match question.kind:
        case "choice" | "choices":
            options = mixed([a.text for a in question.answers])
            right = [a for a in question.answers if a.right]
            told = "".join(f"<p><b>{_field(a.text)}</b><br>{_field(a.feedback)}</p>" for a in right)
            wrong = [
                f"<li>{_field(a.text)}: {_field(a.feedback)}</li>"
                for a in question.answers
                if not a.right and a.feedback
            ]
            return asked + _list("ul", options), told + (f"<ul>{''.join(wrong)}</ul>" * bool(wrong))
        case "order":
            return asked + _list("ul", mixed(question.steps)), _list("ol", question.steps)
        case "number":
            value = plain_number(question.values[0].value)
            return asked, f"<b>{value} {_field(question.unit)}</b>"
        case "write":
            return asked, _list("ul", question.examples)
    raise ValueError(f"a {question.kind} makes no single note")


def mixed(texts: Iterable[str]) -> list[str]:
    """The texts in an order that is always the same and tells nothing.

    Authors tend to write the right option first.
    """
    given = list(texts)
    found = sorted(given, key=lambda text: hashlib.sha256(text.encode(errors="replace")).digest())
    return found if found != given else found[1:] + found[:1]


def _list(kind: str, texts: Iterable[str]) -> str:
    return f"<{kind}>{''.join(f'<li>{_field(text)}</li>' for text in texts)}</{kind}>"


def _field(text: str) -> str:
    """As HTML; brackets are references, because Anki plays [sound:…] and typesets [latex]."""
    return to_html(text).replace("[", "&#91;").replace("{{", "{&#123;")
