"""Claimed values from the sandbox, checked bit by bit and rebuilt so that they can be marked.

Marking is then the very same as in `okrlab.check`. Nothing is unpickled, nothing evaluated.
"""

from __future__ import annotations

import re
from typing import Any

from okrlab.grading.inside.encode import EXACT, MAX_ROWS, MAX_TEXT

MAX_LENGTH = 1_000_000
"""Longer tables are taken to be of this length; marking refuses both."""

_FLOATS = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf"), "huge": 10**400}


class ClaimError(ValueError):
    """Data that no honest run sends."""


def rebuilt(claim: object, key: str = "") -> Any:
    """The value that a claim stands for: plain Python data, or a pandas object of plain data.

    An ordinary table comes as a list of rows and an ordinary Series as a dictionary, which earn the
    same marks and need no pandas here.

    Args:
        claim: plain data, from a sandbox or from anywhere.
        key: of a table, the column that says which row is which.

    Raises:
        ClaimError: the data has another form than `okrlab.grading.inside.encode` gives.
    """
    data = _object(claim)
    builders = {
        "nothing": lambda _: None,
        "value": lambda d: _scalar(d.get("value")),
        "list": lambda _: [0],
        "form": lambda d: d.get("answer"),
        "mapping": _mapping,
        "series": _series,
        "frame": _frame,
        "records": _records,
        "pandas": _other_pandas,
    }
    builder = builders.get(_text(data.get("type"), 20))
    if builder is None:
        raise ClaimError("an unknown kind of value")
    if key and data.get("type") == "frame" and _ordinary(data, key):
        return _rows(data)
    return builder(data)


def _ordinary(data: dict[str, Any], key: str) -> bool:
    """Whether a table has rows, each column once, and its key in a column."""
    columns = data.get("columns")
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        return False
    length, once = data.get("length"), len(set(columns)) == len(columns)
    few = isinstance(length, int) and 0 < length <= MAX_ROWS
    return few and once and key in columns and data.get("index_name") != key


def _rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    length = _length(data)
    columns = [_text(name, MAX_TEXT) for name in _list(data.get("columns"), 200)]
    given = _object(data.get("cells"))
    cells = [_column(given.get(name), length) for name in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


def _mapping(data: dict[str, Any]) -> Any:
    length, pairs = _pairs(data)
    if length > MAX_ROWS:
        return dict.fromkeys(range(min(length, MAX_LENGTH // 10)))
    return dict(pairs)


def _series(data: dict[str, Any]) -> Any:
    length, pairs = _pairs(data)
    keys = [key for key, _ in pairs]
    if pairs and all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys):
        return dict(pairs)
    import pandas as pd

    if length > MAX_ROWS:
        return pd.Series(range(length))
    index = pd.Index(keys, dtype=object)
    return pd.Series([value for _, value in pairs], index=index, dtype=object)


def _records(data: dict[str, Any]) -> Any:
    length = _length(data)
    rows = [_object(row) for row in _list(data.get("rows"), MAX_ROWS)]
    if length > MAX_ROWS:
        return [{}] * length
    return [{_text(k, MAX_TEXT): _scalar(v) for k, v in row.items()} for row in rows]


def _frame(data: dict[str, Any]) -> Any:
    import numpy as np
    import pandas as pd

    length = _length(data)
    columns = [_text(name, MAX_TEXT) for name in _list(data.get("columns"), 200)]
    if length > MAX_ROWS:
        return pd.DataFrame({"": range(length)})
    cells = np.empty((length, len(columns)), dtype=object)
    given = _object(data.get("cells"))
    for number, name in enumerate(columns):
        if name in given:
            cells[:, number] = _column(given[name], length)
    frame = pd.DataFrame(cells, columns=columns)
    levels = data.get("levels")
    if levels != 1:
        frame.index = pd.MultiIndex.from_arrays([range(length), range(length)])
        return frame
    frame.index = pd.Index(_column(data.get("index"), length), dtype=object)
    name = _scalar(data.get("index_name"))
    frame.index.name = name if isinstance(name, str) or name is None else "(no text)"
    return frame


def _column(values: object, length: int) -> list[Any]:
    found = [_scalar(value) for value in _list(values, MAX_ROWS)]
    if len(found) != length:
        raise ClaimError("a column of another length than its table")
    return found


def _other_pandas(data: dict[str, Any]) -> Any:
    import pandas as pd

    name, size = _text(data.get("name"), 20), _length(data, "size")
    kinds = {"Series": pd.Series, "Index": pd.Index, "DataFrame": pd.DataFrame}
    if name not in kinds:
        raise ClaimError("an unknown kind of table")
    if size == 1 and "only" in data:
        values = pd.Series([_scalar(data["only"])], dtype=object)
    else:
        values = pd.Series(range(size))
    return values if name == "Series" else kinds[name](values)


def _pairs(data: dict[str, Any]) -> tuple[int, list[tuple[Any, Any]]]:
    length = _length(data)
    pairs = []
    for pair in _list(data.get("pairs"), MAX_ROWS):
        key, value = _list(pair, 2)
        pairs.append((_scalar(key), _scalar(value)))
    if length <= MAX_ROWS and len(pairs) != length:
        raise ClaimError("a mapping of another length than it says")
    return length, pairs


def _scalar(value: object) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if -EXACT < value < EXACT else float("inf")
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return _text(value, MAX_TEXT)
    return _special(_object(value))


def _special(data: dict[str, Any]) -> Any:
    """A value that JSON has no word for."""
    if "float" in data:
        text = _text(data["float"], 40)
        try:
            return _FLOATS[text] if text in _FLOATS else float(text)
        except ValueError:
            raise ClaimError("a number that is none") from None
    name = re.sub(r"\W", "_", _text(data.get("other"), 60)) or "object"
    if name in ("list", "dict"):
        return [] if name == "list" else {}
    return type(name, (), {})()


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise ClaimError("no text where one belongs")
    return value[:limit].encode("utf-8", "replace").decode("utf-8")


def _length(data: dict[str, Any], name: str = "length") -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ClaimError("no length where one belongs")
    return min(value, MAX_LENGTH)


def _list(value: object, limit: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > limit:
        raise ClaimError("no list where one belongs, or one that is too long")
    return value


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ClaimError("no object where one belongs")
    return value
