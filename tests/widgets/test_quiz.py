"""The Quiz without a browser: what is synced, what is stored, what a message can do."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import Library
from okrlab.widgets.quiz import Quiz
from tests.assessment.examples import (
    RIGHT,
    START,
    TYPES,
    WRONG,
    attempt,
    classify,
    item,
    write_course,
)

ALL = [
    "kpi-definition-choice-1",
    "kpi-definition-choices-1",
    "kpi-definition-classify-1",
    "role-transition-role-in-context-1",
    "metric-kr-number-1",
    "role-transition-order-1",
    "metric-kr-rewrite-1",
    "metric-kr-write-1",
]
"""One item of every type."""

SECRETS = ("cue-", "tempts-", "flip-", "would be a key result")
"""How every key and every feedback of the examples begins, and the edit that flips the answer."""


class Clock:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def course(tmp_path: Path) -> Library:
    """A course with quizzes of every kind."""
    return write_course(
        tmp_path,
        all={"items": ALL},
        drawn={"draw": [{"concept": "kpi-definition", "count": 3}]},
        final={"items": ["metric-kr-held-1", *ALL], "kind": "final", "lesson": 3},
        pretest={
            "items": ["metric-kr-held-1", *ALL],
            "kind": "pretest",
            "graded": False,
            "lesson": 0,
        },
    )


@pytest.fixture
def journal() -> MemoryJournal:
    """A record that forgets."""
    return MemoryJournal("ada", Clock())


def quiz(course: Library, journal: MemoryJournal, name: str = "all", seed: int = 1) -> Quiz:
    """The widget, as a notebook makes it."""
    return Quiz(course.quiz(name), journal, course, rng=Random(seed))


def send(widget: Quiz, kind: str, **data: Any) -> dict[str, Any]:
    """A message as the browser sends it; returns the view that follows."""
    key = {"key": widget.view.get("key", "")} if kind not in ("start", "again") else {}
    widget._handle_custom_msg({"type": kind, "ack": "t:1", **key, **data}, [])
    view: dict[str, Any] = widget.view
    return view


def entry(widget: Quiz, right: bool = True) -> dict[str, Any]:
    """An entry for the current question, by the places shown."""
    assert widget.sitting is not None
    question = widget.sitting.current
    shown = list(question.shown)
    kind = widget.view["question"]["type"]
    if kind in ("choice", "rewrite"):
        return {"option": shown.index(1 if right else 0)}
    if kind == "choices":
        return {"options": [shown.index(i) for i in ((0, 2) if right else (1, 3))]}
    if kind == "number":
        return {"text": "0,6" if right else "0.98"}
    if kind == "write":
        return {"text": RIGHT["write"]["text"] if right else WRONG["write"]["text"]}
    if kind == "order":
        steps = sorted(range(4), reverse=not right)
        return {"order": [shown.index(i) for i in steps]}
    buckets = (1, 0, 2) if kind == "classify" else (0, 1, 2)
    turned = [(b if right else (b + 1) % 3) for b in buckets]
    return {"placed": {str(shown.index(i)): b for i, b in enumerate(turned)}}


def synced(widget: Quiz) -> str:
    """Everything that the browser knows."""
    state = widget.get_state()
    return json.dumps({k: v for k, v in state.items() if k not in ("_esm", "_css")}, default=str)


def answer_all(widget: Quiz, right: bool = True, **data: Any) -> None:
    """Answer every question to the end."""
    while widget.view["stage"] != "end":
        if data:
            send(widget, "confidence", **data)
        send(widget, "check", entry=entry(widget, right))
        if widget.view["stage"] == "told":
            send(widget, "next")


def test_asks_one_question_of_every_type_and_marks_it(
    course: Library, journal: MemoryJournal
) -> None:
    """Right entries, by the places shown, earn full marks for every type."""
    widget = quiz(course, journal)
    send(widget, "start")
    answer_all(widget)
    assert widget.view["error"] is None
    assert [a.mark for a in journal.attempts()] == [1.0] * 8
    assert {course.item(a.item).type for a in journal.attempts()} == set(TYPES)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_of_the_key_is_synced_before_the_answer_is_in(
    course: Library, journal: MemoryJournal, kind: str
) -> None:
    """No feedback, no cue, no flip, no misconception, no id of a card, bucket or step."""
    widget = quiz(course, journal)
    send(widget, "start")
    while widget.view["question"]["type"] != kind:
        send(widget, "check", entry=entry(widget))
        send(widget, "next")
    send(widget, "hint")
    send(widget, "confidence", value="sure")
    send(widget, "enter", entry=entry(widget, right=False))
    text = synced(widget)
    assert not [secret for secret in SECRETS if secret in text]
    assert "M0" not in text
    assert "correct" not in text
    question = widget.view["question"]
    assert set(question) <= {
        "type",
        "stem",
        "frame",
        "context",
        "hint",
        "confidence",
        "entry",
        "options",
        "original",
        "buckets",
        "cards",
        "measure",
        "unit",
        "steps",
        "limit",
    }
    assert widget.view["outcome"] is None
    send(widget, "check", entry=entry(widget, right=False))
    assert [secret for secret in SECRETS if secret in synced(widget)]


@pytest.mark.parametrize("kind", TYPES)
def test_items_that_differ_only_in_their_key_look_the_same(
    tmp_path: Path, journal: MemoryJournal, kind: str
) -> None:
    """The view before the answer is the same whichever option is right: it cannot tell the key."""
    changed: dict[str, Any] = TYPES[kind]()
    if "options" in changed:
        texts = [option["text"] for option in changed["options"]]
        changed["options"] = [
            option | {"text": text}
            for option, text in zip(
                changed["options"][1:] + changed["options"][:1], texts, strict=True
            )
        ]
    elif "cards" in changed:
        changed["cards"] = [
            other | {"text": card["text"]}
            for card, other in zip(
                changed["cards"], changed["cards"][1:] + changed["cards"][:1], strict=True
            )
        ]
    elif kind == "number":
        changed |= {"answer": 7.0, "worked": "Other."}
    elif kind == "write":
        changed |= {"asks": "milestone_kr", "target": 46, "worked": "Other.", "about": ["other"]}
    else:
        changed |= {"why": "Other.", "wrong_pairs": changed["wrong_pairs"][:1]}
    views = []
    for name, content in (("one", TYPES[kind]()), ("two", changed)):
        course = write_course(tmp_path / name, only={"items": ["the-item"]})
        bank = {
            "format": 1,
            "concept": "kpi-definition",
            "items": [content | {"id": "the-item", "parallel_group": "g"}],
        }
        (tmp_path / name / "bank" / "kpi-definition.yaml").write_text(json.dumps(bank), "utf-8")
        widget = quiz(course, MemoryJournal("ada", Clock()), "only", seed=5)
        view = dict(send(widget, "start"))
        views.append(view | {"key": ""})
    assert views[0] == views[1]


def test_feedback_of_options_not_chosen_stays_in_python(
    course: Library, journal: MemoryJournal
) -> None:
    """After a wrong choice: the cue and why that choice tempts, not why another one would."""
    widget = quiz(course, journal)
    send(widget, "start")
    assert widget.sitting is not None
    chosen = widget.sitting.current.shown.index(0)
    view = send(widget, "check", entry={"option": chosen})
    feedback = view["outcome"]["feedback"]
    assert feedback["cue"].startswith("cue-KPI")
    assert feedback["tempts"].startswith("tempts-M01")
    assert feedback["misconception"] == {"title": "Every number is a key result"}
    assert "tempts-M05" not in synced(widget)


def test_feedback_of_ticks_covers_what_was_ticked_or_missed(
    course: Library, journal: MemoryJournal
) -> None:
    """A wrong option that was rightly left alone keeps its feedback."""
    widget = quiz(course, journal)
    send(widget, "start")
    send(widget, "check", entry=entry(widget))
    send(widget, "next")
    assert widget.sitting is not None
    shown = widget.sitting.current.shown
    outcome = send(widget, "check", entry={"options": [shown.index(0), shown.index(1)]})["outcome"]
    by_option = dict(zip(shown, outcome["ticks"], strict=True))
    assert by_option == {0: "right", 1: "wrong", 2: "missed", 3: None}
    assert outcome["state"] == "wrong"
    assert "tempts-M04" not in synced(widget)
    assert outcome["why"][shown.index(3)] is None


def test_a_right_answer_gets_no_reason_why_wrong_ones_tempt(
    course: Library, journal: MemoryJournal
) -> None:
    """For every type."""
    widget = quiz(course, journal)
    send(widget, "start")
    while widget.view["stage"] != "end":
        send(widget, "check", entry=entry(widget))
        assert widget.view["outcome"]["state"] == "right"
        assert "tempts-" not in synced(widget)
        send(widget, "next")


def test_every_answer_is_recorded_at_once(course: Library, journal: MemoryJournal) -> None:
    """With sitting, seconds, hint and confidence; the time is what the browser measured."""
    widget = quiz(course, journal)
    send(widget, "start")
    send(widget, "hint", seconds=4.0)
    send(widget, "confidence", value="guess", seconds=2.0)
    send(widget, "check", entry=entry(widget, right=False), seconds=1.5)
    (stored,) = journal.attempts()
    assert (stored.activity, stored.item, stored.concept) == ("quiz/all", ALL[0], "kpi-definition")
    assert (stored.graded, stored.try_number, stored.confidence) == (True, 1, "guess")
    assert (stored.mark, stored.misconceptions, stored.seconds) == (0.0, ("M01",), 7.5)
    assert stored.response == {"option": 0, "hint": True}
    assert widget.sitting is not None
    assert stored.sitting == widget.sitting.id


def test_a_question_left_open_is_found_again_after_a_restart(
    course: Library, journal: MemoryJournal
) -> None:
    """Same question, same order of options, what was entered, the confidence, the hint."""
    widget = quiz(course, journal)
    send(widget, "start")
    send(widget, "check", entry=entry(widget))
    send(widget, "next")
    send(widget, "hint")
    send(widget, "confidence", value="think")
    send(widget, "enter", entry={"options": [2]})
    again = quiz(course, journal, seed=99)
    same = {k: v for k, v in widget.view.items() if k not in ("ack", "say")}
    assert {k: again.view[k] for k in same} == same
    assert again.view["question"]["entry"] == {"options": [2]}
    assert repr(again) == repr(widget) == "Quiz: Two jobs. Question 2 of 8."


def test_the_feedback_is_found_again_after_a_restart(
    course: Library, journal: MemoryJournal
) -> None:
    """And answering is not possible a second time."""
    widget = quiz(course, journal)
    send(widget, "start")
    send(widget, "check", entry=entry(widget, right=False))
    again = quiz(course, journal)
    assert again.view["stage"] == "told"
    assert again.view["outcome"] == widget.view["outcome"]
    send(again, "check", entry=entry(again))
    assert len(journal.attempts()) == 1


def test_says_when_the_course_changed_since(course: Library, journal: MemoryJournal) -> None:
    """A question whose item has a new version is left out, and the learner is told."""
    widget = quiz(course, journal)
    send(widget, "start")
    send(widget, "check", entry=entry(widget))
    newer = write_course(Path(str(course.folders[0])) / "newer", all={"items": ALL})
    bank = Path(str(newer.folders[0])) / "bank" / "metric-kr.yaml"
    data = json.loads(bank.read_text("utf-8"))
    data["items"] = [i | {"version": 2} for i in data["items"]]
    bank.write_text(json.dumps(data), "utf-8")
    again = Quiz(newer.quiz("all"), journal, newer, rng=Random(1))
    assert again.view["skipped"].startswith("3 questions were left out, because the course")
    assert again.view["of"] == 5
    answer_all(again)
    assert again.view["end"]["headline"] == "5 of 5 right"


def test_a_draft_out_of_shape_starts_the_quiz_anew(course: Library, journal: MemoryJournal) -> None:
    """Whatever is stored, the quiz opens."""
    journal.save_draft("quiz/all", {"format": 1, "questions": "?"})
    assert quiz(course, journal).view["stage"] == "start"


def test_a_late_message_is_dropped(course: Library, journal: MemoryJournal) -> None:
    """A double click on Next skips nothing, and one on Check records nothing twice."""
    widget = quiz(course, journal)
    send(widget, "start")
    key = widget.view["key"]
    given = entry(widget)
    send(widget, "check", entry=given)
    send(widget, "check", entry=given, key=key)
    send(widget, "next", key=key)
    send(widget, "next", key=key)
    send(widget, "enter", entry={"options": [0]}, key=key)
    assert widget.view["number"] == 2
    assert widget.view["question"]["entry"] is None
    assert len(journal.attempts()) == 1
    assert widget.view["error"] is None


def test_next_needs_an_answer_and_start_happens_once(
    course: Library, journal: MemoryJournal
) -> None:
    """No question is skipped by a stray message, and no sitting is thrown away by one."""
    widget = quiz(course, journal)
    send(widget, "start")
    before = widget.view["key"]
    send(widget, "next")
    send(widget, "start")
    send(widget, "again")
    assert widget.view["key"] == before


def test_the_same_question_answered_in_two_notebooks_counts_once(
    course: Library, journal: MemoryJournal
) -> None:
    """The second answer of one sitting is a second try."""
    widget = quiz(course, journal)
    send(widget, "start")
    twin = quiz(course, journal)
    for one in (widget, twin):
        send(one, "check", entry=entry(one))
    assert [a.try_number for a in journal.attempts()] == [1, 2]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Choose one of the options first."),
        (1, "Nothing is ticked yet."),
        (2, "3 lines have no answer yet."),
        (4, "There is no number yet."),
        (7, "There is nothing to read yet."),
    ],
)
def test_an_answer_that_is_not_there_yet_is_asked_for(
    course: Library, journal: MemoryJournal, number: int, words: str
) -> None:
    """Nothing is recorded, and the words stand beside the question, not as an error."""
    widget = quiz(course, journal)
    send(widget, "start")
    for _ in range(number):
        send(widget, "check", entry=entry(widget))
        send(widget, "next")
    view = send(widget, "check", entry={})
    assert view["problem"].startswith(words)
    assert (view["stage"], view["error"]) == ("asked", None)
    assert view["say"]["text"] == view["problem"]
    assert len(journal.attempts()) == number
    assert send(widget, "check", entry=entry(widget))["problem"] is None


def test_an_ambiguous_number_is_asked_back_and_stays_typed(
    course: Library, journal: MemoryJournal
) -> None:
    """“1,500” is kept in the field while the learner is asked what it means."""
    widget = quiz(course, journal)
    send(widget, "start")
    for _ in range(4):
        send(widget, "check", entry=entry(widget))
        send(widget, "next")
    view = send(widget, "check", entry={"text": "1,500"})
    assert "two ways" in view["problem"]
    assert view["question"]["entry"] == {"text": "1,500"}


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=10,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.integers(0, 7),
    st.sampled_from(["option", "options", "placed", "text", "order"]),
    NONSENSE,
    st.sampled_from(["enter", "check"]),
)
def test_nonsense_from_the_browser_is_refused_in_words(
    course: Library, number: int, field: str, value: Any, kind: str
) -> None:
    """No message makes an attempt out of what is no answer, or leaves a dead widget."""
    journal = MemoryJournal("ada", Clock())
    widget = quiz(course, journal)
    send(widget, "start")
    for _ in range(number):
        send(widget, "check", entry=entry(widget))
        send(widget, "next")
    view = send(widget, kind, entry={field: value})
    assert view["stage"] in ("asked", "told")
    assert "Something went wrong" not in (view["error"] or "")
    assert len(journal.attempts()) == number + (view["stage"] == "told")
    assert quiz(course, journal).view["stage"] == view["stage"]


@pytest.mark.parametrize("value", [None, "certain", 1, ["sure"]])
def test_an_unknown_confidence_is_refused(
    course: Library, journal: MemoryJournal, value: Any
) -> None:
    """In words; nothing changes."""
    widget = quiz(course, journal)
    send(widget, "start")
    error = send(widget, "confidence", value=value)["error"]
    assert "not something that can be chosen" in error
    assert widget.view["question"]["confidence"] is None


def test_the_end_tells_concepts_misconceptions_confidence_and_the_way_on(
    course: Library, journal: MemoryJournal
) -> None:
    """All wrong and sure: the lessons that repair it, and that a retake brings parallel items."""
    widget = quiz(course, journal)
    send(widget, "start")
    send(widget, "hint")
    answer_all(widget, right=False, value="sure")
    end = widget.view["end"]
    assert end["headline"] == "0 of 8 right"
    assert end["marks"] == ["wrong"] * 8
    assert [(c["title"], c["right"], c["of"]) for c in end["concepts"]] == [
        ("What a KPI is", 0, 3),
        ("One measure in several roles", 0, 2),
        ("Metric key results", 0, 3),
    ]
    ideas = {m["title"]: m["lesson"] for m in end["misconceptions"]}
    assert ideas["Every number is a key result"] == "Lesson 1, Two jobs, one metric"
    assert ideas["Output is impact"] is None  # the course has no lesson 4 here
    assert end["calibration"] == "You were sure 8 times, and never right."
    assert end["hints"] == 1
    assert "parallel question" in end["next"]
    assert end["missing"][0] == "15 more answers are needed."
    assert repr(widget) == "Quiz: Two jobs. Finished, 0 of 8 right."


def test_a_mastered_lesson_points_to_the_next_one(course: Library, journal: MemoryJournal) -> None:
    """Twenty right answers before, and all right now."""
    journal.record([attempt(i) for i in range(20)])
    widget = quiz(course, journal)
    send(widget, "start")
    answer_all(widget)
    end = widget.view["end"]
    assert end["next"] == ("You have mastered this lesson. Go on with Lesson 2, Eight dimensions.")
    assert end["missing"] == []


def test_a_retake_brings_parallel_items_of_what_was_missed(
    course: Library, journal: MemoryJournal
) -> None:
    """The result page stays until the learner asks for the retake."""
    widget = quiz(course, journal, "drawn")
    send(widget, "start")
    first = [q.item for q in widget.sitting.questions]  # type: ignore[union-attr]
    answer_all(widget, right=False)
    widget = quiz(course, journal, "drawn")
    assert widget.view["stage"] == "end"
    send(widget, "again")
    second = [q.item for q in widget.sitting.questions]  # type: ignore[union-attr]
    assert not set(first) & set(second)
    assert {course.item(i).parallel_group for i in first} == {
        course.item(i).parallel_group for i in second
    }
    answer_all(widget)
    assert len({a.sitting for a in journal.attempts()}) == 2


def test_a_pretest_judges_nothing_and_asks_for_confidence(
    course: Library, journal: MemoryJournal
) -> None:
    """No outcome, no key and no mark is ever synced, held-out items included; nothing is graded."""
    widget = quiz(course, journal, "pretest")
    send(widget, "start")
    seen = [synced(widget)]
    widget.observe(lambda _: seen.append(synced(widget)), "view")
    assert "sure" in send(widget, "check", entry=entry(widget))["problem"]
    assert send(widget, "hint")["question"]["hint"] is None
    answer_all(widget, right=False, value="guess")
    assert widget.view["stage"] == "end"
    everything = "\n".join(seen)
    assert not [secret for secret in SECRETS if secret in everything]
    assert '"outcome": {' not in everything
    assert len(journal.attempts()) == 9
    assert not any(a.graded for a in journal.attempts())
    assert {a.activity for a in journal.attempts()} == {"pretest/pretest"}
    end = widget.view["end"]
    assert [stop["lesson"] for stop in end["route"]] == [
        "Lesson 1, Two jobs, one metric",
        "Lesson 3, The craft of key results",
    ]
    assert end["calibration"] == "You guessed 9 times, and never right."
    assert "Begin with Lesson 1" in end["next"]
    assert "marks" not in end
    assert send(widget, "again")["stage"] == "end"
    assert repr(widget) == "Pretest: Two jobs. Finished, 9 questions answered."


def test_the_route_of_a_pretest_follows_what_is_known(
    course: Library, journal: MemoryJournal
) -> None:
    """Right in lesson 1, wrong in lesson 3: keep time for lesson 3."""
    widget = quiz(course, journal, "pretest")
    send(widget, "start")
    while widget.view["stage"] != "end":
        assert widget.sitting is not None
        send(widget, "confidence", value="think")
        send(widget, "check", entry=entry(widget, widget.sitting.current.concept != "metric-kr"))
    levels = {stop["lesson"][:8]: stop["level"] for stop in widget.view["end"]["route"]}
    assert levels == {"Lesson 1": "known", "Lesson 3": "new"}
    assert "Keep some time for Lesson 3" in widget.view["end"]["next"]


def test_a_pretest_ends_with_the_questions_that_were_sure_and_wrong(
    course: Library, journal: MemoryJournal
) -> None:
    """They are named with their lesson, every one that the sentence about confidence counts."""
    widget = quiz(course, journal, "pretest")
    send(widget, "start")
    answer_all(widget, right=False, value="sure")
    end = widget.view["end"]
    assert len(end["surprises"]) == len(journal.attempts()) == 9
    assert end["calibration"] == "You were sure 9 times, and never right."
    assert {s["lesson"] for s in end["surprises"]} >= {"Lesson 1, Two jobs, one metric"}
    assert all(s["stem"] for s in end["surprises"])
    assert not [secret for secret in SECRETS if secret in str(end)]


@pytest.mark.parametrize("right", [True, False])
def test_a_final_test_explains_and_counts_and_is_sat_once(
    course: Library, journal: MemoryJournal, right: bool
) -> None:
    """No hint and no second sitting; each answer is explained, and the attempts are graded."""
    widget = quiz(course, journal, "final")
    assert widget.view["final"]
    send(widget, "start")
    assert send(widget, "hint")["question"]["hint"] is None
    told = send(widget, "check", entry=entry(widget, right))
    assert told["stage"] == "told"
    assert told["outcome"]["state"] == ("right" if right else "wrong")
    send(widget, "next")
    answer_all(widget, right)
    end = widget.view["end"]
    assert len(journal.attempts()) == 9
    assert all(a.graded for a in journal.attempts())
    assert {a.activity for a in journal.attempts()} == {"final/final"}
    assert end["next"].startswith("See your progress page")
    assert ("ideas below" in end["next"]) is not right
    assert not end["missing"]
    assert not end["again"]
    assert send(widget, "again")["stage"] == "end"
    assert quiz(course, journal, "final").view["stage"] == "end"
    assert repr(widget).startswith("Final test: Two jobs. Finished, ")


def test_before_the_start_the_quiz_says_what_it_is(course: Library, journal: MemoryJournal) -> None:
    """Nothing is dealt or stored yet."""
    widget = quiz(course, journal)
    assert (widget.view["stage"], widget.view["of"]) == ("start", 8)
    assert widget.view["label"] == "Quiz: Two jobs"
    assert journal.draft("quiz/all") is None
    assert repr(widget) == "Quiz: Two jobs. 8 questions, not started."


def test_a_context_is_shown_as_short_lines(course: Library, journal: MemoryJournal) -> None:
    """Organisation, objective, time, situation, pay; the industry only without organisation."""
    widget = quiz(course, journal)
    labels = [line["label"] for line in send(widget, "start")["question"]["context"]]
    assert labels == ["Organisation", "Objective", "Time", "Situation", "Pay"]


def test_the_examples_hold_what_these_tests_look_for() -> None:
    """The secrets really stand in the items; otherwise the tests above could not fail."""
    for kind in TYPES:
        text = item(kind).model_dump_json()
        assert "cue-" in text
        assert "tempts-" in text
        assert "would be a key result" in text
    assert "flip-" in json.dumps(classify())
