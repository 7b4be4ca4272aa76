"""Adding to a bank file leaves every line of it as it was."""

from __future__ import annotations

import pytest

from okrlab.authoring._append import append_items
from okrlab.content._yaml import parse
from okrlab.errors import ContentError

NEW = "- id: new\n  text: >-\n    folded\n    text\n- id: newer\n"


@pytest.mark.parametrize(
    "text",
    [
        "items:\n  - id: a\n    text: x\n",
        "items:\n- id: a\n- id: b",
        "# first\nformat: 1\nitems:  # all of them\n    - {id: a, text: 'x'}  # odd\n\n# the end\n",
        "items:\n  - id: a\n    text: |\n      a block\n      # not a comment\n",
        "items:\n  - id: a\nformat: 1\n",
        "items:\n  - id: a\n  # after a\n\n# about the format\nformat: 1\n",
        "format: 1\r\nitems:\r\n  - id: a\r\n",
    ],
)
def test_every_line_stays(text: str) -> None:
    """Comments, order, indentation and quotes; the new items come after the old ones."""
    longer = append_items(text, NEW)
    left = iter(longer.splitlines())
    assert all(line in left for line in text.splitlines())  # in this order
    old, new = parse(text).data, parse(longer).data
    assert [item["id"] for item in new["items"]] == [
        *(item["id"] for item in old["items"]),
        "new",
        "newer",
    ]
    assert {**new, "items": 0} == {**old, "items": 0}


def test_the_comment_above_the_next_field_stays_with_it() -> None:
    """The new items come before it."""
    longer = append_items("items:\n  - id: a\n\n# about the format\nformat: 1\n", NEW)
    assert longer.endswith("  - id: newer\n\n# about the format\nformat: 1\n")


@pytest.mark.parametrize(
    "text",
    ["items: [{id: a}]\n", "items: []\n", "items:\n", "format: 1\n", "- id: a\n", "items: [\n"],
)
def test_what_nothing_can_be_added_to(text: str) -> None:
    """It is refused with what to do."""
    with pytest.raises(ContentError, match="nothing was written"):
        append_items(text, NEW)
