"""The words of EightDimensions: complete, consistent with the model, and from many industries."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from okrlab.content import library
from okrlab.content.dimensions import DimensionFile
from okrlab.model.dimensions import DEFINING, WARNING, Dimension, judge, smallest_changes


def shipped() -> dict[str, Any]:
    """The shipped file as plain data."""
    return library().dimensions.model_dump()


def test_the_shipped_file_has_eight_dimensions_with_their_claims() -> None:
    """Each names a claim of the first source that exists and asks for this widget."""
    for text in library().dimensions.dimensions:
        claim = library().claims[text.claim]
        assert claim.id.startswith("000-dim-")
        assert claim.widget == "EightDimensions"


def test_measures_come_from_six_industries_and_start_in_every_role() -> None:
    """Learners meet a KPI, a health metric and a key result without touching a switch."""
    measures = library().dimensions.measures
    assert len({m.industry for m in measures}) >= 6
    assert len({judge(m.start.use).role for m in measures}) == 3


def test_challenges_have_decoys_and_one_shortest_way() -> None:
    """Each can be solved in one way only, and another switch stands ready to be flipped in vain."""
    for measure in library().dimensions.measures:
        task = measure.challenge
        assert len(smallest_changes(task.start.use, task.role)) == 1
        typical = set(Dimension) - set(DEFINING)
        assert typical - task.start.use.towards


def test_both_sides_of_a_switch_differ() -> None:
    """A switch whose sides read alike teaches nothing."""
    for measure in library().dimensions.measures:
        for sides in measure.switches.values():
            assert sides.kpi != sides.key_result
        assert measure.guard.agreed != measure.guard.none


def test_mistakes_are_refused_in_words() -> None:
    """A missing switch, an order that differs, a task that is solved already, a lost warning."""

    def refused(change: Any) -> str:
        data = shipped()
        change(data)
        with pytest.raises(ValidationError) as error:
            DimensionFile.model_validate(data)
        return str(error.value)

    assert "origin" in refused(lambda d: d["measures"][0]["switches"].pop("origin"))
    swapped = refused(lambda d: d.update(dimensions=d["dimensions"][::-1]))
    assert "in this order" in swapped
    solved = refused(lambda d: d["measures"][0]["challenge"].update(goal="kpi"))
    assert "nothing to flip" in solved
    assert "defining" in refused(lambda d: d["dimensions"][0].update(missing=None))
    assert "warning" in refused(lambda d: d["dimensions"][1].update(warning=None))
    twice = refused(lambda d: d.update(measures=(d["measures"][0],) * 2))
    assert "first-answer" in twice
    assert {d.value for d in WARNING} == {"compensation", "visibility"}
