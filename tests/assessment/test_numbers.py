"""Reading numbers as people type them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment.numbers import parse_number, show_number
from okrlab.errors import AnswerError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.7", 0.7),
        ("1,5", 1.5),
        (".6", 0.6),
        (" 12 ", 12),
        ("+3", 3),
        ("-0.286", -0.286),
        ("−3", -3),
        ("1 000", 1000),
        ("1\u00a0000\u202f000", 1_000_000),
        ("12'500,5", 12500.5),
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("0.692", 0.692),
        ("0,500", 0.5),
        ("1500", 1500),
        ("3.2680", 3.268),
        ("$5", 5),
        ("-€5", -5),
        ("95 EUR", 95),
    ],
)
def test_reads_the_usual_ways_of_writing_a_number(text: str, value: float) -> None:
    """Decimal comma or point, grouped thousands, a sign and a currency are understood."""
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("70 %", "%", 70),
        ("70", "%", 70),
        ("70 percent", "percent", 70),
        ("70 %", "", 0.7),
        ("12.5%", "", 0.125),
        ("8 hours", "hours", 8),
        ("5M", "$M", 5),
        ("$5 M", "$M", 5),
    ],
)
def test_takes_the_unit_that_was_asked_for(text: str, unit: str, value: float) -> None:
    """The unit may stand beside the number; without one, a percentage becomes a share."""
    assert parse_number(text, unit) == pytest.approx(value)


@pytest.mark.parametrize("text", ["1,500", "1.500", "-2.345", "12,345"])
def test_asks_back_where_a_number_can_be_read_in_two_ways(text: str) -> None:
    """Both readings are named, and how to write each; written so, each is understood."""
    with pytest.raises(AnswerError, match="two ways") as caught:
        parse_number(text)
    bare = text.removeprefix("-")
    whole, decimal = bare.replace(",", "").replace(".", ""), bare.replace(",", ".") + "0"
    assert f"type {whole};" in str(caught.value)
    assert f"type {decimal}." in str(caught.value)
    assert parse_number(whole) == 1000 * parse_number(decimal)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no number yet"),
        ("   ", "no number yet"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("1e3", "not a number"),
        ("1/2", "not a number"),
        ("1,2,3", "not a number"),
        ("1 00", "not a number"),
        ("1,234,56", "not a number"),
        ("1,234,567,5", "not a number"),
        ("--5", "not a number"),
        ("about 5", "not a number"),
        ("5 apples", "not a number"),
        ("9" * 30, "larger than"),
        ("1" * 41, "too long"),
    ],
)
def test_refuses_what_is_no_number_in_plain_words(text: str, words: str) -> None:
    """The message says what is wrong and never repeats more than 40 characters."""
    with pytest.raises(AnswerError, match=words) as caught:
        parse_number(text)
    assert len(str(caught.value)) < 160


def test_refuses_a_percentage_where_another_unit_was_asked_for() -> None:
    """“70 %” is no number of hours."""
    with pytest.raises(AnswerError, match="asked for in hours"):
        parse_number("70 %", "hours")


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "%", "hours"]))
def test_any_text_is_a_finite_number_or_a_clear_refusal(text: str, unit: str) -> None:
    """Nothing that can be typed breaks the reader."""
    with suppress(AnswerError):
        assert abs(parse_number(text, unit)) <= 1e15


@settings(deadline=None)
@given(st.decimals(-10_000_000, 10_000_000, places=2))
def test_what_is_shown_is_read_again(value: object) -> None:
    """A number survives being shown and typed, save for the grouped three digits."""
    number = float(str(value))
    shown = show_number(number).replace(",", " ")
    assert parse_number(shown) == pytest.approx(number)


def test_shows_a_number_without_needless_digits() -> None:
    """Trailing noughts go, thousands are grouped, the unit follows."""
    assert show_number(0.6) == "0.6"
    assert show_number(1234.5, "leads") == "1,234.5 leads"
    assert show_number(-0.0) == "0"
    assert show_number(70, "%") == "70%"
