"""Adds items to a bank file without touching a line that is there."""

from __future__ import annotations

import textwrap

import yaml

from okrlab.content._yaml import YamlProblemError, parse
from okrlab.errors import ContentError


def append_items(text: str, items: str) -> str:
    """The text of a bank file with more items at the end of its list.

    Args:
        text: the file as it is, with its comments and its way of writing.
        items: a YAML list, starting in the first column.

    Raises:
        ContentError: the list is written in a way that nothing can be added to by lines.
    """
    try:
        old = parse(text).data
    except YamlProblemError as problem:
        raise ContentError(
            f"The file has a mistake in line {problem.line}, so nothing was written: "
            f"{problem.message}. Mend it first."
        ) from problem
    place, column = _end_of_items(text)
    before, after = text[:place], text[place:]
    if before and not before.endswith("\n"):
        before += "\n"
    longer = before + textwrap.indent(items.strip("\n") + "\n", " " * column) + after
    new, added = parse(longer).data, parse(items).data
    if new != {**old, "items": old["items"] + added}:
        raise ContentError(
            "The new item could not be added without changing others, so nothing was written. "
            "Write the list 'items' with one '- id: …' for each item, or use --folder."
        )
    return longer


def _end_of_items(text: str) -> tuple[int, int]:
    """Where the list of items ends, as an index into the text, and the column of its dashes."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for number, (key, value) in enumerate(pairs):
        if key.value != "items":
            continue
        if not isinstance(value, yaml.SequenceNode) or value.flow_style or not value.value:
            break
        if number + 1 == len(pairs):
            return len(text), value.start_mark.column
        lines = text.splitlines(keepends=True)
        end: int = pairs[number + 1][0].start_mark.line
        while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
            end -= 1  # comments above the next key belong to that
        return sum(map(len, lines[:end])), value.start_mark.column
    raise ContentError(
        "Nothing can be added to this file by lines, so nothing was written. Write 'items:' and "
        "beneath it one '- id: …' for each item, or use --folder."
    )
