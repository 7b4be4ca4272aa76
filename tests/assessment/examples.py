"""A small course of its own: one item of every type, and a bank large enough to deal from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from okrlab.assessment.attempt import Attempt
from okrlab.content import ItemBase, Library
from okrlab.content.item import Item

START = datetime(2026, 11, 2, 9, tzinfo=UTC)

ITEM = TypeAdapter[ItemBase](Item)


def base(**fields: Any) -> dict[str, Any]:
    """The fields that every item has."""
    return {
        "id": "example",
        "seed_refs": ["000-kr-question"],
        "stem": "Which job does this measure have now?",
        "minimal_edit": "With a target and a date for an objective it would be a key result.",
        "hint": "Look for an objective and a date.",
        "parallel_group": "example",
        "difficulty_prior": 2,
        "bloom": "apply",
        "minutes": 1,
    } | fields


def choice(**fields: Any) -> dict[str, Any]:
    """One right option of three."""
    return (
        base(
            type="choice",
            context={
                "org": "Lumen, software by subscription, 40 people",
                "industry": "software",
                "objective": "Customers stay because they succeed",
                "horizon": "This quarter",
                "state": "Monthly churn has stood between 1.9 % and 3.0 % for a year.",
                "pay": "Not tied to pay",
            },
            options=[
                {
                    "text": "A key result",
                    "misconception": "M01",
                    "feedback": "tempts-M01 a number.",
                },
                {"text": "A KPI", "correct": True, "feedback": "cue-KPI it is only watched."},
                {
                    "text": "A task",
                    "misconception": "M05",
                    "feedback": "tempts-M05 work is at hand.",
                },
            ],
        )
        | fields
    )


def choices(**fields: Any) -> dict[str, Any]:
    """Two right options of four."""
    return (
        base(
            type="choices",
            stem="What is wrong with this key result: “Improve churn”?",
            options=[
                {
                    "text": "It has no baseline",
                    "correct": True,
                    "misconception": "M11",
                    "feedback": "cue-baseline from where?",
                },
                {
                    "text": "It is about churn",
                    "misconception": "M02",
                    "feedback": "tempts-M02 churn.",
                },
                {"text": "It has no date", "correct": True, "feedback": "cue-date by when?"},
                {
                    "text": "It is a number",
                    "misconception": "M04",
                    "feedback": "tempts-M04 number.",
                },
            ],
        )
        | fields
    )


BUCKETS = [
    {"id": "kpi", "label": "KPI", "role": "kpi"},
    {"id": "health", "label": "Health metric", "role": "health_metric"},
    {"id": "kr", "label": "Key result", "role": "metric_key_result"},
]


def card(name: str, text: str, bucket: str, **fields: Any) -> dict[str, Any]:
    """A card with an entry for every other bucket."""
    others = [b["id"] for b in BUCKETS if b["id"] != bucket]
    wrong = [
        {"bucket": b, "misconception": f"M0{i}", "feedback": f"tempts-{name}-{b} looks alike."}
        for i, b in enumerate(others, 1)
    ]
    return {
        "id": name,
        "text": text,
        "bucket": bucket,
        "why": f"cue-{name} settles it.",
        "flip": f"flip-{name} would move it.",
        "wrong": wrong,
    } | fields


def classify(**fields: Any) -> dict[str, Any]:
    """Three cards into three buckets."""
    return (
        base(
            type="classify",
            stem="Which job does each line have?",
            buckets=BUCKETS,
            cards=[
                card("uptime", "Uptime stays above 99.9 %", "health"),
                card("nps", "Net promoter score", "kpi"),
                card("churn", "Churn from 3.1 % to 1.9 % by 30 June", "kr"),
            ],
        )
        | fields
    )


def role_in_context(**fields: Any) -> dict[str, Any]:
    """One measure in three situations."""
    return (
        base(
            type="role_in_context",
            stem="The same measure, three situations. Which job does it have in each?",
            measure="Average handling time of a call",
            buckets=BUCKETS,
            cards=[
                card("board", "It stands in the monthly report.", "kpi"),
                card(
                    "guard", "It must not rise above 9 minutes while we work on quality.", "health"
                ),
                card("focus", "From 8.2 to 6.5 minutes by June, so that nobody waits.", "kr"),
            ],
        )
        | fields
    )


def number(**fields: Any) -> dict[str, Any]:
    """An attainment."""
    return (
        base(
            type="number",
            stem="Cost per lead was 100, should be 95, is 97. What is the attainment?",
            answer=0.6,
            tolerance=0.005,
            unit="",
            worked="cue-worked (97 − 100) / (95 − 100) = 0.6.",
            wrong_values=[
                {"value": 0.98, "misconception": "M11", "feedback": "tempts-ratio 95 / 97."},
                {"value": 60, "misconception": "M09", "feedback": "tempts-percent 60 %."},
            ],
            otherwise="tempts-otherwise begin with the baseline.",
        )
        | fields
    )


def order(**fields: Any) -> dict[str, Any]:
    """Four steps."""
    return (
        base(
            type="order",
            stem="Put the steps of a quarter in order.",
            steps=[
                {"id": "objective", "text": "Agree on the objective"},
                {"id": "results", "text": "Choose the key results"},
                {"id": "checkin", "text": "Check in every week"},
                {"id": "grade", "text": "Grade and learn"},
            ],
            why="cue-order the objective comes first.",
            wrong_pairs=[
                {
                    "first": "objective",
                    "then": "results",
                    "misconception": "M19",
                    "feedback": "tempts-order measures are at hand.",
                },
                {
                    "first": "checkin",
                    "then": "grade",
                    "misconception": "M14",
                    "feedback": "tempts-grade first.",
                },
            ],
        )
        | fields
    )


def rewrite(**fields: Any) -> dict[str, Any]:
    """Pick the better wording."""
    return (
        base(
            type="rewrite",
            stem="Which wording makes it a key result?",
            original="Ship ten integrations by June",
            options=[
                {
                    "text": "Ship twenty integrations by June",
                    "misconception": "M05",
                    "feedback": "tempts-more it is bigger.",
                },
                {
                    "text": "Customers who use an integration from 7 % to 25 % by June",
                    "correct": True,
                    "feedback": "cue-use somebody behaves differently.",
                },
                {
                    "text": "Ship ten good integrations by June",
                    "misconception": "M19",
                    "feedback": "tempts-good quality is named.",
                },
            ],
        )
        | fields
    )


def write(**fields: Any) -> dict[str, Any]:
    """A metric key result in one's own words."""
    return (
        base(
            type="write",
            stem="Write the metric key result of this case.",
            context={
                "objective": "Customers recommend us unasked",
                "state": "The net promoter score is 32. It should be 45 by 30 September 2027.",
            },
            asks="metric_kr",
            requires=["measure", "baseline", "target", "deadline"],
            about=["promoter", "nps", "recommend"],
            baseline=32,
            target=45,
            deadline="2027-09-30",
            direction="up",
            must_not=["H07", "H12"],
            examples=[
                {
                    "text": "Net promoter score from 32 to 45 by 30 September 2027",
                    "why": "cue-example it has all four.",
                }
            ],
            slips=[
                {
                    "text": "Help the sales team",
                    "misconception": "M05",
                    "when": ["task"],
                    "feedback": "tempts-help it is kind.",
                },
                {
                    "text": "Net promoter score of 45 by 30 September 2027",
                    "misconception": "M19",
                    "when": ["baseline"],
                    "feedback": "tempts-start it looks complete.",
                },
            ],
            worked="cue-write the score goes from 32 to 45.",
        )
        | fields
    )


TYPES = {
    "choice": choice,
    "choices": choices,
    "classify": classify,
    "role_in_context": role_in_context,
    "number": number,
    "order": order,
    "rewrite": rewrite,
    "write": write,
}
"""How to make an item of each type."""

RIGHT: dict[str, dict[str, Any]] = {
    "choice": {"option": 1},
    "choices": {"options": [0, 2]},
    "classify": {"placed": {"uptime": "health", "nps": "kpi", "churn": "kr"}},
    "role_in_context": {"placed": {"board": "kpi", "guard": "health", "focus": "kr"}},
    "number": {"number": 0.6},
    "order": {"order": ["objective", "results", "checkin", "grade"]},
    "rewrite": {"option": 1},
    "write": {"text": "Net promoter score from 32 to 45 by 30 September 2027"},
}
"""The right response to each."""

WRONG: dict[str, dict[str, Any]] = {
    "choice": {"option": 0},
    "choices": {"options": [1, 3]},
    "classify": {"placed": {"uptime": "kpi", "nps": "kr", "churn": "health"}},
    "role_in_context": {"placed": {"board": "kr", "guard": "kpi", "focus": "health"}},
    "number": {"number": 0.98},
    "order": {"order": ["grade", "checkin", "results", "objective"]},
    "rewrite": {"option": 2},
    "write": {"text": "Help the sales team"},
}
"""A response to each that earns nothing."""


def item(kind: str, **fields: Any) -> ItemBase:
    """An item of a type."""
    return ITEM.validate_python(_tuples(TYPES[kind](**fields)))


def _tuples(value: Any) -> Any:
    """Lists to tuples, because the models are strict."""
    if isinstance(value, list):
        return tuple(_tuples(v) for v in value)
    if isinstance(value, dict):
        return {k: _tuples(v) for k, v in value.items()}
    return value


CONCEPTS = {
    "kpi-definition": (1, "What a KPI is"),
    "role-transition": (1, "One measure in several roles"),
    "metric-kr": (3, "Metric key results"),
}

MISCONCEPTIONS = {
    "M01": ("Every number is a key result", 1),
    "M02": ("A measure is a KPI or a key result by nature", 1),
    "M04": ("Without a number it is no key result", 3),
    "M05": ("A number turns a task into a key result", 3),
    "M09": ("0.7 is always good", 5),
    "M11": ("Attainment is current divided by target", 3),
    "M14": ("Every wiggle matters", 6),
    "M19": ("Output is impact", 4),
}


def write_course(folder: Path, **quizzes: dict[str, Any]) -> Library:
    """A course folder with a bank of three concepts and the quizzes that are given."""
    _write(
        folder / "concepts.yaml",
        concepts=[
            {"id": c, "lesson": lesson, "title": title, "summary": f"{title}, in one sentence."}
            for c, (lesson, title) in CONCEPTS.items()
        ],
    )
    _write(
        folder / "misconceptions.yaml",
        misconceptions=[
            {
                "id": name,
                "name": f"idea-{name.lower()}",
                "title": title,
                "explanation": f"{title}: this is not so.",
                "repair": "Ask what the measure is for at the moment.",
                "lesson": lesson,
            }
            for name, (title, lesson) in MISCONCEPTIONS.items()
        ],
    )
    _write(
        folder / "lessons.yaml",
        lessons=[
            _lesson(0, "welcome", "Welcome", []),
            _lesson(1, "two-jobs", "Two jobs, one metric", ["M01", "M02"]),
            _lesson(2, "eight-dimensions", "Eight dimensions", ["M02"]),
            _lesson(3, "craft", "The craft of key results", ["M05", "M11"]),
        ],
    )
    for concept, kinds in {
        "kpi-definition": ["choice", "classify", "choices", "rewrite"],
        "role-transition": ["role_in_context", "choice", "order", "classify"],
        "metric-kr": ["number", "rewrite", "choices", "choice", "write"],
    }.items():
        _write(
            folder / "bank" / f"{concept}.yaml",
            concept=concept,
            items=[
                TYPES[kind](
                    id=f"{concept}-{kind}-{n}".replace("_", "-"),
                    parallel_group=f"{concept}-{kind}".replace("_", "-"),
                )
                for kind in kinds
                for n in (1, 2, 3)
            ]
            + [
                TYPES["choice"](
                    id=f"{concept}-held-{n}", parallel_group=f"{concept}-choice", held_out=True
                )
                for n in (1, 2)
            ],
        )
    for word, quiz in quizzes.items():
        name = word.replace("_", "-")
        _write(
            folder / "quizzes" / f"{name}.yaml",
            **(
                {
                    "id": name,
                    "title": "Two jobs",
                    "lesson": 1,
                    "intro": "Questions about the job that a measure has.",
                }
                | quiz
            ),
        )
    return Library([folder])


def _lesson(number: int, slug: str, title: str, key: list[str]) -> dict[str, Any]:
    return {
        "number": number,
        "slug": slug,
        "notebook": f"0{number}_{slug}.ipynb",
        "title": title,
        "outcome": f"You can do what lesson {number} is for.",
        "minutes": 30,
        "key_misconceptions": key,
    }


def _write(path: Path, **content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"format": 1} | content), "utf-8")  # JSON is YAML, too


def attempt(number: int = 0, **fields: Any) -> Attempt:
    """A right, graded first try; `number` moves its time on."""
    values: Mapping[str, Any] = {
        "id": f"{number:032x}",
        "learner": "ada",
        "activity": "quiz/two-jobs",
        "sitting": "s1",
        "item": f"item-{number}",
        "item_version": 1,
        "concept": "kpi-definition",
        "response": {"option": 1},
        "mark": 1.0,
        "misconceptions": (),
        "graded": True,
        "try_number": 1,
        "confidence": None,
        "seconds": 10.0,
        "at": START + timedelta(minutes=number),
    }
    return Attempt(**(values | fields))
