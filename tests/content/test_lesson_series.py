"""What lessons 4 to 6 and their exercises say of figures agrees with the models."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest

import okrlab
from okrlab.content import library
from okrlab.model.ambition import Ambition, verdict
from okrlab.model.attainment import attainment
from okrlab.model.logic_model import feasibility
from okrlab.model.xmr import signals, xmr_limits

SIGNALS = {
    "library": set(),
    "bakery": {"run"},
    "buses": set(),
    "parcels": {"outside", "range"},
    "repairs": {"near_limit"},
    "gym": set(),
    "cold": set(),
    "claims": {"outside", "range", "near_limit"},
}


@pytest.mark.parametrize("name", SIGNALS)
def test_exercise_6_1_calls_signals_what_are_signals(name: str) -> None:
    """The key of each chart follows from its series; so do the limits in the text."""
    series = okrlab.data("eight-series")[name]
    limits = xmr_limits(series, baseline=12)
    found = {s.rule for s in signals(series, limits)}
    assert found == SIGNALS[name]
    row = next(r for r in library().exercise("6.1").cases.rows if r.id == name)
    assert row.key["reads"].right == ("signal" if found else "noise")
    if name not in ("repairs", "cold"):
        assert f"imits {limits.lower:.0f} to {limits.upper:.0f}" in (row.context or "")


def test_targets_and_bands_of_exercise_6_1_lie_where_the_text_says() -> None:
    """92 beyond the limits of the buses; the band's edge inside those of the vaccines."""
    eight = okrlab.data("eight-series")
    assert xmr_limits(eight["buses"], baseline=12).upper < 92
    cold = xmr_limits(eight["cold"], baseline=12)
    assert round(cold.lower, 1) == 95.5
    assert cold.lower < 96.9 == eight["cold"].min() < 97
    repairs = xmr_limits(eight["repairs"], baseline=12)
    assert round((repairs.centre + repairs.upper) / 2, 2) == 5.97


def test_the_key_of_6_2_and_6_3() -> None:
    """Limits and rows as the model finds them."""
    water = okrlab.data("water-loss")
    limits = xmr_limits(water["loss"], baseline=12)
    expected = library().exercise("6.2").answer.expected
    assert expected["lower"] == pytest.approx(limits.lower, abs=0.001)
    assert expected["upper"] == pytest.approx(limits.upper, abs=0.001)
    assert expected["range_limit"] == pytest.approx(limits.upper_range, abs=0.001)
    found = {"outside": set(), "run": set()}
    for signal in signals(water["loss"], limits):
        if signal.rule in found:
            found[signal.rule] |= {water["week"][i] for i in signal.indices}
    for row in library().exercise("6.3").answer.rows:
        assert row["outside"] == (row["week"] in found["outside"]), row
        assert row["run"] == (row["week"] in found["run"]), row


def test_contrast_of_lesson_6() -> None:
    """The same four weeks are a signal in Braga and none in Porto."""
    last = [9, 8, 9, 9]
    porto = [6, 4, 8, 3, 7, 5, 9, 4, 6, 8, 3, 7]
    braga = [6, 5, 6, 7, 6, 5, 6, 7, 6, 6, 5, 6]
    limits = xmr_limits(porto)
    assert (round(limits.centre, 1), round(limits.upper, 1)) == (5.8, 15.3)
    assert signals([*porto, *last], limits) == []
    assert any(s.rule == "run" for s in signals([*porto, *last, 9, 8, 9], limits))
    limits = xmr_limits(braga)
    assert (round(limits.lower, 1), round(limits.upper, 1)) == (3.5, 8.3)
    assert signals([*braga, *last], limits)


@pytest.mark.parametrize(
    ("start", "target", "now", "raw", "value"),
    [
        (5, 10, 8.5, 0.70, 0.70),
        (20, 25, 23, 0.60, 0.60),
        (400, 600, 540, 0.70, 0.70),
        (100, 95, 97, 0.60, 0.60),
        (22, 35, 31, 0.69, 0.69),
        (4, 8, 6.8, 0.70, 0.70),
        (63, 70, 61, -0.29, 0),
        (3, 2, 1.8, 1.20, 1),
        (82, 100, 95, 0.72, 0.72),
        (20, 60, 48, 0.70, 0.70),
        (22, 35, 26, 0.31, 0.31),
        (22, 35, 31.75, 0.75, 0.75),
        (22, 35, 34, 0.92, 0.92),
        (7, 25, 8, 0.06, 0.06),
    ],
)
def test_the_sums_of_lessons_4_and_5(
    start: float, target: float, now: float, raw: float, value: float
) -> None:
    """Every row of the tables."""
    result = attainment(start, target, now)
    assert round(result.ratio, 2) == raw
    assert round(result.value, 2) == value


def test_the_sums_about_means() -> None:
    """Four bring 2.4 million; ten take seventeen."""
    found = feasibility(10_000_000, 4, 600_000)
    assert not found.feasible
    assert found.missing_units + 4 == 17


def test_exercise_4_2_follows_the_rule_of_the_team() -> None:
    """Most shops for each week first, until the next one does not fit."""
    won = {"asked": (120, 6), "assistant": (75, 3), "message": (64, 4), "switch": (60, 2)}
    won |= {"tills": (40, 8)}
    rows = {r.id: r for r in library().exercise("4.2").cases.rows}
    assert {i for i, r in rows.items() if r.key["leads"].right == "yes"} == set(won)
    weeks, taken = 0, set()
    for name, (_, needs) in sorted(won.items(), key=lambda w: -w[1][0] / w[1][1]):
        if weeks + needs > 18:
            break
        weeks, taken = weeks + needs, taken | {name}
    assert {i for i, r in rows.items() if r.key["now"].right == "do"} == taken
    assert weeks == 15


def test_the_best_four_programmes_of_exercise_4_4() -> None:
    """Found by looking at all combinations; the two named wrong ways give what is said."""
    known = okrlab.data("training-programmes").dropna(subset="in_work")
    rows = list(known[["trainer_weeks", "in_work"]].itertuples(index=False))
    choices = [c for n in range(1, 5) for c in combinations(rows, n)]
    assert len(choices) == 98
    best = max(sum(w for _, w in c) for c in choices if sum(t for t, _ in c) <= 40)
    assert best == library().exercise("4.4").answer.expected == 103
    cheapest = known.assign(cost=known["trainer_weeks"] / known["in_work"]).nsmallest(4, "cost")
    assert cheapest["in_work"].sum() == 96
    largest = okrlab.data("training-programmes").nlargest(4, "certificates")
    assert (largest["certificates"].sum(), largest["in_work"].sum()) == (420, 69)


def test_the_keys_of_lesson_5_agree_with_the_model() -> None:
    """Attainment and verdict of each line of the credit union's quarter."""
    quarter = okrlab.data("credit-union-quarter").set_index("key_result")
    for row in library().exercise("5.3").answer.rows:
        line = quarter.loc[row["key_result"]]
        if line["kind"] == "milestone":
            assert row["attainment"] == float(str(line["done"]) == "True")
            assert row["verdict"] == ("fine" if row["attainment"] else "short")
            continue
        result = attainment(line["baseline"], line["target"], line["current"])
        assert row["attainment"] == pytest.approx(result.value, abs=0.001)
        kind = Ambition(line["ambition"])
        good = verdict(result, kind).met
        good = result.value >= 0.7 if good is None else good
        assert row["verdict"] == ("fine" if good else "short")
    means = library().exercise("5.4").answer.expected
    frame = pd.DataFrame(library().exercise("5.3").answer.rows).set_index("key_result")
    grouped = frame.join(quarter["objective"]).groupby("objective")["attainment"].mean()
    assert grouped.to_dict() == pytest.approx(means, abs=0.001)
