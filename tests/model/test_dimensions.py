"""The eight dimensions: three define a key result, five argue, two of them warn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.model.dimensions import (
    DEFINING,
    WARNING,
    Change,
    Dimension,
    Use,
    judge,
    smallest_changes,
)
from okrlab.model.indicator import Role

USES = st.builds(Use, st.frozensets(st.sampled_from(list(Dimension))), st.booleans())
TYPICAL = [d for d in Dimension if d not in DEFINING]


@given(USES)
def test_three_dimensions_and_the_range_decide_the_role(use: Use) -> None:
    """Lamorte's rule: objective, improvement and a date make a key result, whatever else holds."""
    role = judge(use).role
    if set(DEFINING) <= use.towards:
        assert role is Role.KEY_RESULT
    elif use.guarded and Dimension.IMPROVEMENT not in use.towards:
        assert role is Role.HEALTH_METRIC
    else:
        assert role is Role.KPI


@given(USES, st.sets(st.sampled_from(TYPICAL)))
def test_typical_dimensions_never_decide(use: Use, flips: set[Dimension]) -> None:
    """Pay, visibility, teams, control and origin argue; the role stays."""
    assert judge(use.flipped(flips)).role is judge(use).role


def test_only_a_key_result_is_warned_of_pay_and_secrecy() -> None:
    """A KPI may be private and tied to pay; for a key result both are named, in order."""
    assert judge(Use(frozenset(DEFINING))).warnings == WARNING
    assert judge(Use(frozenset([*DEFINING, *WARNING]))).warnings == ()
    assert judge(Use()).warnings == ()
    assert judge(Use(guarded=True)).warnings == ()


@given(USES)
def test_what_is_missing_makes_a_key_result(use: Use) -> None:
    """Flipping exactly the missing dimensions gives a key result."""
    missing = judge(use).missing
    assert judge(use.flipped(missing)).role is Role.KEY_RESULT


@given(USES)
def test_the_smallest_changes_change_the_role_and_none_is_smaller(use: Use) -> None:
    """All changes have one size, do what they say, and name deciding switches only."""
    now, found = judge(use).role, smallest_changes(use)
    assert found
    assert len({len(c.flips) + c.guard for c in found}) == 1
    for change in found:
        assert judge(use.flipped(change.flips, guard=change.guard)).role is change.role
        assert change.role is not now
        assert set(change.flips) <= set(DEFINING)
    if len(found[0].flips) + found[0].guard == 2:
        for one in DEFINING:
            assert judge(use.flipped([one])).role is now
        assert judge(use.flipped([], guard=True)).role is now


@given(USES, st.sampled_from(list(Role)))
def test_every_role_can_be_reached_but_the_one_it_has(use: Use, goal: Role) -> None:
    """A goal that is reached already needs no change; any other has a way."""
    found = smallest_changes(use, goal)
    assert bool(found) == (judge(use).role is not goal)
    assert all(c.role is goal for c in found)


@pytest.mark.parametrize(
    ("use", "goal", "changes"),
    [
        (
            Use(frozenset({Dimension.CONTEXT, Dimension.IMPROVEMENT})),
            None,
            [Change((Dimension.TIMEFRAME,), False, Role.KEY_RESULT)],
        ),
        (Use(), None, [Change((), True, Role.HEALTH_METRIC)]),
        (
            Use(frozenset({Dimension.CONTEXT, Dimension.TIMEFRAME})),
            None,
            [
                Change((Dimension.IMPROVEMENT,), False, Role.KEY_RESULT),
                Change((), True, Role.HEALTH_METRIC),
            ],
        ),
        (
            Use(frozenset(DEFINING)),
            Role.HEALTH_METRIC,
            [Change((Dimension.IMPROVEMENT,), True, Role.HEALTH_METRIC)],
        ),
    ],
)
def test_examples(use: Use, goal: Role | None, changes: list[Change]) -> None:
    """Key results come first; an agreed range counts as one flip."""
    assert list(smallest_changes(use, goal)) == changes
