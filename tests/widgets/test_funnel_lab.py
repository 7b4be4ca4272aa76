"""FunnelLab in Python: nothing told before the guess, the figures, sliders, experiments, drafts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.simulation.experiments import ASSUMPTIONS as OF_EXPERIMENTS
from okrlab.simulation.funnel import ASSUMPTIONS
from okrlab.widgets import FunnelLab
from okrlab.widgets._funnel_words import percent
from tests.widgets.sort_examples import make_journal, send


def make(journal: MemoryJournal | None = None, *, guessed: bool = False) -> FunnelLab:
    widget = FunnelLab(journal or make_journal())
    if guessed:
        send(widget, "guess", first="leads", leads="54", revenue="3.3")
    return widget


def slide(widget: FunnelLab, **values: float) -> None:
    for name, value in values.items():
        send(widget, "set", slider=name, value=value)


def starts(widget: FunnelLab) -> dict[str, int | None]:
    """The week in which each measure moves."""
    return {s["id"]: s["starts"] for s in widget.view["results"]["series"]}


def test_nothing_is_told_before_the_guess() -> None:
    """Neither series nor quarters are in the view; the assumptions are."""
    widget = make()
    slide(widget, target=12)
    assert widget.view["results"] is None
    assert widget.view["say"] is None
    assert "moves from" not in json.dumps(widget.view)
    assert tuple(widget.view["assumptions"]) == ASSUMPTIONS
    assert tuple(widget.view["experiments"]["assumptions"]) == OF_EXPERIMENTS


def test_the_quarters_have_the_reference_figures() -> None:
    """Leads 4,000 against 2,600; revenue $1,342,857 against $1.3M; next quarter $2,457,143."""
    results = make(guessed=True).view["results"]
    first, second = results["quarters"]
    assert (first["leads"], first["leadsBefore"]) == (4000, 2600)
    assert (first["revenue"], first["revenueBefore"]) == ("$1,342,857", "$1,300,000")
    assert (second["revenue"], second["revenueBefore"]) == ("$2,457,143", "$1,300,000")
    assert results["message"] == (
        "Quarter 1: leads +53.8 %, revenue +3.3 %. Quarter 2: revenue +89 %"
    )
    by_id = {s["id"]: s["values"] for s in results["series"]}
    assert (by_id["leads"][0], by_id["leads"][-1]) == (200, 400)
    assert (by_id["conversion"][0], by_id["conversion"][9]) == (4, 8)
    assert by_id["revenue"][-1] == 200_000


def test_what_moves_when() -> None:
    """Weeks 4, 4, 6 and 12; a slider moves them."""
    widget = make(guessed=True)
    assert starts(widget) == {"conversion": 4, "leads": 4, "opportunities": 6, "revenue": 12}
    slide(widget, deal=10, start=1)
    assert starts(widget) == {"conversion": 2, "leads": 2, "opportunities": 4, "revenue": 14}
    assert widget.view["say"]["text"].startswith("Quarter 1: leads")
    assert "run ahead of revenue by ten weeks" in widget.view["results"]["relation"]
    slide(widget, deal=26, ramp=20, start=12, opportunity=12)
    assert len(widget.view["results"]["weeks"]) % 13 == 0
    for series in widget.view["results"]["series"]:
        assert series["values"][-1] == pytest.approx(2 * series["values"][0])
    slide(widget, target=4)
    assert set(starts(widget).values()) == {None}
    assert "Move a slider" in widget.view["results"]["relation"]
    assert "error" in widget.view
    assert widget.view["error"] is None


@pytest.mark.parametrize(
    ("first", "right"),
    [("leads", True), ("opportunities", False), ("revenue", False), ("together", False)],
)
def test_the_guess_is_compared_in_words(first: str, right: bool) -> None:
    """What moves first is right or not; growth is near or far; nothing is graded."""
    journal = make_journal()
    widget = make(journal)
    send(widget, "guess", first=first, leads="50 %", revenue="100")
    told = widget.view["results"]["told"]
    assert told["right"] is right
    assert "Leads move in week 4" in told["why"]
    assert told["leads"] == "Leads in quarter 1: you said +50 %, it is +53.8 %. Close. "
    assert "you said +100 %, it is +3.3 %. Far from it." in told["revenue"]
    assert "only two weeks of the quarter" in told["revenue"]
    assert journal.attempts() == []


@pytest.mark.parametrize(
    ("delays", "first", "right"),
    [
        ({"opportunity": 0}, "opportunities", True),
        ({"opportunity": 0}, "leads", True),
        ({"opportunity": 0, "deal": 0}, "together", True),
        ({"opportunity": 0, "deal": 0}, "leads", False),
        ({"target": 4}, "leads", False),
    ],
)
def test_ties_in_what_moves_first(delays: dict[str, float], first: str, right: bool) -> None:
    """Without a delay two or all three move together."""
    widget = make()
    slide(widget, **delays)
    send(widget, "guess", first=first, leads="0", revenue="0")
    assert widget.view["error"] is None
    if delays == {"opportunity": 0, "deal": 0} and first == "leads":
        assert "week 4, opportunities in week 4" in widget.view["results"]["told"]["why"]
    assert widget.view["results"]["told"]["right"] is right


def test_the_guess_belongs_to_the_sliders_of_then() -> None:
    """Moving one afterwards does not turn a right guess into a wrong one."""
    widget = make(guessed=True)
    before = widget.view["results"]["told"]
    slide(widget, opportunity=0, deal=0)
    after = widget.view["results"]["told"]
    assert after | {"task": None} == before
    assert "after two weeks" in after["task"]
    send(widget, "again")
    assert widget.view["results"] is None
    send(widget, "guess", first="together", leads="54", revenue="54")
    assert widget.view["results"]["told"]["right"]
    send(widget, "reset")
    assert widget.view["original"]


def test_experiments_come_from_their_seed() -> None:
    """The same seed deals the same visitors; each run is another one; the truth waits."""
    one, two = make(), make()
    for widget in (one, two):
        send(widget, "trial", visitors=2500)
    assert one.view["experiments"]["trial"] == two.view["experiments"]["trial"]
    assert "of 2,500 with it" in one.view["experiments"]["trial"]
    assert one.view["experiments"]["truth"] is None
    assert "In truth" not in json.dumps(one.view)
    send(one, "truth")
    assert one.view["experiments"]["truth"].startswith("In truth it")
    first = one.view["experiments"]["trial"]
    send(one, "trial", visitors=2500)
    assert one.view["experiments"]["trial"] != first
    assert one.view["experiments"]["truth"] is None


def test_chance_at_work() -> None:
    """Twenty times: what is kept is counted; more visitors miss less of what works."""
    widget = make()
    send(widget, "many", visitors=500, truth="nothing")
    many = widget.view["experiments"]["many"]
    kept = sum(t["kept"] for t in many["trials"])
    assert len(many["trials"]) == 20
    assert many["title"] == (
        f"The idea does nothing, and {kept} of 20 experiments say that it works"
    )
    assert all(t["kept"] == (t["low"] > 0) for t in many["trials"])
    missed = {}
    for visitors in (500, 10_000):
        send(widget, "many", visitors=visitors, truth="works")
        trials = widget.view["experiments"]["many"]["trials"]
        missed[visitors] = sum(not t["kept"] for t in trials)
    assert missed[500] > missed[10_000]
    send(widget, "programme", visitors=2500)
    assert widget.view["experiments"]["many"] is None  # was drawn with other visitors
    programme = widget.view["experiments"]["programme"]
    assert len(programme["trials"]) == 8
    assert "The conversion went from 4.0 % to" in programme["told"]
    helped = [t for t in programme["trials"] if t["kept"] and t["mistake"] is None]
    assert ("to 4.0 %" in programme["told"]) == (not helped)


def test_everything_is_found_again() -> None:
    """Sliders, guess, what the guess was for, and the experiments that were dealt."""
    journal = make_journal()
    widget = make(journal, guessed=True)
    slide(widget, target=10, deal=3)
    send(widget, "rest")
    send(widget, "trial", visitors=10_000)
    send(widget, "truth")
    send(widget, "many", visitors=10_000, truth="works")
    send(widget, "programme", visitors=10_000)
    again = make(journal)
    for field in ("sliders", "guess", "results", "experiments", "task"):
        assert again.view[field] == widget.view[field], field
    send(again, "trial", visitors=10_000)
    assert again.view["experiments"]["trial"] != widget.view["experiments"]["trial"]


@pytest.mark.parametrize(
    "draft",
    [
        {"settings": 3, "guess": "x", "seed": "y"},
        {"settings": {"target": 1e9, "start": -4, "ramp": None, "deal": "6"}},
        {"guess": {"first": "moon", "leads": 1, "revenue": 2}},
        {"guess": {"first": "leads", "leads": float("nan"), "revenue": 2}},
        {"trial": -1, "many": 2.5, "programme": True, "visitors": 7},
        {"visitors": [500]},
    ],
)
def test_a_damaged_draft_is_survived(draft: dict[str, Any]) -> None:
    """Whatever the store gives back, there is a funnel."""
    journal = make_journal()
    journal.save_draft("funnel", draft)
    widget = make(journal)
    assert widget.view["error"] is None
    assert widget.view["results"] is None
    send(widget, "guess", first="leads", leads="1", revenue="1")
    assert widget.view["results"]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("guess", {"first": "moon", "leads": "1", "revenue": "1"}),
        ("guess", {"first": ["leads"], "leads": "1", "revenue": "1"}),
        ("guess", {"first": "leads", "leads": "", "revenue": "1"}),
        ("guess", {"first": "leads", "leads": "much", "revenue": "1"}),
        ("guess", {"first": "leads", "leads": "99999", "revenue": "1"}),
        ("guess", {"first": "leads", "leads": 3, "revenue": "1"}),
        ("set", {"slider": "visitors", "value": 3}),
        ("set", {"slider": "target", "value": 99}),
        ("set", {"slider": "target", "value": "8"}),
        ("trial", {"visitors": 7}),
        ("trial", {}),
        ("truth", {}),
        ("many", {"visitors": 500, "truth": "maybe"}),
    ],
)
def test_nonsense_from_the_browser_becomes_an_error_in_words(
    kind: str, message: dict[str, Any]
) -> None:
    """It moves nothing."""
    widget = make()
    before = {k: widget.view[k] for k in ("sliders", "guess", "results")}
    send(widget, kind, **message)
    assert widget.view["error"]
    assert {k: widget.view[k] for k in before} == before


def test_the_summary_hides_and_tells_as_the_screen_does() -> None:
    """The text output of the cell."""
    assert repr(make()).endswith("Guess what moves first, and by how much.")
    assert "2,600" not in repr(make())
    assert "Revenue: moves from week 12 to week 18" in repr(make(guessed=True))


@pytest.mark.parametrize(
    ("share", "text"), [(0.538, "+53.8 %"), (0.89, "+89 %"), (0.0, "0 %"), (-0.1, "−10 %")]
)
def test_growth_reads_well(share: float, text: str) -> None:
    """With a sign, and no digit that says nothing."""
    assert percent(share) == text
