"""A board of KPIs, health metrics and OKRs to take elsewhere, as Markdown or as an Excel workbook.

No cell is a formula, no mark is acted on.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from okrlab.interop.okr_set import one_line, safe_markdown

Column = Literal["ahead", "kpi", "health", "okr", "done"]

COLUMNS: dict[Column, str] = {
    "ahead": "Not yet watched",
    "kpi": "KPIs",
    "health": "Health metrics",
    "okr": "OKRs",
    "done": "Retired",
}
"""The columns of a board, in their order."""

HEADERS = (
    "Column",
    "Objective",
    "What",
    "State",
    "Owner",
    "How it is worked out",
    "Source",
    "Unit",
    "Band",
    "Limits",
    "Latest",
    "From",
    "To",
    "By",
    "Promised as",
    "Attainment",
    "Moves later",
    "Note",
)
OURS = (
    "The states and the rules for moving between them are a reconstruction of this course, "
    "not a standard."
)
MOST_CELL = 2_000


@dataclass(frozen=True)
class BoardRow:
    """One piece of work as it stands on the board. All is text; "" where nothing is known.

    Attributes:
        column: where it stands.
        objective: for what stands with the OKRs.
        what: the measure or milestone.
        state: in words, such as "key result".
        cells: owner and so on, by the header in `HEADERS`.
    """

    column: Column
    objective: str
    what: str
    state: str
    cells: dict[str, str]

    @property
    def values(self) -> tuple[str, ...]:
        """A cell for each of `HEADERS`."""
        own = {
            "Column": COLUMNS[self.column],
            "Objective": self.objective,
            "What": self.what,
            "State": self.state,
        }
        return tuple(one_line(own.get(h) or self.cells.get(h, ""))[:MOST_CELL] for h in HEADERS)


def board_markdown(rows: Sequence[BoardRow], history: Iterable[Sequence[str]] = ()) -> str:
    """The board as text: a heading for each column, an entry for each piece of work.

    Args:
        rows: the work, in order.
        history: the moves so far, as (day, what, move, why).
    """
    lines = ["# My board", ""]
    for column, title in COLUMNS.items():
        here = [row for row in rows if row.column == column]
        if not here and column in ("ahead", "done"):
            continue
        lines += [f"## {title}", ""]
        if not here:
            lines += ["Nothing here.", ""]
        for objective in dict.fromkeys(row.objective for row in here):
            if objective:
                lines += [f"### Objective: {safe_markdown(objective)}", ""]
            lines += [_bullet(row) for row in here if row.objective == objective]
            lines.append("")
    moved = [f"- {' · '.join(safe_markdown(part) for part in move if part)}" for move in history]
    if moved:
        lines += ["## Moves so far", "", *moved, ""]
    return "\n".join([*lines, OURS, ""])


def _bullet(row: BoardRow) -> str:
    told = [
        f"{header.lower() if header != 'By' else 'by'}: {safe_markdown(value)}"
        for header, value in zip(HEADERS[4:], row.values[4:], strict=True)
        if value
    ]
    more = f" ({'; '.join(told)})" if told else ""
    return f"- **{safe_markdown(row.what)}**, {row.state}{more}"


def board_xlsx(rows: Sequence[BoardRow], history: Iterable[Sequence[str]] = ()) -> bytes:
    """The board as a workbook: a sheet with all work, one with the moves. Every cell is text.

    Args:
        rows: the work, in order.
        history: the moves so far, as (day, what, move, why).
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheets: list[tuple[str, Sequence[str], list[Sequence[str]]]] = [
        ("Board", HEADERS, [row.values for row in rows]),
        ("Moves", ("Day", "What", "Move", "Why"), [list(move) for move in history]),
        ("About", ("About this workbook",), [[OURS]]),
    ]
    book.remove(book.worksheets[0])
    for title, head, body in sheets:
        sheet = book.create_sheet(title)
        for at, line in enumerate([head, *body], start=1):
            for column, text in enumerate(line, start=1):
                cell = sheet.cell(at, column)
                cell.value = one_line(text)[:MOST_CELL]
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.quotePrefix = True  # nor when somebody edits the cell
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=at == 1)
        for column in range(1, len(head) + 1):
            letter = sheet.cell(1, column).column_letter
            sheet.column_dimensions[letter].width = 30 if column == 3 or len(head) < 5 else 18
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
