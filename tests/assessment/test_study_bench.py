"""The study benchmark: what its documentation says is what was measured, and it measures fairly."""

from __future__ import annotations

import importlib
import json
import math
import sys
from collections.abc import Iterator
from math import comb
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from okrlab.content import library

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "benchmarks" / "study"
NAMES = ("learners", "practice", "rule", "tables", "bench")


@pytest.fixture(scope="module")
def bench() -> Iterator[dict[str, ModuleType]]:
    """The benchmark's modules, as the script itself finds them."""
    sys.path.insert(0, str(FOLDER))
    yield {name: importlib.import_module(name) for name in NAMES}
    sys.path.remove(str(FOLDER))
    for name in NAMES:
        del sys.modules[name]


def at_least(right: int, answers: int, chance: float) -> float:
    """The binomial distribution's upper tail."""
    return sum(
        comb(answers, k) * chance**k * (1 - chance) ** (answers - k)
        for k in range(right, answers + 1)
    )


@pytest.mark.parametrize(
    ("right", "answers", "chance", "said"),
    [(16, 20, 0.5, 0.006), (16, 20, 0.85, 0.83), (10, 12, 0.5, 0.019), (10, 12, 0.85, 0.74)],
)
def test_the_rule_passes_as_many_as_the_curriculum_says(
    bench: dict[str, ModuleType], right: int, answers: int, chance: float, said: float
) -> None:
    """By the rule itself as by the binomial distribution; the figures as printed, rounded."""
    passed = bench["rule"].exact(answers, chance)
    assert passed == pytest.approx(at_least(right, answers, chance), rel=1e-9)
    assert round(passed, 3 if said < 0.1 else 2) == said


def test_the_documentation_shows_the_figures_that_were_measured(
    bench: dict[str, ModuleType],
) -> None:
    """Each table of docs/study.md is made from results.json."""
    results = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "study.md").read_text(encoding="utf-8")
    for name, text in bench["tables"].tables(results).items():
        assert text in page, name
    assert results["exact"] == bench["bench"].exact_rows()
    assert "make bench-study" in page
    assert f"{results['learners']} learners" in page


def test_the_same_seed_gives_the_same_months_and_plans_ask_alike(
    bench: dict[str, ModuleType],
) -> None:
    """Fixed and massed have as many questions as the scheduler asked; only those of the bank."""
    practice, kinds = bench["practice"], bench["learners"].KINDS
    found = practice.live(kinds["expert"], "a seed", library())
    assert found["scheduled"] == practice.live(kinds["expert"], "a seed", library())["scheduled"]
    asked = {plan: run.reviews for plan, run in found.items()}
    assert asked["scheduled"] == asked["fixed"] == asked["massed"] > 0
    assert asked["none"] == 0
    assert asked["daily"] > asked["scheduled"]
    assert all(0 <= run.hollow <= run.mastered <= run.concepts for run in found.values())


def test_memory_fades_by_half_and_gains_only_from_what_had_faded(
    bench: dict[str, ModuleType],
) -> None:
    """The assumptions, as they are written down."""
    trace = bench["learners"].Trace(10.0, 0.0, 10.0)
    assert trace.known(10) == pytest.approx(0.5)
    trace.practise(0, knew=True, spacing=True)
    assert trace.half_life == pytest.approx(10.0)
    trace.practise(1, knew=True, spacing=True)
    assert trace.half_life == pytest.approx(10 * (1 + 8 * (1 - 2**-0.1)))
    trace.practise(1, knew=True, spacing=False)
    longest = 10 * (1 + 8 * (1 - 2**-0.1)) * 1.35
    assert trace.half_life == pytest.approx(longest)
    trace.practise(100, knew=False, spacing=True)
    assert trace.half_life == pytest.approx(0.6 * longest)
    assert trace.known(100) == 1
    trace.practise(200, knew=False, spacing=True)
    assert trace.half_life == 10


def test_a_learner_is_right_as_often_as_said(bench: dict[str, ModuleType]) -> None:
    """Half of a guesser's answers; and a held idea shows in what the real marking reveals."""
    content, learners = library(), bench["learners"]
    items = [i for c in content.concepts for i in content.bank(c) if not i.held_out]
    guesser = learners.Learner(learners.KINDS["guesser"], content, Random(1), Random(2))
    made = [guesser.answer(item, "quiz/x", "x", 0) for item in items]
    share = sum(a.correct for a in made) / len(made)
    assert share == pytest.approx(0.5, abs=3 * math.sqrt(0.25 / len(made)))
    steady = bench["rule"].STEADY["knows 95 %, one idea wrong"]
    held = learners.Learner(steady, content, Random(1), Random(2))
    (idea,) = held.held
    offering = [item for item in items if idea in learners.offered(item)]
    made = [held.answer(item, "quiz/x", "x", 0) for item in offering]
    assert sum(idea in a.misconceptions for a in made) / len(made) > 0.5
