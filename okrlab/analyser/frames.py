"""A table of statements read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from okrlab.analyser._analyse import analyse
from okrlab.analyser.analysis import Analysis, Parts
from okrlab.errors import ContentError

if TYPE_CHECKING:
    import pandas as pd

SEVERITIES = ("error", "warning", "info")
MISSING = "missing"
"""The kind of a row without a text."""

UNCLEAR = "unclear"
"""The kind of a text that cannot be judged."""

_PARTS = tuple(name for name in Parts.__slots__ if name != "unit")


def analyse_frame(
    df: pd.DataFrame, text: str = "key_result", objective: str | None = "objective"
) -> pd.DataFrame:
    """Read every statement of a table.

    Args:
        df: the table; it isn't changed.
        text: the column with the statements.
        objective: the column with the objective of each; None, or a column that isn't there, when
            there are none.

    Returns:
        A table with the same index and one row per row: `kind` ("missing" where there is no text,
        "unclear" where it cannot be judged), `confidence`, `runner_up`, `question`; for each part
        its words (`target`) and its normalised value (`target_value`); `unit`; how many findings of
        each severity (`errors`, `warnings`, `infos`), and which checks fired (`findings`, such as
        "H03 H05").

    Raises:
        ContentError: the table has no column `text`.
    """
    import pandas as pd

    if text not in df.columns:
        names = ", ".join(map(str, df.columns))[:300] or "none"
        raise ContentError(
            f"There is no column “{text}” in the table. Its columns are: {names}. "
            "Name the right one with text=…."
        )
    statements = _cells(df, text)
    known = objective is not None and objective in df.columns
    objectives = _cells(df, objective) if known else [None] * len(statements)
    rows = [_row(a, b) for a, b in zip(statements, objectives, strict=True)]
    return pd.DataFrame(rows, index=df.index, columns=_columns())


def _cells(df: pd.DataFrame, name: str | None) -> list[Any]:
    """The cells of a column; of several with the same name, the first."""
    column = df.loc[:, name]
    return list(column if column.ndim == 1 else column.T.iloc[0])


def _columns() -> list[str]:
    parts = [column for name in _PARTS for column in (name, f"{name}_value")]
    counts = [f"{severity}s" for severity in SEVERITIES]
    return ["kind", "confidence", "runner_up", "question", *parts, "unit", *counts, "findings"]


def _row(statement: Any, objective: Any) -> dict[str, Any]:
    """What is said of one statement; a cell may hold anything."""
    if _absent(statement):
        return {"kind": MISSING, "findings": "", **{f"{s}s": 0 for s in SEVERITIES}}
    words = None if _absent(objective) else str(objective)
    return _told(analyse(str(statement), objective=words))


def _absent(cell: Any) -> bool:
    """Whether a cell is empty: None, NaN, NaT, pandas' NA, or only spaces."""
    import pandas as pd

    if isinstance(cell, str):
        return not cell.strip()
    missing = pd.isna(cell)
    return missing if isinstance(missing, bool) else False


def _told(analysis: Analysis) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": analysis.kind or UNCLEAR,
        "confidence": analysis.confidence,
        "runner_up": analysis.runner_up,
        "question": analysis.question,
        "findings": " ".join(f.id for f in analysis.findings),
    }
    for severity in SEVERITIES:
        row[f"{severity}s"] = sum(f.severity == severity for f in analysis.findings)
    for name in _PARTS:
        part = getattr(analysis.parts, name)
        if part is not None:
            row[name], row[f"{name}_value"] = part.text, part.value
    if analysis.parts.unit is not None:
        row["unit"] = analysis.parts.unit.text
    return row
