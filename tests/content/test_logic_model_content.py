"""The chains of LogicModelChain: whole, explained for every wrong link, true to the sources."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from okrlab.assessment.deck import mark_deck
from okrlab.content import library
from okrlab.content.checks import check_content
from okrlab.content.logic_model import LogicModelFile
from okrlab.model.logic_model import Stage, check_order

FILE = library().logic_models
MODELS = {m.id: m for m in FILE.models}


def test_three_chains_ship_with_the_two_of_the_podcast() -> None:
    """Ten integrations, a million cars, and one of ours for a health charity."""
    assert list(MODELS) == ["ten-integrations", "million-cars", "safe-births"]
    assert len({m.industry for m in FILE.models}) == 3


@pytest.mark.parametrize("name", MODELS)
def test_every_wrong_link_is_explained_with_its_misconception(name: str) -> None:
    """Whatever the learner does with a card, there is a cue, a reason and a named idea."""
    model = MODELS[name]
    deck = FILE.deck(model)
    assert [b.id for b in deck.buckets] == [s.value for s in Stage]
    for card in deck.cards:
        for stage in Stage:
            outcome = mark_deck(deck, {card.id: stage.value})[card.id]
            assert outcome.correct is (stage.value == card.bucket)
            if not outcome.correct:
                assert set(outcome.misconceptions) <= {"M05", "M19"}
                assert outcome.misconceptions
                assert outcome.parts[0].feedback.tempts


def test_a_round_number_is_no_outcome_and_no_impact() -> None:
    """The million is M05 as an outcome, M19 as an impact: counted is not changed."""
    deck = FILE.deck(MODELS["million-cars"])
    for stage, idea in (("outcomes", "M05"), ("impact", "M19")):
        outcome = mark_deck(deck, {"million": stage})["million"]
        assert outcome.misconceptions == (idea,)


def test_impact_can_be_harm_and_the_disputed_place_is_not_asked() -> None:
    """Deaths and smoke are an impact; no card names a place where the cars were built."""
    model = MODELS["million-cars"]
    assert next(c for c in model.cards if c.id == "harm").stage == "impact"
    words = model.model_dump_json().casefold()
    assert not [place for place in ("rouge", "highland park", "detroit") if place in words]


def test_business_impact_is_worth_and_a_charity_waits_for_years() -> None:
    """Both are said where the chain is right."""
    assert "what the company is worth" in " ".join(MODELS["ten-integrations"].afterwards)
    assert "3, 5, 10 or even 20 years" in " ".join(MODELS["safe-births"].afterwards)


def test_the_start_up_needs_seventeen() -> None:
    """Four reps at $0.6M bring $2.4M of $10M."""
    check = MODELS["ten-integrations"].means.check
    assert (check.reachable, check.needed, check.gap) == (2_400_000, 17, 7_600_000)
    assert MODELS["million-cars"].means.check.needed == 4
    assert MODELS["safe-births"].means.check.needed == 18


def test_cards_in_order_make_a_chain_without_a_slip() -> None:
    """The model agrees with the content."""
    from okrlab.model.logic_model import Link

    for model in FILE.models:
        links = [Link(c.text, Stage(c.stage)) for c in model.cards]
        found = check_order(sorted(links, key=lambda link: link.stage.rank))
        assert found.in_order
        assert found.missing == ()


def refused(change: Any) -> str:
    data = FILE.model_dump()
    change(data)
    with pytest.raises(ValidationError) as error:
        LogicModelFile.model_validate(data)
    return str(error.value)


def test_mistakes_are_refused_in_words() -> None:
    """A slip that is missing, a link without a card, means that suffice, nothing to choose."""
    assert "impact put into outcomes" in refused(lambda d: d.update(slips=d["slips"][:-1]))
    model = lambda d: d["models"][0]  # noqa: E731
    assert "no card belongs to: impact" in refused(
        lambda d: model(d).update(cards=tuple(model(d)["cards"][:-1]))
    )
    assert "no gap to see" in refused(lambda d: model(d)["means"].update(have=17))
    assert "nothing to choose" in refused(lambda d: model(d)["means"].update(capacity=500.0))
    assert "lead on must fit" in refused(lambda d: model(d)["means"].update(capacity=12.0))
    assert "ten-integrations" in refused(lambda d: d.update(models=(model(d), model(d))))
    assert "other links" in refused(
        lambda d: model(d)["cards"][0].update(
            wrong=({"stage": "resources", "misconception": "M05", "feedback": "x"},)
        )
    )


def test_an_unknown_misconception_is_found_by_author_check(tmp_path: Any) -> None:
    """With file and field."""
    from okrlab.content.library import shipped_folder

    for name in ("misconceptions", "concepts", "claims", "logic_models"):
        text = (shipped_folder() / f"{name}.yaml").read_text("utf-8")
        if name == "logic_models":
            text = text.replace("misconception: M19", "misconception: M77", 1)
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    problems = [p for p in check_content([tmp_path]) if p.file.endswith("logic_models.yaml")]
    assert len(problems) == 1
    assert "M77" in problems[0].message
