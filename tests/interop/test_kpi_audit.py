"""A KPI audit as a file: nothing in it is run or acted on."""

from __future__ import annotations

import csv
import io

from okrlab.assessment.kpi_audit import AuditRow
from okrlab.interop.kpi_audit import export_audit

ROWS = (
    AuditRow(
        "Late parcels",
        {"relevant": "yes", "measurable": "no"},
        {"relevant": "customers leave over it", "measurable": "=HYPERLINK(1)"},
        "@ops writes the formula",
    ),
    AuditRow('=cmd|" /C calc"!A1 | <b>x</b>', {"actionable": "unsure"}),
    AuditRow("  "),
)


def test_no_cell_is_a_formula() -> None:
    """Each that begins like one gets an apostrophe; the columns stay in their places."""
    rows = list(csv.reader(io.StringIO(export_audit(ROWS, "csv"), newline="")))
    assert len(rows) == 3
    assert rows[0][:3] == ["KPI", "Relevant", "Relevant: why"]
    assert rows[1][:5] == ["Late parcels", "Yes", "customers leave over it", "No", "'=HYPERLINK(1)"]
    assert rows[1][-2:] == ["measurable", "'@ops writes the formula"]
    assert rows[2][0].startswith("'=cmd")
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_markdown_is_a_table_and_the_reasons() -> None:
    """Marks and markup in what was typed are escaped, so the table keeps its columns."""
    text = export_audit(ROWS, "markdown")
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 4
    assert table[2] == "| Late parcels | Yes | No | … | … |"
    assert "&lt;b&gt;" in table[3]
    assert 'calc"\\!A1 \\| ' in table[3]
    assert "- **Gaps:** measurable" in text
    assert "## Late parcels" in text
    assert "LaSalle" in text


def test_an_empty_audit_is_a_table_without_rows() -> None:
    """Nothing breaks."""
    assert export_audit((), "csv").count("\r\n") == 1
    assert "| KPI |" in export_audit((), "markdown")
