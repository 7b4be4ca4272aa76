"""`okrlab progress`: what is stored, in a few lines; export and import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from okrlab.errors import OkrlabError

if TYPE_CHECKING:
    from okrlab.assessment.attempt import Attempt
    from okrlab.assessment.gain import Gain
    from okrlab.assessment.mastery import Alive, Mastery
    from okrlab.assessment.progress import Progress
    from okrlab.storage import ProgressStore

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def progress(
    learner: Annotated[
        str | None,
        typer.Option(
            help="Whose progress; with --import, whose it becomes. Default: OKRLAB_LEARNER, else "
            "your name in your class, else “me”."
        ),
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write it to a new file.")
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", help="Add what such a file holds. Twice does no harm."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Show the summary as JSON.")] = False,
) -> None:
    """Show what you have answered, mastered and gained so far, and which lesson to look at again.

    With --export and --import you take your progress to another computer, or keep a copy of it.
    """
    from okrlab.storage import learner_name, open_store

    if export and import_:
        raise OkrlabError("--export and --import can't be combined. Run one after the other.")
    store = open_store()
    try:
        who = learner or learner_name()
        if export:
            _export(store, export, who)
        elif import_:
            _import(store, import_, learner)
        else:
            text, data = summarise(store, who)
            typer.echo(json.dumps(data, indent=2, ensure_ascii=False) if as_json else text)
    finally:
        store.close()


def summarise(store: ProgressStore, learner: str) -> tuple[str, dict[str, Any]]:
    """What is stored of a learner: as text, and as plain data."""
    from okrlab.assessment.progress import progress as progress_of
    from okrlab.assessment.progress import state_of
    from okrlab.content import library
    from okrlab.storage import damaged_files

    attempts = store.attempts(learner)
    found = progress_of(attempts, library())
    others = [name for name in store.learners() if name != learner]
    damaged = [str(path) for path in damaged_files(store)]
    lines = [f"{learner}, {_stored(attempts)} in {store.where}", found.words(), *store.notices()]
    if damaged and not store.notices():
        lines.append(f"Damaged files that were set aside earlier: {', '.join(damaged)}.")
    if others:
        lines.append(f"Others in the same place: {', '.join(others)}.")
    data = {
        "learner": learner,
        "where": store.where,
        "attempts": len(attempts),
        "first": attempts[0].at.isoformat() if attempts else None,
        "latest": attempts[-1].at.isoformat() if attempts else None,
        "lessons": [
            {
                "lesson": entry.lesson.number,
                "title": entry.lesson.title,
                "state": state_of(entry),
                **_numbers(entry.mastery),
                "concepts": [
                    {
                        "concept": c.concept.id,
                        "title": c.concept.title,
                        "state": c.mastery.state,
                        **_numbers(c.mastery),
                    }
                    for c in entry.concepts
                ],
            }
            for entry in found.lessons
        ],
        "misconceptions": [_alive(alive, found) for alive in found.alive],
        "gain": _gain(found.gain),
        "next": found.next_step,
        "other_learners": others,
        "notices": store.notices(),
        "damaged_files": damaged,
    }
    return "\n".join(lines), data


def _stored(attempts: Sequence[Attempt]) -> str:
    if not attempts:
        return "no answers yet"
    first, latest = attempts[0].at.date(), attempts[-1].at.date()
    days = f"on {first}" if first == latest else f"from {first} to {latest}"
    return f"{_count(len(attempts), 'answer')} {days}"


def _numbers(mastery: Mastery | None) -> dict[str, Any]:
    """The latest answers that count, and their mean mark."""
    if mastery is None:
        return {"answers": 0, "right": None}
    return {"answers": mastery.answers, "right": mastery.share}


def _alive(alive: Alive, found: Progress) -> dict[str, Any]:
    """A misconception that came up lately, and the lesson that repairs it."""
    lesson = found.repaired_in.get(alive.misconception)
    return {
        "misconception": alive.misconception,
        "title": found.misconceptions[alive.misconception],
        "times": alive.times,
        "last": alive.last.isoformat(),
        "lesson": lesson.number if lesson else None,
    }


def _gain(gain: Gain | None) -> dict[str, Any] | None:
    """From the pretest to the final test; shares of the pairs, with a 95 % interval."""
    if gain is None:
        return None
    return {
        "pairs": gain.pairs,
        "right_before": gain.before,
        "right_after": gain.after,
        "difference": gain.difference,
        "low": gain.low,
        "high": gain.high,
        "final_right": gain.final_right,
        "final_answers": gain.final_answers,
        "words": gain.words(),
    }


def _export(store: ProgressStore, path: Path, learner: str) -> None:
    from okrlab.storage import export_progress

    others = [name for name in store.learners() if name != learner]
    attempts, drafts = export_progress(store, path, [learner])
    typer.echo(
        f"Exported {_count(attempts, 'answer')} and {_count(drafts, 'draft')} of {learner} "
        f"to {path}."
    )
    if others:
        typer.echo(f"Not exported: {', '.join(others)} (choose one with --learner).")


def _import(store: ProgressStore, path: Path, learner: str | None) -> None:
    from okrlab.storage import import_progress

    report = import_progress(store, path, learner)
    for number, problem in report.problems:
        typer.echo(f"{path}:{number}: {problem}")
    left = report.attempts + report.drafts - report.new_attempts - report.new_drafts
    of = f" of {', '.join(report.learners)}" if report.learners else ""
    typer.echo(
        f"Imported {_count(report.new_attempts, 'answer')} and "
        f"{_count(report.new_drafts, 'draft')}{of}; {left} were there already."
    )
    if report.bad_lines:
        typer.echo(
            f"{_count(report.bad_lines, 'line')} could not be imported. Mend them and import the "
            "file again; what is there already is not doubled."
        )
        raise typer.Exit(1)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
