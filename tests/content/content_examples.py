"""A small content folder that is right, to be spoilt by the tests."""

from __future__ import annotations

import copy
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from okrlab.content.checks import SINGLES
from okrlab.content.library import shipped_folder


def base(name: str, **fields: Any) -> dict[str, Any]:
    """The fields that every item has."""
    return {
        "id": name,
        "seed_refs": ["000-kr-question"],
        "stem": f"What is it for now, in the case of {name}?",
        "minimal_edit": "Give it a date.",
        "hint": "Look for a date.",
        "parallel_group": "group",
        "difficulty_prior": 2,
        "bloom": "apply",
        "minutes": 1,
    } | fields


def option(text: str, misconception: str | None = "M01", **fields: Any) -> dict[str, Any]:
    """An option, wrong unless `correct` is given."""
    named = {"misconception": misconception} if misconception else {}
    return {"text": text, "feedback": "Because of the date."} | named | fields


RIGHT = {"correct": True}


def choice(name: str = "a", **fields: Any) -> dict[str, Any]:
    """One right option of three."""
    options = [option("KPI", None, **RIGHT), option("Key result"), option("Task", "M02")]
    return base(name, type="choice", options=options) | fields


def choices(name: str = "a", **fields: Any) -> dict[str, Any]:
    """Two right options of three."""
    options = [
        option("One", None, **RIGHT),
        option("Two", None, **RIGHT),
        option("Three", "M02"),
    ]
    return base(name, type="choices", options=options) | fields


def rewrite(name: str = "a", **fields: Any) -> dict[str, Any]:
    """One of two rewordings is right."""
    options = [option("From 1 to 2 by May", None, **RIGHT), option("More, and much better")]
    return base(name, type="rewrite", original="More", options=options) | fields


def card(name: str, bucket: str, *others: str, **fields: Any) -> dict[str, Any]:
    """A card with an entry for every other bucket."""
    wrong = [{"bucket": o, "misconception": "M01", "feedback": "No date."} for o in others]
    return {
        "id": name,
        "text": f"Card {name}",
        "bucket": bucket,
        "why": "It has one.",
        "flip": "Take it away.",
        "wrong": wrong,
    } | fields


BUCKETS = [{"id": "kpi", "label": "KPI"}, {"id": "kr", "label": "Key result"}]


def cards(count: int = 2) -> list[dict[str, Any]]:
    """Cards for both buckets in turn."""
    pairs = [("kpi", "kr"), ("kr", "kpi")]
    return [card(f"c{n}", *pairs[n % 2]) for n in range(count)]


def classify(name: str = "a", **fields: Any) -> dict[str, Any]:
    """Two cards, two buckets."""
    return base(name, type="classify", buckets=BUCKETS, cards=cards()) | fields


def role_in_context(name: str = "a", **fields: Any) -> dict[str, Any]:
    """A measure in two contexts."""
    return classify(name, type="role_in_context", measure="Churn") | fields


def number(name: str = "a", **fields: Any) -> dict[str, Any]:
    """An attainment of 0.6."""
    wrong = [{"value": 0.98, "misconception": "M11", "feedback": "Subtract the baseline."}]
    return (
        base(
            name,
            type="number",
            answer=0.6,
            tolerance=0.005,
            worked="3 of 5.",
            wrong_values=wrong,
            otherwise="Subtract first.",
        )
        | fields
    )


def order(name: str = "a", **fields: Any) -> dict[str, Any]:
    """Three steps."""
    steps = [{"id": s, "text": f"Do {s} now"} for s in ("first", "second", "third")]
    pairs = [
        {"first": "first", "then": "third", "misconception": "M01", "feedback": "It is first."}
    ]
    return base(name, type="order", steps=steps, why="It is so.", wrong_pairs=pairs) | fields


def write(name: str = "a", **fields: Any) -> dict[str, Any]:
    """A metric key result in one's own words."""
    slips = [{"text": "Be good", "misconception": "M03", "when": ["baseline"], "feedback": "No."}]
    return (
        base(
            name,
            type="write",
            context={"state": "Churn is 3.1%. It should be 1.9% by 31 October 2027."},
            asks="metric_kr",
            requires=["measure", "baseline", "target", "deadline"],
            about=["churn"],
            baseline=3.1,
            target=1.9,
            unit="%",
            deadline=date(2027, 10, 31),
            direction="down",
            must_not=["H12"],
            examples=[{"text": "Churn from 3.1% to 1.9% by 31 October 2027", "why": "All there."}],
            slips=slips,
            worked="From 3.1% to 1.9%.",
        )
        | fields
    )


def deck(name: str = "own", count: int = 12, **fields: Any) -> dict[str, Any]:
    """A deck with as many cards in each bucket."""
    return {
        "format": 1,
        "id": name,
        "title": "Own",
        "question": "What is it?",
        "intro": "Sort them.",
        "concept": "kr-question",
        "buckets": BUCKETS,
        "cards": cards(count),
    } | fields


def quiz(name: str = "own", **fields: Any) -> dict[str, Any]:
    """A quiz of one listed item."""
    head = {"format": 1, "id": name, "title": "Own", "intro": "Answer.", "lesson": 1}
    return head | (fields or {"items": ["a"]})


def course(folder: Path) -> Path:
    """The shipped concepts, misconceptions, claims and lessons, without any item."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SINGLES:
        shutil.copyfile(str(shipped_folder() / f"{name}.yaml"), folder / f"{name}.yaml")
    return folder


def put(folder: Path, name: str, data: object) -> Path:
    """Write a content file."""
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = data if isinstance(data, str) else yaml.safe_dump(_unshared(data), sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def put_items(folder: Path, *items: dict[str, Any], concept: str = "kr-question") -> Path:
    """Write a bank file of these items."""
    data = {"format": 1, "concept": concept, "items": list(items)}
    return put(folder, f"bank/{concept}", data)


def _unshared(data: object) -> object:
    """A copy in which nothing stands twice, because YAML would write an alias for it."""
    match data:
        case dict():
            return {key: _unshared(value) for key, value in data.items()}
        case list():
            return [_unshared(value) for value in data]
        case _:
            return copy.copy(data)
