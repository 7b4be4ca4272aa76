"""OkrSetBuilder without a browser: lines, roles, undo, paste, export, drafts."""

from __future__ import annotations

import json
import time
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.analyser import Analysis, Finding, Parts
from okrlab.interop.okr_set import MAX_LINES, MAX_TEXT, read_pasted
from okrlab.widgets import OkrSetBuilder, _okr_set_view
from okrlab.widgets._okr_set_parts import Undo
from okrlab.widgets._okr_set_state import MAX_JSON, MAX_OBJECTIVES, SetState
from tests.widgets.coach_examples import CLEAR, CountingJournal, send

METRIC = "Cut first-reply time from 9 to 4 hours by 30 June"


def lines(builder: OkrSetBuilder, role: str = "key_result") -> list[dict[str, Any]]:
    """The lines of a list as the browser sees them."""
    return next(found["lines"] for found in builder.view["lists"] if found["role"] == role)


def texts(builder: OkrSetBuilder, role: str = "key_result") -> list[str]:
    """Their words."""
    return [line["text"] for line in lines(builder, role)]


def add(builder: OkrSetBuilder, text: str, role: str = "key_result") -> str:
    """Add a line; returns its id."""
    send(builder, "add", role=role, text=text)
    return str(lines(builder, role)[-1]["id"])


def objective(builder: OkrSetBuilder, text: str) -> None:
    """Write the objective that is shown."""
    send(builder, "edit", id=builder.view["current"], text=text)


def filled(journal: CountingJournal | None = None) -> OkrSetBuilder:
    """An objective with three lines."""
    builder = OkrSetBuilder(journal or CountingJournal())
    objective(builder, "Customers feel heard")
    add(builder, METRIC)
    add(builder, "Tickets per week", "kpi")
    add(builder, "Complaints stay under 2 %", "health_metric")
    return builder


# -- writing ---------------------------------------------------------------------------------------


def test_an_empty_builder_says_so_and_offers_an_example() -> None:
    """The example fills the lists, and only an empty builder."""
    builder = OkrSetBuilder(CountingJournal())
    assert builder.view["empty"]
    assert builder.view["set"] == {"counts": "", "findings": []}
    assert repr(builder) == "OKR set: nothing written yet."
    send(builder, "example")
    assert len(texts(builder)) == 3
    send(builder, "example")
    assert len(texts(builder)) == 3


def test_what_is_written_is_kept_and_comes_back() -> None:
    """Lines, their roles and order, the cycle and pay."""
    journal = CountingJournal()
    builder = filled(journal)
    send(builder, "context", field="cycle_end", value="2026-12-31")
    send(builder, "context", field="pay", value="no")
    again = OkrSetBuilder(journal)
    assert again.sets == builder.sets
    assert (again.view["cycle_end"], again.view["pay"]) == ("2026-12-31", "no")
    assert repr(again) == ("OKR set. “Customers feel heard”: 1 key result, 1 KPI, 1 health metric.")


def test_typing_is_saved_now_and_then_and_at_rest() -> None:
    """Not at each key, but soon; and what rests is stored."""
    journal = CountingJournal()
    builder = filled(journal)
    name = lines(builder)[0]["id"]
    journal.saved = 0
    for n in range(10):
        send(builder, "edit", id=name, text=METRIC + "!" * n)
    assert journal.saved == 0
    send(builder, "rest")
    assert journal.saved == 1
    assert texts(OkrSetBuilder(journal)) == [METRIC + "!" * 9]


def test_lines_go_up_and_down_within_their_list() -> None:
    """Lines of other lists in between don't count, and ends are ends."""
    builder = OkrSetBuilder(CountingJournal())
    add(builder, "One")
    add(builder, "Watch", "kpi")
    last = add(builder, "Two")
    send(builder, "move", id=last, to="up")
    assert texts(builder) == ["Two", "One"]
    assert builder.view["say"]["text"] == "Now 1 of 2."
    send(builder, "move", id=last, to="up")
    assert texts(builder) == ["Two", "One"]
    send(builder, "move", id=last, to="down")
    assert texts(builder) == ["One", "Two"]


def test_a_removed_line_comes_back_to_its_place() -> None:
    """Also after a restart; an empty line leaves without a trace."""
    journal = CountingJournal()
    builder = OkrSetBuilder(journal)
    names = [add(builder, text) for text in ("One", "Two", "Three")]
    send(builder, "remove", id=names[1])
    assert builder.view["undo"] == {"what": "“Two” removed", "place": "key_result"}
    again = OkrSetBuilder(journal)
    send(again, "undo")
    assert texts(again) == ["One", "Two", "Three"]
    assert again.view["undo"] is None
    send(again, "edit", id=names[0], text=" ")
    send(again, "remove", id=names[0])
    assert again.view["undo"] is None
    send(again, "undo")
    assert again.view["say"]["text"] == "There is nothing to undo."


def test_an_objective_comes_back_with_its_lines() -> None:
    """The last objective leaves an empty one behind, which gives way again."""
    builder = filled()
    before = builder.sets
    send(builder, "remove_objective", id=builder.view["current"])
    assert builder.view["empty"]
    assert builder.view["undo"]["place"] == "top"
    send(builder, "undo")
    assert builder.sets == before
    assert len(builder.view["objectives"]) == 1


def test_five_objectives_are_the_most() -> None:
    """The sixth is refused with a reason; each has its own lines."""
    builder = filled()
    for n in range(2, MAX_OBJECTIVES + 1):
        send(builder, "add_objective")
        objective(builder, f"Objective {n}")
        add(builder, f"Line of {n}")
    assert not builder.view["more"]
    send(builder, "add_objective")
    assert "5 objectives" in builder.view["error"]
    assert len(builder.view["objectives"]) == MAX_OBJECTIVES
    send(builder, "show", id=builder.view["objectives"][1]["id"])
    assert texts(builder) == ["Line of 2"]
    send(builder, "remove_objective", id=builder.view["current"])
    send(builder, "add_objective")
    objective(builder, "In its place")
    send(builder, "undo")
    assert "no room" in builder.view["error"]
    assert builder.view["undo"] is not None


# -- roles -----------------------------------------------------------------------------------------


def test_a_line_in_another_list_is_asked_about_kindly() -> None:
    """The question goes when the line is moved there."""
    builder = OkrSetBuilder(CountingJournal())
    name = add(builder, METRIC, "kpi")
    doubt = lines(builder, "kpi")[0]["doubt"]
    assert doubt["words"] == "This reads like a metric key result."
    assert (doubt["to"], doubt["move"], doubt["stay"]) == (
        "key_result",
        "Move it to the key results",
        "Leave it with the KPIs",
    )
    assert lines(builder, "kpi")[0]["findings"] == []
    send(builder, "role", id=name, role="key_result")
    assert lines(builder)[0]["doubt"] is None


def test_the_learner_decides() -> None:
    """A line that stays isn't asked about again, also after a restart; a new wording is."""
    journal = CountingJournal()
    builder = OkrSetBuilder(journal)
    name = add(builder, METRIC, "health_metric")
    send(builder, "stay", id=name)
    assert lines(builder, "health_metric")[0]["doubt"] is None
    assert lines(OkrSetBuilder(journal), "health_metric")[0]["doubt"] is None
    assert builder.view["set"]["counts"] == "0 key results, 0 KPIs, 1 health metric"


def made(kind: str | None, confidence: float = 0.9, **changes: Any) -> Analysis:
    """A reading made by hand."""
    fields = {"cues": (), "parts": Parts(), "findings": (), **changes}
    return Analysis("x", kind, confidence, "kpi", **fields)  # type: ignore[arg-type]


def test_a_task_has_no_list_and_an_unsure_reading_raises_no_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the analyser is unsure it asks its question instead."""
    builder = OkrSetBuilder(CountingJournal())
    monkeypatch.setattr(_okr_set_view, "read", lambda *_: made("task"))
    add(builder, "Call people")
    doubt = lines(builder)[0]["doubt"]
    assert doubt["to"] is None
    assert "What will be different" in doubt["words"]
    monkeypatch.setattr(_okr_set_view, "read", lambda *_: made("kpi", 0.5, question="Which?"))
    builder.refresh()
    (line,) = lines(builder)
    assert line["doubt"] is None
    assert [f["advice"] for f in line["findings"]] == ["Which?"]
    monkeypatch.setattr(
        _okr_set_view, "read", lambda *_: made(None, question="English only, so not judged.")
    )
    builder.refresh()
    (line,) = lines(builder)
    assert line["reads"] == {"kind": None, "sure": None, "why": "English only, so not judged."}
    assert line["findings"] == []


def test_the_most_important_advice_comes_first_and_can_be_used() -> None:
    """Errors before questions; a better wording comes into the line and can be undone."""
    builder = OkrSetBuilder(CountingJournal())
    objective(builder, "Customers feel heard")
    name = add(builder, CLEAR)
    findings = lines(builder)[0]["findings"]
    assert findings[0]["id"] == "H05"
    send(builder, "use", id=name, finding="H05")
    assert texts(builder) == [findings[0]["rewrite"]]
    send(builder, "undo")
    assert texts(builder) == [CLEAR]
    send(builder, "use", id=name, finding="H99")
    assert "doesn't fit" in builder.view["error"]


def test_a_wording_of_two_lines_is_not_offered_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Advice with a rewrite that splits the line comes without the rewrite."""
    found = Finding("H10", "compound", "warning", "Two?", None, "A\nB")
    monkeypatch.setattr(_okr_set_view, "read", lambda *_: made("metric_kr", findings=(found,)))
    builder = OkrSetBuilder(CountingJournal())
    add(builder, "A and B")
    assert lines(builder)[0]["findings"][0]["rewrite"] is None


def test_the_missing_objective_is_said_once() -> None:
    """With the set, not again with each line."""
    builder = OkrSetBuilder(CountingJournal())
    add(builder, METRIC)
    assert "H01" not in [f["id"] for f in lines(builder)[0]["findings"]]
    assert builder.view["set"]["findings"][0]["id"] == "H01"
    objective(builder, "Customers feel heard")
    assert "H01" not in [f["id"] for f in builder.view["set"]["findings"]]


def test_the_set_is_checked_as_it_was_decided() -> None:
    """Counts, a guardrail and the question whether all of it would be enough."""
    builder = filled()
    told = {f["id"] for f in builder.view["set"]["findings"]}
    assert told >= {"H21", "H22"}
    assert builder.view["set"]["counts"] == "1 key result, 1 KPI, 1 health metric"
    add(builder, "NPS from 32 to 45 by 30 June")
    add(builder, METRIC)
    advice = " ".join(f["advice"] for f in builder.view["set"]["findings"])
    assert "look at the same measure" in advice
    assert "cynic" not in advice


def test_an_objective_with_a_number_is_told_where_the_number_goes() -> None:
    """Kindly, and beside the objective."""
    builder = OkrSetBuilder(CountingJournal())
    objective(builder, METRIC)
    assert "put the number into a key result" in builder.view["note"]


# -- pasting ---------------------------------------------------------------------------------------


def test_a_paste_is_shown_before_it_is_taken() -> None:
    """Nothing changes until the learner says so, and only what is ticked is taken."""
    builder = filled()
    before = builder.sets
    send(builder, "paste", text=f"KPI: Calls per day\n{METRIC}\nJunk")
    paste = builder.view["paste"]
    assert [(x["text"], x["to"]) for x in paste["lines"][:2]] == [
        ("Calls per day", "kpi"),
        (METRIC, "key_result"),
    ]
    assert builder.sets == before
    send(builder, "take", lines=[0, 1])
    assert builder.view["paste"] is None
    assert texts(builder, "kpi") == ["Tickets per week", "Calls per day"]
    assert texts(builder)[-1] == METRIC
    send(builder, "undo")
    assert builder.sets == before
    send(builder, "paste", text="A")
    send(builder, "cancel_paste")
    assert builder.view["paste"] is None
    assert builder.sets == before


def test_pasted_objectives_become_objectives() -> None:
    """An empty one is filled first, known ones are found again, and room is bounded in words."""
    builder = OkrSetBuilder(CountingJournal())
    rows = [f"Objective {n}\tLine {n}" for n in range(MAX_OBJECTIVES + 2)]
    send(builder, "paste", text="\n".join(["Objective\tKey result", *rows]))
    assert "7 objectives are more than the 5" in builder.view["paste"]["notes"][0]
    send(builder, "take", lines=list(range(7)))
    assert [s.objective for s in builder.sets] == [f"Objective {n}" for n in range(5)]
    assert builder.view["left_out"].startswith("Five lines added.")
    assert "Two lines had no room" in builder.view["left_out"]
    send(builder, "paste", text="# objective 3\n- Another line")
    send(builder, "take", lines=[0])
    assert len(builder.sets) == MAX_OBJECTIVES
    assert len(builder.sets[3].lines) == 2
    assert builder.view["objective"] == "Objective 3"
    assert builder.view["left_out"] == ""


def test_two_hundred_lines_are_the_most() -> None:
    """Of a longer paste the rest is counted, and a full set takes no more."""
    builder = OkrSetBuilder(CountingJournal())
    send(builder, "paste", text="\n".join(f"Line {n}" for n in range(MAX_LINES + 3)))
    assert "Three further lines left out" in builder.view["paste"]["notes"][0]
    send(builder, "take", lines=list(range(MAX_LINES)))
    assert sum(len(s.lines) for s in builder.sets) == MAX_LINES
    send(builder, "add", role="kpi", text="One more")
    assert "room for 200 lines" in builder.view["error"]


def test_a_full_set_still_answers() -> None:
    """With 200 lines an edit is answered in well under a second."""
    builder = OkrSetBuilder(CountingJournal())
    send(builder, "paste", text="\n".join(f"{METRIC} in region {n}" for n in range(MAX_LINES)))
    send(builder, "take", lines=list(range(MAX_LINES)))
    name = lines(builder)[0]["id"]
    took = []
    for n in range(5):
        start = time.perf_counter()
        send(builder, "edit", id=name, text=f"{METRIC} now {n}")
        took.append(time.perf_counter() - start)
    assert median(took) < 1


# -- taking away -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "name"),
    [("markdown", "okr-set.md"), ("csv", "okr-set.csv"), ("json", "okr-set.json")],
)
def test_the_files_text_comes_on_request(form: str, name: str) -> None:
    """Not before, and it is what Python gives; it can be pasted again."""
    builder = filled()
    assert builder.view["export"] is None
    send(builder, "export", format=form)
    file = builder.view["export"]
    assert file["name"] == name
    assert file["text"] == builder.export(form)  # type: ignore[arg-type]
    assert {line.text for line in read_pasted(file["text"]).lines} == {
        line.text for line in builder.sets[0].lines
    }
    send(builder, "export", format="")
    assert builder.view["export"] is None


# -- untrusted -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("edit", {"id": "l99", "text": "x"}),
        ("edit", {"id": "o99", "text": "x"}),
        ("edit", {"id": "l2", "text": "x" * (MAX_TEXT + 1)}),
        ("edit", {"id": 3, "text": "x"}),
        ("add", {"role": "task", "text": "x"}),
        ("add", {"role": ["kpi"], "text": "x"}),
        ("move", {"id": "l2", "to": "left"}),
        ("role", {"id": "l2", "role": "objective"}),
        ("context", {"field": "cycle_end", "value": "soon"}),
        ("context", {"field": "pay", "value": "perhaps"}),
        ("show", {"id": "o99"}),
        ("take", {"lines": [0]}),
        ("export", {"format": "exe"}),
        ("paste", {"text": "x" * 300_000}),
    ],
)
def test_forged_messages_change_nothing(kind: str, fields: dict[str, object]) -> None:
    """What no browser of ours sends ends in words."""
    builder = filled()
    before = builder.sets
    send(builder, kind, **fields)
    assert builder.view["error"]
    assert builder.sets == before


def test_a_take_with_nonsense_takes_nothing() -> None:
    """Numbers that are no lines are passed over."""
    builder = filled()
    before = builder.sets
    send(builder, "paste", text="A\nB")
    send(builder, "take", lines=[7, -1, "0", None, 10**9])
    assert "No line is ticked" in builder.view["error"]
    assert builder.sets == before


DAMAGED: list[Any] = [
    {"objectives": 3, "undo": "x", "current": 7, "cycle_end": "soon", "pay": "perhaps"},
    {"objectives": [{"id": "x", "text": "A"}, None, {"id": "o1", "lines": [{"role": "task"}]}]},
    {"undo": [{"what": "x", "do": "explode"}, {"do": "insert"}]},
]


@pytest.mark.parametrize("draft", DAMAGED)
def test_a_damaged_draft_opens_empty(draft: dict[str, Any]) -> None:
    """What cannot be used is left out, and the builder works."""
    journal = CountingJournal()
    journal.save_draft("okr-set", draft)
    builder = OkrSetBuilder(journal)
    assert builder.view["error"] is None
    assert builder.view["empty"]
    add(builder, METRIC)
    assert texts(builder) == [METRIC]


def test_half_a_damaged_draft_is_saved() -> None:
    """One broken objective doesn't take the others with it."""
    state = SetState()
    state.here.text = "Kept"
    state.add_line("kpi", "Seats")
    draft = state.draft()
    draft["objectives"].insert(0, {"id": "o7", "text": 3})
    restored = SetState.restore(draft)
    assert [s.objective for s in restored.sets()] == ["Kept"]
    assert restored.new_id("l") not in [x.id for x in restored.here.lines]


def test_a_draft_stays_small_enough_to_be_stored() -> None:
    """What could be undone longest ago is forgotten first; what is written never is."""
    state = SetState()
    for _ in range(MAX_LINES // 10):
        state.add_line("kpi", "🎯" * 900)
    for _ in range(20):
        state.push(Undo("Other wording", "text", text="🎯" * 1_900))
    draft = state.draft()
    assert len(json.dumps(draft)) <= MAX_JSON
    assert 0 < len(draft["undo"]) < 20
    assert SetState.restore(draft).count == MAX_LINES // 10


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(["key_result", "kpi"]), st.text(max_size=8)),
        st.tuples(st.just("remove"), st.integers(0, 6), st.none()),
        st.tuples(st.just("move"), st.integers(0, 6), st.sampled_from([-1, 1])),
        st.tuples(st.just("objective"), st.none(), st.none()),
        st.tuples(st.just("drop"), st.integers(0, 6), st.none()),
        st.tuples(st.just("undo"), st.none(), st.none()),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(STEPS)
def test_any_order_of_steps_keeps_the_set_whole(steps: list[tuple[str, Any, Any]]) -> None:
    """Ids stay unique, one objective is shown, a draft gives the same sets, all can be undone."""
    state = SetState()
    for name, one, two in steps:
        rows = [line.id for o in state.objectives for line in o.lines]
        if name == "add":
            state.add_line(one, two)
        elif name == "remove" and rows:
            state.remove_line(rows[one % len(rows)])
        elif name == "move" and rows:
            state.move_line(rows[one % len(rows)], two)
        elif name == "objective" and len(state.objectives) < MAX_OBJECTIVES:
            state.add_objective()
        elif name == "drop":
            state.remove_objective(state.objectives[one % len(state.objectives)].id)
        elif name == "undo" and len(state.objectives) < MAX_OBJECTIVES:
            state.take_back()
        ids = [o.id for o in state.objectives]
        ids += [line.id for o in state.objectives for line in o.lines]
        assert len(set(ids)) == len(ids)
        assert state.here in state.objectives
        restored = SetState.restore(json.loads(json.dumps(state.draft())))
        assert restored.sets() == state.sets()
        assert restored.here.id == state.here.id
