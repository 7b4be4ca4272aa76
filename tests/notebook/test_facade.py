"""The calls that notebooks make, and where they keep what a learner did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import okrlab
from okrlab.content import library
from okrlab.errors import ContentError, UnknownNameError
from okrlab.notebook import _session
from okrlab.notebook._checking import MARKS_APPEAR_IN_THE_FORM


@pytest.fixture(autouse=True)
def _fresh_session(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test is a new kernel, with the test's own OKRLAB_HOME."""
    monkeypatch.setattr(_session, "_demonstration", None)
    _session._own_journal.cache_clear()
    yield
    _session._own_journal.cache_clear()


@pytest.mark.parametrize(
    ("call", "name", "near"),
    [
        (okrlab.sort, "kpi-or-keyresult", "kpi-or-key-result"),
        (okrlab.quiz, "two-job", "two-jobs"),
        (okrlab.exercise, "1.11", "1.1"),
        (okrlab.data, "nothing-like-it", None),
        (okrlab.logic_model, "ten-integration", "ten-integrations"),
        (okrlab.attainment_board, "quarters", "quarter"),
        (okrlab.xmr_chart, "web-lead", "web-leads"),
        (okrlab.poll, "kpi-names", "kpi-name"),
    ],
)
def test_an_unknown_name_offers_the_nearest(call, name: str, near: str | None) -> None:
    """A slip of the finger gets a helpful answer."""
    with pytest.raises(UnknownNameError) as error:
        call(name)
    assert name in str(error.value)
    if near:
        assert f"Did you mean “{near}”?" in str(error.value)


def test_a_file_outside_the_content_is_not_reached_by_its_name() -> None:
    """A deck's name is a name, not a path."""
    with pytest.raises(UnknownNameError):
        okrlab.sort("../quizzes/two-jobs")


def test_every_deck_quiz_and_exercise_opens_and_says_what_it_is() -> None:
    """All shipped content can be shown; the text output has no object addresses."""
    content = library()
    shown = [okrlab.sort(n) for n in content.names("decks")]
    shown += [okrlab.quiz(n) for n in content.names("quizzes")]
    shown += [okrlab.exercise(n) for n in content.exercises]
    shown += [okrlab.xmr_chart(n) for n in content.all_series]
    shown += [okrlab.dimensions(), okrlab.funnel(), okrlab.progress()]
    shown += [okrlab.goodhart(), okrlab.bonus(), okrlab.travel()]
    shown += [okrlab.vital_few(), okrlab.kpi_audit(), okrlab.own_chart()]
    shown += [okrlab.poll(n) for n in content.polls]
    shown += [okrlab.logic_model(m.id) for m in content.logic_models.models]
    shown += [okrlab.attainment_board(b.id) for b in content.attainment.boards]
    shown += [okrlab.lifecycle()]
    for widget in shown:
        assert "0x" not in repr(widget)
        assert len(repr(widget)) > 20


def test_a_chart_of_ones_own_numbers() -> None:
    """A list, or a column with dates as its index; gaps stay gaps."""
    import pandas as pd

    chart = okrlab.xmr_chart([3, None, 4, 5, 4], title="Complaints", unit="a day", period="week")
    assert repr(chart).startswith("Process behaviour chart “Complaints”: 5 points, limits")
    assert chart.view["points"][1]["words"] == "missing"
    dates = pd.date_range("2026-01-01", periods=4, freq="MS")
    column = pd.Series([5.0, 6, 5, 7], index=dates, name="Churn")
    chart = okrlab.xmr_chart(column, target=4, band=(None, 6), better="lower", key="mine")
    assert chart.view["title"] == "Churn"
    assert chart.view["points"][3]["name"] == "point 4 (2026-04-01)"
    assert chart.view["target"] == 4
    assert chart.view["bandWords"]
    plain = okrlab.xmr_chart(column.reset_index(drop=True))
    assert plain.view["points"][0]["name"] == "point 1"


def test_a_column_of_ones_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates as the index, a missing week as a gap, and straight into a chart."""
    monkeypatch.chdir(tmp_path)
    rows = "2026-01-05;2,4;x\n2026-01-12;2,6;y\n2026-01-26;2,5;z\n2026-02-02;2,3;z\n"
    Path("mine.csv").write_text("Woche;Quote;Wer\n" + rows, "utf-8")
    column = okrlab.own_series("mine.csv")
    assert column.name == "Quote"
    assert column.index[2].isoformat() == "2026-01-19T00:00:00"
    assert column.isna().tolist() == [False, False, True, False, False]
    assert any("1 row is missing (2026-01-19)" in note for note in column.attrs["notes"])
    chart = okrlab.xmr_chart(column, unit="%")
    assert chart.view["points"][2]["words"] == "missing"
    with pytest.raises(UnknownNameError, match="Did you mean “Quote”"):
        okrlab.own_series("mine.csv", value="quote")


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([1.0] * 501, {}, "there are 501"),
        ([1.0], {}, "Measure once more"),
        ([1.0, "2"], {}, "no numbers"),
        ([[1.0, 2.0], [3.0, 4.0]], {}, "one column"),
        ([1.0, float("inf")], {}, "Point 2 is infinite"),
        ([1.0, 1e15], {}, "thousands or millions"),
        ([1.0, None, 2.0], {}, "follow one another"),
        ([1.0, 2.0], {"baseline": 3}, "only 2"),
        ([1.0, 2.0], {"baseline": "all"}, "baseline"),
        ([1.0, 2.0], {"band": 3}, "two edges"),
        ([1.0, 2.0], {"band": (3.0, 1.0)}, "below the upper"),
        ([1.0, 2.0], {"period": "fortnight"}, "period"),
        ([1.0, 2.0], {"target": float("nan")}, "target"),
        ([1.0, 2.0], {"spread": "mode"}, "median"),
        ([1.0, 2.0], {"rules": "nelson"}, "wheeler"),
    ],
)
def test_numbers_that_make_no_chart_are_explained(values, options, words: str) -> None:
    """What is wrong and what to do, not a wall of red."""
    from okrlab.errors import ModelError

    with pytest.raises(ModelError, match=words):
        okrlab.xmr_chart(values, **options)


def test_a_form_without_answers_says_where_marks_appear() -> None:
    """A lesson runs by itself when it is opened, so the check comes before the answer."""
    form = okrlab.exercise("1.2")
    result = okrlab.check("1.2", form)
    assert result.points == 0
    assert MARKS_APPEAR_IN_THE_FORM in repr(result)


def test_a_form_tells_its_marks_itself() -> None:
    """Beneath a half-filled form nothing is judged before its Check is pressed."""
    form = okrlab.exercise("1.2")
    rows = library().exercise("1.2").cases.rows
    form.fill({row.id: "off" for row in rows[:3]})
    result = okrlab.check("1.2", form)
    assert result._repr_html_() == "<span></span>"


def test_an_answer_of_the_wrong_kind_is_explained_and_not_recorded() -> None:
    """No traceback for a learner."""
    result = okrlab.check("1.3", object())
    assert result.points == 0
    assert "DataFrame" in repr(result) or "table" in repr(result)
    assert _session.journal().attempts() == []


def test_a_demonstration_records_nothing() -> None:
    """After it, widgets write to a journal that forgets."""
    own = _session.journal()
    assert "recorded" in repr(okrlab.demonstration())
    assert _session.journal() is not own
    okrlab.check("1.3", okrlab.data(library().exercise("1.3").dataset))
    assert own.attempts() == []


def test_afresh_clears_unfinished_work_of_that_lesson_only() -> None:
    """Drafts of the lesson go, those of others stay, attempts stay."""
    journal = _session.journal()
    journal.save_draft("deck/kpi-or-key-result", {"placed": {"a": "kpi"}})
    journal.save_draft("deck/eight-dimensions", {"placed": {"a": "kpi"}})
    assert "Lesson 1" in repr(okrlab.afresh(1))
    assert not journal.draft("deck/kpi-or-key-result")
    assert journal.draft("deck/eight-dimensions")


@pytest.mark.parametrize(
    ("call", "key", "lesson"),
    [
        ("travel", "travel", 1),
        ("vital_few", "vital-few", 1),
        ("goodhart", "goodhart", 8),
        ("bonus", "bonus", 8),
    ],
)
def test_a_lab_started_afresh_opens_as_at_first(call: str, key: str, lesson: int) -> None:
    """Its draft is cleared with its lesson's, and an empty draft is a beginning."""
    first = repr(getattr(okrlab, call)())
    journal = _session.journal()
    journal.save_draft(key, {"tab": "luck", "answers": {"predict": "more"}})
    okrlab.afresh(lesson)
    assert not journal.draft(key)
    assert repr(getattr(okrlab, call)()) == first


def test_afresh_clears_the_widgets_over_models_of_that_lesson_only() -> None:
    """Chain and means in lesson 4, attainment in lesson 5, the lifecycle in lesson 9."""
    journal = _session.journal()
    drafts = {
        4: ["logic-model/safe-births", "logic-model/safe-births/means"],
        5: ["attainment/quarter"],
        9: ["lifecycle"],
    }
    for keys in drafts.values():
        for key in keys:
            journal.save_draft(key, {"part": "means"})
    for lesson, keys in drafts.items():
        assert all(journal.draft(key) for key in keys)
        okrlab.afresh(lesson)
        assert not any(journal.draft(key) for key in keys)


def test_a_lesson_started_afresh_keeps_what_was_written_in_its_exercises() -> None:
    """And the exercises started afresh keep the quiz and the cards of the lesson."""
    journal = _session.journal()
    kept = {"deck/kpi-or-key-result": {"placed": {"a": "kpi"}}, "exercise/1.1": {"rows": ["NPS"]}}
    for key, draft in kept.items():
        journal.save_draft(key, draft)
    okrlab.afresh(1)
    assert journal.draft("exercise/1.1") == kept["exercise/1.1"]
    assert not journal.draft("deck/kpi-or-key-result")
    journal.save_draft("deck/kpi-or-key-result", kept["deck/kpi-or-key-result"])
    assert "exercises of lesson 1" in repr(okrlab.afresh(1, exercises=True))
    assert not journal.draft("exercise/1.1")
    assert journal.draft("deck/kpi-or-key-result") == kept["deck/kpi-or-key-result"]


def test_text_in_a_result_is_escaped() -> None:
    """What a learner or a content file wrote is shown as text."""
    from okrlab.assessment.outcome import Feedback, Outcome, PartOutcome
    from okrlab.notebook._display import Marked

    nasty = "<img src=x onerror=alert(1)>"
    part = PartOutcome(nasty, nasty, nasty, False, Feedback(nasty, nasty))
    marked = Marked(library().exercise("1.3"), Outcome(0, False, (part,), Feedback(nasty, nasty)))
    assert "<img" not in marked._repr_html_()
    assert "&lt;img" in marked._repr_html_()


def test_what_stands_in_a_form_is_kept_in_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check's output holds the answers, and is brought up to date with each of them."""
    shown: list[dict[str, Any]] = []

    class Handle:
        def update(self, bundle: dict[str, Any], *, raw: bool) -> None:
            assert raw
            shown.append(bundle)

    def display(bundle: dict[str, Any], *, raw: bool, display_id: bool) -> Handle:
        assert raw
        assert display_id
        shown.append(bundle)
        return Handle()

    monkeypatch.setattr("IPython.display.display", display)
    form = okrlab.exercise("1.2")
    okrlab.check("1.2", form)._ipython_display_()
    form.fill({form.exercise.cases.rows[0].id: "off"})
    first, second = (bundle["application/vnd.okrlab.answer+json"] for bundle in shown)
    assert first["exercise"] == second["exercise"] == "1.2"
    assert not any(first["answer"]["cases"].values())
    assert second["answer"] == form.answer
    assert "why" not in json.dumps(second)  # answers alone, nothing of the key


def test_a_scenario_of_ones_own_with_mistakes_is_not_shown_to_a_room(tmp_path: Path) -> None:
    """All mistakes at once, before anybody looks on; a right one opens, by name and by file."""
    from okrlab.authoring.new import new_scenario

    path = new_scenario("our-case", folder=tmp_path).path
    text = path.read_text("utf-8")
    assert "Our case" in repr(okrlab.scenario(str(path)))
    assert "Lumen loses customers" in repr(okrlab.scenario("lumen-churn"))
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(
        text.replace("minutes: 20", "minutes: 21").replace("{at13}", "{at99}"), "utf-8"
    )
    with pytest.raises(ContentError) as caught:
        okrlab.scenario(str(wrong))
    assert "minutes: the steps take 20 minutes together" in str(caught.value)
    assert "there is no figure “at99”" in str(caught.value)


def test_the_class_report_shows_the_class_that_was_chosen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By the variable that `okrlab coach --class` sets, by its name, or a made-up one."""
    from okrlab.storage import MemoryStore, export_progress
    from tests.assessment.examples import attempt

    store = MemoryStore()
    store.add([attempt(1, learner="ada")])
    export_progress(store, tmp_path / "friday" / "ada.jsonl", ["ada"])
    monkeypatch.delenv("OKRLAB_CLASS", raising=False)
    assert repr(okrlab.class_report()).startswith("Generated class")
    monkeypatch.setenv("OKRLAB_CLASS", str(tmp_path / "friday"))
    assert repr(okrlab.class_report()).startswith("friday\n1 learner, 1 with answers")
    assert repr(okrlab.class_report(demo=True)).startswith("Generated class")
    named = okrlab.class_report(str(tmp_path / "friday" / "ada.jsonl"), names=True)
    assert ">ada<" in named.view["html"]


def test_own_figures_start_afresh_with_the_exercises_of_lesson_6() -> None:
    """They stand on that page; the lesson's own button leaves them alone."""
    journal = _session.journal()
    for key in ("own-figures", "xmr/own-file", "xmr/churn", "poll/targets"):
        journal.save_draft(key, {"of": key})
    okrlab.afresh(6)
    assert journal.draft("own-figures")
    assert not journal.draft("xmr/churn")
    assert not journal.draft("poll/targets")
    okrlab.afresh(6, exercises=True)
    assert not journal.draft("own-figures")
    assert not journal.draft("xmr/own-file")
