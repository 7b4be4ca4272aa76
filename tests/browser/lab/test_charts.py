"""Charts from data in a real JupyterLab, whose Vega-Lite is older than Altair's."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from .conftest import PATIENCE, TOKEN, Reader

pytestmark = [pytest.mark.browser, pytest.mark.lab]

CODE = [
    """import okrlab
from okrlab.model import xmr_limits
weeks = [22, 19, 25, 21, 24, 20, 23, 22, 26, 18, 23, 21, None, 27, 23, 38]
okrlab.charts.xmr_line(weeks, title="Week 16 stands out", unit="leads a day", period="week",
                       limits=xmr_limits(weeks, baseline=12), target=35)""",
    """okrlab.charts.bars({"At first": 0.35, "After talking": 0.7}, title="Talking doubled it",
                   percent=True, highlight="After talking")""",
    """import pandas as pd
table = pd.DataFrame({"KPI": [0.2, 0.9], "XmR": [None, 0.5]}, index=["Ada", "Ben"])
okrlab.charts.heat_map(table, title="XmR is new to Ada", percent=True)""",
]


def test_charts_are_drawn_without_a_network(reader: Reader) -> None:
    """Each as a picture of its own with its message; a gap stays a gap; no menu, no error."""
    path = reader.lab.folder / "charts.ipynb"
    cells = [new_code_cell(source) for source in CODE]
    kernel = {"name": "python3", "display_name": "P"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    page = reader.page
    page.goto(f"{reader.lab.url}doc/tree/charts.ipynb?token={TOKEN}&reset")
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext?.session?.kernel"
        "?.connectionStatus === 'connected'",
        timeout=PATIENCE,
    )
    page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
    pictures = reader.front.locator(".vega-embed svg")
    expect(pictures).to_have_count(len(CODE), timeout=PATIENCE)
    for message in ("Week 16 stands out", "Talking doubled it", "XmR is new to Ada"):
        expect(reader.front.locator(".vega-embed").get_by_text(message, exact=True)).to_be_visible()
    expect(reader.front.locator(".vega-embed summary")).to_have_count(0)
    line = pictures.first.locator("g.mark-line path").first.get_attribute("d") or ""
    assert line.count("M") == 2, "the gap breaks the line"
    expect(pictures.nth(2)).to_contain_text("–")
    shots = os.environ.get("OKRLAB_SHOTS")
    if shots:
        page.screenshot(path=str(Path(shots) / "charts-in-lab.png"))
    path.unlink()
