"""Work moves between states; every illegal move says which guard failed and what would do."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.model import Ambition, Band, Role
from okrlab.model.lifecycle import (
    ASSUMPTIONS,
    MOVES,
    Around,
    CloseAlert,
    Define,
    Ending,
    Facts,
    Finish,
    LetGo,
    MakeKeyResult,
    MoveRefusedError,
    Promise,
    PromiseMilestone,
    RaiseAlert,
    Reach,
    Renew,
    Retire,
    SetLimits,
    Settle,
    StartWatching,
    State,
    Watch,
    Work,
    favourable_run,
    move,
    moves_from,
    refusals,
)
from tests.model.lifecycle_examples import PROMISE, WATCH, churn, milestone

NEW_WATCH = Watch(centre=1.88, lower=1.51, upper=2.24, points=9, band=Band(upper=2.3))
NEXT = {"baseline": 2.4, "target": 1.9, "due": date(2026, 12, 31)}
M_PROMISE = Promise(objective="Grow sustainably", due=date(2026, 9, 30), owner="Ola")

LEGAL: list[tuple[Work, Facts, State]] = [
    (churn(State.CANDIDATE), Define("Ines", "lost / all", "CRM"), State.BASELINING),
    (churn(State.BASELINING), StartWatching(6, replace(WATCH, points=6)), State.HEALTH),
    (churn(State.HEALTH), SetLimits(NEW_WATCH, "a new price list"), State.HEALTH),
    (churn(State.HEALTH), RaiseAlert(signal="Above the limit."), State.ALERT),
    (churn(State.HEALTH), RaiseAlert(value=3.1), State.ALERT),
    (churn(State.ALERT), CloseAlert(True, 3), State.HEALTH),
    (churn(State.ALERT), MakeKeyResult(PROMISE), State.KEY_RESULT),
    (churn(State.HEALTH), MakeKeyResult(PROMISE), State.KEY_RESULT),
    (churn(State.KEY_RESULT), Reach(2.2), State.STABILISING),
    (churn(State.KEY_RESULT), Renew(True, True, **NEXT), State.KEY_RESULT),  # type: ignore[arg-type]
    (churn(State.KEY_RESULT), LetGo("Price was not the cause."), State.HEALTH),
    (churn(State.STABILISING), Settle(8, NEW_WATCH), State.HEALTH),
    (churn(State.STABILISING), RaiseAlert(signal="Back above the limit."), State.ALERT),
    (churn(State.HEALTH), Retire(why="We sell no subscriptions any more."), State.RETIRED),
    (milestone(), PromiseMilestone(M_PROMISE, "cost per lead"), State.KEY_RESULT),
    (milestone(State.KEY_RESULT), Finish("First campaign ran on it"), State.RETIRED),
    (milestone(State.KEY_RESULT), LetGo("Too early for us."), State.CANDIDATE),
    (
        milestone(State.KEY_RESULT),
        Renew(True, True, due=date(2026, 12, 31)),
        State.KEY_RESULT,
    ),
]


@pytest.mark.parametrize(("work", "facts", "after"), LEGAL)
def test_legal_moves(work: Work, facts: Facts, after: State) -> None:
    """The state afterwards, and a record that names the move, both states and the facts."""
    moved, record = move(work, facts, "month 5")
    assert moved.state is after
    assert (record.when, record.work, record.move) == ("month 5", work.name, facts.title)
    assert (record.before, record.after) == (work.state, after)
    assert record.because
    assert "None" not in record.because
    assert type(facts) in moves_from(work)
    assert refusals(work, facts) == ()


def test_every_kind_of_move_is_tried() -> None:
    """The table above leaves none out."""
    assert {type(facts) for _, facts, _ in LEGAL} == set(MOVES)


ILLEGAL: list[tuple[Work, Facts, list[str], str]] = [
    (churn(State.CANDIDATE), Define("Ines", " ", ""), ["formula", "source"], "how the number"),
    (milestone(), Define("A", "b", "c"), ["it is a measure"], "promise it instead"),
    (
        churn(State.BASELINING),
        StartWatching(4),
        ["at least 6 points", "limits"],
        "Collect 2 more",
    ),
    (
        churn(State.BASELINING),
        StartWatching(9, replace(WATCH, points=5)),
        ["at least 6 points"],
        "Collect 1 more",
    ),
    (churn(State.HEALTH), SetLimits(NEW_WATCH), ["a reason"], "what has changed in the process"),
    (churn(State.HEALTH), SetLimits(), ["new limits", "a reason"], "from the points"),
    (
        churn(State.HEALTH),
        RaiseAlert(value=2.9),
        ["a signal, or outside the band"],
        "Leave it alone",
    ),
    (
        churn(State.HEALTH),
        RaiseAlert(value=math.nan),
        ["a signal, or outside the band"],
        "Wait for a signal",
    ),
    (
        churn(State.ALERT),
        CloseAlert(False, 1),
        ["the cause is fixed", "3 normal points"],
        "Wait for 2 more",
    ),
    (
        churn(State.HEALTH),
        MakeKeyResult(Promise()),
        ["objective", "from a baseline to a target", "date", "owner"],
        "by which day",
    ),
    (
        churn(State.HEALTH),
        MakeKeyResult(replace(PROMISE, target=None)),
        ["from a baseline to a target"],
        "The target is missing",
    ),
    (
        churn(State.HEALTH),
        MakeKeyResult(replace(PROMISE, target=3.1)),
        ["from a baseline to a target"],
        "is no change",
    ),
    (milestone(), PromiseMilestone(M_PROMISE), ["measure to move later"], "Name the measure"),
    (
        milestone(),
        PromiseMilestone(M_PROMISE, "automation live"),
        ["the measure is something else"],
        "change in numbers",
    ),
    (
        churn(State.CANDIDATE),
        PromiseMilestone(M_PROMISE, "revenue"),
        ["it is a milestone"],
        "start measuring",
    ),
    (churn(State.KEY_RESULT), Reach(), ["met by its ambition"], "read as agreed"),
    (churn(State.KEY_RESULT), Reach(2.5), ["met by its ambition"], "what was learnt"),
    (
        milestone(State.KEY_RESULT),
        Reach(1.0),
        ["it is a measure", "met by its ambition"],
        "with its evidence",
    ),
    (milestone(State.KEY_RESULT), Finish(" "), ["evidence"], "somebody else can see"),
    (churn(State.KEY_RESULT), Finish("done"), ["it is a milestone"], "Close it as met"),
    (
        churn(State.KEY_RESULT),
        Renew(),
        ["the period is over", "it is still a priority", "date", "from a baseline to a target"],
        "Let it go",
    ),
    (
        churn(State.KEY_RESULT),
        Renew(True, True, 2.4, 1.9, PROMISE.due),
        ["a later date"],
        "next period",
    ),
    (churn(State.KEY_RESULT), LetGo(), ["learning"], "what was learnt"),
    (
        churn(State.STABILISING),
        Settle(7, WATCH),
        ["8 points on the better side", "new limits"],
        "Wait for 1 more",
    ),
    (
        churn(State.STABILISING),
        Settle(8, replace(NEW_WATCH, band=None)),
        ["a band"],
        "in which range",
    ),
    (churn(State.STABILISING), Settle(8), ["new limits"], "at least 6 points"),
    (
        churn(State.KEY_RESULT),
        Retire(Ending.TARGET_HIT, "We did it."),
        ["the aspect no longer matters"],
        "Close it as met and go on watching",
    ),
    (
        churn(State.HEALTH),
        Retire(Ending.ALWAYS_FINE),
        ["the aspect no longer matters", "explanation"],
        "look less often",
    ),
]


@pytest.mark.parametrize(("work", "facts", "failed", "says"), ILLEGAL)
def test_illegal_moves_say_which_guard_failed_and_what_would_do(
    work: Work, facts: Facts, failed: list[str], says: str
) -> None:
    """The failed guards in order, in the error and in the dry run alike."""
    with pytest.raises(MoveRefusedError) as caught:
        move(work, facts, "month 5")
    assert [guard.name for guard in caught.value.failed] == failed
    assert caught.value.failed == refusals(work, facts)
    assert caught.value.title == facts.title
    assert says in str(caught.value)
    assert all(g.failed.endswith(".") and g.remedy.endswith(".") for g in caught.value.failed)
    assert isinstance(caught.value, ModelError)


def test_a_move_from_the_wrong_state_names_the_ways_out() -> None:
    """Where the move starts from, where the work is, and what can be done there."""
    with pytest.raises(MoveRefusedError) as caught:
        move(churn(State.BASELINING), MakeKeyResult(PROMISE), "month 3")
    assert str(caught.value) == (
        "“churn”: “make it a key result” is not possible now. That starts from “health” or "
        "“alert”, and it is in “baselining”. From there you can: “watch within limits”, "
        "“retire it”."
    )


def test_nothing_leaves_the_retired() -> None:
    """A retired measure comes back as a new piece of work."""
    work = churn(State.RETIRED)
    assert moves_from(work) == ()
    with pytest.raises(MoveRefusedError, match="Put a new piece of work on the board"):
        move(work, Retire(why="Twice."), "month 3")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("facts", [facts for _, facts, _ in LEGAL])
def test_a_move_either_leaves_a_state_or_is_refused(state: State, facts: Facts) -> None:
    """No combination breaks, and what is refused from a state is not offered there."""
    for work in (churn(state), milestone(state)):
        failed = refusals(work, facts)
        if type(facts) not in moves_from(work):
            assert failed
        if not failed:
            assert move(work, facts, "now")[1].before is state


@pytest.mark.parametrize("state", [s for s in State if s is not State.RETIRED])
def test_any_state_can_be_retired_when_the_aspect_no_longer_matters(state: State) -> None:
    """And its promise goes with it."""
    moved, _ = move(churn(state), Retire(why="We left the market."), "now")
    assert (moved.state, moved.promise) == (State.RETIRED, None)


@pytest.mark.parametrize("state", [s for s in State if s is not State.RETIRED])
def test_no_state_is_retired_because_the_target_is_hit(state: State) -> None:
    """Reaching the target ends the focus, not the watching."""
    with pytest.raises(MoveRefusedError, match="ends a focus, not the watching"):
        move(churn(state), Retire(Ending.TARGET_HIT, "1.9 %"), "now")


@pytest.mark.parametrize(
    ("ambition", "value", "met"),
    [
        (Ambition.COMMITTED, 1.9, True),
        (Ambition.COMMITTED, 1.91, False),
        (Ambition.STRETCH, 2.2, True),
        (Ambition.STRETCH, 2.3, False),
        (Ambition.MOONSHOT, 2.2, True),
        (Ambition.MOONSHOT, 2.3, False),
    ],
)
def test_met_depends_on_the_ambition(ambition: Ambition, value: float, met: bool) -> None:
    """Committed needs the target; stretch and moonshot need 0.7 of the way."""
    work = replace(churn(State.KEY_RESULT), promise=replace(PROMISE, ambition=ambition))
    assert (refusals(work, Reach(value)) == ()) is met


def test_an_alert_is_no_condition_of_focus() -> None:
    """Strategy is reason enough: straight from health to key result."""
    moved, _ = move(churn(State.HEALTH), MakeKeyResult(PROMISE), "month 3")
    assert moved.role is Role.KEY_RESULT


def test_a_sixth_key_result_is_one_too_many() -> None:
    """Four beside it are fine, five are not."""
    facts = MakeKeyResult(PROMISE)
    assert refusals(churn(State.HEALTH), facts, Around(same_objective=4)) == ()
    with pytest.raises(MoveRefusedError, match="has 5 key results already"):
        move(churn(State.HEALTH), facts, "now", Around(same_objective=5))


def test_a_new_focus_waits_for_a_critical_alert() -> None:
    """The alert is named."""
    with pytest.raises(MoveRefusedError, match="Critical and in alert: uptime"):
        move(churn(State.HEALTH), MakeKeyResult(PROMISE), "now", Around(open_critical=("uptime",)))


def test_trial_limits_may_be_replaced_without_a_reason() -> None:
    """Locked ones may not."""
    trial = replace(churn(State.HEALTH), watch=replace(WATCH, points=11))
    moved, record = move(trial, SetLimits(WATCH), "month 12")
    assert moved.watch == WATCH
    assert "more points came in" in record.because
    assert trial.watch is not None
    assert trial.watch.trial
    assert not WATCH.trial


def test_role_follows_the_state() -> None:
    """A band makes a health metric, a focus a key result; without either it is a KPI."""
    unbanded = replace(churn(State.HEALTH), watch=replace(WATCH, band=None))
    assert unbanded.role is Role.KPI
    assert churn(State.BASELINING).role is Role.KPI
    assert churn(State.HEALTH).role is Role.HEALTH_METRIC
    assert churn(State.KEY_RESULT).role is Role.KEY_RESULT
    assert churn(State.STABILISING).role is Role.HEALTH_METRIC
    assert milestone(State.KEY_RESULT).role is Role.KEY_RESULT
    assert milestone().role is None
    assert churn(State.RETIRED).role is None


def test_the_old_centre_is_kept_while_the_focus_lasts() -> None:
    """Without it nobody could tell whether the level is new."""
    work = churn(State.HEALTH)
    for facts in (MakeKeyResult(PROMISE), Reach(1.9)):
        work, _ = move(work, facts, "later")
    assert work.watch == WATCH
    settled, _ = move(work, Settle(8, NEW_WATCH), "later still")
    assert (settled.watch, settled.promise) == (NEW_WATCH, None)


@pytest.mark.parametrize(
    ("values", "better", "count"),
    [
        ((2.5, 2.1, 1.9, 1.8), "down", 3),
        ((2.5, 2.1, 1.9, 1.8), "up", 0),
        ((2.5, 2.1, 2.43, 1.8), "down", 1),
        ((2.5, 2.1, math.nan, 1.8), "down", 2),
        ((2.1, 1.8), None, 0),
        ((), "down", 0),
    ],
)
def test_favourable_points_in_a_row(
    values: tuple[float, ...], better: str | None, count: int
) -> None:
    """A point on the centre ends the run; a gap neither counts nor ends it."""
    assert favourable_run(values, 2.43, better) == count  # type: ignore[arg-type]


@given(st.lists(st.floats(-100, 100), max_size=30), st.floats(-100, 100))
def test_a_run_goes_one_way_only(values: list[float], centre: float) -> None:
    """Never both up and down, and mirrored values run the other way."""
    up, down = favourable_run(values, centre, "up"), favourable_run(values, centre, "down")
    assert min(up, down) == 0
    assert favourable_run([-v for v in values], -centre, "down") == up


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((3.0, 1.0, 2.0, 9), "around the centre"),
        ((math.nan, 1.0, 2.0, 9), "the centre"),
        ((1.5, 1.0, 2.0, 0), "points behind"),
    ],
)
def test_impossible_limits_are_refused(
    arguments: tuple[float, float, float, int], says: str
) -> None:
    """The message says what does not fit."""
    with pytest.raises(ModelError, match=says):
        Watch(*arguments)


def test_impossible_promises_and_nameless_work_are_refused() -> None:
    """A baseline is a finite number, and work has a name."""
    with pytest.raises(ModelError, match="baseline"):
        Promise(baseline=math.inf)
    with pytest.raises(ModelError, match="needs a name"):
        Work(" ")


def test_the_reconstruction_is_labelled_as_ours() -> None:
    """One source states the idea; the rules are ours, and no evidence."""
    assert "our own reconstruction" in ASSUMPTIONS[0]
    assert "not evidence" in ASSUMPTIONS[1]
