"""`vital_few.yaml`: companies that leave a real choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from okrlab.content import library
from okrlab.content.vital_few import VitalFewFile


def test_the_shipped_companies_differ_and_have_many_measures() -> None:
    """Three industries, some eighteen measures each, no position that gives the key away."""
    companies = library().vital_few.companies
    assert len({c.industry for c in companies}) == len(companies) >= 3
    for company in companies:
        assert len(company.measures) == 18
        key = [m.key for m in company.measures]
        assert 7 <= sum(key) <= 11
        assert 2 <= sum(key[:6]) <= 5


def test_the_words_do_not_give_the_key_away() -> None:
    """Measures that are key are as long as the others, on average."""
    measures = [m for c in library().vital_few.companies for m in c.measures]
    key = [len(m.name) for m in measures if m.key]
    rest = [len(m.name) for m in measures if not m.key]
    assert abs(sum(key) / len(key) - sum(rest) / len(rest)) < 12


def _data() -> dict[str, Any]:
    return library().vital_few.model_dump()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda ms: ms[1].update(id=ms[0]["id"]), "used twice"),
        (lambda ms: ms[0].update(twin="nothing"), "does not name it back"),
        (lambda ms: [m.update(act=False) for m in ms[:14]], "7 are needed"),
        (lambda ms: [m.update(perspective="finance") for m in ms], "no measure that is key looks"),
        (lambda ms: [m.update(state=True) for m in ms], "must fail the rule “state”"),
    ],
)
def test_a_company_without_a_choice_is_refused(
    change: Callable[[list[dict[str, Any]]], Any], says: str
) -> None:
    """The message says what is missing."""
    data = _data()
    change(data["companies"][0]["measures"])
    with pytest.raises(ValidationError, match=says):
        VitalFewFile.model_validate(data)


def test_a_company_stands_there_once() -> None:
    """Two with one id would share a draft."""
    data = _data()
    data["companies"] += (data["companies"][0],)
    with pytest.raises(ValidationError, match="used twice"):
        VitalFewFile.model_validate(data)
