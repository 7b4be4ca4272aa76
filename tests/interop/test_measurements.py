"""A learner's own figures: what is read, what is decided, and what is refused with which words."""

from __future__ import annotations

import datetime
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrlab.errors import ContentError, OkrlabError
from okrlab.interop.measurements import (
    MAX_CHARACTERS,
    MAX_ROWS,
    Measurements,
    decode,
    measurements,
    read_file,
    read_table,
)


def read(text: str, **which: str) -> Measurements:
    return measurements(read_table(text), **which)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("date,churn\n2026-01-05,2.4\n2026-01-12,2.6\n", (2.4, 2.6)),
        ("Monat;Wert\nJan 2026;2,4\nFeb 2026;1.002,3\n", (2.4, 1002.3)),
        ("week\tleads\n1\t22\n2\t19\n", (22, 19)),
        ("day|value\r\n5 Jan 2026|1 200\r\n6 Jan 2026|1 300\r\n", (1200, 1300)),
        ("churn\n2,4\n2,6\n", (2.4, 2.6)),
        ("2,4\n2,6\n2,9", (2.4, 2.6, 2.9)),
        ("1,20\n2,25\n3,22", (20, 25, 22)),
        ("22\n19\n25", (22, 19, 25)),
        ("y,share\n2021,12%\n2022,−3 %\n2023,€5", (12, -3, 5)),
        ('d,v\n2026-01-05,"1,234,567.5"\n2026-01-12,"2,000"', (1234567.5, 2000)),
        ("\ufeffdate;v\n2026-W01;4\n2026-W02;5", (4, 5)),
        ("a,b\n,\n1.5,x\n\n2.5,y", (1.5, 2.5)),
    ],
)
def test_tables_as_programs_write_them(text: str, values: tuple[float, ...]) -> None:
    """Commas, semicolons, tabs and bars; decimal commas; thousands; units; no header."""
    assert read(text).values == values


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("d,v\n03/04/2026,1\n04/04/2026,2\n05/04/2026,3", ["04-03", "04-04", "04-05"]),
        ("d,v\n01/30/2026,1\n01/31/2026,2\n02/01/2026,3", ["01-30", "01-31", "02-01"]),
        ("d,v\n01/02/2026,1\n01/09/2026,2\n01/16/2026,3", ["01-02", "01-09", "01-16"]),
        ("d;v\n5.1.2026;1\n12.1.26;2", ["01-05", "01-12"]),
        ("d,v\n2026-01-05 00:00:00,1\n2026-01-06T10:30,2", ["01-05", "01-06"]),
    ],
)
def test_dates_are_read_by_the_whole_column(text: str, days: list[str]) -> None:
    """03/04 may be in March or April: the reading that is in order wins."""
    assert read(text).labels == tuple(f"2026-{d}" for d in days)


def test_newest_first_is_turned_round() -> None:
    """Many exports begin with the latest row; the chart doesn't, and says so."""
    found = read("d,v\n2026-01-19,3\n2026-01-12,4\n2026-01-05,5")
    assert found.values == (5, 4, 3)
    assert found.days[0] == datetime.date(2026, 1, 5)
    assert found.notes == ("The newest row came first; the chart runs from old to new.",)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("d,v\n2026-01-05,1\n2026-01-12,2\n2026-01-26,4\n2026-02-02,5", (1, 2, None, 4, 5)),
        ("d,v\n2025-11,1\n2025-12,2\n2026-03,5", (1, 2, 5)),  # two steps say nothing of the usual
        ("d,v\n2025-11,1\n2025-12,2\n2026-01,3\n2026-03,5", (1, 2, 3, None, 5)),
        ("d,v\n2026-01-08,1\n2026-01-09,2\n2026-01-12,3\n2026-01-13,4", (1, 2, 3, 4)),
        ("d,v\n2026-01-10,1\n2026-01-11,2\n2026-01-12,3\n2026-01-14,5", (1, 2, 3, None, 5)),
        ("d,v\n2026-01-05,1\n2026-01-12,n/a\n2026-01-19,\n2026-01-26,4", (1, None, None, 4)),
    ],
)
def test_what_is_missing_becomes_a_gap(text: str, values: tuple[float | None, ...]) -> None:
    """Missing weeks and months, empty cells; but not the weekends of working days."""
    found = read(text)
    assert found.values == values
    assert ("not as zero" in " ".join(found.notes)) == (None in values)


def test_years_that_count_up_name_the_points() -> None:
    """A column of years is no measure."""
    found = read("year,leavers\n2019,12\n2020,15\n2021,11")
    assert found.name == "leavers"
    assert found.labels == ("2019", "2020", "2021")


def test_a_decimal_sign_that_was_a_choice_is_said() -> None:
    """Whoever meant something else sees it at once."""
    assert read("v\n2,4\n2,6").notes == ("“2,4” was read as 2.4.",)
    assert read("d;v\nx;1.250\ny;1.300").values == (1250, 1300)
    assert read("d;v\nx;0.250\ny;1.300").values == (0.25, 1.3)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing in it"),
        (",,\n,,", "All cells of it are empty"),
        ("date,value", "no row beneath it"),
        ("a,b\nx,y\nz,w", "No column holds numbers"),
        ("d v\n2026-01-05 1\n2026-01-12 2", "separator may be another one"),
        ("d,a,b\n2026-01-05,1,2\n2026-01-12,1,2", "“a”, “b”. Say which one"),
        ("date,churn\n2026-01-05,2,4\n2026-01-12,2,6", "decimal commas"),
        ("date;churn;note\n2026-01-05;2\n2026-01-12;3", "Line 2 has 2 cells, and 3"),
        ("w,v\n1,3\n2,4\n3,about 5", "line 4: “about 5”"),
        ("w;v\na;2.5\nb;2,4\nc;2.6", "no number: line"),
        (
            "w,v\n1,x\n2,y\n3,z\n4,1\n5,2\n6,3\n7,4\n8,u\n9,5",
            "line 2: “x”; line 3: “y”; line 4: “z”, and",
        ),
        ("d,v\n2026-01-12,1\n2026-01-05,2\n2026-01-19,3", "line 3 has 2026-01-05"),
        ("d,v\n2026-01-05,1\n2026-01-05,2", "stands in line 2 and again in line 3"),
        ("d,v\n31.06.2026,1\n1.7.2026,2\n2.7.2026,3", "“31.06.2026” is no date"),
        ("d,v\n13/04/2026,1\n04/14/2026,2", "not written alike"),
        ("v\n5\n\n", "fewer than two numbers"),
        ("v\n1\n2e15", "too large"),
        ("v\n" + "1\n" * (MAX_ROWS + 1), "501 rows"),
        ("1;" * 41 + "1\n" + "1;" * 41 + "1", "42 columns"),
        ("x" * (MAX_CHARACTERS + 1), "200,001 characters"),
        ("d,v\n" + "\n".join(f"{y}-01-01,1" for y in range(1300, 1800, 1)), None),
    ],
)
def test_what_cannot_be_read_is_explained(text: str, says: str | None) -> None:
    """What happened, in which line, and what to do."""
    if says is None:
        assert len(read(text).values) == MAX_ROWS
        return
    with pytest.raises(ContentError, match=says.replace("(", r"\(")):
        read(text)


def test_gaps_cannot_make_a_series_endless() -> None:
    """Two slips in the year would ask for thousands of gaps; the steps are left as they are."""
    found = read("d,v\n2026-01-01,1\n2026-01-02,2\n2026-01-03,3\n9026-01-04,4")
    assert len(found.values) == 4
    there = [*range(10), *range(200, 210), *range(390, 400), *range(580, 590)]
    start = datetime.date(2020, 1, 1)
    rows = "\n".join(f"{start + datetime.timedelta(days=d)},1" for d in there)
    with pytest.raises(ContentError, match="With its gaps"):
        read(f"d,v\n{rows}")


def test_a_column_is_chosen_by_name() -> None:
    """And the nearest name is offered."""
    text = "week,churn,leads\n2026-W01,2.4,20\n2026-W02,2.5,21"
    assert read(text, value="leads").values == (20, 21)
    assert read(text, value="leads", date="churn").labels == ("2.4", "2.5")
    with pytest.raises(OkrlabError, match="Did you mean “churn”"):
        read(text, value="chrun")
    with pytest.raises(OkrlabError, match="no column called “day”"):
        read(text, value="churn", date="day")
    with pytest.raises(ContentError, match="no number"):
        read(text, value="week")


def test_files(tmp_path: Path) -> None:
    """UTF-8 with and without its mark, UTF-16, Windows; no workbook, nothing huge, nothing gone."""
    text = "Größe;v\na;1\nb;2\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        assert read_table(read_file(path)).names[0] == "Größe"
    with pytest.raises(ContentError, match="workbook"):
        decode(b"PK\x03\x04rest", "figures.xlsx")
    with pytest.raises(ContentError, match="not a text file"):
        decode(b"1\x00\x012", "figures.bin")
    with pytest.raises(ContentError, match="too large"):
        decode(b"1" * (4 * MAX_CHARACTERS + 1), "figures.csv")
    with pytest.raises(ContentError, match="could not be read"):
        read_file(tmp_path / "gone.csv")
    with pytest.raises(ContentError, match="could not be read"):
        read_file(tmp_path)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    """Nothing that is pasted ends in a traceback of ours."""
    with suppress(OkrlabError):
        found = read(text)
        assert 2 <= len(found.values) <= MAX_ROWS
        assert not found.labels or len(found.labels) == len(found.values)


@given(st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)), min_size=2, max_size=40))
def test_what_is_written_is_read_again(numbers: list[float]) -> None:
    """With points and commas, each as its own program writes them."""
    plain = "d,v\n" + "\n".join(f"x{i},{n:.3f}" for i, n in enumerate(numbers))
    assert read(plain, value="v").values == tuple(numbers)
    german = "d;v\n" + "\n".join(
        f"x{i};{n:,.3f}".translate({44: ".", 46: ","}) for i, n in enumerate(numbers)
    )
    assert read(german, value="v").values == tuple(numbers)
