"""Responses marked without running code: exports, databases, forms in notebooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest

from okrlab.assessment import MemoryJournal
from okrlab.assessment.attempt import Attempt
from okrlab.assessment.exercise import exercise_attempt, mark_exercise, points
from okrlab.assessment.exercise_answer import ANSWER_TYPE
from okrlab.content import ChoiceItem, library
from okrlab.errors import OkrlabError
from okrlab.grading import Assignment, Grader, Settings, find, read_responses
from okrlab.grading.only_responses import mark_responses
from okrlab.grading.sittings import mark_sittings
from okrlab.storage import MemoryStore, ProgressStore, export_progress, open_store

from .grading_examples import ASSIGNMENT, notebook, put, released

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
CASES: Any = library().exercise("1.2")
KEY = {row.id: next(iter(row.key.values())).right for row in CASES.cases.rows}
HALF = dict(list(KEY.items())[:6])
ROLES: Any = library().exercise("1.3")
TABLE = pd.DataFrame([dict(row) for row in ROLES.answer.rows])


def attempt(name: str, answer: object, minutes: int = 0, learner: str = "anna") -> Attempt:
    """An attempt as a notebook records it."""
    exercise = library().exercise(name)
    journal = MemoryJournal(learner, lambda: NOW + timedelta(minutes=minutes))
    outcome = mark_exercise(exercise, answer)
    return exercise_attempt(exercise, answer, outcome, journal, uuid4().hex)


def filled(store: ProgressStore) -> None:
    """Anna got better, Ben typed and never pressed Check, Cem's stored mark is a lie."""
    store.add([attempt("1.2", KEY, 9), attempt("1.2", HALF, 1), attempt("1.3", TABLE)])
    draft = {"cases": {name: {"place": value} for name, value in HALF.items()}, "rows": []}
    column = CASES.cases.columns[0].id
    draft["cases"] = {name: {column: value} for name, value in HALF.items()}
    store.save_draft("ben", "exercise/1.2", draft, NOW)
    store.add([replace(attempt("1.2", {"paint": "kpi"}, learner="cem"), mark=1.0)])


def export(folder: Path) -> str:
    store = MemoryStore()
    filled(store)
    export_progress(store, folder / "class.jsonl", store.learners())
    return str(folder / "class.jsonl")


def database(folder: Path) -> str:
    store = open_store(folder / "class.sqlite3")
    filled(store)
    store.close()
    return str(folder / "class.sqlite3")


def url(folder: Path) -> str:
    return f"sqlite:///{database(folder)}"


@pytest.mark.parametrize("made", [export, database, url])
def test_progress_is_marked_against_the_key(
    made: Callable[[Path], str], assignments: list[Assignment], tmp_path: Path
) -> None:
    """The latest answer counts, stored marks don't, and what was only typed counts as well."""
    place = made(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    asked = {name: q.exercise for a in assignments for name, q in a.questions.items()}
    progress = read_responses([place], asked)
    assert progress.problems == []
    marked = {m.learner: m for m in mark_responses(assignments, progress.answers)}
    earned = {name: {e.exercise: e.points for e in m.exercises} for name, m in marked.items()}
    half = points(CASES, mark_exercise(CASES, HALF))
    assert earned["anna"] == {"1.2": 12, "1.3": 12, "3.3": 0}
    assert earned["ben"]["1.2"] == half
    assert earned["cem"]["1.2"] == 0
    assert marked["anna"].exercises[2].status == "not answered"
    assert marked["anna"].exercises[0].source == "progress"
    if made is not url:
        assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_rows_that_were_not_asked_for_still_cost(assignments: list[Assignment]) -> None:
    """A stored table is marked as it was when it was handed over."""
    answer = pd.concat([TABLE, pd.DataFrame([{"measure": "Cats", "role": "KPI"}])])
    stored = attempt("1.3", answer)
    store = MemoryStore()
    store.add([stored])
    from okrlab.grading.responses import _answer

    again = mark_exercise(ROLES, _answer(ROLES, stored))
    assert again.mark == mark_exercise(ROLES, answer).mark < 1


def test_what_cannot_be_read_is_told(assignments: list[Assignment], tmp_path: Path) -> None:
    """No file, no export, a damaged line."""
    with pytest.raises(OkrlabError, match="is no file"):
        read_responses([str(tmp_path / "none")], {})
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(OkrlabError, match="no export of okrlab"):
        read_responses([str(tmp_path / "x.txt")], {})
    (tmp_path / "fake.sqlite3").write_bytes(b"SQLite format 3\x00" + b"x" * 5000)
    with pytest.raises(OkrlabError, match=r"cannot be read as a database|damaged"):
        read_responses([str(tmp_path / "fake.sqlite3")], {})
    place = Path(export(tmp_path))
    place.write_text(place.read_text() + "{broken\n")
    progress = read_responses([str(place)], {"1.2": CASES})
    assert set(progress.answers) == {"anna", "ben", "cem"}
    assert len(progress.problems) == 1


def sat(item: str, response: dict[str, Any], **changes: Any) -> Attempt:
    """An attempt in a quiz or at a card."""
    given = Attempt(
        id=uuid4().hex,
        learner="anna",
        activity="quiz/two-jobs",
        sitting="s2",
        item=item,
        item_version=1,
        concept="role-transition",
        response=response,
        mark=1.0,
        misconceptions=(),
        graded=True,
        try_number=1,
        confidence=None,
        seconds=12.0,
        at=NOW,
    )
    return replace(given, **changes)


def test_quizzes_and_decks_are_marked_anew() -> None:
    """The latest go, first tries, by the key and not by the stored mark."""
    content = library()
    item: Any = next(i for i in content.items.values() if isinstance(i, ChoiceItem))
    right = next(n for n, option in enumerate(item.options) if option.correct)
    deck = content.deck("kpi-or-key-result")
    card = deck.cards[0]
    other = next(b.id for b in deck.buckets if b.id != card.bucket)
    wrong = {"option": (right + 1) % len(item.options)}
    at_card = {"activity": f"deck/{deck.id}", "sitting": "d"}
    attempts = [
        sat(item.id, {"option": right}, sitting="s1", at=NOW - timedelta(days=1)),
        sat(item.id, wrong),
        sat(item.id, {"option": right}, try_number=2, at=NOW + timedelta(minutes=1)),
        sat("no-such-item", {"option": 0}),
        sat(item.id, {"option": right}, activity="pretest/pretest", graded=False),
        sat(f"{deck.id}/{card.id}", {"placed": {card.id: card.bucket}}, mark=0.0, **at_card),
        sat(f"{deck.id}/{deck.cards[1].id}", {"placed": "?"}, **at_card),
    ]
    sorted_cards, quiz = mark_sittings({"anna": attempts}, content)
    assert quiz.assignment == "quiz/two-jobs"
    assert [(e.points, e.status) for e in quiz.exercises] == [(0, "ok"), (0, "failed")]
    assert quiz.exercises[0].misconceptions
    assert quiz.max_points == 2
    assert [(e.points, e.status) for e in sorted_cards.exercises] == [(1, "ok"), (0, "failed")]
    missed = sat(f"{deck.id}/{card.id}", {"placed": {card.id: other}}, **at_card)
    (again,) = mark_sittings({"anna": [missed]}, content)
    assert again.points == 0
    assert again.exercises[0].parts[0].expected


# -- forms in notebooks ----------------------------------------------------------------------------


def with_form(answer: Any, name: str = "1.2") -> dict[str, Any]:
    """A notebook whose form recorded this answer."""
    cells = released()
    record = {"exercise": name, "version": 1, "answer": answer}
    data = {"text/plain": "x", ANSWER_TYPE: record}
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    next(c for c in cells if c["id"] == "check-form")["outputs"] = [output]
    return notebook(cells)


def form(answers: dict[str, str]) -> dict[str, Any]:
    column = CASES.cases.columns[0].id
    cases = {name: {column: value} for name, value in answers.items()}
    return {"cases": cases, "form": {}, "rows": []}


def test_forms_in_notebooks_are_marked_without_a_sandbox(
    assignments: list[Assignment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where nothing could be run."""
    monkeypatch.setattr("okrlab.grading.sandbox.candidates", lambda _unsafe: [])
    given: dict[str, Any] = {
        "all": form(KEY),
        "half": form(HALF),
        "none": form({}),
        "junk": {"cases": {"no-such-row": {"x": "y"}}},
        "junk2": {"cases": [1, 2, 3]},
        "junk3": {"cases": {name: {"x": ["deep"] * 5} for name in KEY}},
    }
    for name, answer in given.items():
        put(tmp_path / "s" / name / f"{ASSIGNMENT}.ipynb", with_form(answer))
    grader = Grader(assignments, {}, Settings(jobs=2), tmp_path / "kept")
    found = {m.learner: m.exercises[0] for m in grader.grade(find(tmp_path / "s", assignments))}
    assert found["all"].points == 12
    assert found["half"].points == points(CASES, mark_exercise(CASES, HALF))
    assert found["none"].status == "not answered"
    assert found["all"].source == "form"
    assert all(found[name].points == 0 for name in ("junk", "junk2", "junk3"))
    assert all(found[name].words for name in ("junk", "junk2", "junk3"))


def test_progress_fills_in_what_a_notebook_leaves_open(
    assignments: list[Assignment], tmp_path: Path
) -> None:
    """The notebook goes before the progress of the same learner."""
    put(tmp_path / "s" / "anna" / f"{ASSIGNMENT}.ipynb", with_form(form({})))
    put(tmp_path / "s" / "ben" / f"{ASSIGNMENT}.ipynb", with_form(form(HALF)))
    responses = {"anna": {"1.2": form(KEY)}, "ben": {"1.2": form(KEY)}}
    grader = Grader(assignments, responses, Settings(jobs=1), tmp_path / "kept")
    anna, ben = grader.grade(find(tmp_path / "s", assignments))
    assert (anna.exercises[0].points, anna.exercises[0].source) == (12, "progress")
    assert ben.exercises[0].source == "form"
    assert ben.exercises[0].points < 12
