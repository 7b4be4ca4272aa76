"""A KPI audit to take elsewhere, as Markdown or CSV. No cell is a formula, no mark is acted on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Literal

from okrlab.assessment.exercise_fields import CRITERIA
from okrlab.assessment.kpi_audit import ANSWERS, FRAME, AuditRow, gaps
from okrlab.interop.okr_set import safe_cell, safe_markdown

AuditFormat = Literal["markdown", "csv"]

AUDIT_FILES: dict[AuditFormat, tuple[str, str]] = {
    "markdown": ("kpi-audit.md", "text/markdown"),
    "csv": ("kpi-audit.csv", "text/csv"),
}
"""Name and media type of each format's file."""


def export_audit(rows: Sequence[AuditRow], form: AuditFormat) -> str:
    """The audit as the text of a file.

    Args:
        rows: the measures; those without a name are left out.
        form: "markdown" or "csv".
    """
    named = [row for row in rows if row.name.strip()]
    return _csv(named) if form == "csv" else _markdown(named)


def _csv(rows: Sequence[AuditRow]) -> str:
    """One row per measure: the name, each criterion with its reason, the gaps, the next step."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    head = [cell for label, _ in CRITERIA.values() for cell in (label, f"{label}: why")]
    writer.writerow(["KPI", *head, "Gaps", "Next step"])
    for row in rows:
        cells = [row.name]
        for name in CRITERIA:
            cells += [ANSWERS.get(row.answers.get(name, ""), ""), row.reasons.get(name, "")]
        cells += [_gap_words(row), row.next]
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def _markdown(rows: Sequence[AuditRow]) -> str:
    """A table of all measures, then for each with a gap the reasons and the next step."""
    labels = [label for label, _ in CRITERIA.values()]
    lines = [
        "# KPI audit",
        "",
        f"| KPI | {' | '.join(labels)} |",
        f"| --- | {' | '.join('---' for _ in labels)} |",
    ]
    for row in rows:
        answers = [ANSWERS.get(row.answers.get(name, ""), "…") for name in CRITERIA]
        lines.append(f"| {safe_markdown(row.name)} | {' | '.join(answers)} |")
    for row in rows:
        said = [(label, row.reasons.get(name, "")) for name, (label, _) in CRITERIA.items()]
        said.append(("Next step", row.next))
        told = [f"- **{label}:** {safe_markdown(text)}" for label, text in said if text.strip()]
        if told or gaps(row):
            gap = [f"- **Gaps:** {_gap_words(row)}"] if gaps(row) else []
            lines += ["", f"## {safe_markdown(row.name)}", "", *gap, *told]
    return "\n".join([*lines, "", FRAME, ""])


def _gap_words(row: AuditRow) -> str:
    return ", ".join(CRITERIA[name][0].lower() for name in gaps(row))
