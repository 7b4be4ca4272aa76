"""A choice of few measures is judged by rules, and several good sets exist."""

from __future__ import annotations

from itertools import combinations

import pytest

from okrlab.assessment.vital_few import MOST, review
from okrlab.content import library
from okrlab.errors import AnswerError

COMPANIES = library().vital_few.companies
BRYGG = COMPANIES[0]


def test_a_set_that_holds() -> None:
    """Every rule passed, no story told twice, each side looked at."""
    seen = review(BRYGG, ["churn", "margin", "tasting", "late", "idle"])
    assert seen.holds
    assert seen.passing == 5
    assert seen.missing == ()
    assert "stay" in {m.id for m in seen.others}


def test_twins_and_a_missing_side_are_noticed() -> None:
    """Both pass the rules, and yet one of them is one too many."""
    seen = review(BRYGG, ["churn", "stay"])
    assert not seen.holds
    assert [(a.id, b.id) for a, b in seen.twins] == [("churn", "stay")]
    assert seen.missing == ("finance", "process", "people")


def test_a_measure_that_fails_a_rule_spoils_the_set() -> None:
    """Followers only grow."""
    seen = review(BRYGG, ["churn", "followers"])
    assert (seen.passing, seen.holds) == (1, False)


@pytest.mark.parametrize("company", COMPANIES, ids=lambda c: c.id)
@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_good_sets_are_counted(company, size: int) -> None:  # type: ignore[no-untyped-def]
    """The formula agrees with looking at every set."""
    ids = [m.id for m in company.measures if m.key]
    held = sum(review(company, some).holds for some in combinations(ids, size))
    assert review(company, ids[:size]).good_sets == held
    assert held > 1


@pytest.mark.parametrize(
    ("ids", "says"),
    [([], "0 measures"), ([m.id for m in BRYGG.measures[:6]], "6 measures"), (["x"], "“x”")],
)
def test_what_cannot_be_judged_is_refused(ids: list[str], says: str) -> None:
    """Nothing, too much, or something else."""
    with pytest.raises(AnswerError, match=says):
        review(BRYGG, ids)
