"""Completion records: made, read, and found out when they were tampered with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from okrlab.assessment import Attempt, activity, deal, mark
from okrlab.assessment.cards import mark_card
from okrlab.assessment.exercise import exercise_attempt, mark_exercise
from okrlab.assessment.journal import MemoryJournal
from okrlab.cli.verify import app
from okrlab.content import library
from okrlab.interop.completion import (
    Completion,
    CompletionError,
    completion,
    export_completion,
    read_completion,
)
from okrlab.interop.verification import verify
from tests.assessment.test_bank import right_response, wrong_responses

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
MADE = START + timedelta(days=3)


def answer(n: int, item_id: str, where: str, graded: bool, response: dict[str, Any]) -> Attempt:
    """A stored answer to an item."""
    content = library()
    item = content.item(item_id)
    outcome = mark(item, response)
    return Attempt(
        id=f"a{n}",
        learner="me",
        activity=where,
        sitting=f"s{n // 30}",
        item=item_id,
        item_version=item.version,
        concept=content.concept_of[item_id],
        response=response,
        mark=outcome.mark,
        misconceptions=outcome.misconceptions,
        graded=graded,
        try_number=1,
        confidence=None,
        seconds=4.0,
        at=START + timedelta(minutes=n),
    )


@pytest.fixture(scope="module")
def answers() -> list[Attempt]:
    """A pretest with one mistake, lesson 1 mastered, a card, a form, a task with data."""
    content = library()
    found: list[Attempt] = []
    pretest = content.quiz("pretest")
    for number, name in enumerate(pretest.items):
        item = content.item(name)
        response = right_response(item) if number else wrong_responses(item)[0][0]
        found.append(answer(len(found), name, activity(pretest), False, response))
    quiz = content.quiz("two-jobs")
    for _ in range(2):
        for name in deal(quiz, content, found, Random(1)):
            response = right_response(content.item(name))
            found.append(answer(len(found), name, activity(quiz), True, response))
    deck = content.deck("kpi-or-key-result")
    card = deck.cards[0]
    part = mark_card(deck.buckets, card, card.bucket)
    found.append(
        replace(
            found[-1],
            id="card",
            activity=f"deck/{deck.id}",
            sitting="cards",
            item=f"{deck.id}/{card.id}",
            item_version=deck.version,
            concept=card.concept or deck.concept,
            response={"placed": {card.id: card.bucket}},
            mark=float(part.correct),
            misconceptions=(),
        )
    )
    journal = MemoryJournal("me", lambda: START + timedelta(hours=5))
    given: tuple[tuple[str, Any], ...] = (
        ("8.2", {"none": 50, "one": 66.7}),
        ("7.3", {"enquiries": 11, "home_visits": 8, "recommendations": 4, "van_repairs": 2}),
        ("3.3", None),
    )
    for name, response in given:
        exercise = content.exercise(name)
        outcome = mark_exercise(exercise, response)
        found.append(exercise_attempt(exercise, response, outcome, journal, f"e{len(found)}"))
    return found


@pytest.fixture(scope="module")
def record(answers: list[Attempt]) -> Completion:
    """The learner's record."""
    return completion(answers, library(), name="Zoë <b>K</b>", made=MADE, okrlab="0.1")


def handed_in(tmp_path: Path, record: Completion, change: Callable[[Any], None]) -> Path:
    """A file of the record after somebody changed it by hand."""
    data = json.loads(export_completion(record, "record"))
    change(data)
    path = tmp_path / "okrlab-record.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_an_honest_record_agrees(tmp_path: Path, record: Completion) -> None:
    """Read back it is the same, every answer is marked anew, and nothing is found."""
    path = tmp_path / "r.json"
    path.write_text(export_completion(record, "record"), "utf-8")
    again = read_completion(path)
    assert again == record
    result = verify(again, library(), now=MADE)
    assert result.findings == ()
    assert result.not_marked == ()
    assert all(r.anew is not None for r in result.remarks)
    assert 1 in record.claims["mastered"]
    assert record.claims["pretest"] == {"answers": 12, "right": 11}
    assert record.claims["final"] is None
    assert "The record agrees with its answers." in result.words()
    assert "who sat at the keyboard" in result.words()


def _better_mark(data: Any) -> None:
    data["attempts"][0]["mark"] = 1.0
    data["attempts"][0]["misconceptions"] = []


def _claim(data: Any) -> None:
    data["claims"]["mastered"] = [1, 2, 3]


def _other_name(data: Any) -> None:
    data["name"] = "Somebody else"


def _left_out(data: Any) -> None:
    del data["attempts"][0]


def _counted(data: Any) -> None:
    data["attempts"][0]["graded"] = True


def _doubled(data: Any) -> None:
    data["attempts"].append(dict(data["attempts"][20]))


def _second_first_try(data: Any) -> None:
    data["attempts"].append({**data["attempts"][20], "id": "new"})


def _impossible(data: Any) -> None:
    data["attempts"][20]["response"] = {"option": 99}


def _moved(data: Any) -> None:
    data["attempts"][20]["concept"] = "pay"


def _later(data: Any) -> None:
    data["attempts"][20]["at"] = "2027-06-01T09:00:00+00:00"


def _strange_claims(data: Any) -> None:
    data["claims"] = {"mastered": "all", "answers": [], "pretest": 7}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_better_mark, "says 1.00, and earns 0.00"),
        (_claim, "It says that lesson 2 is mastered; the answers do not show that."),
        (_other_name, "The digest does not fit"),
        (_left_out, "It says that there are"),
        (_counted, "says that it counts, and it does not count"),
        (_doubled, "stands in it more than once"),
        (_second_first_try, "says that it is the first try"),
        (_impossible, "that are no answers to their question"),
        (_moved, "names the concept pay"),
        (_later, "from after the moment at which it was made"),
        (_strange_claims, "What it says of the pretest is not what the answers show."),
    ],
)
def test_tampering_is_found(
    tmp_path: Path, record: Completion, change: Callable[[Any], None], said: str
) -> None:
    """Whatever is changed by hand, it is said in words."""
    result = verify(read_completion(handed_in(tmp_path, record, change)), library(), now=MADE)
    assert not result.agrees
    assert said in result.words()
    assert "The digest does not fit" in result.words()


def test_who_makes_the_digest_fit_is_found_out_by_the_marks(
    answers: list[Attempt],
) -> None:
    """A record made from marks that were never earned has a fitting digest, and disagrees."""
    better = [replace(a, mark=1.0, misconceptions=()) for a in answers]
    forged = completion(better, library(), name="Me", made=MADE, okrlab="0.1")
    result = verify(forged, library(), now=MADE)
    assert not any("digest" in finding for finding in result.findings)
    assert any("says 1.00, and earns 0.00" in finding for finding in result.findings)
    assert any("pretest is not what" in finding for finding in result.findings)


def test_the_gain_from_pretest_to_final_test_is_in_it(answers: list[Attempt]) -> None:
    """With its uncertainty, in the record and for whoever checks it."""
    content = library()
    final = content.quiz("final")
    sat = [
        answer(100 + n, name, activity(final), True, right_response(content.item(name)))
        for n, name in enumerate(final.items)
    ]
    record = completion([*answers, *sat], content, name="Me", made=MADE, okrlab="0.1")
    assert record.claims["final"] == {"answers": 40, "right": 40}
    assert "95% interval" in export_completion(record, "record-html")
    result = verify(record, content, now=MADE)
    assert result.agrees
    assert "95% interval" in result.words()
    less = {**record.claims, "gain": ["Everything better."]}
    changed = verify(replace(record, claims=less), content, now=MADE)
    assert "What it says of the gain is not what the answers show." in changed.findings


def test_answers_to_questions_that_are_gone_are_told_and_not_counted(
    answers: list[Attempt],
) -> None:
    """A course that has moved on since is no reason for suspicion; what remains is checked."""
    other = [
        replace(answers[0], item="gone"),
        replace(answers[1], item_version=77),
        replace(answers[2], item="no-such-deck/card"),
    ]
    old = completion([*other, *answers[3:]], library(), name="", made=MADE, okrlab="0.0")
    result = verify(old, library(), now=MADE)
    assert result.agrees
    assert result.not_marked == (
        "2 answers about questions that are not in this course could not be marked and do not "
        "count here.",
        "1 answer to another version of a question could not be marked and does not count here.",
    )
    assert "somebody without a name" in result.words()


def test_what_is_read_by_people_is_escaped(record: Completion) -> None:
    """A name is text, in HTML and in Markdown."""
    page = export_completion(record, "record-html")
    assert "Zoë &lt;b&gt;K&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "&lt;b&gt;K&lt;/b&gt;" in export_completion(record, "record-markdown")
    assert record.digest in page
    bell = completion([], library(), name="A\x1b[31m\nB" + "x" * 200, made=MADE, okrlab="0")
    assert bell.name.startswith("A [31m B")
    assert len(bell.name) == 80


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("[1]", "another kind of file"),
        ('{"format": "okrlab-completion", "version": 9}', "newer okrlab"),
        ('{"format": "okrlab-completion", "version": 1}', "“name” is missing"),
        ("[" * 200_000, "no JSON"),
        (
            '{"format": "okrlab-completion", "version": 1, "name": "a", "made": "x", "okrlab": "1",'
            ' "digest": "", "claims": {}, "attempts": [{"mark": NaN}]}',
            "NaN is no number",
        ),
        (
            '{"format": "okrlab-completion", "version": 1, "name": "a", "made": "x", "okrlab": "1",'
            ' "digest": "", "claims": {}, "attempts": [{"mark": 1}]}',
            "makes no sense",
        ),
    ],
)
def test_other_files_are_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    """What is no record says why, and what to ask for."""
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    with pytest.raises(CompletionError, match=said):
        read_completion(path)


def test_the_command(tmp_path: Path, record: Completion) -> None:
    """Ends with 0 when it agrees and with 1 when it does not; words or JSON."""
    good = handed_in(tmp_path, record, lambda _data: None)
    result = CliRunner().invoke(app, [str(good)], catch_exceptions=False)
    assert result.exit_code == 0
    assert "The record agrees with its answers." in result.output
    data = json.loads(CliRunner().invoke(app, [str(good), "--json"]).output)
    assert data["agrees"] is True
    assert data["marked"] == len(record.attempts)
    bad = handed_in(tmp_path, record, _better_mark)
    result = CliRunner().invoke(app, [str(bad)])
    assert result.exit_code == 1
    assert "does NOT agree" in result.output
