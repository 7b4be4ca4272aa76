"""Signals: each rule at its edges, against exact arithmetic, and what must not change them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.errors import ModelError
from okrlab.model.xmr import Signal, XmrLimits, signals, trended_limits, xmr_limits

NAN = math.nan
FLIP = {"above": "below", "below": "above", "rising": "falling", "falling": "rising"}
Series = list[int | None]

tenths = st.lists(st.one_of(st.integers(-30, 30), st.none()), min_size=1, max_size=50)


def neighbours(values: Series) -> bool:
    """Whether two values follow one another."""
    return any(a is not None and b is not None for a, b in pairwise(values))


def around(centre: float, half_width: float, upper_range: float = 1e9) -> XmrLimits:
    """Limits with these lines."""
    return XmrLimits(
        centre=centre,
        half_width=half_width,
        average_range=half_width / 2.66,
        upper_range=upper_range,
        spread="mean",
        points=12,
        ranges=11,
        start=0,
        stop=12,
    )


def found(values: list[float], limits: XmrLimits, rule: str, **kind: str) -> list[tuple[int, ...]]:
    """Indices of the signals of one rule."""
    return [s.indices for s in signals(values, limits, **kind) if s.rule == rule]  # type: ignore[arg-type]


def flagged(found_: list[Signal], rule: str) -> set[tuple[int, str]]:
    """Points and sides that the signals of one rule name."""
    return {(i, s.side) for s in found_ if s.rule == rule for i in s.indices}


def windows(values: Sequence[object], size: int) -> list[range]:
    """Positions of so many values in a row, none missing."""
    spans = [range(i, i + size) for i in range(len(values) - size + 1)]
    return [w for w in spans if all(values[i] is not None for i in w)]


def exact(values: Series, rules: str) -> dict[str, set[tuple[int, str]]]:
    """The rules once more, in fractions, word by word, for values in tenths."""
    x = [None if v is None else Fraction(v, 10) for v in values]
    known = [v for v in x if v is not None]
    steps = {
        i: abs(b - a) for i, (a, b) in enumerate(pairwise(x), 1) if a is not None and b is not None
    }
    centre = sum(known) / len(known)
    spread = sum(steps.values()) / len(steps)
    half, url = Fraction(266, 100) * spread, Fraction(3268, 1000) * spread
    result: dict[str, set[tuple[int, str]]] = {
        r: set() for r in ("outside", "range", "run", "near_limit", "trend", "outer_third")
    }
    need = 8 if rules == "wheeler" else 7
    for sign, side, way in ((1, "above", "rising"), (-1, "below", "falling")):
        aside = [None if v is None else sign * (v - centre) for v in x]
        for w in windows(x, 1):
            if aside[w[0]] > half:
                result["outside"].add((w[0], side))
        for w in windows(x, need):
            if all(aside[j] > 0 for j in w):
                result["run"] |= {(j, side) for j in w}
        for w in windows(x, 4):
            near = [j for j in w if aside[j] > half / 2]
            if len(near) >= 3:
                result["near_limit"] |= {(j, side) for j in near}
        for w in windows(x, 7):
            if all(sign * (x[j + 1] - x[j]) > 0 for j in w[:-1]):  # type: ignore[operator]
                result["trend"] |= {(j, way) for j in w}
        for w in windows(x, 3):
            outer = [j for j in w if half * 2 / 3 < aside[j] <= half]
            if all(aside[j] > 0 for j in w) and len(outer) >= 2:
                result["outer_third"] |= {(j, side) for j in outer}
    result["range"] = {(i, "above") for i, step in steps.items() if step > url}
    foreign = ("trend", "outer_third") if rules == "wheeler" else ("range", "near_limit")
    return result | {rule: set() for rule in foreign}


@pytest.mark.parametrize("rules", ["wheeler", "nhs"])
@settings(deadline=None)
@given(tenths.filter(neighbours))
def test_signals_are_those_of_exact_arithmetic(rules: str, values: Series) -> None:
    """Floating point flags what fractions flag: ties and values on a limit included."""
    x = [None if v is None else v / 10 for v in values]
    result = signals(x, xmr_limits(x), rules=rules)  # type: ignore[arg-type]
    for rule, points in exact(values, rules).items():
        assert flagged(result, rule) == points


@pytest.mark.parametrize("rules", ["wheeler", "nhs"])
@settings(deadline=None)
@given(
    values=tenths.filter(neighbours),
    shift=st.integers(-1000, 1000),
    scale=st.sampled_from([0.001, 0.3, 7.0, 1e6]),
)
def test_shifting_and_scaling_change_no_signal(
    rules: str, values: Series, shift: int, scale: float
) -> None:
    """Minutes or hours, Celsius or Kelvin: the same points are signals."""
    moved = [None if v is None else (v + shift) * scale for v in values]
    before = signals(values, xmr_limits(values), rules=rules)  # type: ignore[arg-type]
    assert signals(moved, xmr_limits(moved), rules=rules) == before  # type: ignore[arg-type]


@pytest.mark.parametrize("rules", ["wheeler", "nhs"])
@pytest.mark.parametrize("limits_of", [xmr_limits, trended_limits])
@settings(deadline=None)
@given(values=st.lists(st.integers(-30, 30), min_size=4, max_size=50))
def test_a_mirror_swaps_the_sides_only(rules: str, limits_of: object, values: list[int]) -> None:
    """Above becomes below, rising becomes falling; steps have no side."""
    mirrored = [-v for v in values]
    before = signals(values, limits_of(values), rules=rules)  # type: ignore[operator,arg-type]
    after = signals(mirrored, limits_of(mirrored), rules=rules)  # type: ignore[operator,arg-type]
    assert {(s.rule, s.indices, s.side, s.seen_at) for s in after} == {
        (s.rule, s.indices, s.side if s.rule == "range" else FLIP[s.side], s.seen_at)
        for s in before
    }


@pytest.mark.parametrize("rules", ["wheeler", "nhs"])
@settings(deadline=None)
@given(values=tenths.filter(neighbours), baseline=st.integers(2, 20))
def test_signals_have_a_form(rules: str, values: Series, baseline: int) -> None:
    """As few as their rules allow, indices in order and in range, seen at one of the points."""
    values = [0, 1, *values]
    limits = xmr_limits(values, baseline=min(baseline, len(values)))
    result = signals(values, limits, rules=rules)  # type: ignore[arg-type]
    n = len(values)
    most = {
        "outside": n,
        "range": n - 1,
        "run": n // 7,
        "near_limit": n // 3,
        "trend": n // 6,
        "outer_third": n // 2,
    }
    for rule, bound in most.items():
        assert sum(s.rule == rule for s in result) <= bound
    for s in result:
        assert list(s.indices) == sorted(set(s.indices))
        assert 0 <= s.indices[0] <= s.seen_at < n
        assert all(values[i] is not None for i in s.indices)
        assert s.name
        assert s.in_words.endswith(".")


@pytest.mark.parametrize("rules", ["wheeler", "nhs"])
@settings(deadline=None)
@given(values=tenths.filter(neighbours))
def test_a_signal_is_seen_as_soon_as_its_point_arrives(rules: str, values: Series) -> None:
    """The series up to `seen_at` shows the rule broken there; one point less doesn't."""
    limits = xmr_limits(values)
    for s in signals(values, limits, rules=rules):  # type: ignore[arg-type]
        early = signals(values[: s.seen_at], limits, rules=rules)  # type: ignore[arg-type]
        known = signals(values[: s.seen_at + 1], limits, rules=rules)  # type: ignore[arg-type]
        assert (s.rule, s.indices[0], s.side) in {(k.rule, k.indices[0], k.side) for k in known}
        assert (s.rule, s.seen_at) not in {(e.rule, e.seen_at) for e in early}


def test_a_value_on_the_limit_is_inside() -> None:
    """Outside begins beyond the line."""
    limits = around(10, 5)
    assert found([15, 5, 15.001, 4.999], limits, "outside") == [(2,), (3,)]
    assert found([0, 7, 0, 7.001], around(0, 100, 7), "range") == [(3,)]


def test_binary_fractions_make_no_signals() -> None:
    """0.1 + 0.2 is 0.3, also on the line and in a trend."""
    limits = around(0.3, 0)
    values = [0.1 + 0.2, 0.3] * 8
    for rules in ("wheeler", "nhs"):
        assert signals(values, limits, rules=rules) == []  # type: ignore[arg-type]
    rising = [0.1, 0.2, 0.3, 0.1 + 0.2, 0.4, 0.5, 0.6]
    assert found(rising, around(0, 9), "trend", rules="nhs") == []
    assert found([0.1, 0.4], around(0, 9, 0.3), "range") == []
    centre_of_thirds = (0.1 + 0.2 - 0.3) / 3  # 2e-17
    assert found([0.0] * 8, around(centre_of_thirds, 0.5), "run") == []


def test_eight_in_a_row_are_a_run_for_wheeler_and_seven_for_the_nhs() -> None:
    """One point fewer is none."""
    limits = around(0, 9)
    assert found([1] * 7, limits, "run") == []
    assert found([-1, *[1] * 8, -1], limits, "run") == [tuple(range(1, 9))]
    assert found([1] * 6, limits, "run", rules="nhs") == []
    assert found([-1] * 7, limits, "run", rules="nhs") == [tuple(range(7))]


@pytest.mark.parametrize("between", [0.0, NAN])
def test_the_centre_and_a_gap_end_a_run(between: float) -> None:
    """Seven, a value on the centre or none at all, and another seven are no run."""
    limits = around(0, 9)
    assert found([*[1.0] * 7, between, *[1.0] * 7], limits, "run") == []
    assert found([*[1.0] * 8, between, *[1.0] * 9], limits, "run") == [
        tuple(range(8)),
        tuple(range(9, 18)),
    ]


def test_three_of_four_near_a_limit() -> None:
    """The fourth may lie anywhere, but must be there."""
    limits = around(0, 10)
    assert found([6, 6, 0, 6], limits, "near_limit") == [(0, 1, 3)]
    assert found([6, 6, -9, 6], limits, "near_limit") == [(0, 1, 3)]
    assert found([6, 6, 5, 5, 6], limits, "near_limit") == []
    assert found([6, 6, 6], limits, "near_limit") == []
    assert found([6, 6, NAN, 6, 6], limits, "near_limit") == []
    assert found([6, -6, 6, -6, 6, -6], limits, "near_limit") == []


def test_overlapping_windows_are_one_signal_and_separate_ones_two() -> None:
    """A long stay near the limit is told once."""
    limits = around(0, 10)
    assert found([6] * 6, limits, "near_limit") == [tuple(range(6))]
    assert found([6, 6, 0, 6, 0, 6, 6], limits, "near_limit") == [(0, 1, 3, 5, 6)]
    assert found([6, 6, 6, 0, 0, 6, 6, 6], limits, "near_limit") == [(0, 1, 2), (5, 6, 7)]


def test_a_trend_is_seven_points_each_above_the_one_before() -> None:
    """Six are none; two equal values and a gap end it."""
    limits = around(0, 1000)
    assert found([1, 2, 3, 4, 5, 6], limits, "trend", rules="nhs") == []
    assert found([9, 1, 2, 3, 4, 5, 6, 7, 0], limits, "trend", rules="nhs") == [tuple(range(1, 8))]
    assert found([1, 2, 3, 3, 4, 5, 6, 7], limits, "trend", rules="nhs") == []
    assert found([1, 2, 3, NAN, 5, 6, 7, 8, 9], limits, "trend", rules="nhs") == []
    down = [s for s in signals([7, 6, 5, 4, 3, 2, 1], limits, rules="nhs") if s.rule == "trend"]
    assert [(s.side, s.seen_at) for s in down] == [("falling", 6)]


def test_two_of_three_in_the_outer_third() -> None:
    """All three on one side; a point outside the limits signals as such instead."""
    limits = around(0, 9)
    assert found([7, 1, 7], limits, "outer_third", rules="nhs") == [(0, 2)]
    assert found([7, -1, 7], limits, "outer_third", rules="nhs") == []
    assert found([7, 1, 10], limits, "outer_third", rules="nhs") == []
    assert found([7, 6, 6], limits, "outer_third", rules="nhs") == []
    assert found([7, NAN, 7], limits, "outer_third", rules="nhs") == []


def test_rule_sets_keep_to_their_rules() -> None:
    """Wheeler knows no trend rule, the NHS no moving range."""
    values = [1.0, 2, 3, 4, 5, 6, 7, 50]
    limits = around(4, 6, 7)
    assert {s.rule for s in signals(values, limits)} == {"outside", "range"}
    assert {s.rule for s in signals(values, limits, rules="nhs")} == {"outside", "trend"}
    with pytest.raises(ModelError, match="wheeler"):
        signals(values, limits, rules="nelson")  # type: ignore[arg-type]


def test_after_a_constant_baseline_every_change_is_a_signal() -> None:
    """No spread leaves no room for routine variation."""
    values = [3.0] * 12 + [3.1, 3.0]
    limits = xmr_limits(values, baseline=12)
    assert signals(values[:12], limits) == []
    assert [(s.rule, s.indices) for s in signals(values, limits)] == [
        ("outside", (12,)),
        ("range", (12,)),
        ("range", (13,)),
    ]


def test_limits_stay_what_they_were() -> None:
    """Later points are compared with the limits handed in, however far they stray."""
    values = [10.0, 12, 11, 13, 10, 12, 11, 12, 10, 13, 11, 12]
    limits = xmr_limits(values)
    later = signals([*values, *[40.0] * 20], limits)
    assert sum(s.rule == "outside" for s in later) == 20


def test_no_points_and_one_point() -> None:
    """Nothing to say about nothing; one point can still lie outside."""
    limits = around(0, 1)
    for rules in ("wheeler", "nhs"):
        assert signals([], limits, rules=rules) == []  # type: ignore[arg-type]
        assert signals([NAN], limits, rules=rules) == []  # type: ignore[arg-type]
        assert [s.side for s in signals([5], limits, rules=rules)] == ["above"]  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="infinite"):
        signals([math.inf], limits)


def test_signals_against_a_line() -> None:
    """What flat limits flag as a drift is no signal when the line drifts along."""
    values = pd.Series([10.0 + 2 * i + (1 if i % 2 else -1) for i in range(20)])
    assert signals(values, xmr_limits(values))
    assert signals(values, trended_limits(values)) == []
    values[15] = 90
    assert found(values, trended_limits(values, baseline=14), "outside") == [(15,)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        (
            Signal("outside", (15,), "above", 15),
            "Point 16 lies above the upper natural process limit.",
        ),
        (
            Signal("outside", (0,), "below", 0),
            "Point 1 lies below the lower natural process limit.",
        ),
        (
            Signal("range", (19,), "above", 19),
            "The step from point 19 to point 20 exceeds the range limit.",
        ),
        (
            Signal("run", tuple(range(6, 14)), "below", 13),
            "Points 7 to 14 all lie below the centre line, 8 in a row.",
        ),
        (
            Signal("near_limit", (0, 2, 3), "above", 3),
            "Points 1, 3 and 4 lie nearer to the upper limit than to the centre: "
            "at least 3 of 4 in a row.",
        ),
        (
            Signal("near_limit", tuple(i for i in range(12) if i != 4), "below", 3),
            "11 of the points 1 to 12 lie nearer to the lower limit than to the centre: "
            "at least 3 of 4 in a row.",
        ),
        (
            Signal("trend", tuple(range(7)), "falling", 6),
            "Points 1 to 7 fall each time, 7 in a row.",
        ),
        (
            Signal("outer_third", (4, 5), "below", 6),
            "Points 5 and 6 lie in the outer third near the lower limit: at least 2 of 3 in a row.",
        ),
    ],
)
def test_signals_speak(signal: Signal, words: str) -> None:
    """One sentence, points counted from 1."""
    assert signal.in_words == words
