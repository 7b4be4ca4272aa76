"""Resources, activities, outputs, outcomes, impact: the order, the means, the few."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.model.logic_model import (
    ASSUMPTIONS,
    MILLION_CARS,
    TEN_INTEGRATIONS,
    Activity,
    Link,
    Stage,
    check_order,
    check_selection,
    check_stage,
    feasibility,
    tell_apart,
)


@pytest.mark.parametrize("chain", [TEN_INTEGRATIONS, MILLION_CARS])
def test_the_two_examples_are_whole_and_in_order(chain: tuple[Link, ...]) -> None:
    """One link for each stage."""
    check = check_order(chain)
    assert check.in_order
    assert check.missing == ()
    assert [link.stage for link in chain] == list(Stage)


def test_an_output_before_its_activity_is_explained() -> None:
    """Both links are quoted and told apart."""
    resource, activity, output, outcome, impact = TEN_INTEGRATIONS
    check = check_order([resource, output, activity, outcome, impact])
    (slip,) = check.slips
    assert (slip.earlier, slip.later) == (output, activity)
    assert f"“{activity.text}” is an activity" in slip.because
    assert f"“{output.text}”, which is an output" in slip.because
    assert "what it leaves behind" in slip.because


def test_links_of_one_stage_stand_in_any_order() -> None:
    """Two outputs are no slip; missing stages are named."""
    check = check_order([Link("A", Stage.OUTPUTS), Link("B", Stage.OUTPUTS)])
    assert check.in_order
    assert check.missing == (Stage.RESOURCES, Stage.ACTIVITIES, Stage.OUTCOMES, Stage.IMPACT)


def test_an_empty_chain_has_no_slip() -> None:
    """Nothing is wrong, all is missing."""
    assert check_order([]).missing == tuple(Stage)


@given(st.permutations(MILLION_CARS))
def test_only_the_right_order_has_no_slip(chain: list[Link]) -> None:
    """Every other order shows at least one."""
    assert check_order(chain).in_order == (tuple(chain) == MILLION_CARS)


def test_a_million_cars_are_no_impact() -> None:
    """Output taken for impact, and for outcome: the reason fits the pair."""
    output = MILLION_CARS[2]
    assert check_stage(output, Stage.OUTPUTS) == ""
    assert "what other people then do differently" in check_stage(output, Stage.OUTCOMES)
    told = check_stage(output, Stage.IMPACT)
    assert told.startswith("“A million cars are built” is an output, not an impact.")
    assert Stage.OUTPUTS.question in told
    assert Stage.IMPACT.question in told


@pytest.mark.parametrize(("one", "other"), [*itertools.product(Stage, repeat=2)])
def test_every_two_stages_can_be_told_apart(one: Stage, other: Stage) -> None:
    """In either order, with the same words."""
    assert tell_apart(one, other) == tell_apart(other, one)
    assert (tell_apart(one, other) == "") == (one is other)


def test_ten_million_with_four_reps_is_out_of_reach() -> None:
    """Four reps bring $2.4M; $10M takes seventeen."""
    result = feasibility(10_000_000, 4, 600_000)
    assert result.reachable == 2_400_000
    assert (result.needed, result.missing_units, result.feasible) == (17, 13, False)
    assert result.gap == 7_600_000
    assert result.in_words("sales reps", "$") == (
        "4 sales reps bring $2,400,000, and the goal is $10,000,000. It takes 17. "
        "Find 13 more, or make the goal smaller."
    )


def test_what_can_be_done_says_so() -> None:
    """Seventeen reps suffice, and the gap is none."""
    result = feasibility(10_000_000, 17, 600_000)
    assert (result.feasible, result.gap, result.missing_units) == (True, 0, 0)
    assert result.in_words("sales reps", "$").endswith("it can be done.")


@pytest.mark.parametrize(
    ("goal", "each", "needed"), [(0.3, 0.1, 3), (0.6, 0.2, 3), (1.02, 0.06, 17)]
)
def test_rounding_does_not_ask_for_one_more(goal: float, each: float, needed: int) -> None:
    """Three tenths are three times a tenth, whatever the computer's last digit says."""
    assert feasibility(goal, 0, each).needed == needed


@given(st.floats(0, 1e6, allow_subnormal=False), st.integers(0, 1000), st.floats(0.01, 1e4))
def test_needed_units_reach_the_goal_and_one_less_does_not(
    goal: float, units: int, each: float
) -> None:
    """The number is the smallest that suffices."""
    needed = feasibility(goal, units, each).needed
    assert needed * each >= goal * (1 - 1e-8)
    assert needed == 0 or (needed - 1) * each < goal


@pytest.mark.parametrize(
    ("goal", "units", "each", "says"),
    [
        (-1, 4, 1, "the goal"),
        (10, -4, 1, "the units"),
        (10, 4, 0, "one unit brings"),
        (math.nan, 4, 1, "the goal"),
        (10, 4, 5e-324, "same unit"),
    ],
)
def test_impossible_means_are_refused(goal: float, units: int, each: float, says: str) -> None:
    """The message names the number."""
    with pytest.raises(ModelError, match=says):
        feasibility(goal, units, each)


def test_three_activities_that_fit() -> None:
    """Nothing to change."""
    chosen = [Activity("Shorter form", 2), Activity("Prices", 1), Activity("Guide", 3)]
    check = check_selection(chosen, 6)
    assert (check.doable, check.effort) == (True, 6)


def test_too_many_and_too_much() -> None:
    """Both are said, each with what to do."""
    chosen = [Activity(str(i), 3) for i in range(6)]
    check = check_selection(chosen, 10)
    assert not check.doable
    assert [text.split()[0] for text in check.advice] == ["6", "They"]
    assert "18 person-weeks" in check.advice[1]


def test_nothing_chosen() -> None:
    """An empty plan is no plan."""
    assert "Nothing is chosen" in check_selection([], 10).advice[0]


def test_impossible_efforts_are_refused() -> None:
    """The message names the activity, or the capacity."""
    with pytest.raises(ModelError, match="Guide"):
        Activity("Guide", -1)
    with pytest.raises(ModelError, match="capacity"):
        check_selection([], math.inf)


def test_the_model_says_what_it_assumes() -> None:
    """A way to think, not evidence."""
    assert "not evidence" in ASSUMPTIONS[0]
