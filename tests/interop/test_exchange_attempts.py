"""Attempts for other systems: xAPI statements and a table."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.demo_answers import wrong_answer
from okrlab.assessment.demo_class import generated_class
from okrlab.assessment.marking import mark
from okrlab.content import Library
from okrlab.interop.exchange.attempts import COLUMNS, attempt_table, pseudonyms
from okrlab.interop.exchange.table import unsafe
from okrlab.interop.exchange.xapi import INTERACTION, xapi_statements
from tests.assessment.examples import attempt
from tests.storage.storage_strategies import ATTEMPTS

NAMED = pseudonyms(b"0123456789abcdef")
KINDS = {"choice", "matching", "numeric", "sequencing", "long-fill-in", "other"}
VALID_IRI = re.compile(r"https://[a-z.]+/[!-~]*")


@pytest.fixture(scope="module")
def content() -> Library:
    """The shipped content."""
    return Library()


@pytest.fixture(scope="module")
def lived(content: Library) -> list[Attempt]:
    """What a generated class answered, and a wrong answer to every item."""
    until = datetime(2027, 3, 1, tzinfo=UTC)
    rng = Random(5)
    found = [a for many in generated_class(content, rng, until, 4).values() for a in many]
    for number, item in enumerate(content.items.values()):
        response = wrong_answer(item, (), rng)
        outcome = mark(item, response)
        found.append(
            attempt(number, item=item.id, response=response, mark=outcome.mark,
                    misconceptions=outcome.misconceptions)
        )  # fmt: skip
    return found


def statements(attempts: list[Attempt], content: Library, **options: Any) -> list[dict[str, Any]]:
    """The statements, read again line by line."""
    lines = list(xapi_statements(attempts, content, NAMED, **options))
    assert not any("\n" in line for line in lines)
    return [json.loads(line) for line in lines]


def test_every_statement_is_one(lived: list[Attempt], content: Library) -> None:
    """What the specification demands of each, and nothing that it does not name."""
    found = statements(lived, content)
    assert len(found) == len(lived) > 1000
    for one, made in zip(found, lived, strict=True):
        assert set(one) == {
            "id", "actor", "verb", "object", "result", "context", "timestamp", "version"
        }  # fmt: skip
        assert uuid.UUID(one["id"]).version == 5
        assert one["actor"] == {
            "objectType": "Agent",
            "account": {"homePage": "https://okrlab.invalid/", "name": NAMED(made.learner)},
        }
        assert made.learner not in json.dumps(one["actor"])
        assert one["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
        assert VALID_IRI.fullmatch(one["object"]["id"])
        definition = one["object"]["definition"]
        assert definition["type"] == INTERACTION
        assert definition["interactionType"] in KINDS
        result = one["result"]
        assert result["score"] == {"scaled": made.mark, "raw": made.mark, "min": 0, "max": 1}
        assert result["success"] == (made.mark >= 1)
        assert isinstance(result["response"], str)
        assert ("duration" in result) == (made.seconds is not None)
        assert re.fullmatch(r"PT\d+(\.\d+)?S", result.get("duration", "PT1S"))
        assert datetime.fromisoformat(one["timestamp"]) == made.at
        uuid.UUID(one["context"]["registration"])
        assert all(VALID_IRI.fullmatch(name) for name in one["context"]["extensions"])
    assert {one["object"]["definition"]["interactionType"] for one in found} >= KINDS - {"other"}


def test_right_answers_fit_the_pattern(lived: list[Attempt], content: Library) -> None:
    """And wrong ones do not: response and key are in the same notation."""
    tried = 0
    for one in statements(lived, content):
        definition, result = one["object"]["definition"], one["result"]
        patterns = definition.get("correctResponsesPattern")
        if patterns:
            given, right = result["response"], patterns[0]
            fits = given == right
            if definition["interactionType"] == "matching":
                fits = set(given.split("[,]")) == set(right.split("[,]"))
            if definition["interactionType"] == "numeric":
                low, high = map(float, right.split("[:]"))
                slack = 1e-9 * max(1, abs(low))
                fits = low - slack <= float(given) <= high + slack
            assert fits == result["success"], one
            tried += 1
    assert tried > 800


def test_parts_are_named(lived: list[Attempt], content: Library) -> None:
    """Every id of a response and of a pattern is explained beside it."""
    for one in statements(lived, content):
        definition = one["object"]["definition"]
        named = {
            part["id"]
            for name in ("choices", "source", "target")
            for part in definition.get(name, ())
        }
        if named:
            texts = [one["result"]["response"], *definition["correctResponsesPattern"]]
            used = {part for text in texts for part in re.split(r"\[[,.]\]", text)}
            assert used <= named


def test_the_same_attempt_is_the_same_statement(content: Library) -> None:
    """For ever, whoever exports it; another attempt is another."""
    first, again, other = statements([attempt(1), attempt(1), attempt(2)], content)
    assert first == again
    assert first["id"] != other["id"]
    assert first["id"] == "3f62fee7-fd84-5c08-856f-ff0d10c73248"


def test_what_is_kept_aside_is_named_only(content: Library) -> None:
    """Neither question nor key of the pretest and the final test."""
    items = [item for item in content.items.values() if item.held_out]
    rng = Random(1)
    made = [
        attempt(n, item=item.id, response=wrong_answer(item, (), rng), activity="final/final")
        for n, item in enumerate(items)
    ]
    for one in statements(made, content):
        assert set(one["object"]["definition"]) == {"type", "interactionType"}


def test_what_is_not_known_any_more(content: Library) -> None:
    """An item that is gone, an option that is gone, a poll: a statement all the same."""
    item = next(i for i in content.items.values() if hasattr(i, "options") and not i.held_out)
    made = [
        attempt(1, item="gone", response={"option": 1}),
        attempt(2, item=item.id, response={"what": []}),
        attempt(3, item="kpi-or-key-result/gone", activity="deck/kpi-or-key-result"),
        attempt(4, item="gone/gone", activity="deck/gone", response={"placed": {}}),
        attempt(5, item="9.9", activity="exercise/9.9", response={"x": 1}),
    ]
    for one in statements(made, content):
        assert one["object"]["definition"]["interactionType"] == "other"
        assert json.loads(one["result"]["response"]) is not None


def test_a_card_of_a_deck(content: Library) -> None:
    """A match of this card with a bucket."""
    deck = content.deck("kpi-or-key-result")
    card = deck.cards[0]
    made = attempt(
        1,
        item=f"{deck.id}/{card.id}",
        activity=f"deck/{deck.id}",
        response={"placed": {card.id: card.bucket}},
    )
    (one,) = statements([made], content, home_page="https://learn.example.com/x")
    definition = one["object"]["definition"]
    assert one["object"]["id"] == f"https://learn.example.com/x/item/{deck.id}/{card.id}"
    assert one["result"]["response"] == f"{card.id}[.]{card.bucket}"
    assert definition["correctResponsesPattern"] == [f"{card.id}[.]{card.bucket}"]
    assert [target["id"] for target in definition["target"]] == [b.id for b in deck.buckets]


def test_pseudonyms_need_the_secret() -> None:
    """Another secret, another name; the same secret, always the same."""
    other = pseudonyms(b"fedcba9876543210")
    assert NAMED("ada") == NAMED("ada") != NAMED("bob")
    assert NAMED("ada") != other("ada")
    assert re.fullmatch(r"learner-[0-9a-f]{16}", NAMED("مريم"))
    with pytest.raises(ValueError, match="too short"):
        pseudonyms(b"short")


@settings(max_examples=80, deadline=None)
@given(st.lists(ATTEMPTS, max_size=4))
def test_any_attempt_is_a_row_and_a_statement(content: Library, attempts: list[Attempt]) -> None:
    """Whatever was typed: the row comes back, no cell is a formula, the JSON is JSON."""
    text = attempt_table(attempts, str)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == len(attempts)
    for row, made in zip(rows, attempts, strict=True):
        assert set(row) == set(COLUMNS)
        assert not any(cell.lstrip()[:1] in tuple("=+-@|%") for cell in row.values() if cell)
        assert unsafe(row["id"]) == made.id
        assert isinstance(json.loads(unsafe(row["response"])), dict)
        assert datetime.fromisoformat(row["at"]) == made.at
    for line in xapi_statements(attempts, content, str):
        assert json.loads(line)["version"] == "1.0.3"
