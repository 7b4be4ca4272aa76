"""`okrlab study`: reviews in the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.review import day_words
from okrlab.assessment.sitting import Question
from okrlab.cli import study as command
from okrlab.cli._ask import outcome_lines, question_lines, read_answer
from okrlab.content import Library, library
from okrlab.errors import AnswerError
from okrlab.storage import open_store
from okrlab.widgets._quiz_question import outcome_view, question_view, read_entry, to_response
from tests.assessment.examples import RIGHT, TYPES, WRONG, item, write_course
from tests.storage.storage_examples import attempt

NOW = datetime.now(UTC)
CONCEPTS = ("kpi-definition", "role-transition", "metric-kr")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Three concepts, in place of the real course."""
    content = write_course(tmp_path / "course")
    monkeypatch.setattr("okrlab.content.library", lambda: content)
    monkeypatch.delenv("OKRLAB_LEARNER", raising=False)
    return content


@pytest.fixture
def answered(course: Library) -> None:
    """Each concept answered three days ago, so that all three are due."""
    store = open_store()
    past = NOW - timedelta(days=3)
    store.add(
        [
            attempt(n, concept=c, mark=1.0, misconceptions=(), at=past + timedelta(seconds=n))
            for n, c in enumerate(CONCEPTS)
        ]
    )
    store.close()


def stored(learner: str = "me") -> list[Attempt]:
    """The reviews that were recorded."""
    store = open_store()
    found = [a for a in store.attempts(learner) if a.activity == "study/review"]
    store.close()
    return found


def run(*arguments: str, typed: str = "") -> Result:
    """Run `okrlab study` with these lines typed."""
    result = CliRunner().invoke(command.app, arguments, input=typed, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def some_answer(prompt: str) -> str:
    """What can be marked, whichever of the example items is asked."""
    if prompt.startswith("Your line"):
        return "Help the sales team"
    return "1 2 3 4" if "order" in prompt else "1"


def answers(kind: str, right: bool) -> list[str]:
    """The lines that answer an item of the example course whose parts stand in their own order."""
    return {
        "choice": ["2" if right else "1"],
        "rewrite": ["2" if right else "3"],
        "choices": ["1 3" if right else "2, 4"],
        "number": ["0,6" if right else "0.98"],
        "order": ["1 2 3 4" if right else "4 3 2 1"],
        "classify": ["2", "1", "3"] if right else ["1", "3", "2"],
        "role_in_context": ["1", "2", "3"] if right else ["3", "1", "2"],
        "write": [(RIGHT if right else WRONG)["write"]["text"]],
    }[kind]


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_asked_answered_and_explained(tmp_path: Path, kind: str, right: bool) -> None:
    """What is typed becomes the response that the browser would send; the reasons follow."""
    content = write_course(tmp_path)
    asked = item(kind)
    parts = len(getattr(asked, "options", ()) or getattr(asked, "cards", ()) or getattr(
        asked, "steps", ()))  # fmt: skip
    question = Question("example", 1, "metric-kr", tuple(range(parts)))
    view = question_view(asked, question)
    printed = "\n".join(question_lines(view))
    assert asked.stem.split()[0] in printed
    assert "cue-" not in printed
    assert "tempts-" not in printed
    typed: Iterator[str] = iter(answers(kind, right))
    entry = read_answer(view, lambda prompt: next(typed), lambda line: None)
    response = to_response(asked, question, read_entry(asked, question, entry))
    assert response == (RIGHT if right else WRONG)[kind]
    assert next(typed, None) is None
    from okrlab.assessment.marking import mark

    outcome = mark(asked, response)
    assert outcome.correct is right
    told = "\n".join(outcome_lines(view, outcome_view(asked, question, outcome, content)))
    assert ("✓" if right else "✕") in told
    assert ("cue-" if right else "tempts-") in told


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("choice", "0"), ("choice", "4"), ("choice", "1 2"), ("choice", "²"), ("choices", "x"),
     ("choices", ""), ("order", "1 2 3"), ("order", "1 1 2 3"), ("choice", "9" * 5000)],
)  # fmt: skip
def test_what_cannot_be_an_answer_is_refused_in_words(kind: str, typed: str) -> None:
    """With what would do."""
    asked = item(kind)
    view = question_view(asked, Question("example", 1, "metric-kr", tuple(range(4))[: 3 if
        kind == "choice" else 4]))  # fmt: skip
    with pytest.raises(AnswerError, match=r"numbers? from 1 to|each of the 4 steps once"):
        read_answer(view, lambda prompt: typed, lambda line: None)


@pytest.mark.usefixtures("course")
def test_nothing_answered_yet() -> None:
    """How reviews begin, and no question."""
    for arguments in ([], ["--due"]):
        said = run(*arguments).output
        assert said.startswith("Nothing to review yet.\nA concept joins your reviews")
        assert "okrlab lab" in said


@pytest.mark.usefixtures("answered")
def test_due_only_lists() -> None:
    """Concepts, number and minutes; nothing is asked and nothing recorded."""
    said = run("--due").output
    assert said == (
        "3 concepts are due today.\n  What a KPI is\n  One measure in several roles\n"
        "  Metric key results\nToday: 3 questions, about 3 minutes (your daily size is 10).\n"
    )
    assert stored() == []


@pytest.mark.usefixtures("answered")
def test_a_round_is_asked_recorded_and_ends_with_the_days(
    course: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer is stored with confidence and hint; wrong input is asked again."""
    seen: list[str] = []

    def prompt(text: str, **_: object) -> str:
        """Type what the question wants; first nonsense, then the hint."""
        seen.append(text)
        if text.startswith("How sure"):
            return "t"
        if len(seen) == 1:
            return "?"
        return some_answer(text)

    monkeypatch.setattr("typer.prompt", prompt)
    said = run().output
    made = stored()
    assert {a.concept for a in made} == set(CONCEPTS)
    assert all(a.confidence == "think" and a.graded for a in made)
    assert [bool(a.response.get("hint")) for a in made] == [True, False, False]
    assert "Hint: Look for an objective and a date." in said
    assert "What settles it:" in said
    assert re.search(r"\d of 3 right\. When each comes again:", said)
    tomorrow = (datetime.now(UTC).astimezone() + timedelta(days=1)).date()
    if any(a.mark < 0.6 for a in made):
        assert day_words(tomorrow, tomorrow - timedelta(days=1)) in said
    assert "Nothing due until" in said.splitlines()[-1]
    assert "Nothing due until" in run().output
    assert len(stored()) == 3


@pytest.mark.usefixtures("answered")
def test_stopping_keeps_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """By q, or by the end of the input; the next call goes on at the same question."""
    said = run(typed="q\n").output
    assert said.endswith("Stopped. Your answers are kept; `okrlab study` goes on here.\n")
    again = run(typed="").output
    assert "Going on where you stopped." in again
    stem = said.split("Question 1 of 3")[1][:60]
    assert again.split("Question 1 of 3")[1][:60] == stem
    assert stored() == []


@pytest.mark.usefixtures("answered")
def test_the_size_is_kept_and_the_day_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One a day: then it is asked whether to go on, and no is the answer that Enter gives."""
    monkeypatch.setattr("typer.prompt", lambda text, **_: some_answer(text))
    assert "Question 1 of 1" in run("--size", "1").output
    said = run(typed="\n").output
    assert "You did 1 review today; your daily size is 1." in said
    assert "Question" not in said
    assert "Question 1 of 1" in run(typed="y\n").output
    assert len(stored()) == 2


@pytest.mark.usefixtures("answered")
def test_somebody_else_has_reviews_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """By option or by environment."""
    assert run("--due", "--learner", "ben").output.startswith("Nothing to review yet")
    monkeypatch.setenv("OKRLAB_LEARNER", "ben")
    assert run("--due").output.startswith("Nothing to review yet")


def test_the_real_course_can_be_printed_item_by_item() -> None:
    """Every practice item has a text form, and none gives its key away."""
    for asked in library().items.values():
        shown = tuple(range(len(getattr(asked, "options", ()) or getattr(asked, "cards", ())
            or getattr(asked, "steps", ()))))  # fmt: skip
        view = question_view(asked, Question(asked.id, asked.version, "x", shown))
        lines = "\n".join(question_lines(view)).splitlines()
        assert max(map(len, lines)) <= 78, asked.id
        assert asked.hint not in lines
