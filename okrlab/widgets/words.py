"""Small words for sentences that widgets put together."""

from __future__ import annotations

_NUMBERS = ["no", "one", "two", "three", "four", "five", "six"]
_NUMBERS += ["seven", "eight", "nine", "ten", "eleven", "twelve"]


def number_word(number: int) -> str:
    """A small count as a word, a larger one in digits: "two", "17"."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "one card", "two cards"."""
    return f"{number_word(number)} {one if number == 1 else many or one + 's'}"


def cards_word(number: int) -> str:
    """A number of cards: "one card", "two cards"."""
    return counted(number, "card")


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
