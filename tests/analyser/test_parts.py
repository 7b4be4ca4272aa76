"""The parts of statements: words, place and value of each, over the language that people use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from okrlab.analyser import Part, Parts, analyse
from okrlab.analyser._deadlines import whens
from okrlab.analyser._numerals import parse_digits
from okrlab.analyser._parts import parts_of
from okrlab.analyser._reading import Reading
from okrlab.analyser._tokens import tokens

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "parts.yaml").read_text("utf-8")
)
ALWAYS = ("baseline", "target", "change", "threshold", "deadline")
NAMES = set(Parts.__slots__)


def rows() -> Iterator[Any]:
    """Every row, named by its statement."""
    for group, members in TABLE.items():
        for row in members:
            yield pytest.param(row, id=f"{group}: {row['text'][:60]}")


def read(row: dict[str, Any]) -> Parts:
    """The parts of a row's statement, its kind given."""
    return parts_of(Reading.of(row["text"]), row.get("as", "metric_kr"))


def test_the_table_is_large() -> None:
    """Enough statements, and no misspelt field."""
    assert sum(len(members) for members in TABLE.values()) >= 120
    for members in TABLE.values():
        for row in members:
            assert set(row) <= {"text", "as", *NAMES}, row


@pytest.mark.parametrize("row", list(rows()))
def test_parts(row: dict[str, Any]) -> None:
    """Each part has the words, the value and the comparison of the table, and no other is found."""
    parts = read(row)
    for name in NAMES:
        part: Part | None = getattr(parts, name)
        if name not in row:
            assert name not in ALWAYS or part is None, (name, part)
            continue
        words, *rest = row[name]
        assert part is not None, name
        assert part.text == words == part.span.of(row["text"]), name
        if rest and isinstance(rest[0], int | float):
            assert part.value == pytest.approx(rest[0]), name
        elif rest:
            assert part.value == rest[0], name
        if len(rest) > 1:
            assert part.how == rest[1], name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", 1000), ("1.000", 1000), ("1 000", 1000), ("1'000", 1000), ("1’000", 1000),
        ("1\u202f000", 1000), ("1,000,000", 1_000_000), ("1.000.000", 1_000_000),
        ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("0.125", 0.125), ("12,5", 12.5), ("4.8", 4.8),
        ("½", 0.5), ("2026", 2026),
    ],
)  # fmt: skip
def test_digits(text: str, value: float) -> None:
    """Separators of all countries; what groups thousands and what is a decimal."""
    assert parse_digits(text) == value


def test_a_percentage_has_no_thousands() -> None:
    """12.125 % are twelve and an eighth."""
    assert parse_digits("12.125", percent=True) == 12.125


@pytest.mark.parametrize(
    ("text", "high", "low"),
    [
        ("Milk temperature: 2–4 °C", 4, 2),
        ("Staff costs between 30 and 33 % of revenue", 33, 30),
        ("Sick leave in the 3 to 4 % corridor", 4, 3),
        ("Reserves of 5–10M", 10e6, 5e6),
    ],
)
def test_both_ends_of_a_range(text: str, high: float, low: float) -> None:
    """The lower end is the value, the upper stands beside it."""
    part = parts_of(Reading.of(text), "health_metric").threshold
    assert part is not None
    assert (part.value, part.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Customers may return goods",
        "March through the institutions",
        "Every Monday the team meets",
        "Hold a lunch on the first Tuesday of the month",
        "We lost customers since March",
        "Second best in class",
        "Reviewing price tags every morning before opening",
        "Reservations cancelled less than 24 hours before arrival",
    ],
)
def test_words_that_look_like_dates(text: str) -> None:
    """Nothing here is due."""
    assert not [w for w in whens(tokens(text)) if w.strength]


def test_the_kind_decides_which_parts_there_are() -> None:
    """The same words as a key result have a target, as a health metric a threshold."""
    reading = Reading.of("Delivery on time 95 %")
    as_result, as_health = parts_of(reading, "metric_kr"), parts_of(reading, "health_metric")
    assert as_result.target is not None
    assert as_result.threshold is None
    assert as_health.target is None
    assert as_health.threshold is not None
    assert parts_of(reading, "kpi").target is None


def test_analyse_gives_the_parts_of_the_kind_it_found() -> None:
    """A KPI's reading is no target, a level to keep no target either."""
    assert analyse("Churn in May: 2.4 %").parts.target is None
    keep = analyse("Keep uptime at 99.9 %")
    assert keep.kind == "health_metric"
    assert keep.parts.threshold is not None
    assert keep.parts.target is None


def test_found_names_parts_in_the_order_of_the_text() -> None:
    """As the coach marks them up."""
    found = analyse("Cut churn from 3.1 to 1.9 % by June").parts.found()
    starts = [part.span.start for part in found.values()]
    assert starts == sorted(starts)
    assert list(found)[:3] == ["direction", "measure", "baseline"]
