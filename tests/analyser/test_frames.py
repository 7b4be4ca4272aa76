"""A table of statements: one row for each, whatever the cells hold."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from okrlab import analyse_frame
from okrlab.analyser import analyse
from okrlab.errors import ContentError

LINES = ["NPS from 32 to 45 by 30 September", "Monthly churn rate", "Keep uptime at 99.9 %"]


def test_a_row_for_each_row() -> None:
    """Kind, confidence, parts and findings as `analyse` gives them; the index is kept."""
    df = pd.DataFrame({"key_result": LINES, "objective": ["Guests come back"] * 3}, index=[7, 3, 3])
    read = analyse_frame(df)
    assert list(read.index) == [7, 3, 3]
    assert list(read["kind"]) == ["metric_kr", "kpi", "health_metric"]
    one = analyse(LINES[0], objective="Guests come back")
    first = read.iloc[0]
    assert first["confidence"] == one.confidence
    assert first["runner_up"] == one.runner_up
    assert (first["baseline"], first["baseline_value"]) == ("32", 32.0)
    assert (first["target"], first["target_value"]) == ("45", 45.0)
    assert (first["measure"], first["deadline"]) == ("NPS", "by 30 September")
    assert first["findings"] == " ".join(f.id for f in one.findings)
    assert first["errors"] == sum(f.severity == "error" for f in one.findings)
    assert (read.iloc[2]["threshold"], read.iloc[2]["unit"]) == ("99.9 %", "%")


def test_the_table_is_not_changed() -> None:
    """Neither its columns nor its cells."""
    df = pd.DataFrame({"key_result": LINES, "other": [1, 2, 3]})
    before = df.copy()
    analyse_frame(df)
    pd.testing.assert_frame_equal(df, before)


def test_missing_texts() -> None:
    """Whatever a table holds for nothing is "missing", with no findings."""
    cells = [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "   ", "Launch the app by May"]
    read = analyse_frame(pd.DataFrame({"key_result": cells}))
    assert list(read["kind"]) == ["missing"] * 7 + ["milestone_kr"]
    assert list(read["findings"])[:7] == [""] * 7
    assert read["errors"].iloc[:7].sum() == 0
    assert read["confidence"].iloc[:7].isna().all()


def test_a_text_that_cannot_be_judged() -> None:
    """It is unclear, and says why."""
    read = analyse_frame(pd.DataFrame({"key_result": ["提高客户满意度"]}))
    assert read["kind"].iloc[0] == "unclear"
    assert "English only" in read["question"].iloc[0]


def test_cells_that_are_no_text() -> None:
    """A number in the column is read as its digits."""
    read = analyse_frame(pd.DataFrame({"key_result": [42, ["a list"], True]}))
    assert len(read) == 3


def test_other_columns() -> None:
    """Their names are the caller's."""
    df = pd.DataFrame({"KR": LINES, "O": ["Guests come back", None, ""]})
    read = analyse_frame(df, text="KR", objective="O")
    assert "H01" not in read["findings"].iloc[0]
    alone = analyse_frame(df, text="KR", objective=None)
    assert "H01" in alone["findings"].iloc[0]
    assert list(alone.columns) == list(read.columns)


def test_no_such_column() -> None:
    """What there is instead is named."""
    with pytest.raises(ContentError, match=r"no column “key_result”.*Its columns are: KR, O"):
        analyse_frame(pd.DataFrame({"KR": LINES, "O": LINES}))
    with pytest.raises(ContentError, match="none"):
        analyse_frame(pd.DataFrame())


def test_a_column_twice() -> None:
    """The first one counts."""
    df = pd.DataFrame([[LINES[0], LINES[1]]], columns=["key_result", "key_result"])
    assert analyse_frame(df)["kind"].iloc[0] == "metric_kr"


def test_an_empty_table() -> None:
    """All columns, no rows."""
    read = analyse_frame(pd.DataFrame({"key_result": []}))
    assert len(read) == 0
    assert {"kind", "target", "target_value", "errors", "findings"} <= set(read.columns)


def test_pandas_is_loaded_only_when_it_is_used() -> None:
    """Naming the function loads no data frames."""
    code = "import sys, okrlab; okrlab.analyse_frame; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
