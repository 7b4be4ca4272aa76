"""The figures of a class as charts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from okrlab import charts
from okrlab.assessment.class_report import ClassReport
from okrlab.content import library
from okrlab.errors import OkrlabError
from okrlab.interop.class_charts import gain_chart, ideas_chart, mastery_chart
from okrlab.interop.class_report import of_data, report_of
from okrlab.interop.class_source import ClassData
from tests.assessment.examples import attempt

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo() -> ClassReport:
    """The report on the made-up class."""
    return report_of(None, library(), NOW)[0]


def test_each_chart_is_labelled_and_says_its_figures(demo: ClassReport) -> None:
    """A picture, and the same in words."""
    top = demo.ideas[0]
    assert demo.gain is not None
    for draw, said in (
        (ideas_chart, f"{top.learners} of {top.asked} learners lean to it"),
        (mastery_chart, "1 in 4 is below"),
        (gain_chart, demo.gain.words()[0]),
    ):
        chart = draw(demo)
        assert charts.words(chart).startswith("Generated class")
        assert said in charts.words(chart)
        assert charts.png(chart, scale=1).startswith(b"\x89PNG")


def test_a_small_class_shows_everybody() -> None:
    """A column for each learner."""
    room = {who: [attempt(1, id=who, learner=who)] for who in ("ada", "ben")}
    report = of_data(ClassData("Friday", room), library(), NOW, names=True)
    assert "ada" in charts.words(mastery_chart(report))


@pytest.mark.parametrize("draw", [ideas_chart, mastery_chart, gain_chart])
def test_what_is_not_there_cannot_be_drawn(draw: Callable[[ClassReport], object]) -> None:
    """And why is said."""
    empty = of_data(ClassData("x", {}), library(), NOW, names=False)
    with pytest.raises(OkrlabError, match=r"nobody|no learner"):
        draw(empty)
