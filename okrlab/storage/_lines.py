"""The form of an export, which is also that of a `JsonLinesStore`.

The first line says what the file is; every other line is an attempt or a version of a draft::

    {"format":"okrlab-progress","version":1}
    {"attempt":{"activity":"quiz/two-jobs", …}}
    {"draft":{"key":"deck/kpi-or-key-result", …}}
"""

from __future__ import annotations

import json
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.storage._records import (
    RecordError,
    attempt_data,
    draft_data,
    line,
    read_attempt,
    read_draft,
)
from okrlab.storage.protocol import SCHEMA, Draft

FORMAT = "okrlab-progress"
HEADER = (line({"format": FORMAT, "version": SCHEMA}) + "\n").encode()

MAX_LINE = 1_000_000
"""Most bytes of a line; an attempt or draft that a store takes is always shorter."""


class LineError(ValueError):
    """A line that is not what it should be; `problems` has every mistake in words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def attempt_line(attempt: Attempt) -> bytes:
    """An attempt as a line."""
    return (line({"attempt": attempt_data(attempt)}) + "\n").encode()


def draft_line(draft: Draft) -> bytes:
    """A version of a draft as a line."""
    return (line({"draft": draft_data(draft)}) + "\n").encode()


def header_version(raw: bytes) -> int:
    """The version that a first line gives.

    Raises:
        LineError: it is not the first line of such a file.
    """
    data = _object(raw)
    version = data.get("version")
    if data.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool):
        raise LineError([f'the first line must be {{"format": "{FORMAT}", "version": {SCHEMA}}}'])
    return version


def read_line(raw: bytes) -> Attempt | Draft:
    """The attempt or draft on a line.

    Raises:
        LineError: there is none.
    """
    data = _object(raw)
    if len(data) != 1 or not data.keys() <= {"attempt", "draft"}:
        raise LineError(["a line holds either one 'attempt' or one 'draft'"])
    [(kind, value)] = data.items()
    try:
        return read_attempt(value) if kind == "attempt" else read_draft(value)
    except RecordError as error:
        raise LineError([f"{kind}.{field}: {text}" for field, text in error.problems]) from error


def _object(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_LINE:
        raise LineError([f"the line is longer than {MAX_LINE:,} bytes"])
    try:
        data = json.loads(raw, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:  # a UnicodeDecodeError is a ValueError too
        raise LineError([f"this is not valid JSON: {str(error)[:200]}"]) from error
    if not isinstance(data, dict):
        raise LineError(["a JSON object belongs here"])
    return data


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a field stands in it twice")
    return data
