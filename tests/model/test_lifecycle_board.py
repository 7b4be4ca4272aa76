"""Several pieces of work beside each other: room, what comes first, what a milestone leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from okrlab.errors import ModelError
from okrlab.model.lifecycle import (
    Board,
    CloseAlert,
    Define,
    Finish,
    MakeKeyResult,
    MoveRefusedError,
    Promise,
    PromiseMilestone,
    RaiseAlert,
    State,
    Work,
)
from tests.model.lifecycle_examples import PROMISE, WATCH, churn, milestone

UPTIME = replace(churn(State.HEALTH, critical=True), name="uptime")


def test_a_finished_milestone_leaves_a_measure_to_watch() -> None:
    """It joins the board as a candidate and can be defined there."""
    board = Board((milestone(State.KEY_RESULT),))
    board, record = board.move("automation live", Finish("First campaign ran on it"), "week 9")
    assert record.spawned == "cost per lead"
    assert "is to be measured now" in record.because
    assert board["automation live"].state is State.RETIRED
    assert (board["cost per lead"].state, board["cost per lead"].owner) == (
        State.CANDIDATE,
        "Ola",
    )
    board, _ = board.move("cost per lead", Define("Ola", "spend / leads", "ledger"), "week 10")
    assert board["cost per lead"].state is State.BASELINING


def test_a_measure_that_is_watched_already_is_not_spawned_again() -> None:
    """The record says so."""
    watched = replace(churn(State.HEALTH), name="cost per lead")
    board = Board((milestone(State.KEY_RESULT), watched))
    after, record = board.move("automation live", Finish("It runs"), "week 9")
    assert record.spawned is None
    assert "is watched already" in record.because
    assert after["cost per lead"] == watched


def test_a_retired_measure_starts_afresh_when_a_milestone_needs_it() -> None:
    """Nobody measures it, so it is spawned."""
    retired = replace(churn(State.RETIRED), name="cost per lead")
    board, record = Board((retired, milestone(State.KEY_RESULT))).move(
        "automation live", Finish("It runs"), "week 9"
    )
    assert record.spawned == "cost per lead"
    assert board["cost per lead"].state is State.CANDIDATE
    assert len(board.works) == 2


def test_a_critical_alert_makes_key_results_wait() -> None:
    """They are named in the record, and go on when the alert is closed."""
    board = Board((churn(State.KEY_RESULT), UPTIME))
    assert board.waiting == ()
    board, record = board.move("uptime", RaiseAlert(signal="Down for an hour."), "week 3")
    assert record.waiting == board.waiting == ("churn",)
    assert [work.name for work in board.by_urgency] == ["uptime", "churn"]
    board, _ = board.move("uptime", CloseAlert(True, 3), "week 7")
    assert board.waiting == ()
    assert [record.when for record in board.records] == ["week 3", "week 7"]


def test_an_ordinary_alert_makes_nothing_wait() -> None:
    """Only what is critical pre-empts."""
    board = Board((churn(State.KEY_RESULT), replace(UPTIME, critical=False)))
    board, record = board.move("uptime", RaiseAlert(signal="Slow."), "week 3")
    assert record.waiting == board.waiting == ()


def test_no_new_focus_while_something_critical_is_open_but_on_that_itself() -> None:
    """The critical measure may become a key result; another may not, nor a milestone."""
    alerted = replace(UPTIME, state=State.ALERT)
    board = Board((churn(State.HEALTH), alerted, milestone()))
    with pytest.raises(MoveRefusedError, match="Critical and in alert: uptime"):
        board.move("churn", MakeKeyResult(PROMISE), "week 4")
    promise = Promise(objective="Grow", due=date(2026, 9, 30), owner="Ola")
    failed = board.refusals("automation live", PromiseMilestone(promise, "cost per lead"))
    assert [guard.name for guard in failed] == ["nothing critical is in alert"]
    board, _ = board.move("uptime", MakeKeyResult(replace(PROMISE, objective="Trust")), "week 4")
    assert board["uptime"].state is State.KEY_RESULT
    assert board.waiting == ()


def test_five_key_results_are_the_most_for_an_objective() -> None:
    """Counted by objective, whatever its capitals; another objective has room."""
    five = tuple(replace(churn(State.KEY_RESULT), name=f"measure {i}") for i in range(5))
    board = Board((*five, churn(State.HEALTH)))
    shouted = replace(PROMISE, objective=PROMISE.objective.upper() + " ")
    with pytest.raises(MoveRefusedError, match="5 key results already"):
        board.move("churn", MakeKeyResult(shouted), "week 1")
    board, _ = board.move("churn", MakeKeyResult(replace(PROMISE, objective="Trust")), "week 1")
    assert board["churn"].state is State.KEY_RESULT


def test_a_fifth_key_result_has_room() -> None:
    """Four beside it are not too many."""
    four = tuple(replace(churn(State.KEY_RESULT), name=f"measure {i}") for i in range(4))
    assert Board((*four, churn(State.HEALTH))).refusals("churn", MakeKeyResult(PROMISE)) == ()


def test_a_refused_move_leaves_the_board_as_it_was() -> None:
    """No record, no change."""
    board = Board((churn(State.HEALTH),))
    with pytest.raises(MoveRefusedError):
        board.move("churn", RaiseAlert(value=2.5), "month 3")
    assert board == Board((churn(State.HEALTH),))


def test_urgency_orders_the_board() -> None:
    """Critical alert, alert, key result, stabilising, health, baselining, candidate, retired."""
    states = list(reversed(State))
    works = [replace(churn(state), name=state.value) for state in states]
    board = Board((*works, replace(UPTIME, state=State.ALERT)))
    assert [work.name for work in board.by_urgency] == [
        *("uptime", "alert", "key_result", "stabilising"),
        *("health", "baselining", "candidate", "retired"),
    ]


def test_names_are_unique_and_known() -> None:
    """Both messages name the work."""
    with pytest.raises(ModelError, match="twice: churn"):
        Board((churn(State.HEALTH),)).add(churn(State.ALERT))
    with pytest.raises(ModelError, match="“leads” is not on the board"):
        Board((churn(State.HEALTH),))["leads"]
    assert Board().add(Work("leads"))["leads"].watch is None
    assert WATCH.band is not None
