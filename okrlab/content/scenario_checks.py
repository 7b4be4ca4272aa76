"""Checks of scenarios that a field's type cannot express."""

from __future__ import annotations

from collections.abc import Mapping

from okrlab.content._findings import Findings, Loc
from okrlab.content._yaml import Document
from okrlab.content.library import Library, Source
from okrlab.content.scenario import PLACE, STEPS, Scenario
from okrlab.content.scenario_values import Measured, figure_values, measured
from okrlab.content.series import Series
from okrlab.errors import ContentError, ModelError


def check_scenario(
    findings: Findings, source: Source, scenario: Scenario, known: Mapping[str, Series]
) -> None:
    """Note every mistake in a scenario."""
    findings.seeds(source, (), scenario.seed_refs)
    _times(findings, source, scenario)
    _vote(findings, source, scenario)
    findings.twice(source, ("series",), [s.id for s in scenario.series], "series")
    findings.twice(source, ("figures",), [x.id for x in scenario.figures], "figure")
    try:
        series = measured(scenario, known)
    except (ContentError, ModelError) as error:
        findings.say(source, ("series",), str(error))
        return
    _figures(findings, source, scenario, series)
    _reveal(findings, source, scenario, series)
    name = getattr(scenario.what_if, "series", None)
    if name is not None:
        findings.known(source, ("what_if", "series"), name, series, "series of this scenario")
        _point(findings, source, scenario, series.get(name))


def scenario_mistakes(scenario: Scenario, content: Library) -> list[str]:
    """Every mistake in one scenario, each as "field: what would be right".

    Args:
        scenario: as read, from wherever it lies.
        content: whose misconceptions, claims and series it may refer to.
    """
    findings = Findings(content.misconceptions, content.concepts, content.claims)
    source = Source(scenario.id, scenario.id, Document({}, {}), scenario)
    check_scenario(findings, source, scenario, content.all_series)
    return [f"{problem.field}: {problem.message}" for problem in findings.problems]


def _times(findings: Findings, source: Source, scenario: Scenario) -> None:
    total = sum(scenario.step(name).minutes for name in STEPS)
    if total != scenario.minutes:
        findings.say(
            source,
            ("minutes",),
            f"the steps take {total} minutes together, and the scenario says {scenario.minutes}",
        )


def _vote(findings: Findings, source: Source, scenario: Scenario) -> None:
    vote = scenario.steps.vote
    where: Loc = ("steps", "vote")
    findings.twice(source, (*where, "options"), [o.id for o in vote.options], "id")
    findings.twice(source, (*where, "options"), [o.text for o in vote.options], "option")
    right = sum(o.correct for o in vote.options)
    if vote.poll and right:
        findings.say(source, (*where, "poll"), "a poll has no right option; remove 'correct'")
    if not vote.poll and right != 1:
        findings.say(
            source,
            (*where, "options"),
            f"one option is right, and here {right} are; for a matter of judgement, set poll: true",
        )
    for index, option in enumerate(vote.options):
        at = (*where, "options", index)
        if option.misconception is not None:
            findings.misconception(source, (*at, "misconception"), option.misconception)
        elif not vote.poll and not option.correct:
            findings.say(source, at, "a wrong option names the misconception that it shows")
        if option.correct and option.misconception:
            findings.say(source, (*at, "misconception"), "the right option shows none")


def _figures(
    findings: Findings, source: Source, scenario: Scenario, series: Mapping[str, Measured]
) -> None:
    values, wrong = figure_values(scenario, series)
    for index, message in wrong.items():
        findings.say(source, ("figures", index), message)
    names = {figure.id for figure in scenario.figures}
    quoted: set[str] = set()
    for where, text in scenario.texts():
        for name in PLACE.findall(text):
            quoted.add(name)
            findings.known(source, where, name, names, "figure")
    for index, bar in enumerate(scenario.bars.bars if scenario.bars else ()):
        quoted.add(bar.figure)
        findings.known(source, ("bars", "bars", index, "figure"), bar.figure, names, "figure")
    for index, figure in enumerate(scenario.figures):
        if figure.id not in quoted and figure.id in values:
            findings.say(source, ("figures", index), f"no text quotes “{figure.id}”; remove it")


def _reveal(
    findings: Findings, source: Source, scenario: Scenario, series: Mapping[str, Measured]
) -> None:
    if bool(series) == bool(scenario.bars):
        findings.say(source, ("series",), "give either series or bars, so there is one picture")
        return
    most = points_of(scenario, series)
    for index, pause in enumerate(scenario.steps.reveal.pauses):
        if pause.at > most:
            findings.say(
                source,
                ("steps", "reveal", "pauses", index, "at"),
                f"there are {most} points to reveal, so it never comes to {pause.at}",
            )
    for index, data in enumerate(scenario.series):
        if data.appears_at > most:
            findings.say(
                source, ("series", index, "appears_at"), f"there are only {most} points to reveal"
            )
    periods = {line.period for line in series.values()}
    if len(periods) > 1:
        findings.say(source, ("series",), f"all series have one period; here: {sorted(periods)}")


def points_of(scenario: Scenario, series: Mapping[str, Measured]) -> int:
    """How many points, or bars, a scenario has to reveal."""
    if scenario.bars:
        return len(scenario.bars.bars)
    return max((len(line.values) for line in series.values()), default=0)


def _point(findings: Findings, source: Source, scenario: Scenario, line: Measured | None) -> None:
    if line is None:
        return
    if line.baseline is None:
        findings.say(source, ("what_if", "series"), f"the series “{line.id}” has no limits")
    at = getattr(scenario.what_if, "at", None) or len(line.values)
    if at > len(line.values):
        findings.say(
            source, ("what_if", "at"), f"the series has {len(line.values)} points, and no {at}"
        )
    elif getattr(scenario.what_if, "mean_of", 1) > at:
        findings.say(source, ("what_if", "mean_of"), f"there are only {at} points up to there")
