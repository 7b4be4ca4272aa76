"""CardSort in Python: what the browser may know, what is recorded, what is kept."""

from __future__ import annotations

import json

import pytest

from okrlab.widgets import CardSort
from tests.widgets.sort_examples import (
    BUCKETS,
    key,
    make_deck,
    make_journal,
    make_sort,
    place_all,
    send,
)


def synced(widget: CardSort) -> str:
    """Everything that the browser gets as data."""
    return json.dumps({k: v for k, v in widget.get_state().items() if k not in ("_esm", "_css")})


def test_no_key_and_no_feedback_is_synced_before_the_check() -> None:
    """Keys, reasons and the author's ids stay in Python until a card is checked."""
    widget = make_sort()
    assert "secret" not in synced(widget).lower()
    place_all(widget, wrong=2)
    assert "secret" not in synced(widget).lower()


def test_after_the_check_only_the_chosen_buckets_feedback_is_synced() -> None:
    """A wrong card tells why its own bucket tempts, not why the others would have."""
    widget = make_sort()
    wrong = place_all(widget, wrong=1)[0]
    placed = dict(widget.view["placed"])[wrong]
    send(widget, "check")
    told = widget.view["outcomes"][wrong]
    assert told["tempts"] == f"SECRET {placed} tempts"
    assert synced(widget).count(" tempts") == 1
    assert told["misconception"] == {"id": "M01", "title": "All is key."}


def test_a_card_that_was_moved_after_the_check_has_no_outcome() -> None:
    """Whether the new place is right is told only by the next check."""
    widget = make_sort()
    wrong = place_all(widget, wrong=1)[0]
    send(widget, "check")
    right = key(widget)[wrong]
    send(widget, "place", card=wrong, bucket=right)
    assert wrong not in widget.view["outcomes"]
    assert widget.view["changed"] == [wrong]
    assert widget.view["canCheck"]


def test_checking_waits_until_all_cards_are_placed() -> None:
    """An early check changes nothing and says so."""
    widget = make_sort()
    first = widget.view["cards"][0]["id"]
    send(widget, "place", card=first, bucket="kpi")
    send(widget, "check")
    assert widget.view["result"] is None
    assert widget.journal.attempts() == []
    assert widget.view["say"]["text"] == "There is nothing new to check."


def test_each_card_is_recorded_as_an_attempt() -> None:
    """Item, concept, version, seconds and misconception are what progress is computed from."""
    widget = make_sort()
    place_all(widget, wrong=2)
    send(widget, "check")
    attempts = {a.item: a for a in widget.journal.attempts()}
    assert len(attempts) == 6
    assert {a.concept for a in attempts.values()} == {"kr-question", "metric-kr"}
    assert attempts["sample/secret-bob"].concept == "metric-kr"
    assert {a.seconds for a in attempts.values()} == {2.5}
    assert {a.item_version for a in attempts.values()} == {3}
    assert all(a.graded and a.try_number == 1 for a in attempts.values())
    assert len({a.sitting for a in attempts.values()}) == 1
    assert sum(a.mark for a in attempts.values()) == 4
    assert [a.misconceptions for a in attempts.values() if not a.correct] == [("M01",)] * 2


def test_a_second_try_is_recorded_as_one_and_the_first_stays_in_the_line() -> None:
    """Only moved cards are checked again; the result still tells the first try."""
    widget = make_sort()
    wrong = place_all(widget, wrong=2)
    send(widget, "check")
    for card in wrong:
        send(widget, "place", card=card, bucket=key(widget)[card])
    send(widget, "check")
    again = widget.journal.attempts()[6:]
    assert [(a.try_number, a.mark) for a in again] == [(2, 1.0), (2, 1.0)]
    result = widget.view["result"]
    assert result["line"] == "4 of 6 right at the first try."
    assert result["done"]
    assert result["ideas"][0]["words"] == "Two cards show the idea “All is key.”"


def test_a_right_card_stays_where_it_is() -> None:
    """What was checked and right cannot be spoiled by a slip."""
    widget = make_sort()
    place_all(widget, wrong=1)
    send(widget, "check")
    right = widget.view["cards"][-1]["id"]
    before = widget.view["placed"]
    send(widget, "place", card=right, bucket=next(b["id"] for b in BUCKETS))
    send(widget, "take_back", card=right)
    assert widget.view["placed"] == before


def test_the_sitting_goes_on_in_a_new_widget() -> None:
    """Cards, outcomes and the result are there again after a restart, in the same order."""
    journal = make_journal()
    widget = make_sort(journal)
    wrong = place_all(widget, wrong=1)[0]
    send(widget, "check")
    send(widget, "take_back", card=wrong)
    again = make_sort(journal)
    fields = ("cards", "placed", "outcomes", "result", "sitting", "canCheck")
    assert {f: again.view[f] for f in fields} == {f: widget.view[f] for f in fields}
    send(again, "place", card=wrong, bucket=key(again)[wrong])
    send(again, "check")
    assert journal.attempts()[-1].try_number == 2


def test_every_single_move_is_kept() -> None:
    """Closing the lid after one card loses nothing."""
    journal = make_journal()
    widget = make_sort(journal)
    send(widget, "place", card="c3", bucket="task")
    assert make_sort(journal).view["placed"] == [["c3", "task"]]


def test_a_new_version_of_the_deck_keeps_places_and_drops_marks() -> None:
    """Cards that changed are not called right because they once were."""
    journal = make_journal()
    widget = make_sort(journal)
    place_all(widget)
    send(widget, "check")
    newer = make_sort(journal, make_deck(version=4))
    assert len(newer.view["placed"]) == 6
    assert newer.view["outcomes"] == {}
    assert newer.view["sitting"] != widget.view["sitting"]


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"version": 3, "sitting": "s", "placed": [["gone", "kpi"], ["secret-ada", "gone"], 7]},
        {"version": 3, "sitting": 5, "order": "x", "placed": "x", "tries": [], "seconds": 1},
        {"version": 3, "sitting": "s", "order": [1, None], "tries": {"secret-ada": "many"}},
    ],
)
def test_a_damaged_draft_is_survived(draft: dict[str, object]) -> None:
    """Whatever the store gives back, six cards are dealt and nothing is invented."""
    journal = make_journal()
    journal.save_draft("deck/sample", draft)
    widget = make_sort(journal)
    assert len(widget.view["cards"]) == 6
    assert widget.view["placed"] == []
    assert widget.view["error"] is None


@pytest.mark.parametrize(
    "message",
    [
        {"card": "c1", "bucket": "nowhere"},
        {"card": "c99", "bucket": "kpi"},
        {"card": ["c1"], "bucket": "kpi"},
        {"bucket": "kpi"},
        {"card": "c1", "bucket": None},
        {"card": "secret-ada", "bucket": "kpi"},
    ],
)
def test_nonsense_from_the_browser_becomes_an_error_in_words(message: dict[str, object]) -> None:
    """It moves nothing, and the next proper message works."""
    widget = make_sort()
    send(widget, "place", **message)
    assert "not something that can be chosen" in widget.view["error"]
    assert widget.view["placed"] == []
    send(widget, "place", card="c1", bucket="kpi")
    assert widget.view["error"] is None


@pytest.mark.parametrize("seconds", [None, "3", -1, float("nan"), 1e9, True])
def test_an_impossible_time_is_not_recorded(seconds: object) -> None:
    """Progress has no time rather than a wrong one."""
    widget = make_sort()
    for card, bucket in key(widget).items():
        send(widget, "place", card=card, bucket=bucket, seconds=seconds)
    send(widget, "check")
    assert {a.seconds for a in widget.journal.attempts()} == {None}


def test_start_again_is_a_new_sitting() -> None:
    """The cards are shuffled anew and the attempts stay."""
    widget = make_sort()
    place_all(widget)
    send(widget, "check")
    order, sitting = [c["text"] for c in widget.view["cards"]], widget.view["sitting"]
    send(widget, "again")
    assert widget.view["sitting"] != sitting
    assert [c["text"] for c in widget.view["cards"]] != order
    assert widget.view["placed"] == []
    assert len(widget.journal.attempts()) == 6


def test_the_summary_tells_how_far_it_got() -> None:
    """The text output follows the sitting and has no addresses."""
    widget = make_sort()
    assert repr(widget) == "Card sort “A sample”: 6 cards to sort into KPI, Key result, Task."
    send(widget, "place", card="c1", bucket="kpi")
    assert repr(widget) == "Card sort “A sample”: 1 of 6 cards placed, not checked yet."
    wrong = place_all(widget, wrong=2)
    send(widget, "check")
    assert repr(widget) == "Card sort “A sample”: 4 of 6 right at the first try; 2 to put right."
    for card in wrong:
        send(widget, "place", card=card, bucket=key(widget)[card])
    send(widget, "check")
    assert repr(widget).endswith("4 of 6 right at the first try; all are right now.")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(0, "Every card is where it belongs"), (1, "Go on with the lesson"), (3, "aim for 5")],
)
def test_what_to_do_next_depends_on_the_first_try(wrong: int, words: str) -> None:
    """Four fifths at the first try is enough to go on."""
    widget = make_sort()
    place_all(widget, wrong=wrong)
    send(widget, "check")
    for card, bucket in key(widget).items():
        send(widget, "place", card=card, bucket=bucket)
    send(widget, "check")
    assert words in widget.view["result"]["next"]
