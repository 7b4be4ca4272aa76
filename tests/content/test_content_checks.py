"""Each check of content has an example here that fails it, and one that passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from okrlab.content.checks import check_content, inspect_content, kind_of
from okrlab.content.library import shipped_folder
from tests.content.content_examples import (
    BUCKETS,
    RIGHT,
    card,
    cards,
    choice,
    choices,
    classify,
    course,
    deck,
    number,
    option,
    order,
    put,
    put_items,
    quiz,
    rewrite,
    role_in_context,
    write,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course without items, in the current folder."""
    monkeypatch.chdir(tmp_path)
    return course(tmp_path / "course")


def told(folder: Path, *more: Path) -> list[str]:
    """The problems as text."""
    return [str(p) for p in check_content([folder, *more])]


def only_problem(folder: Path) -> str:
    """The one problem that there is."""
    [problem] = told(folder)
    return problem


@pytest.mark.parametrize(
    "make", [choice, choices, rewrite, classify, role_in_context, number, order, write]
)
def test_an_item_of_every_type_that_is_right(folder: Path, make: Any) -> None:
    """Two parallel ones, and nothing to say."""
    put_items(folder, make("a"), make("b"))
    assert told(folder) == []


SLIP = {"text": "Be good", "misconception": "M03", "when": ["baseline"], "feedback": "No."}
EXAMPLE = {"text": "Churn from 3.1% to 1.9% by 31 October 2027", "why": "All there."}


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"baseline": 3.2}, "baseline", "neither stem nor context says 3.2"),
        ({"deadline": "2027-10-30"}, "deadline", "neither stem nor context says this date"),
        ({"deadline": "30 October"}, "deadline", "date"),
        ({"deadline": "2027-10-31"}, None, None),
        ({"cycle_end": "2027-10-15"}, "deadline", "this is after the end of the cycle"),
        ({"direction": "up"}, "direction", "point in the other direction"),
        ({"threshold": 1.9}, "threshold", "this value is not in use"),
        ({"proof": ["signed"]}, "proof", "these words are not in use"),
        ({"about": []}, "about", "give the words that a line about this holds"),
        ({"requires": ["measure", "baseline", "deadline"]}, "requires", "without target is none"),
        ({"requires": ["measure", "target", "target"]}, "requires[2]", "stands here twice"),
        ({"asks": "objective"}, "requires", "an objective holds no values"),
        ({"must_not": ["H26"]}, "must_not[0]", "H"),
        ({"slips": [SLIP | {"misconception": "M99"}]}, "slips[0].misconception", "M99"),
        ({"slips": [SLIP | {"when": ["H07"]}]}, "slips[0].when[0]", "does not look for “H07”"),
        ({"slips": [SLIP | {"text": EXAMPLE["text"]}]}, "slips[1]", "stands here twice"),
        ({"examples": [EXAMPLE, EXAMPLE]}, "examples[1]", "stands here twice"),
        ({"hint": "Say: churn from 3.1% to 1.9% by 31 October."}, "hint", "gives the key away"),
    ],
)
def test_a_mistake_in_an_item_that_asks_for_a_line(
    folder: Path, fields: dict[str, Any], field: str | None, message: str | None
) -> None:
    """It is named with its field; a date may be written as text, too."""
    put_items(folder, write("a", **fields), write("b"))
    problems = told(folder)
    if field is None:
        assert problems == []
    else:
        assert any(f"items[0].{field}" in p and str(message) in p for p in problems), problems


def test_a_draw_of_lines_counts_lines_only(folder: Path) -> None:
    """And one without a type counts everything else."""
    put_items(folder, write("a"), write("b"), choice("c"))
    lines = {"concept": "kr-question", "type": "write", "count": 1}
    put(folder, "quizzes/own", quiz(draw=[lines, {"concept": "kr-question", "count": 1}]))
    (problem,) = [p for p in told(folder) if "quizzes" in p]
    assert "draw[1].count" in problem
    assert "the bank has 1" in problem


FOUR = [option("KPI", None, **RIGHT), option("Key result"), option("Task")]


@pytest.mark.parametrize(
    ("item", "field", "message"),
    [
        # options
        (
            choice(options=[option("A", None, **RIGHT), option("B", None)]),
            "options[1].misconception",
            "a wrong option names a misconception",
        ),
        (
            choice(options=[option("A", "M01", **RIGHT), option("B")]),
            "options[0].misconception",
            "a right option has no misconception",
        ),
        (
            choice(options=[option("A"), option("B")]),
            "options",
            "exactly one option must be correct; here 0 are",
        ),
        (
            choice(options=[option("A", None, **RIGHT), option("B", None, **RIGHT)]),
            "options",
            "exactly one option must be correct; here 2 are",
        ),
        (
            rewrite(options=[option("A"), option("B")]),
            "options",
            "exactly one option must be correct",
        ),
        (
            choices(options=[option("A"), option("B")]),
            "options",
            "at least one option must be correct",
        ),
        (
            choices(options=[option("A", None, **RIGHT), option("B", None, **RIGHT)]),
            "options",
            "at least one option must be wrong",
        ),
        (
            choice(options=[*FOUR, option("key  RESULT")]),
            "options[3]",
            "the option “key  RESULT” stands here twice",
        ),
        (
            choice(options=[option("A", None, **RIGHT), option("B", "M77")]),
            "options[1].misconception",
            "there is no misconception “M77”",
        ),
        (
            choice(options=[option("A", None, **RIGHT), {"text": "B", "misconception": "M01"}]),
            "options[1].feedback",
            "this field is missing",
        ),
        (rewrite(original="From 1 to 2 by May"), "options", "an option repeats the original"),
        # seeds, partners, hints
        (choice(seed_refs=[]), "seed_refs", "at least 1 item"),
        (
            choice(seed_refs=["000-nothing-such"]),
            "seed_refs[0]",
            "there is no claim “000-nothing-such”",
        ),
        (choice(contrast_partner="z"), "contrast_partner", "there is no other item “z”"),
        (choice(contrast_partner="a"), "contrast_partner", "there is no other item “a”"),
        (
            choice(parallel_group="alone"),
            "parallel_group",
            "“alone” has one item only; a retry needs a parallel one",
        ),
        (
            choice(hint="It is not a task, it is a kpi!"),
            "hint",
            "the hint gives the key away: “KPI”",
        ),
        (choices(hint="One of them is right."), "hint", "the hint gives the key away: “One”"),
        (rewrite(hint="Perhaps: from 1 to 2 by May?"), "hint", "the hint gives the key away"),
        (number(hint="It is about 0.60."), "hint", "the hint gives the key away: “0.60”"),
        (number(hint="It is about 60 %."), "hint", "the hint gives the key away: “60 %”"),
        (
            number(answer=60, unit="%", hint="It is 60 %."),
            "hint",
            "the hint gives the key away: “60 %”",
        ),
        (number(answer=1200, hint="It is 1,200."), "hint", "the hint gives the key away: “1,200”"),
        (
            order(hint="You do FIRST now, of course."),
            "hint",
            "the hint gives the key away: “Do first now”",
        ),
        # cards
        (
            classify(cards=[card("x", "kpi"), card("y", "kr", "kpi")]),
            "cards[0].wrong",
            "needs one entry with its misconception and feedback: kr",
        ),
        (
            classify(cards=[card("x", "kpi", "kr", "kr"), card("y", "kr", "kpi")]),
            "cards[0].wrong",
            "every other bucket needs one entry",
        ),
        (
            classify(cards=[card("x", "nowhere", "kpi", "kr"), card("y", "kr", "kpi")]),
            "cards[0].bucket",
            "there is no bucket “nowhere”; these exist: kpi, kr",
        ),
        (
            classify(cards=[card("x", "kpi", "kr"), card("x", "kr", "kpi", text="Other")]),
            "cards[1]",
            "the card id “x” stands here twice",
        ),
        (
            classify(
                cards=[card("x", "kpi", "kr", text="Same"), card("y", "kr", "kpi", text="same")]
            ),
            "cards[1]",
            "the card “same / ” stands here twice",
        ),
        (
            classify(cards=[card("x", "kpi", "kr", concept="nothing"), card("y", "kr", "kpi")]),
            "cards[0].concept",
            "there is no concept “nothing”",
        ),
        (
            classify(
                cards=[card("x", "kpi", "kr", seed_refs=["001-nothing"]), card("y", "kr", "kpi")]
            ),
            "cards[0].seed_refs[0]",
            "there is no claim “001-nothing”",
        ),
        (
            classify(buckets=[BUCKETS[0], {"id": "kr", "label": "kpi"}]),
            "buckets[1]",
            "the bucket “kpi” stands here twice",
        ),
        (
            classify(buckets=[*BUCKETS, BUCKETS[1]]),
            "buckets[2]",
            "the bucket id “kr” stands here twice",
        ),
        # numbers and steps
        (
            number(wrong_values=[{"value": 0.604, "misconception": "M11", "feedback": "x"}]),
            "wrong_values[0]",
            "0.604 lies within the tolerance of the answer",
        ),
        (
            number(wrong_values=[{"value": 2, "misconception": "M99", "feedback": "x"}]),
            "wrong_values[0].misconception",
            "there is no misconception “M99”",
        ),
        (
            order(
                wrong_pairs=[
                    {"first": "third", "then": "first", "misconception": "M01", "feedback": "x"}
                ]
            ),
            "wrong_pairs[0]",
            "'first' must stand before 'then'",
        ),
        (
            order(
                wrong_pairs=[
                    {"first": "none", "then": "third", "misconception": "M01", "feedback": "x"}
                ]
            ),
            "wrong_pairs[0].first",
            "there is no step “none”",
        ),
        # fields
        (choice(type="essay"), "", "'type' must be one of"),
        (choice(difficulty_prior=9), "difficulty_prior", "less than or equal to 5"),
        (choice(stem="x" * 901), "stem", "this text has 901 characters; 900 are allowed"),
        (choice(stem=True), "stem", "a text belongs here; put it in quotes"),
        (choice(surprise=1), "surprise", "there is no such field here"),
    ],
)
def test_a_mistake_in_an_item(folder: Path, item: dict[str, Any], field: str, message: str) -> None:
    """It is told with file, line and field, and what would be right."""
    put_items(folder, item, choice("b"), choice("c"))
    problems = told(folder)
    where = f": items[0].{field}: " if field else ": items[0]"
    assert [p for p in problems if where in p and message in p], problems
    assert all(p.startswith("course/bank/kr-question.yaml:") for p in problems)


def test_near_misses_of_hints(folder: Path) -> None:
    """A hint may use a word or number that only looks like the key."""
    put_items(
        folder,
        choice("a", hint="Think of kpis in general, and of a kpinumber."),
        number("b", hint="Take the 3 and the 5; 6 of 10 would be too easy, 0.61 is wrong."),
        number("c", answer=60, unit="%", hint="It is more than 0.6 of them, or 6 of 20."),
        number("d", answer=1, tolerance=0, hint="There is 1 baseline."),
    )
    assert told(folder) == []


def test_a_file_is_named_after_what_it_holds(folder: Path) -> None:
    """Else nobody finds it, okrlab neither."""
    put_items(folder, choice("a"), choice("b")).rename(folder / "bank" / "other.yaml")
    put(folder, "decks/other", deck("own"))
    put(folder, "quizzes/other", quiz("own"))
    assert [p.split(": ", 1)[1] for p in told(folder)] == [
        "concept: a file with “kr-question” is named kr-question.yaml",
        "id: a file with “own” is named own.yaml",
        "id: a file with “own” is named own.yaml",
    ]


def test_a_file_that_would_not_be_read(folder: Path) -> None:
    """The other usual ending is told instead of being passed over in silence."""
    put(folder, "decks/own", deck()).rename(folder / "decks" / "own.yml")
    assert only_problem(folder) == (
        "course/decks/own.yml:1: file: this file is not read; let its name end in .yaml"
    )


def test_an_unknown_concept(folder: Path) -> None:
    """The nearest one is offered."""
    put_items(folder, choice("a"), choice("b"), concept="kr-questions")
    assert "there is no concept “kr-questions”; did you mean “kr-question”?" in only_problem(folder)


def test_ids_of_items_are_unique_in_the_whole_bank(folder: Path) -> None:
    """The file that has it already is named."""
    put_items(folder, choice("a"), choice("b"))
    put_items(folder, choice("a", stem="Another one?"), concept="scoring")
    assert only_problem(folder) == (
        "course/bank/scoring.yaml:4: items[0].id: the id “a” is used twice, see "
        "course/bank/kr-question.yaml"
    )


def test_two_items_that_ask_the_same(folder: Path) -> None:
    """A retry must not deal the question that was just explained."""
    put_items(folder, choice("a", stem="What is it?"), choice("b", stem="what is it?"))
    assert "items[1].stem: this asks the same as “a”; change the case" in only_problem(folder)
    put_items(
        folder,
        choice("a", stem="What is it?"),
        choice("b", stem="What is it?", context={"org": "Another one"}),
    )
    assert told(folder) == []


def eight(longest: int) -> list[dict[str, Any]]:
    """Eight items; in so many of them the right option is the longest."""
    return [
        choice(
            f"i{n}",
            options=[
                option("right and long" if n < longest else "right", None, **RIGHT),
                option("wrong one"),
                option("wrong two"),
            ],
        )
        for n in range(8)
    ]


def test_the_longest_option_is_not_the_right_one_too_often(folder: Path) -> None:
    """At most 45 % of the bank: 3 of 8 are fine, 4 of 8 are not, and each of them is named."""
    put_items(folder, *eight(3))
    assert told(folder) == []
    put_items(folder, *eight(4))
    problems = told(folder)
    assert len(problems) == 4
    assert all("the right option is the longest in 50% of the bank" in p for p in problems)


def test_a_small_bank_is_not_judged_by_shares(folder: Path) -> None:
    """Seven items say nothing."""
    put_items(folder, *eight(8)[:7])
    assert told(folder) == []


def test_a_deck_that_is_right(folder: Path) -> None:
    """Nothing to say."""
    put(folder, "decks/own", deck())
    assert told(folder) == []


def many(first: int, second: int) -> list[dict[str, Any]]:
    """So many cards in each of the two buckets."""
    return [card(f"a{n}", "kpi", "kr") for n in range(first)] + [
        card(f"b{n}", "kr", "kpi") for n in range(second)
    ]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"cards": many(8, 4)}, "cards: give-away: “kpi” holds 8 of 12 cards (at most 65%)"),
        ({"cards": many(3, 0)}, "cards: no card belongs to the bucket “kr”"),
        ({"concept": "nothing"}, "concept: there is no concept “nothing”"),
        ({"seed_refs": ["004-nothing"]}, "seed_refs[0]: there is no claim “004-nothing”"),
        ({"buckets": BUCKETS[:1]}, "buckets"),
        (
            {"cards": [*cards(4), card("c0", "kpi", "kr", text="Other")]},
            "card ids are used twice: c0",
        ),
        ({"format": 3}, "format: write 1"),
    ],
)
def test_a_mistake_in_a_deck(folder: Path, fields: dict[str, Any], message: str) -> None:
    """It is told."""
    put(folder, "decks/own", deck(**fields))
    assert message in only_problem(folder)


def test_a_deck_just_balanced_enough(folder: Path) -> None:
    """Seven of eleven are 64 %."""
    put(folder, "decks/own", deck(cards=many(7, 4)))
    assert told(folder) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"items": ["z"]}, "items[0]: there is no item “z”"),
        ({"items": ["a", "a"]}, "items[1]: the item “a” stands here twice"),
        ({"draw": [{"concept": "nothing", "count": 1}]}, "there is no concept “nothing”"),
        (
            {"draw": [{"concept": "kr-question", "count": 2}]},
            "as many parallel ones for a retake are needed; the bank has 2",
        ),
        (
            {
                "draw": [
                    {"concept": "kr-question", "count": 1},
                    {"concept": "kr-question", "count": 1},
                ]
            },
            "draw[1]: the concept “kr-question” stands here twice",
        ),
        ({"items": ["a"], "draw": [{"concept": "kr-question", "count": 1}]}, "give either 'draw'"),
        ({"title": "No items"}, "give either 'draw'"),
    ],
)
def test_a_mistake_in_a_quiz(folder: Path, fields: dict[str, Any], message: str) -> None:
    """It is told."""
    put_items(folder, choice("a"), choice("b"))
    put(folder, "quizzes/own", quiz(**fields))
    assert any(message in p for p in told(folder)), told(folder)


def test_what_a_quiz_draws_is_not_held_out(folder: Path) -> None:
    """Items held out for the end do not count for practice."""
    put_items(folder, choice("a"), choice("b", held_out=True), choice("c"))
    put(folder, "quizzes/own", quiz(draw=[{"concept": "kr-question", "count": 1}]))
    assert told(folder) == []
    put_items(folder, choice("a"), choice("b", held_out=True), choice("c", held_out=True))
    assert any("the bank has 1" in p for p in told(folder))


@pytest.mark.parametrize("kind", ["practice", "pretest", "final"])
def test_what_is_held_out_is_listed_by_tests_only(folder: Path, kind: str) -> None:
    """Whoever has practised an item has nothing to show by answering it in the end."""
    put_items(folder, choice("a"), choice("b", held_out=True), choice("c"))
    put(folder, "quizzes/own", quiz(items=["a", "b"], kind=kind))
    problems = told(folder)
    if kind == "practice":
        assert [p.split(": ", 1)[1] for p in problems] == [
            "items[1]: “b” is held out: only a pretest or a final test may ask it"
        ]
    else:
        assert problems == []


def test_ids_of_misconceptions_and_lessons(folder: Path) -> None:
    """Each once, and key misconceptions exist."""
    path = folder / "misconceptions.yaml"
    path.write_text(path.read_text("utf-8").replace("M22", "M21"), encoding="utf-8")
    lessons = folder / "lessons.yaml"
    lessons.write_text(lessons.read_text("utf-8").replace("M07", "M88"), encoding="utf-8")
    problems = told(folder)
    assert any("the id “M21” stands here twice" in p for p in problems)
    assert any("key_misconceptions" in p and "“M88”" in p for p in problems)


def test_all_mistakes_of_all_files_at_once(folder: Path) -> None:
    """Ordered by file and line; a file that can't be read hides no other."""
    put_items(folder, choice("a", seed_refs=["000-none"], hint="KPI"), choice("b"))
    put(folder, "decks/own", deck(concept="nothing"))
    put(folder, "decks/torn", "id: [")
    put(folder, "quizzes/own", quiz(items=["z"]))
    problems = told(folder)
    assert [p.split(":")[0] for p in problems] == [
        "course/bank/kr-question.yaml",
        "course/bank/kr-question.yaml",
        "course/decks/own.yaml",
        "course/decks/torn.yaml",
        "course/quizzes/own.yaml",
    ]


def test_the_line_is_that_of_the_field(folder: Path) -> None:
    """An editor opens the right place."""
    path = put_items(folder, choice("a", hint="It is the KPI."), choice("b"))
    line = path.read_text("utf-8").splitlines().index("  hint: It is the KPI.") + 1
    assert only_problem(folder).startswith(f"course/bank/kr-question.yaml:{line}: items[0].hint:")


# -- a coach's own content ------------------------------------------------------------------------


def test_ones_own_folder_is_checked_with_the_shipped_names(folder: Path) -> None:
    """Its items may join groups and name concepts of the course; only its own mistakes are told."""
    put_items(folder, choice("a"), choice("b", hint="KPI"))
    mine = folder.parent / "mine"
    put_items(mine, choice("c"), choice("d", seed_refs=["000-none"]))
    report = inspect_content([folder, mine], only=[mine])
    assert [p.file for p in report.problems] == ["mine/bank/kr-question.yaml"]
    assert report.counts["items"] == 2
    assert len(told(folder, mine)) == 2


def test_ones_own_folder_redefines_nothing(folder: Path) -> None:
    """A name means the same everywhere."""
    mine = folder.parent / "mine"
    put(folder, "decks/own", deck())
    put(mine, "decks/own", deck())
    put(mine, "concepts", {"format": 1, "concepts": []})
    assert told(folder, mine) == [
        "mine/concepts.yaml:1: file: only the shipped content has such a file; this one is not "
        "read",
        "mine/decks/own.yaml:2: id: the id “own” is used twice, see course/decks/own.yaml",
    ]


def test_the_longest_option_is_judged_folder_by_folder(folder: Path) -> None:
    """A coach's items don't put the blame on the shipped ones."""
    mine = folder.parent / "mine"
    put_items(folder, *eight(3))
    put_items(mine, *[i | {"id": f"x{i['id']}", "stem": f"Mine {i['id']}?"} for i in eight(8)])
    assert {p.split("/")[0] for p in told(folder, mine)} == {"mine"}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (deck(), "decks"),
        ({"format": 1, "concept": "kr-question", "items": []}, "bank"),
        (quiz(), "quizzes"),
        (quiz(draw=[]), "quizzes"),
        ({"format": 1, "lesson": 1, "exercises": []}, "exercises"),
        ({"something": "else"}, None),
        ("- 1", None),
        ("a: [", "decks"),
    ],
)
def test_the_kind_of_a_single_file(tmp_path: Path, data: object, kind: str | None) -> None:
    """By what it holds."""
    assert kind_of(put(tmp_path, "file", data)) == kind


def test_single_files_are_checked_wherever_they_are(folder: Path) -> None:
    """Under any name; a file that is nothing is told too."""
    good = put(folder.parent, "monday", deck("mine"))
    bad = put(folder.parent, "tuesday", deck("mine2", concept="nothing"))
    nothing = put(folder.parent, "note", {"a": 1})
    report = inspect_content([folder], only=[], files=[good, bad, nothing])
    assert [str(p).split(";")[0] for p in report.problems] == [
        "note.yaml:1: file: this is no deck, bank, quiz, exercise or scenario file",
        "tuesday.yaml:6: concept: there is no concept “nothing”",
    ]
    assert report.counts["decks"] == 2


def test_the_shipped_content_is_clean() -> None:
    """A content file with a mistake never reaches a learner."""
    assert told(Path(str(shipped_folder()))) == []
