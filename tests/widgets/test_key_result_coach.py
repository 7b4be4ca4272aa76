"""KeyResultCoach without a browser: reading, versions, drafts, untrusted messages."""

from __future__ import annotations

import json
import time
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.analyser import Analysis, Cue, Finding, Part, Parts, Span, analyse
from okrlab.widgets import KeyResultCoach, _coach_state
from okrlab.widgets._coach_state import MAX_TYPED, past_values, wrote_over
from okrlab.widgets._reading_view import (
    CHANGES,
    ROLES,
    compare,
    reading_view,
    segments,
    sure_words,
    told_cues,
)
from okrlab.widgets._versions import MAX_JSON, MOST, Versions
from tests.widgets.coach_examples import CLEAR, CountingJournal, SlowClock, send


def edit(coach: KeyResultCoach, text: str, seq: int = 1) -> None:
    """Type, as the browser tells it."""
    send(coach, "edit", text=text, client="c", seq=seq)


def made(text: str, **changes: object) -> Analysis:
    """A reading made by hand."""
    fields: dict[str, object] = {
        "text": text,
        "kind": "metric_kr",
        "confidence": 0.9,
        "runner_up": "kpi",
        "cues": (),
        "parts": Parts(),
        "findings": (),
    }
    return Analysis(**{**fields, **changes})  # type: ignore[arg-type]


# -- what is shown of a reading --------------------------------------------------------------------


def test_the_pieces_are_the_statement_with_each_word_in_one_part() -> None:
    """An amount inside a longer part keeps its own label, and marks lie over both."""
    text = "Cut 🎯 wait of 9 to 4 hours"
    parts = Parts(
        measure=Part(Span(6, 26), text[6:26]),
        target=Part(Span(18, 27), text[18:27]),
        unit=Part(Span(22, 27), "hours"),
    )
    pieces = segments(made(text, parts=parts), {"c0": Span(0, 8)})
    assert "".join(p["text"] for p in pieces) == text
    assert [(p["text"], p["part"]) for p in pieces if p["marks"]] == [
        ("Cut 🎯 ", None),
        ("wa", "measure"),
    ]
    assert "".join(p["text"] for p in pieces if p["part"] == "target") == text[18:27]
    assert not [p for p in pieces if p["part"] == "unit"]


@given(st.text(max_size=200))
def test_any_text_is_cut_without_loss(text: str) -> None:
    """Whatever is typed, the pieces together are the text that was read."""
    analysis = analyse(text)
    marks = {f"f{i}": f.span for i, f in enumerate(analysis.findings) if f.span}
    assert "".join(p["text"] for p in segments(analysis, marks)) == analysis.text


def test_a_reading_in_words() -> None:
    """Kind, sureness, reasons once each, what would settle it, and what is missing."""
    cue = Cue(Span(0, 3), "metric_kr", "It asks for less.", 1.0)
    other = Cue(None, "kpi", "No date.", 0.2)
    found = Finding("H05", "no-date", "error", "By when?", None, "Cut it by …")
    analysis = made(
        "Cut it", cues=(cue, cue, other), findings=(found,), question="Which?", confidence=0.72
    )
    view = reading_view(analysis)
    assert view["kind"] == "metric_key_result"
    assert (view["sure"], view["odds"]) == ("Fairly sure", "about 8 in 10")
    assert view["other"] == "kpi"
    assert [(c["words"], c["towards"]) for c in view["cues"]] == [("Cut", None), (None, "kpi")]
    assert view["missing"] == ["deadline"]
    (advice,) = view["findings"]
    assert (advice["sign"], advice["word"], advice["rewrite"]) == ("✕", "Mend", True)
    assert told_cues(analysis) == [cue, other]


def test_every_kind_has_a_role_and_a_way_to_change() -> None:
    """No kind of the analyser leaves the coach without words."""
    from okrlab.analyser import KINDS

    assert set(ROLES) == set(CHANGES) == set(KINDS)
    assert all(sure_words(n / 100)[0] for n in range(101))


def test_before_and_after_name_what_differs() -> None:
    """Words that stay are told from words that go and come; the texts stay whole."""
    before, after = compare("NPS to 45 soon", "NPS from … to 45")
    assert "".join(words for words, _ in before) == "NPS to 45 soon"
    assert "".join(words for words, _ in after) == "NPS from … to 45"
    assert "soon" in "".join(words for words, changed in before if changed)
    assert "from …" in "".join(words for words, changed in after if changed)
    assert ("NPS", False) in [(words.strip(), changed) for words, changed in after]
    long = "word " * 5_000
    assert compare(long, long + "x") == ([(long, False)], [(long + "x", False)])


# -- typing ----------------------------------------------------------------------------------------


def test_typing_is_read_and_numbered() -> None:
    """The browser learns which text the reading belongs to."""
    coach = KeyResultCoach(CountingJournal())
    assert coach.view["empty"]
    assert repr(coach) == "Key result coach: nothing written yet."
    edit(coach, CLEAR, seq=7)
    assert (coach.view["client"], coach.view["seq"]) == ("c", 7)
    assert coach.view["reading"]["kind"] == "metric_key_result"
    assert "deadline" in coach.view["reading"]["missing"]
    assert repr(coach).startswith(f"Key result coach: “{CLEAR}” reads as a metric key result; ")
    assert coach.analysis == analyse(CLEAR)
    assert coach.text == CLEAR


@pytest.mark.parametrize("text", ["نريد عملاء سعداء", "提高客户满意度", "12345", "🎯🎯"])
def test_what_cannot_be_judged_is_said_and_kept(text: str) -> None:
    """Other scripts and texts without words get no verdict, and words that say so."""
    journal = CountingJournal()
    coach = KeyResultCoach(journal)
    edit(coach, text)
    reading = coach.view["reading"]
    assert reading["kind"] is None
    assert reading["question"] == analyse(text).question
    assert reading["findings"] == []
    send(coach, "rest")
    assert KeyResultCoach(journal).text == text


def test_a_keystroke_is_answered_quickly() -> None:
    """Reading and building the view takes a small part of the 100 ms that a keystroke has."""
    coach = KeyResultCoach(CountingJournal())
    took = []
    for end in range(1, len(CLEAR)):
        start = time.perf_counter()
        edit(coach, CLEAR[:end], seq=end)
        took.append(time.perf_counter() - start)
    assert median(took) < 0.05


def test_drafts_are_saved_now_and_then_and_at_rest() -> None:
    """Not at each key, but soon; and what rests is stored."""
    journal = CountingJournal()
    coach = KeyResultCoach(journal)
    journal.saved = 0
    for n in range(20):
        edit(coach, CLEAR[: n + 5], seq=n)
    assert journal.saved == 1
    journal.clock.wait(4)
    edit(coach, CLEAR, seq=50)
    assert journal.saved == 2
    send(coach, "rest")
    edit(coach, CLEAR + " by 30 June", seq=51)
    send(coach, "rest")
    assert journal.saved == 3
    assert KeyResultCoach(journal).text == CLEAR + " by 30 June"


def test_coaches_with_other_keys_keep_other_wordings() -> None:
    """Two coaches in one notebook don't overwrite each other."""
    journal = CountingJournal()
    edit(KeyResultCoach(journal, key="one"), "First")
    edit(KeyResultCoach(journal, key="two"), "Second")
    assert KeyResultCoach(journal, key="one").text == "First"
    assert journal.draft("coach/two")["text"] == "Second"  # type: ignore[index]


# -- versions --------------------------------------------------------------------------------------


def test_using_a_wording_keeps_the_old_one() -> None:
    """The rewrite of a finding comes into the field; both wordings are in the versions."""
    journal = CountingJournal()
    coach = KeyResultCoach(journal)
    edit(coach, CLEAR)
    rewrite = next(f.rewrite for f in coach.analysis.findings if f.id == "H05")
    shown = coach.view["rewrites"]["H05"]
    assert "".join(words for words, _ in shown["after"]) == rewrite
    revision = coach.view["revision"]
    send(coach, "use", finding="H05", text=CLEAR)
    assert coach.text == rewrite
    assert coach.view["revision"] == revision + 1
    assert coach.versions == [rewrite, CLEAR]
    assert KeyResultCoach(journal).versions == [rewrite, CLEAR]


def test_a_wording_in_two_halves_loses_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first half comes into the field, the other one waits in the versions."""
    halves = Finding("H10", "compound", "warning", "Two?", None, "Cut churn\nRaise NPS")
    monkeypatch.setattr(_coach_state, "analyse", lambda text, **_: made(text, findings=(halves,)))
    coach = KeyResultCoach(CountingJournal())
    edit(coach, "Cut churn and raise NPS")
    assert coach.view["rewrites"]["H10"]["lines"] == 2
    send(coach, "use", finding="H10", text="Cut churn and raise NPS")
    assert coach.text == "Cut churn"
    assert set(coach.versions) == {"Cut churn", "Raise NPS", "Cut churn and raise NPS"}
    assert "Raise NPS" not in coach.view["say"]["text"]


def test_a_wording_for_an_older_text_replaces_nothing() -> None:
    """When the advice no longer applies, the text stays as it is and the learner is told."""
    coach = KeyResultCoach(CountingJournal())
    edit(coach, CLEAR)
    send(coach, "use", finding="H05", text="提高客户满意度")
    assert coach.text == "提高客户满意度"
    assert "Nothing was replaced" in coach.view["error"]
    assert CLEAR in coach.versions


def test_restoring_keeps_what_stood_in_the_field() -> None:
    """Every version comes back, and so can what it replaced."""
    coach = KeyResultCoach(CountingJournal())
    edit(coach, CLEAR)
    send(coach, "keep", text=CLEAR)
    send(coach, "clear", text=CLEAR + " by June")
    assert coach.text == ""
    number = next(v["id"] for v in coach.view["versions"] if v["text"] == CLEAR)
    send(coach, "restore", version=number, text="Another thought altogether")
    assert coach.text == CLEAR
    assert set(coach.versions) == {CLEAR, CLEAR + " by June", "Another thought altogether"}
    assert [v["here"] for v in coach.view["versions"] if v["text"] == CLEAR] == [True]
    send(coach, "restore", version=99, text=CLEAR)
    assert "not in the list" in coach.view["error"]


def test_writing_over_a_text_keeps_it() -> None:
    """Select all and type is no way to lose a sentence; mending a word makes no version."""
    coach = KeyResultCoach(CountingJournal())
    edit(coach, CLEAR)
    send(coach, "rest")
    mended = CLEAR.replace("9", "8")
    edit(coach, mended)
    assert coach.versions == []
    edit(coach, "O")
    edit(coach, "Op")
    assert coach.versions == [mended]


def test_deleting_bit_by_bit_keeps_it() -> None:
    """Backspace with pauses for thought loses nothing either."""
    coach = KeyResultCoach(CountingJournal())
    for end in range(1, len(CLEAR) + 1):
        edit(coach, CLEAR[:end])
    for end in range(len(CLEAR), 0, -1):
        edit(coach, CLEAR[:end])
        if end % 7 == 0:
            send(coach, "rest")
    assert CLEAR in coach.versions


def test_keeping_twice_keeps_once() -> None:
    """The same wording stands in the list once."""
    coach = KeyResultCoach(CountingJournal())
    for _ in range(2):
        send(coach, "keep", text=CLEAR)
    assert coach.versions == [CLEAR]
    assert coach.view["kept"]
    assert coach.view["say"]["text"] == "This wording is kept already."
    send(coach, "keep", text="  ")
    assert coach.versions == [CLEAR]


@pytest.mark.parametrize(
    ("before", "after", "over"),
    [
        ("Cut waiting time", "Cut waiting time by half", False),
        ("Cut waiting time", "Cut the waiting time", False),
        ("Cut waiting time", "X", True),
        ("Cut waiting time", "", True),
        ("short", "", False),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaa", False),
    ],
)
def test_what_counts_as_another_text(before: str, after: str, over: bool) -> None:
    """Half of the old text must be left at its two ends."""
    assert wrote_over(before, after) is over


def test_versions_are_bounded() -> None:
    """The oldest go first, by number and by size."""
    clock = SlowClock()
    many = Versions()
    for n in range(MOST + 5):
        many.add(f"Version {n}", clock(), "kept")
    assert len(many.kept) == MOST
    assert many.kept[-1].text == f"Version {MOST + 4}"
    assert many.find(1) is None
    large = Versions()
    for n in range(9):
        large.add("🎯" * 4_000 + str(n), clock(), "kept")
    assert len(json.dumps(large.draft())) <= MAX_JSON
    assert large.kept[-1].text.endswith("8")


# -- what stands around it -------------------------------------------------------------------------


def test_what_is_said_around_it_changes_the_advice() -> None:
    """An objective, a cycle's end, an ambition and pay are taken into account."""
    journal = CountingJournal()
    coach = KeyResultCoach(journal)
    edit(coach, CLEAR)
    before = {f.id for f in coach.analysis.findings}
    for field, value in [
        ("objective", "Customers feel heard"),
        ("cycle_end", "2026-12-31"),
        ("ambition", "stretch"),
        ("pay", "yes"),
    ]:
        send(coach, "context", field=field, value=value)
    after = {f.id for f in coach.analysis.findings}
    assert before - after >= {"H01", "H17"}
    assert "H16" in after - before
    send(coach, "rest")
    again = KeyResultCoach(journal)
    assert again.view["around"] == coach.view["around"]
    assert {f.id for f in again.analysis.findings} == after


@pytest.mark.parametrize(
    ("field", "value"),
    [("cycle_end", "31/12/2026"), ("cycle_end", "20261231"), ("ambition", "x"), ("pay", "may")],
)
def test_what_makes_no_sense_is_refused_in_words(field: str, value: str) -> None:
    """A forged or broken value changes nothing."""
    coach = KeyResultCoach(CountingJournal())
    send(coach, "context", field=field, value=value)
    assert coach.view["error"]
    assert coach.view["around"][field] == ""


def test_past_values_are_read_and_told() -> None:
    """The note says how many were read and what was left out; enough of them raise H18."""
    coach = KeyResultCoach(CountingJournal())
    edit(coach, "Leads per week from 22 to 30 by 30 June")
    send(coach, "context", field="history", value="22\n12\nabout 9\n1 200")
    note = coach.view["history"]
    assert note.startswith("Three values read. Left out, because it is no clear number: about 9.")
    assert "From 6 on" in note
    send(coach, "context", field="history", value="22 12 30 15 25 31 18 24")
    assert coach.view["history"] == "Eight values read."
    assert "H18" in {f.id for f in coach.analysis.findings}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 2 3", [1, 2, 3]),
        ("1, 2, 3", [1, 2, 3]),
        ("1 000\n2 000", [1000, 2000]),
        ("4 %\t5 %", [4, 5]),
        ("", []),
        ("x", []),
    ],
)
def test_numbers_as_they_are_pasted(text: str, values: list[float]) -> None:
    """Columns, rows and typed numbers; a space groups thousands only within a cell."""
    assert past_values(text)[0] == values


# -- what the notebook gives -----------------------------------------------------------------------


def test_the_notebooks_text_comes_in_once() -> None:
    """Running the cell again keeps what was typed since; another text keeps the typed one."""
    journal = CountingJournal()
    coach = KeyResultCoach(journal, text="Raise NPS", objective="Loved by all")
    assert coach.text == "Raise NPS"
    assert coach.view["around"]["objective"] == "Loved by all"
    edit(coach, "Raise NPS from 32 to 45")
    send(coach, "rest")
    again = KeyResultCoach(journal, text="Raise NPS", objective="Loved by all")
    assert again.text == "Raise NPS from 32 to 45"
    other = KeyResultCoach(journal, text="Cut churn", objective="Loved by all")
    assert other.text == "Cut churn"
    assert other.versions == ["Raise NPS from 32 to 45"]


def test_examples_fill_an_empty_field() -> None:
    """An example can be read and written over; it isn't kept as the learner's."""
    coach = KeyResultCoach(CountingJournal())
    send(coach, "example", number=1)
    assert coach.text == coach.view["examples"][1]
    send(coach, "clear", text=coach.text)
    assert coach.versions == []


@pytest.mark.parametrize(
    "draft",
    [
        {"text": 3, "around": [1], "versions": {"a": 1}, "given": "x"},
        {"around": {"pay": "perhaps", "cycle_end": "soon", "other": "x"}},
        {"versions": [3, {"text": "", "at": "", "why": "kept"}, {"text": "A", "why": "kept"}]},
        {"versions": [{"text": "A", "at": "2026", "why": "stolen"}], "given": [1, 2]},
    ],
)
def test_a_damaged_draft_opens_empty(draft: dict[str, object]) -> None:
    """What cannot be used is left out, and the coach works."""
    journal = CountingJournal()
    journal.save_draft("coach/coach", draft)
    coach = KeyResultCoach(journal)
    assert coach.view["error"] is None
    assert (coach.text, coach.versions) == ("", [])
    assert set(coach.view["around"].values()) == {""}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("edit", {"text": 3, "client": "c", "seq": 1}),
        ("edit", {"text": "x" * (MAX_TYPED + 1), "client": "c", "seq": 1}),
        ("edit", {"text": "x", "client": "c", "seq": "1"}),
        ("edit", {"text": "x", "client": "c" * 40, "seq": 1}),
        ("restore", {"text": "", "version": -1}),
        ("use", {"text": "", "finding": "H" * 20}),
        ("example", {"number": 99}),
        ("context", {"field": "secret", "value": "x"}),
        ("context", {"field": "objective", "value": "x" * 5_000}),
    ],
)
def test_forged_messages_change_nothing(kind: str, fields: dict[str, object]) -> None:
    """What no browser of ours sends ends in words."""
    coach = KeyResultCoach(CountingJournal(), text=CLEAR)
    send(coach, kind, **fields)
    assert coach.view["error"]
    assert coach.view["text"] in (CLEAR, fields.get("text"))
    assert CLEAR in [coach.text, *coach.versions]
