"""What items say of a model is what the model says.

The numbers stand in the text of an item, so that a learner can do the sum with pencil and paper;
here they are computed again by the models that the simulations use.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from okrlab.content import library
from okrlab.content.item import ChoiceItem, NumberItem
from okrlab.model.attainment import attainment
from okrlab.model.logic_model import feasibility
from okrlab.model.xmr import XmrLimits, signals
from okrlab.simulation.bonus import Pay, outlook, split
from okrlab.simulation.goodhart import Setting, gaming_starts, respond

REFERENCE = Path(__file__).parents[1] / "data" / "xmr_reference.json"


def answer_of(name: str) -> tuple[float, float]:
    """The answer and the tolerance of an item that asks for a number."""
    item = library().item(name)
    assert isinstance(item, NumberItem)
    return item.answer, item.tolerance


def share(pay: Pay) -> float:
    """The percentage of the hours that the quota gets."""
    hours = split(pay)
    return 100 * hours.kpi / (hours.kpi + hours.okr)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("goodhart-lab-no-guardrail", respond(Setting(pressure=2)).value),
        ("goodhart-lab-onset", gaming_starts(Setting())),
        ("goodhart-lab-half-detected", respond(Setting(2, penalty=2, detection=0.5)).value),
        ("pay-share-bonus-two", share(Pay(bonus_kpi=2))),
        ("pay-share-hours-left", split(Pay(bonus_kpi=3)).okr),
        ("final-pay-share", share(Pay(bonus_kpi=1))),
        ("pay-coupled-share", share(Pay(bonus_kpi=3, coupling=0.5))),
        ("pay-coupled-both", share(Pay(bonus_kpi=3, bonus_okr=1))),
        ("pay-gain-lost", outlook(3, sweet_spot=3).gain - outlook(1.5, sweet_spot=3).gain),
        ("pay-gain-score", outlook(3, sweet_spot=3).attainment),
        ("logic-feasible-reps", feasibility(10, 4, 0.6).needed),
        ("logic-feasible-inspectors", feasibility(1900, 5, 240).needed - 5),
        ("logic-feasible-chain", 7 + 3 * (2 * 12 // 5)),
        ("final-metric-kr-permits", attainment(20, 10, 14).ratio),
        ("final-scoring-energy", attainment(80, 60, 71).ratio),
    ],
)
def test_the_answer_is_what_the_model_gives(name: str, value: float) -> None:
    """Well within the tolerance, so that a learner who rounds is right, too."""
    answer, tolerance = answer_of(name)
    assert value == pytest.approx(answer, abs=max(tolerance / 2, 1e-9))


def test_autonomy_in_the_lab() -> None:
    """Both settings of the item, as the lab shows them."""
    stem = library().item("goodhart-control-or-autonomy-lab").stem
    for interest in (1, 2):
        shown = respond(Setting(pressure=2, interest=interest))
        assert f"measure {shown.measured:g}, value {shown.value:g}" in stem


def test_coupling_in_the_bonus_lab() -> None:
    """From 94 down to 64 percent by a coupling of a half."""
    stem = library().item("pay-reconcile-lab").stem
    assert f"{share(Pay(bonus_kpi=3)):.0f}%" in stem
    assert f"{share(Pay(bonus_kpi=3, coupling=0.5)):.0f}%" in stem


def test_the_call_centre_pays_for_short_calls() -> None:
    """Length and share solved, from the reference series: before, in week 15 and at the end."""
    scenarios = json.loads(REFERENCE.read_text("utf-8"))["scenarios"]
    length, solved = (scenarios[f"S3_{name}_weekly"] for name in ("aht_min", "fcr_pct"))
    before = [sum(series["x"][:12]) / 12 for series in (length, solved)]
    assert 100 * before[0] / before[1] == pytest.approx(11.05, abs=0.005)
    for name, week in (("week15", 15), ("end", 24)):
        minutes, percent = length["x"][week - 1], solved["x"][week - 1]
        answer, tolerance = answer_of(f"goodhart-calls-per-solution-{name}")
        assert 100 * minutes / percent == pytest.approx(answer, abs=tolerance / 2)
        state = library().item(f"goodhart-calls-per-solution-{name}").context.state
        assert state is not None
        assert f"{minutes:g} minutes" in state
        assert f"{percent:g}%" in state


def test_only_the_machine_that_is_right_shows_a_signal() -> None:
    """By Wheeler's rules, on values and moving ranges, with the limits that the item gives."""
    item = library().item("final-xmr-signals-which")
    assert isinstance(item, ChoiceItem)
    spread = 8 / 2.66
    limits = XmrLimits(
        centre=20,
        half_width=8,
        average_range=spread,
        upper_range=3.268 * spread,
        spread="mean",
        points=20,
        ranges=19,
        start=0,
        stop=20,
    )
    for option in item.options:
        values = [float(v) for v in re.findall(r"\d+", option.text)]
        assert len(values) == 8
        assert bool(signals(values, limits)) is option.correct
