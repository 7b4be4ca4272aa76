"""Marked regions of a cell: cut out on release, and never left open, nested or misspelt.

A marker stands alone on its line: ``### BEGIN SOLUTION`` … ``### END SOLUTION`` and
``### BEGIN HIDDEN TESTS`` … ``### END HIDDEN TESTS``, as nbgrader has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
"""What takes the place of a solution where code is to be written."""

NO_CODE = "hide-input"
"""Tag of the cells of the part without code."""

SOLUTION_ONLY = "solution-only"
"""Tag of cells that are left out on release."""

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"

_EXACT = re.compile(r"[ \t]*### (BEGIN|END) (SOLUTION|HIDDEN TESTS)[ \t]*")
_ALIKE = re.compile(
    r"\s*#+\s*(begin|end)[\s_-]*(solutions?|hidden[\s_-]*tests?)\b.*", re.IGNORECASE
)


@dataclass(frozen=True)
class Cut:
    """A cell's source without its regions.

    Attributes:
        source: what is left.
        kinds: the kinds of regions that were cut, in order.
        problems: what is wrong with the markers, each with its line.
    """

    source: str
    kinds: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def cut(source: str, stub: tuple[str, ...] = ()) -> Cut:
    """Cut every region out of a cell's source.

    Args:
        source: the cell's source.
        stub: lines to put in place of the first solution region, indented as its marker is.
    """
    kept: list[str] = []
    kinds: list[str] = []
    problems: list[str] = []
    inside: tuple[str, int] | None = None
    for number, line in enumerate(source.split("\n"), start=1):
        marker = _EXACT.fullmatch(line)
        if marker is None:
            if _ALIKE.fullmatch(line):
                problems.append(_misspelt(number, line))
            if inside is None:
                kept.append(line)
            continue
        edge, kind = marker.groups()
        if edge == "BEGIN" and inside is None:
            inside = (kind, number)
            if kind == SOLUTION and SOLUTION not in kinds:
                kept += [_indent(line) + text for text in stub]
            kinds.append(kind)
        elif edge == "BEGIN":
            problems += list(_nested(number, kind, inside))
        elif inside is not None and inside[0] == kind:
            inside = None
        else:
            problems.append(f"line {number}: “### END {kind}” ends a region that was not begun")
    if inside is not None:
        problems.append(
            f"line {inside[1]}: “### BEGIN {inside[0]}” is not closed; "
            f"add “### END {inside[0]}” below it"
        )
    return Cut("\n".join(kept).strip("\n"), tuple(kinds), tuple(problems))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _misspelt(number: int, line: str) -> str:
    return (
        f"line {number}: “{line.strip()[:60]}” looks like a marker and is none; "
        "write ### BEGIN SOLUTION, ### END SOLUTION, ### BEGIN HIDDEN TESTS or ### END HIDDEN TESTS"
    )


def _nested(number: int, kind: str, inside: tuple[str, int] | None) -> Iterator[str]:
    if inside is not None:
        yield (
            f"line {number}: “### BEGIN {kind}” stands inside the region that begins in line "
            f"{inside[1]}; close that one first"
        )
