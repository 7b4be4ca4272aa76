"""Scenarios: the figures are those of the models, and every mistake is told with its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrlab.content import library
from okrlab.content.checks import check_content
from okrlab.content.library import shipped_folder
from okrlab.content.scenario import PLACE, STEPS, Scenario
from okrlab.content.scenario_values import figure_values, filled, measured, shown
from okrlab.errors import ContentError, UnknownNameError

NAMES = library().names("scenarios")

# By curriculum.md and models.md of the design, S1 to S10.
EXPECTED = {
    "lumen-churn": ["2.43 %", "1.85", "3.01", "month 14, at 3.1", "3.1 to 1.9", "1.0", "0.97",
                    "1.51 to 2.24"],
    "six-engineers": ["50, 80, 90 and 94.1 %", "64 %"],
    "kite-calls": ["8.15 to 5.7", "73.75 to 48", "11.05 to 9.7", "11.88", "66 %", "week 15"],
    "conversion-doubled": ["1.0", "3.3 %", "89 %", "4,000 instead of 2,600", "$1,342,857",
                           "$2,457,143"],
    "web-leads": ["11.6", "32.4", "week 20", "0.92", "31.75", "0.75"],
    "integration-factory": ["10 of 10", "8 %", "0.06", "signals is 0"],
    "latency-panic": ["268", "215.5", "281.8", "weeks: 0"],
    "four-hours": ["66.3", "77.4", "76", "78", "weeks: 0"],
    "ten-million": ["$2.4 million", "17 reps"],
    "seven-tenths": ["0.72", "0.70", "miss", "green"],
}  # fmt: skip
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
WORKED_OUT = {"four-hours": {"78"}, "integration-factory": {"0"}}
"""Numbers of the data step that are neither computed nor given: a target that the model is asked
about in the test below, and none in a word."""


def table(scenario: Scenario) -> dict[str, str]:
    """Every figure as its texts show it."""
    values, wrong = figure_values(scenario, measured(scenario, library().all_series))
    assert not wrong
    return {f.id: shown(f, values[f.id]) for f in scenario.figures}


def test_there_are_ten() -> None:
    """The ten of the curriculum."""
    assert sorted(EXPECTED) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_the_data_say_has_the_curriculums_figures(name: str) -> None:
    """Computed now from the models, compared with what the design worked out."""
    scenario = library().scenario(name)
    figures = table(scenario)
    text = " ".join(filled(line, figures) for line in scenario.steps.data.says)
    for figure in EXPECTED[name]:
        assert figure in text, figure


@pytest.mark.parametrize("name", NAMES)
def test_no_computed_figure_is_typed_in(name: str) -> None:
    """A number in what the data say is a figure by name, or given by the case or the data."""
    scenario = library().scenario(name)
    steps = scenario.steps
    given = " ".join([steps.case.text, steps.vote.text, scenario.model_dump_json(include={
        "series", "bars", "figures", "what_if"})])  # fmt: skip
    known = set(NUMBER.findall(given)) | {number.removesuffix(".0") for number in
                                          NUMBER.findall(given)}  # fmt: skip
    for line in measured(scenario, library().all_series).values():
        known |= {f"{v:g}" for v in line.values}
        known.add(str(len(line.values)))
    for text in steps.data.says:
        for number in NUMBER.findall(PLACE.sub("", text)):
            assert number in known | WORKED_OUT.get(name, set()), f"{number} in: {text}"


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_complete_once_filled(name: str) -> None:
    """No brace is left, no text becomes longer than it may be."""
    scenario = library().scenario(name)
    figures = table(scenario)
    for where, text in scenario.texts():
        assert not PLACE.search(filled(text, figures)), where


@pytest.mark.parametrize("name", NAMES)
def test_the_right_option_is_not_given_away(name: str) -> None:
    """It is not the longest by far, and every wrong one says why it tempts at some length."""
    options = library().scenario(name).steps.vote.options
    right = [len(o.text) for o in options if o.correct]
    wrong = [len(o.text) for o in options if not o.correct]
    assert not right or right[0] <= 1.35 * max(wrong)
    assert all(len(o.shows) > 60 and len(o.handle) > 45 for o in options)


def test_the_right_option_has_no_place_of_its_own() -> None:
    """Across the scenarios it stands first, second and third."""
    places = [
        [o.correct for o in library().scenario(n).steps.vote.options].index(True)
        for n in NAMES
        if not library().scenario(n).steps.vote.poll
    ]
    assert set(places) == {0, 1, 2}
    assert max(places.count(p) for p in set(places)) <= 5


# -- mistakes -------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A coach's content folder with a copy of a shipped scenario under a name of its own."""
    folder = tmp_path / "mine" / "scenarios"
    folder.mkdir(parents=True)
    return folder


def told(own: Path, change: Any) -> list[str]:
    """What the check says about a scenario after a change."""
    source = shipped_folder() / "scenarios" / "lumen-churn.yaml"
    data = yaml.safe_load(source.read_text("utf-8"))
    data["id"] = "mine"
    change(data)
    path = own / "mine.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return [
        f"{p.field}: {p.message}"
        for p in check_content([shipped_folder(), own.parent])
        if p.file.endswith("mine.yaml")
    ]


def test_a_copy_without_a_change_is_right(own: Path) -> None:
    """So the mistakes below come from the changes."""
    assert told(own, lambda data: None) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(minutes=21), "minutes: the steps take 20 minutes together"),
        (lambda d: d["figures"].pop(0), "there is no figure “centre”"),
        (
            lambda d: d["figures"].append({"id": "spare", "is": "centre", "series": "churn"}),
            "no text quotes “spare”",
        ),
        (
            lambda d: d["figures"].append(
                {"id": "x", "is": "first_signal", "series": "churn", "since": 28}
            ),
            "has no signal from point 28 on",
        ),
        (lambda d: d["figures"][0].update(series="none"), "there is no series “none” in this"),
        (lambda d: d["series"][0].update(ref="none"), "there is no series “none” in series.yaml"),
        (lambda d: d["series"][0].pop("ref"), "give one of 'ref', 'values' and 'made'"),
        (lambda d: d["steps"]["reveal"]["pauses"][3].update(at=28), "it never comes to 28"),
        (lambda d: d["steps"].pop("pair"), "steps.pair: this field is missing"),
        (
            lambda d: d["steps"]["vote"]["options"][0].update(correct=True),
            "one option is right, and here 2 are",
        ),
        (
            lambda d: d["steps"]["vote"]["options"][0].pop("misconception"),
            "a wrong option names the misconception",
        ),
        (lambda d: d["steps"]["vote"].update(poll=True), "a poll has no right option"),
        (lambda d: d["what_if"].update(model="magic"), "'model' must be one of"),
        (lambda d: d["what_if"].update(series="none"), "there is no series of this scenario"),
        (lambda d: d["what_if"].update(at=99), "the series has 27 points, and no 99"),
        (lambda d: d["what_if"]["target"].update(start=9), "a slider starts between"),
        (lambda d: d.update(seed_refs=["000-none"]), "there is no claim “000-none”"),
        (lambda d: d.update(id="other"), "a file with “other” is named other.yaml"),
    ],
)
def test_each_mistake_is_told(own: Path, change: Any, message: str) -> None:
    """With the field, and what would be right."""
    assert any(message in line for line in told(own, change))


def test_all_mistakes_are_told_at_once(own: Path) -> None:
    """A coach mends them in one go."""

    def change(data: dict[str, Any]) -> None:
        data["minutes"] = 99
        data["steps"]["take_home"]["points"][0] = "Quotes {nothing}."
        data["steps"]["vote"]["options"][2]["misconception"] = "M99"

    lines = told(own, change)
    assert len(lines) == 3
    assert any(line.startswith("steps.take_home.points[0]: ") for line in lines)


def test_names_and_files(own: Path) -> None:
    """By name with the nearest offered, or by the path of a file."""
    with pytest.raises(UnknownNameError, match="lumen-churn"):
        library().scenario("lumen-chrun")
    told(own, lambda data: None)
    assert library().scenario(str(own / "mine.yaml")).id == "mine"
    (own / "mine.yaml").write_text("format: 1\n", "utf-8")
    with pytest.raises(ContentError, match="mistakes"):
        type(library())().scenario(str(own / "mine.yaml"))


def test_every_scenario_has_every_step_with_notes() -> None:
    """Nine steps, and notes for each."""
    for name in NAMES:
        scenario = library().scenario(name)
        assert all(len(scenario.step(step).notes) > 30 for step in STEPS), name
