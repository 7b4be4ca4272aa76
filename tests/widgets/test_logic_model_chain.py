"""LogicModelChain in Python: marks, the gap, the choice, drafts, and what the browser may know."""

from __future__ import annotations

import json
import random

import pytest

from okrlab.assessment.journal import MemoryJournal
from okrlab.content import library
from okrlab.widgets import LogicModelChain
from tests.widgets.sort_examples import make_journal, send

FILE = library().logic_models
MEANS = library().logic_model("ten-integrations").means


def make(journal: MemoryJournal | None = None, name: str = "ten-integrations") -> LogicModelChain:
    model = library().logic_model(name)
    return LogicModelChain(FILE, model, journal or make_journal(), rng=random.Random(7))


def stages(widget: LogicModelChain) -> dict[str, str]:
    """The right link of each card, by the id that the browser knows."""
    by_text = {c.text: c.stage for c in widget.model_content.cards}
    return {c["id"]: by_text[c["text"]] for c in widget.view["cards"]}


def sort(widget: LogicModelChain, **wrong: str) -> None:
    """Put every card where it belongs, except those of which `wrong` tells another link."""
    named = {c.text: wrong[c.id] for c in widget.model_content.cards if c.id in wrong}
    texts = {c["id"]: c["text"] for c in widget.view["cards"]}
    for card, stage in stages(widget).items():
        send(widget, "place", card=card, bucket=named.get(texts[card], stage), seconds=2)


def test_the_key_stays_in_python_until_the_check() -> None:
    """Stages, reasons, the number needed and what leads on are not synced before."""
    widget = make()
    state = json.dumps({k: v for k, v in widget.get_state().items() if k not in ("_esm", "_css")})
    for card in widget.model_content.cards:
        assert card.why not in state
        assert f'"{card.id}"' not in state
    assert "17" not in json.dumps(widget.view["means"])
    assert not [a.why for a in MEANS.activities if a.why in state]
    assert "leadsOn" not in state
    assert widget.view["afterwards"] is None


def test_wrong_links_are_told_why_with_the_misconception() -> None:
    """Ten live as an outcome is M05; recorded per card, for the concept of the lesson."""
    journal = make_journal()
    widget = make(journal)
    sort(widget, live="outcomes")
    send(widget, "check")
    [told] = [o for o in widget.view["outcomes"].values() if not o["correct"]]
    assert told["misconception"]["id"] == "M05"
    assert told["tempts"].startswith("Ten of ten")
    assert widget.view["result"]["line"] == "7 of 8 right at the first try."
    attempts = journal.attempts()
    assert len(attempts) == 8
    assert {a.concept for a in attempts} == {"logic-model"}
    assert {a.activity for a in attempts} == {"logic-model/ten-integrations"}
    assert [a.misconceptions for a in attempts if a.mark == 0] == [("M05",)]


def test_what_to_take_home_comes_when_the_chain_is_right() -> None:
    """And the next step is the means."""
    widget = make(name="safe-births")
    sort(widget)
    send(widget, "check")
    assert "20 years" in " ".join(widget.view["afterwards"])
    assert widget.view["result"]["next"].endswith("Then see whether the means suffice.")


@pytest.mark.parametrize(
    ("guess", "right", "says"),
    [
        (17, True, "bring $10,200,000, just enough"),
        (16, False, "$400,000 too little. It takes 17"),
        (1, False, "One sales rep brings $600,000"),
        (40, False, "17 would do"),
    ],
)
def test_the_guess_is_answered_with_what_it_brings(guess: int, right: bool, says: str) -> None:
    """Then the gap is shown, as a picture and in words."""
    widget = make()
    assert widget.view["means"]["gap"] is None
    send(widget, "guess", guess=guess)
    gap = widget.view["means"]["gap"]
    assert gap["right"] is right
    assert says in gap["words"]
    assert gap["picture"]["parts"] == 17
    assert gap["picture"]["there"] == 4
    assert gap["inWords"] == (
        "Four sales reps bring $2,400,000. The goal is $10,000,000, so $7,600,000 is missing. "
        "It takes 17: 13 more."
    )


def test_other_figures_move_the_gap() -> None:
    """More reps, a smaller goal; and back to the case."""
    widget = make()
    send(widget, "guess", guess=17)
    send(widget, "try", field="units", value=17)
    gap = widget.view["means"]["gap"]
    assert "it can be reached" in gap["inWords"]
    assert gap["picture"]["goalAt"] == pytest.approx(10 / 10.2, abs=1e-4)
    assert gap["changed"]
    send(widget, "try", field="each", value=60_000)
    assert widget.view["means"]["gap"]["picture"]["parts"] == 0
    send(widget, "try", field="goal", value=2_400_000)
    send(widget, "case")
    assert not widget.view["means"]["gap"]["changed"]
    send(widget, "try", field="goal", value=2_400_000)
    assert "it can be reached" in widget.view["means"]["gap"]["inWords"]


def pick(widget: LogicModelChain, *names: str) -> None:
    for name in names:
        send(widget, "pick", activity=name, on=True)


def test_four_that_fit_and_lead_on_can_be_done() -> None:
    """Twelve, ten, four and eight weeks are 34 of 36."""
    widget = make()
    pick(widget, "asked-for", "assistant", "gave-up", "broken")
    assert widget.view["means"]["weeks"] == 34
    assert widget.view["means"]["verdict"] is None
    send(widget, "can")
    verdict = widget.view["means"]["verdict"]
    assert verdict["good"]
    assert "34 of 36 person-weeks, four things" in verdict["lines"][0]
    assert len(verdict["each"]) == 4


def test_too_much_too_many_idle_and_too_few_are_told() -> None:
    """Each in its own words; a changed choice takes the verdict away."""
    widget = make()
    pick(widget, "asked-for", "assistant", "more", "gave-up", "video")
    send(widget, "can")
    lines = " ".join(widget.view["means"]["verdict"]["lines"])
    assert "5 activities are too many" in lines
    assert "They take 55 person-weeks, and there are 36" in lines
    assert "Two things on your list would be done and change nothing" in lines
    send(widget, "pick", activity="more", on=False)
    assert widget.view["means"]["verdict"] is None
    send(widget, "pick", activity="video", on=False)
    send(widget, "pick", activity="assistant", on=False)
    send(widget, "can")
    verdict = widget.view["means"]["verdict"]
    assert (verdict["good"], verdict["doable"]) == (False, True)
    assert "20 person-weeks are left" in verdict["lines"][0]


def test_everything_is_kept() -> None:
    """Cards, guess, figures and choice are there in the next session."""
    journal = make_journal()
    widget = make(journal)
    sort(widget, live="impact")
    send(widget, "check")
    send(widget, "show", part="means")
    send(widget, "guess", guess=12)
    send(widget, "try", field="units", value=9)
    pick(widget, "assistant", "video")
    send(widget, "can")
    again = make(journal)
    for field in ("part", "placed", "outcomes", "means"):
        assert again.view[field] == widget.view[field]


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"part": "roof", "guess": "many", "units": -4, "each": None, "goal": 1e99, "chosen": 7},
        {"guess": True, "chosen": ["gone", 3, {}], "checked": "yes"},
    ],
)
def test_a_damaged_draft_is_survived(draft: dict[str, object]) -> None:
    """What does not fit is left out."""
    journal = make_journal()
    journal.save_draft("logic-model/ten-integrations/means", draft)
    view = make(journal).view
    assert (view["part"], view["error"]) == ("chain", None)
    assert view["means"]["guess"] is None
    assert view["means"]["weeks"] == 0


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("guess", {"guess": "seventeen"}),
        ("guess", {"guess": 16.7}),
        ("guess", {"guess": float("nan")}),
        ("try", {"field": "units", "value": 5}),
        ("pick", {"activity": "gone", "on": True}),
        ("pick", {"activity": "more", "on": 1}),
        ("show", {"part": "roof"}),
        ("place", {"card": "c1", "bucket": "kpi"}),
    ],
)
def test_nonsense_from_the_browser_becomes_words(kind: str, message: dict[str, object]) -> None:
    """And changes nothing."""
    widget = make()
    before = {k: widget.view[k] for k in ("part", "placed", "means")}
    send(widget, kind, **message)
    assert widget.view["error"]
    assert {k: widget.view[k] for k in before} == before


def test_the_summary_is_words() -> None:
    """The text output of the cell."""
    widget = make()
    assert repr(widget) == (
        "Logic model “Ten integrations”: 8 cards to sort into Resources, Activities, Outputs, "
        "Outcomes, Impact."
    )
