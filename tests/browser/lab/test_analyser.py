"""The coach and the set builder in a real JupyterLab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from okrlab.notebook.course import shipped_files

from .conftest import Reader

pytestmark = [pytest.mark.browser, pytest.mark.lab]

CRAFT = next(name for name in shipped_files() if name.startswith("notebooks/03"))
WORDING = "Reduce churn from 3.1 to 1.9 % by 30 September"


def test_a_key_result_is_coached_and_found_again(reader: Reader) -> None:
    """The coach names the kind while one writes, and the words are still there on a new visit."""
    reader.open(CRAFT)
    coach = reader.front.locator(".okl-key-result-coach").first
    field = coach.get_by_role("textbox").first
    field.scroll_into_view_if_needed()
    field.fill(WORDING)
    expect(coach.get_by_text("Metric key result", exact=True).first).to_be_visible()
    expect(coach.get_by_text("baseline", exact=True).first).to_be_visible()
    coach.get_by_role("button", name="Keep this wording").click()
    reader.open(CRAFT)
    again = reader.front.locator(".okl-key-result-coach").first.get_by_role("textbox").first
    expect(again).to_have_value(WORDING)


def test_a_set_is_put_together(reader: Reader) -> None:
    """An objective with a first key result is commented on at once."""
    reader.open(CRAFT)
    builder = reader.front.locator(".okl-okr-set-builder").first
    builder.scroll_into_view_if_needed()
    builder.get_by_role("textbox", name="Objective").first.fill("Guests come back")
    line = builder.get_by_placeholder("Add a key result").first
    line.fill("Share of returning guests from 22 to 30 % by 31 March")
    line.press("Enter")
    expect(builder.get_by_text("Nothing to mend.").first).to_be_visible()
