"""What a learner computed with pandas, as plain and bounded values.

pandas is imported only here and only when its objects come in, so that the core runs without it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from okrlab.errors import AnswerError

MAX_ROWS = 5_000
MAX_COLUMNS = 200
MAX_TEXT = 240

Plain = str | bool | float | None
"""One value; None where it is missing."""


@dataclass(frozen=True)
class Table:
    """Values by column and key.

    Attributes:
        columns: the names of the columns, without the key.
        cells: by key, then by column.
    """

    columns: tuple[str, ...]
    cells: dict[str, dict[str, Plain]] = field(default_factory=dict)


def plain_value(value: object) -> Plain:
    """One value as text, truth value or number; None for a missing one.

    Raises:
        AnswerError: it is none of these.
    """
    if value is None or _is_pandas(value, "NAType", "NaTType"):
        return None
    if isinstance(value, bool):
        return value is True
    if type(value).__module__ == "numpy" and getattr(value, "ndim", None) == 0:
        return plain_value(value.item())  # type: ignore[attr-defined]
    if isinstance(value, int | float):
        try:
            number = float.__float__(value) if isinstance(value, float) else float(value)
        except OverflowError:
            raise AnswerError("A number here is too large to be marked. Check it.") from None
        return None if math.isnan(number) else number
    if isinstance(value, str):
        return str.__str__(value)[:MAX_TEXT]
    raise AnswerError(
        f"Here is {_named(value)} where a number or a text belongs. Put a plain value there."
    )


def number_from(answer: object) -> float:
    """The one number of an answer.

    Raises:
        AnswerError: it is no number.
    """
    value = answer
    if _is_pandas(answer, "Series", "DataFrame", "Index"):
        size = int(getattr(answer, "size", 0))
        if size != 1:
            raise AnswerError(f"One number is asked for, and this is {_named(answer)} of {size}.")
        value = answer.to_numpy().ravel()[0]  # type: ignore[attr-defined]
    if isinstance(value, bool | str) or value is None:
        raise AnswerError(f"A number is asked for, and this is {_named(value)}.")
    number = plain_value(value)
    if isinstance(number, bool | str):
        raise AnswerError(f"A number is asked for, and this is {_named(value)}.")
    if number is None or not math.isfinite(number):
        raise AnswerError("The number is missing or not finite. Look for a division by zero.")
    return number


def mapping_from(answer: object) -> Table:
    """The values by key of a dict or a Series, as a table with the column "".

    Raises:
        AnswerError: it is something else.
    """
    if _is_pandas(answer, "DataFrame"):
        raise AnswerError(
            "A Series (or a dict) is asked for, and this is a whole DataFrame. Pick one column and "
            "make the names its index."
        )
    if _is_pandas(answer, "Series"):
        _bounded(len(answer))  # type: ignore[arg-type]
        pairs = [(key, value) for key, value in answer.items()]  # type: ignore[attr-defined]
    elif isinstance(answer, Mapping):
        _bounded(len(answer))
        pairs = list(answer.items())
    else:
        raise AnswerError(f"A Series (or a dict) is asked for, and this is {_named(answer)}.")
    cells: dict[str, dict[str, Plain]] = {}
    for key, value in pairs:
        _new_key(cells, key)[""] = plain_value(value)
    return Table(("",), cells)


def frame_from(answer: object, key: str, wanted: tuple[str, ...]) -> Table:
    """The wanted columns of a DataFrame (or a list of dicts) by the values of `key`.

    Raises:
        AnswerError: it is something else, or has no such key, or a key twice.
    """
    if isinstance(answer, list) and all(isinstance(row, dict) for row in answer):
        return _from_records(answer, key, wanted)
    if not _is_pandas(answer, "DataFrame"):
        raise AnswerError(f"A DataFrame is asked for, and this is {_named(answer)}.")
    frame: Any = answer
    _bounded(len(frame))
    names = [name if isinstance(name, str) else None for name in frame.columns[:MAX_COLUMNS]]
    if names.count(key) + (frame.index.name == key) > 1:
        raise AnswerError(f"“{key}” is there twice, perhaps as column and as index. Keep one.")
    if key in names:
        keys = frame[key].tolist()
    elif frame.index.name in (key, None) and frame.index.nlevels == 1 and len(frame):
        keys = frame.index.tolist()
        if frame.index.name is None and all(isinstance(k, int) for k in keys):
            raise AnswerError(
                f"The column “{key}” is missing. It says which row is which; keep it."
            )
    else:
        raise AnswerError(f"The column “{key}” is missing. It says which row is which; keep it.")
    found = tuple(name for name in wanted if name in names)
    for name in found:
        if names.count(name) > 1:
            raise AnswerError(f"There are two columns called “{name}”. Keep one of them.")
    cells: dict[str, dict[str, Plain]] = {}
    columns = {name: frame[name].tolist() for name in found}
    for index, row_key in enumerate(keys):
        row = _new_key(cells, row_key)
        for name, values in columns.items():
            row[name] = plain_value(values[index])
    return Table(found, cells)


def _from_records(rows: list[dict[Any, Any]], key: str, wanted: tuple[str, ...]) -> Table:
    _bounded(len(rows))
    cells: dict[str, dict[str, Plain]] = {}
    for row in rows:
        if key not in row:
            raise AnswerError(f"A row has no “{key}”. It says which row is which; keep it.")
        kept = _new_key(cells, row[key])
        kept.update({name: plain_value(row[name]) for name in wanted if name in row})
    return Table(tuple(name for name in wanted if any(name in row for row in rows)), cells)


def _new_key(cells: dict[str, dict[str, Plain]], key: object) -> dict[str, Plain]:
    name = key_name(plain_value(key))
    if name in cells:
        raise AnswerError(f"“{name[:60]}” is there twice. Each must have exactly one row.")
    cells[name] = {}
    return cells[name]


def key_name(value: Plain) -> str:
    """A key as text, the same for 3 and 3.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _bounded(rows: int) -> None:
    if rows > MAX_ROWS:
        raise AnswerError(f"This has {rows:,} rows, far more than are asked for. Check a merge.")


def _is_pandas(value: object, *names: str) -> bool:
    """Whether a value is of one of these pandas classes; without importing pandas."""
    if "pandas" not in sys.modules:
        return False
    return any(
        cls.__name__ in names and cls.__module__.partition(".")[0] == "pandas"
        for cls in type(value).__mro__
    )


def _named(value: object) -> str:
    plain = (
        (bool, "True or False"),
        (str, "a text"),
        (int | float, "a number"),
        (dict, "a dictionary"),
        (list, "a list"),
    )
    if value is None:
        return "nothing"
    for kind, name in plain:
        if isinstance(value, kind):
            return name
    name = type(value).__name__[:40]
    return (
        f"a {name}"
        if _is_pandas(value, "Series", "DataFrame", "Index")
        else f"a value of type {name}"
    )
