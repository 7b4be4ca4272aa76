"""Anki packages, opened again as Anki does: a zip with an SQLite collection."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrlab.content import Library
from okrlab.interop.exchange._text import from_html
from okrlab.interop.exchange.anki import FIELDS, MODEL, anki_package, mixed
from okrlab.interop.exchange.questions import Question, one_by_one
from okrlab.interop.exchange.select import select
from tests.interop.exchange_strategies import questions

NOW = datetime(2027, 3, 1, tzinfo=UTC)


class Collection:
    """What a package holds."""

    def __init__(self, raw: bytes, folder: Path) -> None:
        path = folder / "collection"
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            assert set(package.namelist()) == {"collection.anki2", "media"}
            assert json.loads(package.read("media")) == {}
            path.write_bytes(package.read("collection.anki2"))
        with closing(sqlite3.connect(path)) as base:
            assert base.execute("pragma integrity_check").fetchone() == ("ok",)
            rows = base.execute("select guid, mid, mod, tags, flds, id from notes").fetchall()
            self.cards = base.execute("select nid, did from cards").fetchall()
            models, decks = base.execute("select models, decks from col").fetchone()
        self.notes: dict[str, dict[str, Any]] = {
            guid: {"model": mid, "mod": mod, "tags": tags.split(), "id": name}
            | dict(zip(FIELDS, fields.split("\x1f"), strict=True))
            for guid, mid, mod, tags, fields, name in rows
        }
        assert len(self.notes) == len(rows)
        self.models: dict[str, Any] = json.loads(models)
        self.decks: dict[str, Any] = json.loads(decks)


def test_the_whole_bank(tmp_path: Path) -> None:
    """One note for each question and each card, in a deck for each concept."""
    content = Library()
    chosen = select(content).questions
    titles = {name: concept.title for name, concept in content.concepts.items()}
    found = Collection(anki_package(chosen, titles, NOW), tmp_path)
    single = [one for q in chosen for one in one_by_one(q)]
    assert len(found.notes) == len(found.cards) == len(single)
    assert {note["model"] for note in found.notes.values()} == {MODEL}
    assert [f["name"] for f in found.models[str(MODEL)]["flds"]] == list(FIELDS)
    names = {deck["name"] for deck in found.decks.values()}
    assert "okrlab::What a KPI is" in names
    concepts = {question.concept for question in chosen}
    assert len(names - {"Default"}) == len(concepts)
    by_id = {from_html(note["Id"]): note for note in found.notes.values()}
    assert set(by_id) == {one.id for one in single}
    for one in single:
        right = [answer.text for answer in one.answers if answer.right]
        assert all(text in from_html(by_id[one.id]["Answer"]) for text in right)
        assert by_id[one.id]["tags"] == list(one.tags)


def test_importing_again_updates(tmp_path: Path) -> None:
    """The same guid, note type and deck, a later date: Anki replaces the text, not the schedule."""
    old = select(Library(), concepts=["kpi-definition"]).questions
    new = [replace(question, text=f"Better: {question.text}") for question in reversed(old)]
    first = Collection(anki_package(old, {}, NOW), tmp_path)
    second = Collection(anki_package(new, {}, NOW + timedelta(days=1)), tmp_path)
    assert set(first.notes) == set(second.notes)
    assert set(first.decks) == set(second.decks)
    assert set(first.models) == set(second.models)
    for guid, note in first.notes.items():
        later = second.notes[guid]
        assert later["Id"] == note["Id"]
        assert later["mod"] > note["mod"]
        assert later["Question"].startswith("Better: ")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(questions(), min_size=1, max_size=3, unique_by=lambda q: q.id))
def test_any_text_is_shown_as_it_is(tmp_path: Path, asked: list[Question]) -> None:
    """No markup, sound, formula or template of anybody's reaches Anki."""
    found = Collection(anki_package(asked, {}, NOW), tmp_path)
    notes = {from_html(note["Id"]): note for note in found.notes.values()}
    for one in (one for question in asked for one in one_by_one(question)):
        note = notes[one.id]
        assert from_html(note["Question"]).startswith(one.shown)
        for field in ("Question", "Answer", "Why"):
            assert "<script" not in note[field]
            assert "[sound:" not in note[field]
            assert "{{" not in note[field]


@pytest.mark.parametrize("texts", [["a", "b"], ["a", "b", "c", "d"], ["x"], []])
def test_options_are_mixed_and_always_alike(texts: list[str]) -> None:
    """The right one does not stand first because its author put it there."""
    assert sorted(mixed(texts)) == texts
    assert mixed(texts) == mixed(texts)
    if len(texts) > 1:
        assert mixed(texts) != texts
