"""The lifecycle with data: the trace S1 by months, and what figures do to the guards."""

from __future__ import annotations

import math
from datetime import date

import pytest

from okrlab.errors import ModelError
from okrlab.model.indicator import Band
from okrlab.model.lifecycle import Kind, MoveRefusedError, Settle, State
from okrlab.simulation._lifecycle_facts import watch_of, worse_signal
from okrlab.simulation.lifecycle_play import ASSUMPTIONS, LEADS_TO, MOVES, Case, Play, Subject
from tests.model.lifecycle_examples import CHURN

START = date(2025, 1, 1)
MEASURE = {"owner": "Ines", "formula": "lost / all", "source": "CRM"}
FOCUS = {
    "objective": "Customers stay",
    "owner": "Ines",
    "baseline": 3.1,
    "target": 1.9,
    "due": date(2026, 9, 30),
}


def churn_case(*, before: bool = True, stops: tuple[int, ...] = tuple(range(1, 28))) -> Case:
    return Case(START, 0, stops, (Subject("churn", values=CHURN, better="down"),), before=before)


def make(play: Play, move: str, **given: object) -> Play:
    facts = play.facts("churn", move, given)  # type: ignore[arg-type]
    return play.move("churn", facts)[0]


def go_to(play: Play, month: int) -> Play:
    while play.month < month:
        play = play.on()
    return play


def test_the_trace_month_by_month() -> None:
    """Baselining 1–5, health 6–13, alert 14, key result 15–21, stabilising 22–26, health 27."""
    play = make(Play.begin(churn_case()), "define", **MEASURE)
    play = make(go_to(play, 6), "watch", upper=3.0)
    play = make(go_to(play, 12), "limits")
    watch = play.board["churn"].watch
    assert watch is not None
    assert (round(watch.lower, 2), round(watch.upper, 2)) == (1.85, 3.01)
    play = make(go_to(play, 14), "alert")
    play = make(go_to(play, 15), "focus", **FOCUS)
    play = go_to(play, 22)
    assert play.reading("churn") == pytest.approx((2.1 + 1.9 + 1.8) / 3)
    play = make(play, "reach")
    for month in range(23, 27):
        play = go_to(play, month)
        with pytest.raises(MoveRefusedError, match=f"Wait for {27 - month} more"):
            make(play, "settle", upper=2.3)
    play = make(go_to(play, 27), "settle", upper=2.3)
    watch = play.board["churn"].watch
    assert watch is not None
    assert (round(watch.lower, 2), round(watch.upper, 2), watch.points) == (1.51, 2.24, 9)
    assert [play.state_at("churn", month) for month in range(1, 28)] == [
        *[State.BASELINING] * 5,
        *[State.HEALTH] * 8,
        State.ALERT,
        *[State.KEY_RESULT] * 7,
        *[State.STABILISING] * 5,
        State.HEALTH,
    ]


def test_five_points_are_too_few_and_month_13_is_no_signal() -> None:
    """The guards read the figures, whatever people would like."""
    play = make(Play.begin(churn_case()), "define", **MEASURE)
    with pytest.raises(MoveRefusedError, match="Collect 1 more"):
        make(go_to(play, 5), "watch")
    play = make(go_to(play, 12), "watch")
    assert go_to(play, 13).signal("churn") == ""
    with pytest.raises(MoveRefusedError, match="Leave it alone"):
        make(go_to(play, 13), "alert")
    assert go_to(play, 14).signal("churn").startswith("Month 14: 3.1 lies above the upper limit")


def test_a_signal_that_is_left_alone_is_noted() -> None:
    """Going on past month 14 without an alert."""
    play = make(Play.begin(churn_case()), "define", **MEASURE)
    play = go_to(make(go_to(play, 12), "watch"), 15)
    assert len(play.missed) == 1
    assert "Month 14" in play.missed[0]


def test_a_key_result_that_outlives_its_last_day_is_noted() -> None:
    """Until somebody closes it, renews it or lets it go."""
    play = make(Play.begin(churn_case()), "define", **MEASURE)
    play = make(go_to(make(go_to(play, 12), "watch"), 14), "alert")
    play = make(go_to(play, 15), "focus", **FOCUS)
    assert go_to(play, 21).missed == ()
    late = go_to(play, 22)
    assert late.missed == (
        "churn. Its last day was 2026-09-30. Nobody closed it, renewed it or let it go.",
    )
    assert make(late, "reach").stands_out() == ()
    assert len(late.on().missed) == 2


def test_decisions_of_a_month_rest_on_the_months_before_only_where_the_case_says_so() -> None:
    """By quarters everything up to the quarter's end is known."""
    play = make(Play.begin(churn_case()), "define", **MEASURE)
    assert len(go_to(play, 9).values("churn", known=True)) == 8
    case = churn_case(before=False, stops=(3, 6, 9))
    play = make(Play.begin(case), "define", **MEASURE)
    assert play.values("churn") == ()
    assert play.on().values("churn", known=True) == CHURN[3:6]


def test_a_milestone_is_not_finished_before_it_is_done_and_leaves_a_measure() -> None:
    """Then the measure is a candidate, knows which way is better and can be measured."""
    child = Subject("finishing", values=(30.0, 35.0, 40.0), first=4, better="up", starts=None)
    guide = Subject("guide", Kind.MILESTONE, done_from=3, not_yet="Two steps are missing.")
    play = Play.begin(Case(START, 0, (1, 2, 3, 6), (guide, child)))
    promise = {"objective": "O", "owner": "Ola", "due": date(2025, 3, 31), "later": "finishing"}
    play, _ = play.move("guide", play.facts("guide", "promise", promise))
    done = {"evidence": "All have seen it"}
    with pytest.raises(ModelError, match="Two steps are missing"):
        play.on().move("guide", play.facts("guide", "finish", done))
    play = play.on().on()
    play, record = play.move("guide", play.facts("guide", "finish", done))
    assert record.spawned == "finishing"
    work = play.board["finishing"]
    assert (work.state, work.better) == (State.CANDIDATE, "up")
    assert play.state_at("finishing", 2) is None
    play, _ = play.move("finishing", play.facts("finishing", "define", MEASURE))
    assert play.on().values("finishing") == (30.0, 35.0, 40.0)


def test_normal_points_count_after_the_alert() -> None:
    """Three inside limits and band; a bad one starts the count afresh."""
    values = (1.0, 1.2, 0.9, 1.1, 1.3, 1.0, 9.0, 1.1, 1.0, 1.2)
    subject = Subject("out", values=values, better="down", starts=State.HEALTH, band=Band(upper=3))
    play = Play.begin(Case(START, 6, (7, 8, 9, 10), (subject,)))
    assert play.outside("out") == 9.0
    play, _ = play.move("out", play.facts("out", "alert", {}))
    assert play.normal_points("out") == 0
    play = play.on().on()
    assert play.normal_points("out") == 2
    facts = play.facts("out", "close", {"cause": "A pump"})
    with pytest.raises(MoveRefusedError, match="Wait for 1 more"):
        play.move("out", facts)
    play = play.on()
    play, _ = play.move("out", play.facts("out", "close", {"cause": "A pump"}))
    assert play.board["out"].state is State.HEALTH
    assert play.stands_out() == ()


@pytest.mark.parametrize(
    ("values", "better", "says"),
    [
        ((5.0,) * 6 + (5.4,) * 8, "down", "Months 7 to 14: 8 in a row above the centre"),
        ((5.0,) * 6 + (5.4,) * 8, "up", ""),
        ((5.0,) * 6 + (6.5, 6.6, 6.5), "down", "three of four"),
        ((5.0,) * 6 + (9.0,), None, "Month 7: 9 lies above the upper limit 7"),
        ((5.0,) * 6 + (1.0,), "down", ""),
    ],
)
def test_only_the_worse_side_is_a_signal(
    values: tuple[float, ...], better: str | None, says: str
) -> None:
    """In words, with months."""
    from okrlab.model.lifecycle import Watch

    watch = Watch(5.0, 3.0, 7.0, 12)
    found = worse_signal(values, watch, better, first=1, since=7)  # type: ignore[arg-type]
    assert says in found
    assert bool(found) is bool(says)


def test_limits_need_two_points() -> None:
    """Fewer give none, a gap is no point."""
    assert watch_of((1.0,)) is None
    assert watch_of(()) is None
    found = watch_of((1.0, 2.0, math.nan, 2.0))
    assert found is not None
    assert found.points == 3


def test_months_and_days() -> None:
    """Over the year's end, both ways; the end of February."""
    case = churn_case()
    assert case.end_of(14) == date(2026, 2, 28)
    for month in range(1, 40):
        assert case.month_of(case.end_of(month)) == month


def test_guards_are_listed_whether_they_hold_or_not() -> None:
    """From a wrong state there is one only."""
    play = Play.begin(churn_case())
    [wrong] = play.guards("churn", Settle())
    assert wrong.name == "state"
    held = play.guards("churn", play.facts("churn", "define", {"owner": "Ines"}))
    assert [g.holds for g in held] == [True, True, False, False]


def test_after_the_last_stop_there_is_none() -> None:
    """In words."""
    with pytest.raises(ModelError, match="Start again"):
        Play.begin(churn_case(stops=(1,))).on()


def test_every_move_has_a_name_and_a_lane_and_the_toy_says_what_it_assumes() -> None:
    """The names cover the model's moves."""
    from okrlab.model.lifecycle import MOVES as ALL

    assert set(MOVES.values()) == set(ALL)
    assert set(LEADS_TO) == set(MOVES)
    assert "invented" in ASSUMPTIONS[0]
