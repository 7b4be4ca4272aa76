"""`okrlab verify`: mark every answer of a completion record anew, and say whether it agrees."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A completion record: okrlab-record.json.")],
    as_json: Annotated[bool, typer.Option("--json", help="Show the result as JSON.")] = False,
) -> None:
    """Check a completion record with the keys of your own copy of the course.

    Every recorded answer is marked anew and mastery worked out again. Ends with 1 when the record
    does not agree with its answers. It cannot show who sat at the keyboard.
    """
    from okrlab.content import library
    from okrlab.interop.completion import CANNOT_SHOW, read_completion
    from okrlab.interop.verification import verify as check

    result = check(read_completion(file), library(), now=datetime.now(UTC))
    if as_json:
        data = {
            "name": result.record.name,
            "agrees": result.agrees,
            "answers": len(result.remarks),
            "marked": sum(r.anew is not None for r in result.remarks),
            "findings": list(result.findings),
            "not_marked": list(result.not_marked),
            "claims": result.claims,
            "cannot_show": CANNOT_SHOW,
        }
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        typer.echo(result.words())
    if not result.agrees:
        raise typer.Exit(1)
