"""Each call of the facade."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from okrlab.content import library
from okrlab.errors import ContentError
from okrlab.notebook import _session

if TYPE_CHECKING:
    import pandas as pd

    from okrlab.content.series import Better, Period
    from okrlab.model.xmr.limits import Spread
    from okrlab.model.xmr.numbers import Values
    from okrlab.model.xmr.rules import Rules
    from okrlab.notebook._display import DataTask, Marked, Notice
    from okrlab.widgets import (
        AttainmentBoard,
        BonusLab,
        CapstoneBoard,
        CardSort,
        ClassReport,
        EightDimensions,
        ExerciseForm,
        FunnelLab,
        GoodhartLab,
        KeyResultCoach,
        KpiAudit,
        LifecycleBoard,
        LogicModelChain,
        OkrSetBuilder,
        OwnSeries,
        Poll,
        ProgressPanel,
        Quiz,
        Scenario,
        Study,
        TravelDashboard,
        VitalFew,
        XmrChart,
    )


def sort(deck: str) -> CardSort:
    """Show a deck of cards to sort.

    Args:
        deck: a deck's name, such as "kpi-or-key-result", or the path of a deck file of your own
            (ending in .yaml).

    Raises:
        UnknownNameError: no deck has that name; the message offers the nearest.
        ContentError: the deck's file has mistakes; all of them are listed.
    """
    from okrlab.widgets import CardSort

    return CardSort(library().deck(deck), _session.journal(), rng=_rng())


def quiz(name: str) -> Quiz:
    """Show a quiz, one question at a time.

    Args:
        name: a quiz's name, such as "two-jobs".

    Raises:
        UnknownNameError: no quiz has that name; the message offers the nearest.
    """
    from okrlab.widgets import Quiz

    return Quiz(library().quiz(name), _session.journal(), library(), rng=_rng())


def dimensions() -> EightDimensions:
    """Show one measure with its eight switches."""
    from okrlab.widgets import EightDimensions

    return EightDimensions(library().dimensions, _session.journal())


def logic_model(name: str) -> LogicModelChain:
    """Show a chain from resources to impact to put in order, and whether its means suffice.

    Args:
        name: a chain's name: "ten-integrations", "million-cars" or "safe-births".

    Raises:
        UnknownNameError: no chain has that name; the message offers the nearest.
    """
    from okrlab.widgets import LogicModelChain

    content = library()
    model = content.logic_model(name)
    return LogicModelChain(content.logic_models, model, _session.journal(), rng=_rng())


def attainment_board(name: str = "quarter") -> AttainmentBoard:
    """Show a quarter's key results to grade: attainment, ambition, and what no mean may hide.

    Args:
        name: a board's name: "quarter", "guardrail" or "point-seven".

    Raises:
        UnknownNameError: no board has that name; the message offers the nearest.
    """
    from okrlab.widgets import AttainmentBoard

    content = library()
    board, sets = content.attainment_board(name)
    return AttainmentBoard(board, sets, content.attainment.readings, _session.journal())


def lifecycle() -> LifecycleBoard:
    """Show a board on which work moves between KPIs, health metrics, key results and milestones."""
    from okrlab.widgets import LifecycleBoard

    return LifecycleBoard(library().lifecycle, _session.journal())


def board(key: str = "board") -> CapstoneBoard:
    """Put your own KPIs, health metrics and OKRs on a board, move them, and take them along.

    Args:
        key: names the board, so that it is found again tomorrow.
    """
    from importlib.metadata import version

    from okrlab.widgets import CapstoneBoard

    return CapstoneBoard(_session.journal(), library(), key=key, version=version("okrlab"))


def coach(text: str = "", *, objective: str = "", key: str = "coach") -> KeyResultCoach:
    """Write a key result and be coached while you type. Nothing leaves this machine.

    Args:
        text: what stands in the field at first, when nothing was typed there before.
        objective: the objective that it belongs to.
        key: names the draft, so that two coaches in one notebook keep their texts apart.
    """
    from okrlab.widgets import KeyResultCoach

    return KeyResultCoach(_session.journal(), text=text, objective=objective, key=key)


def okr_set(key: str = "okr-set") -> OkrSetBuilder:
    """Put an objective, its key results, KPIs and health metrics together.

    Args:
        key: names the set, so that it is found again tomorrow.
    """
    from okrlab.widgets import OkrSetBuilder

    return OkrSetBuilder(_session.journal(), key=key)


def xmr_chart(
    series: str | Values,
    *,
    title: str = "",
    unit: str = "",
    period: Period = "point",
    better: Better = "neither",
    baseline: int | None = None,
    target: float | None = None,
    band: tuple[float | None, float | None] | None = None,
    rules: Rules = "wheeler",
    spread: Spread = "mean",
    screen: bool = False,
    key: str = "own",
) -> XmrChart:
    """Draw a process behaviour chart whose points can be moved.

    Args:
        series: a series' name, such as "web-leads", or 2 to 500 numbers of your own: a list, or a
            column of a DataFrame. None or NaN is a gap.
        title: what your numbers measure. This and what follows describe your own numbers only.
        unit: such as "%".
        period: what one point is: "day", "week", "month", "point" and so on.
        better: "higher", "lower" or "neither".
        baseline: how many of the first points the limits come from. Default: all.
        target: a value that somebody wants to reach.
        band: the agreed range, as two edges; None leaves one open.
        rules: "wheeler" or "nhs", at first; for named series too, as are the next two.
        spread: "mean" or "median" moving range.
        screen: leave wild steps out of the spread, as the NHS does.
        key: names the draft, so that two charts of your own keep their points apart.

    Raises:
        UnknownNameError: no series has that name; the message offers the nearest.
        ModelError: the values are no series of finite numbers, or too few or too many.
    """
    from okrlab.widgets import XmrChart

    how: dict[str, Any] = {"rules": rules, "spread": spread, "screen": screen}
    if isinstance(series, str):
        return XmrChart(library().series(series), _session.journal(), **how)
    from okrlab.notebook._series import own_series

    described = {"title": title, "unit": unit, "period": period, "better": better}
    described |= {"baseline": baseline, "target": target, "band": band}  # type: ignore[dict-item]
    own, labels = own_series(series, described)
    return XmrChart(own, _session.journal(), key=key, labels=labels, **how)


def own_chart() -> OwnSeries:
    """Paste figures of your own or open a CSV file, and get them as a chart."""
    from okrlab.widgets import OwnSeries

    return OwnSeries(_session.journal())


def own_series(path: str, *, value: str | None = None, date: str | None = None) -> pd.Series[float]:
    """A column of a CSV file of your own, in order of time.

    Missing weeks or months become gaps. What was decided while reading stands in the result's
    ``attrs["notes"]``.

    Args:
        path: the file, seen from the notebook: "my-figures.csv".
        value: the column of numbers. Default: the only one there is.
        date: the column of dates. Default: the first one there is.

    Returns:
        Numbers, NaN where nothing was measured, with the dates (or other names of the points) as
        index.

    Raises:
        ContentError: the file cannot be read, and why: its separator, text among the numbers, dates
            out of order, too many rows.
        UnknownNameError: no column has that name; the message offers the nearest.
    """
    import pandas as pd

    from okrlab.interop.measurements import measurements, read_file, read_table

    read = measurements(read_table(read_file(path)), value, date)
    index = pd.DatetimeIndex(read.days) if read.days else list(read.labels) or None
    column = pd.Series(read.values, index=index, name=read.name, dtype="float64")
    column.attrs["notes"] = list(read.notes)
    return column


def poll(name: str) -> Poll:
    """Show a question on which good people differ. It is not marked, and nothing is recorded.

    Args:
        name: a poll's name: "kpi-name", "targets", "objectives-scored" or "church-and-state".

    Raises:
        UnknownNameError: no poll has that name; the message offers the nearest.
    """
    from okrlab.widgets import Poll

    return Poll(library().poll(name), _session.journal())


def scenario(name: str) -> Scenario:
    """Lead a room through a case: predict, vote, talk in pairs, vote again, reveal, debate.

    Args:
        name: a scenario's name, such as "lumen-churn", or the path of a file of your own (ending in
            .yaml).

    Raises:
        UnknownNameError: no scenario has that name; the message offers the nearest.
        ContentError: the scenario's file has mistakes.
    """
    from okrlab.content.scenario_checks import scenario_mistakes
    from okrlab.widgets import Scenario

    found = library().scenario(name)
    mistakes = scenario_mistakes(found, library())
    if mistakes:  # better before the room is there than in front of it
        listing = "\n".join(f"  {line}" for line in mistakes)
        raise ContentError(
            f"The scenario “{found.id}” has mistakes, so it is not shown:\n{listing}\n"
            "Mend them; `okrlab author check` tells their lines."
        )
    return Scenario(found, library().all_series, _session.journal())


def class_report(
    source: str | None = None, *, names: bool = False, demo: bool = False
) -> ClassReport:
    """Show where a class is, what it misunderstands, and what to open the next session with.

    Args:
        source: a class of the shared database; or a folder, file or URL with exports of progress,
            databases or the results of `okrlab grade`. Default: the class that
            `okrlab coach --class` was given, else a made-up one.
        names: show learners by name; otherwise they are numbered, fit for a room.
        demo: show the made-up class in any case.
    """
    from okrlab.notebook._classes import chosen_class, known_classes
    from okrlab.widgets import ClassReport

    return ClassReport(
        library(),
        lambda: _session.now().astimezone(),
        source=None if demo else source or chosen_class(),
        names=names,
        known=known_classes(),
    )


def funnel() -> FunnelLab:
    """Guess what moves first when conversion doubles, then see; and run experiments."""
    from okrlab.widgets import FunnelLab

    return FunnelLab(_session.journal())


def goodhart() -> GoodhartLab:
    """Put pressure on a measure, and see the measure and the value behind it part."""
    from okrlab.widgets import GoodhartLab

    return GoodhartLab(_session.journal(), rng=_rng())


def bonus() -> BonusLab:
    """See where the week of six sales engineers goes under a bonus, and which target it picks."""
    from okrlab.widgets import BonusLab

    return BonusLab(_session.journal())


def travel() -> TravelDashboard:
    """Drive to the objective by a dashboard, and mind what no dial shows."""
    from okrlab.widgets import TravelDashboard

    return TravelDashboard(_session.journal())


def vital_few() -> VitalFew:
    """Choose the few measures of a company that are key."""
    from okrlab.widgets import VitalFew

    return VitalFew(library().vital_few, _session.journal())


def kpi_audit(key: str = "kpi-audit") -> KpiAudit:
    """Audit your own KPIs: relevant, measurable, time-bound, actionable.

    Args:
        key: names the list, so that it is found again tomorrow.
    """
    from okrlab.widgets import KpiAudit

    return KpiAudit(_session.journal(), key=key)


def study() -> Study:
    """Show your reviews: what is due today, a fresh question on each, and when it comes again."""
    from okrlab.widgets import Study

    return Study(_session.journal(), library(), rng=_rng())


def progress() -> ProgressPanel:
    """Show what is mastered, what is not yet, and what to do next."""
    from okrlab.widgets import ProgressPanel

    return ProgressPanel(_session.journal(), library())


def exercise(name: str) -> ExerciseForm | DataTask:
    """Show an exercise: its form, or the task of the data track.

    Args:
        name: an exercise's number, such as "1.2".

    Raises:
        UnknownNameError: no exercise has that number; the message offers the nearest.
    """
    from okrlab.content.exercise import FormExercise

    found = library().exercise(name)
    if isinstance(found, FormExercise):
        from okrlab.widgets import ExerciseForm

        return ExerciseForm(found, _session.journal(), library())
    from okrlab.notebook._display import DataTask

    return DataTask(found)


def check(name: str, answer: Any = None) -> Marked:
    """Mark an answer to an exercise and explain the mark.

    Args:
        name: an exercise's number, such as "1.3".
        answer: the form that `exercise` gave, or the number, mapping or DataFrame that the task
            asks for.

    An answer that cannot be marked is explained too, not raised.
    """
    from okrlab.notebook._checking import marked

    return marked(library(), _session.journal(), name, answer)


def data(name: str) -> pd.DataFrame:
    """A data set of the exercises.

    Args:
        name: the data set's name, as the exercise gives it.

    Returns:
        One row per measure or key result; the exercise says what the columns are.
    """
    from okrlab.notebook._checking import dataset

    return dataset(name)


def demonstration() -> Notice:
    """From here on nothing is recorded in this notebook: for solutions and for showing around."""
    from okrlab.notebook._display import Notice

    _session.demonstrate()
    return Notice("Nothing that is answered in this notebook is recorded.")


def afresh(lesson: int, *, exercises: bool = False) -> Notice:
    """Clear the unfinished work of a lesson. Marks and earlier answers are kept.

    Args:
        lesson: the lesson's number.
        exercises: clear what was filled in on the page of its exercises, and nothing in the lesson
            itself; otherwise the other way round.
    """
    from okrlab.notebook._display import Notice

    journal = _session.journal()
    for key in _exercise_drafts(lesson) if exercises else _lesson_drafts(lesson):
        if journal.draft(key):
            journal.save_draft(key, {})
    what = "The exercises of lesson" if exercises else "Lesson"
    verb = "start" if exercises else "starts"
    return Notice(f"{what} {lesson} {verb} afresh. Your marks are kept.")


def _exercise_drafts(lesson: int) -> list[str]:
    keys = [f"exercise/{n}" for n in library().exercises if n.split(".")[0] == str(lesson)]
    return [*keys, "own-figures", "xmr/own-file"] if lesson == 6 else keys


def _lesson_drafts(lesson: int) -> list[str]:
    content = library()
    keys = [f"deck/{n}" for n in content.names("decks") if content.deck(n).lesson == lesson]
    for name in content.names("quizzes"):
        quiz = content.quiz(name)
        if quiz.lesson == lesson:
            keys.append(f"{'pretest' if quiz.kind == 'pretest' else 'quiz'}/{name}")
    keys += [f"poll/{p.id}" for p in content.polls.values() if p.lesson == lesson]
    return [*keys, *_model_drafts(lesson)]


def _model_drafts(lesson: int) -> list[str]:
    """Drafts of the widgets over models; each belongs to the lesson that introduces it."""
    simple = {
        1: ["travel", "vital-few"],
        2: ["dimensions"],
        7: ["funnel"],
        8: ["goodhart", "bonus"],
        9: ["lifecycle"],
    }
    if lesson in simple:
        return simple[lesson]
    if lesson == 4:
        names = [f"logic-model/{m.id}" for m in library().logic_models.models]
        return [*names, *(f"{name}/means" for name in names)]
    if lesson == 5:
        return [f"attainment/{board.id}" for board in library().attainment.boards]
    if lesson == 6:
        return [f"xmr/{name}" for name in (*library().all_series, "own")]
    return []


def _rng() -> random.Random:
    return random.Random()  # noqa: S311  shuffles cards, guards no secret
