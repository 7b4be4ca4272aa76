"""The sets that AttainmentBoard shows: the reference figures, and mistakes that are refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from okrlab.content import library
from okrlab.content.attainment import AttainmentFile, MetricResult
from okrlab.model import Ambition, attainment, verdict

FILE = library().attainment
SETS = {s.id: s for s in FILE.sets}


def metric(set_id: str, name: str) -> MetricResult:
    found = next(r for r in SETS[set_id].key_results if r.id == name)
    assert isinstance(found, MetricResult)
    return found


@pytest.mark.parametrize(
    ("set_id", "name", "share"),
    [
        ("financial", "revenue", 0.70),
        ("financial", "margin", 0.60),
        ("financial", "recurring", 0.70),
        ("growth", "lead-cost", 0.60),
        ("grow-revenue", "leads", 0.692),
        ("both-ways", "conversion", 0.70),
        ("both-ways", "again", -0.286),
        ("both-ways", "days", 1.2),
        ("promises", "training", 0.722),
        ("promises", "recommend", 0.70),
    ],
)
def test_the_sets_hold_the_reference_figures(set_id: str, name: str, share: float) -> None:
    """Those of the source texts and of the two disputes."""
    entry = metric(set_id, name)
    found = attainment(entry.baseline, entry.target, entry.current)
    assert found.ratio == pytest.approx(share, abs=0.0005)


def test_one_good_day_is_another_reading() -> None:
    """34 leads on the last day would be 0.92, the mean of four weeks 0.69."""
    entry = metric("grow-revenue", "leads")
    assert attainment(entry.baseline, entry.target, 34).ratio == pytest.approx(12 / 13)
    assert "34" in SETS["grow-revenue"].look


def test_the_dispute_is_committed_against_moonshot() -> None:
    """0.72 is a miss, 0.70 is fine."""
    for name, met in (("training", False), ("recommend", None)):
        entry = metric("promises", name)
        found = attainment(entry.baseline, entry.target, entry.current)
        assert verdict(found, Ambition(entry.ambition)).met is met


def test_the_call_centre_is_one_one_and_a_broken_guardrail() -> None:
    """First-call resolution stands at 48 and must not fall below 70."""
    entries = [metric("call-centre", "minutes"), metric("call-centre", "answered")]
    assert [attainment(e.baseline, e.target, e.current).value for e in entries] == [1, 1]
    [guard] = SETS["call-centre"].guardrails
    assert not guard.band.holds(guard.current)


def test_other_readings_name_whose_they_are() -> None:
    """Lamorte scores no objectives; Radical Focus knows hit or miss only."""
    by_id = {r.id: r for r in FILE.readings}
    assert "Objectives get no score" in by_id["lamorte"].text
    assert "90 percent" in by_id["lamorte"].text
    assert "reached or it is not" in by_id["radical-focus"].text
    assert "gaps" in by_id["bands"].text


def test_every_kind_of_key_result_is_there() -> None:
    """Metric, milestone with and without gates, range to keep, to find out, guardrail."""
    entries = [e for s in FILE.sets for e in s.key_results]
    assert {e.kind for e in entries} == {"metric", "milestone", "maintain", "learning"}
    gates = [bool(e.gates) for e in entries if e.kind == "milestone"]
    assert set(gates) == {True, False}


def refused(change: Any) -> str:
    data = FILE.model_dump()
    change({s["id"]: s for s in data["sets"]}, data)
    with pytest.raises(ValidationError) as error:
        AttainmentFile.model_validate(data)
    return str(error.value)


def test_mistakes_are_refused_in_words() -> None:
    """No way to go, a value beside its slider, half a gate, an upside-down band, lost sets."""
    assert "no way to go" in refused(
        lambda s, d: s["financial"]["key_results"][0].update(target=5.0)
    )
    assert "between 'low' and 'high'" in refused(
        lambda s, d: s["financial"]["key_results"][0].update(current=99.0)
    )
    assert "baseline and target must lie" in refused(
        lambda s, d: s["financial"]["key_results"][0].update(target=50.0)
    )
    gates = lambda s: s["growth"]["key_results"][0]  # noqa: E731
    assert "at least two gates" in refused(
        lambda s, d: gates(s).update(gates=gates(s)["gates"][:1])
    )
    assert "instead of 'done'" in refused(lambda s, d: gates(s).update(done=True))
    assert "Swap them" in refused(
        lambda s, d: s["growth"]["key_results"][2].update(lower=30.0, upper=20.0)
    )
    assert (
        "a band needs"
        in refused(lambda s, d: s["call-centre"]["guardrails"][0].update(lower=None)).casefold()
    )
    assert "do not exist: gone" in refused(lambda s, d: d["boards"][0].update(sets=("gone",)))
    assert "used twice: margin" in refused(
        lambda s, d: s["growth"]["key_results"][1].update(id="margin")
    )
