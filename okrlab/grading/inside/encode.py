"""Values of a submission as plain JSON, bounded.

What leaves the sandbox is what a learner claims, no more: whoever reads it checks every bit of it
and marks it. So nothing here has to withstand a hostile object; it only has to be faithful to an
honest one.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping
from typing import Any

MAX_ROWS = 5_000
"""Of longer tables only the length is told; marking refuses them whatever they hold."""

MAX_TEXT = 400
MAX_FORM = 500_000
EXACT = 2**53


def encode(value: Any, kind: str, names: list[str]) -> dict[str, Any]:
    """A value as plain JSON data.

    Args:
        value: what stands in the learner's variable.
        kind: what is asked for: "number", "mapping", "frame" or "form".
        names: of a frame, the columns that are asked for; others are left out.
    """
    if value is None or value is Ellipsis:
        return {"type": "nothing"}
    if kind == "form":
        return _form(value)
    name = _pandas(value)
    if kind == "frame" and name == "DataFrame":
        return _frame(value, names)
    if kind == "frame" and type(value) is list and all(isinstance(row, dict) for row in value):
        return _records(value, names)
    if kind == "mapping" and (name == "Series" or isinstance(value, Mapping)):
        return _pairs(value, "series" if name == "Series" else "mapping")
    if name:
        found: dict[str, Any] = {"type": "pandas", "name": name, "size": int(value.size)}
        if value.size == 1 and kind == "number":
            found["only"] = scalar(value.to_numpy().ravel()[0])
        return found
    if isinstance(value, Mapping):
        return {"type": "mapping", "length": 0, "pairs": []}
    if isinstance(value, list):
        return {"type": "list"}
    return {"type": "value", "value": _alone(value, kind)}


def _alone(value: Any, kind: str) -> Any:
    """A value that stands for the whole answer; marking names its class, so that is kept."""
    module, name = type(value).__module__.partition(".")[0], type(value).__name__
    if module == "pandas" and name in ("NAType", "NaTType"):
        return {"float": "nan"} if kind == "number" else {"other": name}
    if module == "numpy" and not isinstance(value, float | str):
        number = (
            getattr(value, "ndim", None) == 0 and kind == "number" and value.dtype.kind in "iuf"
        )
        return scalar(value) if number else {"other": name}
    return scalar(value)


def scalar(value: Any) -> Any:
    """One value: text, number, true, false, null, or in an object what JSON has no word for."""
    if value is None or value is True or value is False:
        return value
    module = type(value).__module__.partition(".")[0]
    if module == "pandas" and type(value).__name__ in ("NAType", "NaTType"):
        return None
    if module == "numpy" and getattr(value, "ndim", None) == 0:
        return scalar(value.item())
    if isinstance(value, int):
        return int.__add__(value, 0) if -EXACT < value < EXACT else _large(value)
    if isinstance(value, float):
        number = float.__float__(value)
        return number if math.isfinite(number) else {"float": repr(number)}
    if isinstance(value, str):
        return str.__str__(value)[:MAX_TEXT]
    return {"other": type(value).__name__[:60]}


def _large(value: int) -> dict[str, str]:
    try:
        return {"float": repr(float(value))}
    except OverflowError:
        return {"float": "huge"}


def _pandas(value: Any) -> str:
    """The name of the pandas class that a value is of; empty for anything else."""
    for cls in type(value).__mro__:
        if cls.__module__.partition(".")[0] == "pandas":
            for name in ("DataFrame", "Series", "Index"):
                if cls.__name__ == name:
                    return name
    return ""


def _frame(frame: Any, names: list[str]) -> dict[str, Any]:
    rows = len(frame)
    columns = [name for name in list(frame.columns)[:200] if isinstance(name, str)]
    kept = [name for name in columns if name in names]
    index = frame.index
    found: dict[str, Any] = {
        "type": "frame",
        "length": rows,
        "columns": [str.__str__(name) for name in kept],
        "levels": int(index.nlevels),
        "index_name": scalar(index.name),
        "index": [],
        "cells": {},
    }
    if rows <= MAX_ROWS:
        if index.nlevels == 1:
            found["index"] = [scalar(value) for value in index.tolist()]
        for name in kept:
            if kept.count(name) == 1:
                found["cells"][name] = [scalar(value) for value in frame[name].tolist()]
    return found


def _records(rows: list[dict[Any, Any]], names: list[str]) -> dict[str, Any]:
    kept = [] if len(rows) > MAX_ROWS else rows
    cells = [{name: scalar(row[name]) for name in names if name in row} for row in kept]
    return {"type": "records", "length": len(rows), "rows": cells}


def _pairs(value: Any, kind: str) -> dict[str, Any]:
    length = len(value)
    pairs = [] if length > MAX_ROWS else [[scalar(k), scalar(v)] for k, v in value.items()]
    return {"type": kind, "length": length, "pairs": pairs}


def _form(value: Any) -> dict[str, Any]:
    answer = getattr(value, "filled", value) if type(value).__name__ == "FormStandIn" else value
    if answer is None:
        return {"type": "nothing"}
    try:
        text = json.dumps(answer, allow_nan=False, default=_date)
    except (TypeError, ValueError, RecursionError):
        return {"type": "value", "value": {"other": type(answer).__name__[:60]}}
    if len(text) > MAX_FORM:
        return {"type": "value", "value": {"other": "form that is far too long"}}
    return {"type": "form", "answer": json.loads(text)}


def _date(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")
    raise TypeError("this is no plain value")
