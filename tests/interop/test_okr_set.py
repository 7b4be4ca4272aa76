"""OKR sets as files, and pasted lists."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from okrlab.errors import ContentError
from okrlab.interop.okr_set import (
    FILES,
    MAX_LINES,
    MAX_PASTED,
    MAX_TEXT,
    OkrSet,
    Pasted,
    PastedLine,
    SetLine,
    export,
    read_pasted,
    safe_cell,
    to_csv,
    to_json,
    to_markdown,
)
from okrlab.interop.statements import read_statements

SETS = (
    OkrSet(
        "Customers stay with us",
        (
            SetLine("Monthly revenue, net", "kpi"),
            SetLine("Churn from 3.1 to 1.9 % by 30 Sep", "key_result"),
            SetLine("Uptime at least 99.9 %", "health_metric"),
            SetLine('Open the "Berlin" office', "key_result"),
        ),
    ),
    OkrSet("A team that learns", (SetLine("Courses finished from 2 to 6", "key_result"),)),
)


def flat(sets: tuple[OkrSet, ...]) -> list[tuple[str, str, str]]:
    """Every line of the sets as they are written out: key results, KPIs, health metrics."""
    roles = ("key_result", "kpi", "health_metric")
    return [(s.objective, r, x.text) for s in sets for r in roles for x in s.lines if x.role == r]


def lines(pasted: Pasted) -> list[tuple[str, str | None, str]]:
    """Every line of a paste."""
    return [(x.objective, x.role, x.text) for x in pasted.lines]


def test_markdown_is_a_list_that_people_read() -> None:
    """A heading with the objective, then key results before KPIs before health metrics."""
    assert to_markdown(SETS).splitlines()[:6] == [
        "# Objective: Customers stay with us",
        "",
        "- **Key result:** Churn from 3.1 to 1.9 % by 30 Sep",
        '- **Key result:** Open the "Berlin" office',
        "- **KPI:** Monthly revenue, net",
        "- **Health metric:** Uptime at least 99.9 %",
    ]


def test_json_has_three_lists_for_each_objective() -> None:
    """A program finds the roles by name."""
    first = json.loads(to_json(SETS))["objectives"][0]
    assert first["kpis"] == ["Monthly revenue, net"]
    assert first["health_metrics"] == ["Uptime at least 99.9 %"]
    assert len(first["key_results"]) == 2


def test_the_review_command_reads_the_csv_file(tmp_path: Path) -> None:
    """Columns are named as the reader of whole lists expects them."""
    path = tmp_path / "okr-set.csv"
    path.write_text(to_csv(SETS), "utf-8", newline="")
    found = [(line.objective, line.text) for line in read_statements(path)]
    assert found == [(objective, text) for objective, _, text in flat(SETS)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r\n@", "＝", " =", "'="])
def test_no_cell_is_a_formula(start: str) -> None:
    """Whatever a spreadsheet would run is written as text, and reads back as it was typed."""
    text = f"{start}cmd|' /C calc'!A0"
    (row,) = list(csv.reader(io.StringIO(to_csv([OkrSet(text, (SetLine(text, "kpi"),))]))))[1:]
    assert row[0] == row[2]
    assert row[0][0] == "'"
    pasted = read_pasted(to_csv([OkrSet("O", (SetLine(text, "kpi"),))]))
    assert pasted.lines[0].text == " ".join(text.split())


def test_a_plain_cell_is_left_alone() -> None:
    """An apostrophe or a minus sign inside a text is no formula."""
    for text in ("Churn -2 %", "'Early birds' from 3 to 9", "5 = five"):
        assert safe_cell(text) == text


def test_markup_stays_text_in_markdown() -> None:
    """HTML, links and emphasis of a stranger's text do nothing in a Markdown viewer."""
    text = "<img src=x onerror=alert(1)> [a](javascript:1) **b** `c` | d"
    shown = to_markdown([OkrSet(text, (SetLine(text, "kpi"),))])
    assert "<img" not in shown
    assert "[a](" not in shown
    assert "**b**" not in shown
    assert "`c`" not in shown.replace("\\`", "")


WORDS = st.text(
    st.characters(blacklist_categories=("C", "Z"), blacklist_characters="\ufeff"), min_size=1
).map(lambda text: f"Raise {text[:80]} of it")
A_SET = st.builds(
    OkrSet,
    WORDS,
    st.lists(
        st.builds(SetLine, WORDS, st.sampled_from(["key_result", "kpi", "health_metric"])),
        min_size=1,
        max_size=4,
    ).map(tuple),
)


@given(st.lists(A_SET, min_size=1, max_size=5, unique_by=lambda s: s.objective).map(tuple))
@example((OkrSet("Raise it", (SetLine("=1+1", "kpi"), SetLine("@x", "key_result"))),))
def test_what_was_exported_can_be_pasted_again(sets: tuple[OkrSet, ...]) -> None:
    """Every format keeps objectives, roles, words and order."""
    for form in FILES:
        assert lines(read_pasted(export(sets, form))) == flat(sets), form


@given(st.text(max_size=400))
def test_any_paste_is_read(text: str) -> None:
    """No paste breaks the reader, and no line is empty or has a line break in it."""
    for line in read_pasted(text).lines:
        assert line.text.strip()
        assert "\n" not in line.text + line.objective


CASES: dict[str, tuple[str, list[tuple[str, str | None, str]]]] = {
    "a column": ("NPS to 45\nChurn", [("", None, "NPS to 45"), ("", None, "Churn")]),
    "a sheet with a header and merged cells": (
        "Objective\tType\tKey result\nGrow\tKR\tRevenue to 10M\n\tKPI\tSeats\n"
        "Care\t\tWait under 4 h",
        [
            ("Grow", "key_result", "Revenue to 10M"),
            ("Grow", "kpi", "Seats"),
            ("Care", None, "Wait under 4 h"),
        ],
    ),
    "measures with two numbers": (
        "Churn\t3.1 %\t1.9 %\nNPS\t32\t45",
        [("", None, "Churn from 3.1 % to 1.9 %"), ("", None, "NPS from 32 to 45")],
    ),
    "roles in the first column": (
        "KPI\tSeats sold\nHealth metric\tUptime",
        [("", "kpi", "Seats sold"), ("", "health_metric", "Uptime")],
    ),
    "a cell with a line break in it": (
        'Goal\tOwner\n"Cut waiting\ntime to 4 h"\tAna',
        [("", None, "Cut waiting time to 4 h")],
    ),
    "a list with prefixes": (
        "Objective: Grow\n- KR1: Revenue to 10M\n- KPI: Seats\n- Guardrail – Wait under 4 h\n"
        "- KRPX",
        [
            ("Grow", "key_result", "Revenue to 10M"),
            ("Grow", "kpi", "Seats"),
            ("Grow", "health_metric", "Wait under 4 h"),
            ("Grow", None, "KRPX"),
        ],
    ),
    "an outline": (
        "- Grow\n  - Revenue to 10M\n  - Open Berlin",
        [("Grow", None, "Revenue to 10M"), ("Grow", None, "Open Berlin")],
    ),
    "a sentence with commas": ("Leads, calls and visits", [("", None, "Leads, calls and visits")]),
    "braces that are no export": ("{not json", [("", None, "{not json")]),
    "an export with wrong shapes": (
        '{"objectives": [1, {"kpis": [2, "Seats"]}]}',
        [("", "kpi", "Seats")],
    ),
    "nothing": (" \n\t\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_people_paste(name: str) -> None:
    """Columns, sheets, lists and outlines, as they come out of the clipboard."""
    text, expected = CASES[name]
    assert lines(read_pasted(text)) == expected


def test_a_paste_is_bounded() -> None:
    """Lines beyond the bound are counted, long ones are cut and counted, a flood is refused."""
    long = "x" * (MAX_TEXT + 1)
    pasted = read_pasted("\n".join([long, *(f"Line {n}" for n in range(MAX_LINES + 6))]))
    assert len(pasted.lines) == MAX_LINES
    assert (pasted.left_out, pasted.shortened) == (7, 1)
    assert pasted.lines[0] == PastedLine("x" * MAX_TEXT)
    with pytest.raises(ContentError, match="Paste it in pieces"):
        read_pasted("x" * (MAX_PASTED + 1))
