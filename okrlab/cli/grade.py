"""`okrlab grade`: a class's submissions marked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okrlab.errors import OkrlabError

if TYPE_CHECKING:
    from okrlab.grading import Marked

SHOWN = 40
"""So many lines of the summary are shown; all of them are in summary.csv."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def grade(
    submissions: Annotated[
        Path | None,
        typer.Argument(
            help="The folder with NAME/exercise.ipynb or NAME_exercise.ipynb, or nbgrader's own."
        ),
    ] = None,
    exercises: Annotated[
        Path, typer.Option("--exercises", metavar="FOLDER", help="The folder of the solutions.")
    ] = Path("solutions"),
    responses: Annotated[
        list[str] | None,
        typer.Option(
            "--responses",
            metavar="FILE",
            help="An export of progress, a database file or URL: marked without running code. "
            "Can be given several times.",
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Submissions at once. Default: one for each core.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="RESULTS",
            help="Folder for the results. Default: beside the submissions, with “-results”.",
        ),
    ] = None,
    cell_seconds: Annotated[float, typer.Option(min=0.1, help="How long one cell may run.")] = 10.0,
    seconds: Annotated[float, typer.Option(min=1, help="How long one notebook may run.")] = 60.0,
    memory: Annotated[int, typer.Option(min=64, help="MB of memory that code may ask for.")] = 512,
    package: Annotated[
        list[str] | None,
        typer.Option(
            "--package",
            metavar="NAME",
            help="Another installed package that learners may import, beside numpy, pandas and "
            "altair. Can be given several times.",
        ),
    ] = None,
    unsafe: Annotated[
        bool,
        typer.Option(
            "--unsafe",
            help="Run code without a sandbox: it can then read and change whatever you can.",
        ),
    ] = False,
) -> None:
    """Mark a class's exercise notebooks, or responses alone, against the solutions.

    Code in notebooks is run in a sandbox without network, files or keys. Interrupted, it goes on
    where it was when it is called again. Exit code: 0 when everything could be marked, 1 when the
    status of a submission is failed, timeout or flagged.
    """
    from okrlab.content import library
    from okrlab.grading import (
        Grader,
        Limits,
        Settings,
        find,
        read_assignments,
        read_responses,
        write_results,
    )
    from okrlab.grading.only_responses import mark_responses
    from okrlab.grading.sittings import mark_sittings
    from okrlab.grading.visible import PACKAGES

    content = library()
    assignments = read_assignments(exercises, content)
    asked = {name: q.exercise for a in assignments for name, q in a.questions.items()}
    given = read_responses(responses or (), asked)
    for problem in given.problems:
        typer.echo(problem, err=True)
    target = out or _beside(submissions, responses)
    if submissions is None:
        if not responses:
            raise OkrlabError(
                "There is nothing to mark. Give the folder with the submissions, or progress with "
                "--responses."
            )
        marked = mark_responses(assignments, given.answers)
    else:
        limits = Limits(
            cell_seconds=cell_seconds,
            seconds=seconds,
            cpu_seconds=max(1, int(seconds)),
            memory=memory * 1024**2,
        )
        settings = Settings(
            jobs=jobs or os.cpu_count() or 1,
            limits=limits,
            unsafe=unsafe,
            packages=tuple(dict.fromkeys((*PACKAGES, *(package or ())))),
        )
        found = find(submissions, assignments)
        grader = Grader(assignments, given.answers, settings, target / ".marked", notice=_notice)
        with _progress(len(found)) as tick:
            marked = grader.grade(found, tick)
        if grader.reused:
            _notice(f"{grader.reused} of {len(found)} were marked before and have not changed.")
    marked += mark_sittings(given.attempts, content)
    if not marked:
        raise OkrlabError("Nothing was marked, because nothing of the exercises was answered yet.")
    written = write_results(marked, target, content)
    typer.echo(_table(marked))
    typer.echo(f"{_count(marked)} The results are in {target}{'' if written else ' (unchanged)'}.")
    if any(m.status in ("failed", "timeout", "flagged") for m in marked):
        raise typer.Exit(1)


def _beside(submissions: Path | None, responses: Sequence[str] | None) -> Path:
    if submissions is not None:
        whole = submissions.resolve()
        return whole.with_name(f"{whole.name}-results")
    first = Path((responses or ["responses"])[0])
    return Path(f"{first.stem if '://' not in str(first) else 'responses'}-results")


def _notice(text: str) -> None:
    typer.echo(text, err=True)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[object], None]]:
    """A progress bar, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=length, label="Marking", file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def _table(marked: Sequence[Marked]) -> str:
    """The summary: one line for each submission, as wide as it needs."""
    head = ("learner", "assignment", "points", "status", "what happened")
    rows = [head] + [
        (
            m.learner[:30],
            (m.assignment or m.file)[:34],
            f"{m.points:g}/{m.max_points}",
            m.status,
            _first(m),
        )
        for m in _notable(marked)
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = [
        "  ".join([*(text.ljust(w) for text, w in zip(row, widths, strict=False)), row[4]]).rstrip()
        for row in rows
    ]
    left = len(marked) - (len(rows) - 1)
    return "\n".join([*lines, *([f"… and {left} more in summary.csv."] if left else [])])


def _notable(marked: Sequence[Marked]) -> list[Marked]:
    """The first ones, those with trouble before the others when there are too many."""
    if len(marked) <= SHOWN:
        return list(marked)
    trouble = [m for m in marked if m.status not in ("ok", "not answered")]
    return [*trouble, *(m for m in marked if m not in trouble)][:SHOWN]


def _first(marked: Marked) -> str:
    """The first thing that went wrong."""
    if marked.status == "ok":
        return ""
    words = [w for e in marked.exercises if e.status == marked.status for w in e.words]
    said = [*words, *marked.words] if words else list(marked.words)
    return said[0][:100] if said else ""


def _count(marked: Sequence[Marked]) -> str:
    counts = {
        s: sum(m.status == s for m in marked) for s in dict.fromkeys(m.status for m in marked)
    }
    said = ", ".join(f"{n} {status}" for status, n in counts.items())
    noun = "submission" if len(marked) == 1 else "submissions"
    return f"{len(marked)} {noun} marked: {said}."
