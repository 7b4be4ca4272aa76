"""`okrlab study`: today's reviews in the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def study(
    due: Annotated[
        bool, typer.Option("--due", help="Only list what is due and what comes next.")
    ] = False,
    size: Annotated[
        int | None,
        typer.Option(
            "--size", min=1, max=50, help="How many reviews a day, at most. Kept for next time."
        ),
    ] = None,
    learner: Annotated[
        str | None,
        typer.Option(help="Whose reviews. Default: OKRLAB_LEARNER, else “me”."),
    ] = None,
) -> None:
    """Review what you have learned: a fresh question on each concept that is due today.

    These are the reviews of the course's page “Reviews”; begin in one and go on in the other.
    """
    from okrlab.assessment.study import keep_daily_size
    from okrlab.cli._reviews import Reviews
    from okrlab.content import library
    from okrlab.storage import StoreJournal, learner_name, open_store

    store = open_store()
    try:
        journal = StoreJournal(store, learner or learner_name(), lambda: datetime.now(UTC))
        if size:
            keep_daily_size(journal, size)
        reviews = Reviews(journal, library())
        if due:
            reviews.overview()
        else:
            reviews.run()
        if notice := journal.notice():
            typer.echo(notice, err=True)
    finally:
        store.close()
