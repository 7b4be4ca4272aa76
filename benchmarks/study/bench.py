"""Made-up learners against the mastery rule and the scheduler: ``make bench-study``.

Usage: python benchmarks/study/bench.py [--learners 24] [--out results.json] [--jobs 2]

Prints the tables, writes the figures and, when these are the ones in this folder, the tables of
docs/study.md. The same seed and the same bank of items give the same figures.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from learners import KINDS
from practice import PLANS, Run, live
from rule import STEADY, Looked, exact, look
from tables import fill, tables

from okrlab.assessment.mastery import BAR, MIN_CONCEPT, MIN_LESSON
from okrlab.content import library

FIGURES = Path(__file__).resolve().with_name("results.json")
PAGE = FIGURES.parents[2] / "docs" / "study.md"
SEED = "okrlab study 2026"
PER_LESSON = 10
"""Learners of each kind and lesson in the part on the rule, for each learner in the other part."""


def exact_rows() -> list[dict[str, Any]]:
    """The rule at 8, 12 and 20 answers that are right or wrong."""
    return [
        {"answers": n, "needed": math.ceil(BAR * n), "half": exact(n, 0.5), "most": exact(n, 0.85)}
        for n in (MIN_CONCEPT, 12, MIN_LESSON)
    ]


def rule_looks(number: int, learner: str) -> list[Looked]:
    """One learner of a kind in each lesson that has concepts."""
    content = library()
    taught = {c.lesson for c in content.concepts.values()}
    lessons = [lesson for lesson in content.lessons if lesson.number in taught]
    seed = f"{SEED}/{learner}/{number}"
    return [look(STEADY[learner], le, content, f"{seed}/{le.number}") for le in lessons]


def rule_row(learner: str, looks: list[Looked]) -> dict[str, Any]:
    """Shares over learners and lessons."""
    firsts = [found.first for found in looks if found.first]
    shares = {k: statistics.fmean(getattr(f, k) for f in looks)
              for k in ("at_twenty", "without", "ever")}  # fmt: skip
    median = statistics.median(firsts) if firsts else None
    return {"learner": learner, "looks": len(looks), **shares, "first": median}


def month_runs(number: int, learner: str, spacing: bool) -> dict[str, Run]:
    """One learner by every plan."""
    return live(KINDS[learner], f"{SEED}/{learner}/{number}", library(), spacing)


def month_rows(learner: str, found: list[dict[str, Run]]) -> list[dict[str, Any]]:
    """Means over learners, one row for each plan."""
    return [
        {"learner": learner, "plan": plan, **mean_of([by_plan[plan] for by_plan in found])}
        for plan in PLANS
    ]


def mean_of(runs: list[Run]) -> dict[str, Any]:
    """Means; `error` is half of the 95 % interval of `kept`."""
    keys = ("reviews", "late", "at_end", "kept", "mastered", "hollow", "concepts")
    means = {key: statistics.fmean(getattr(run, key) for run in runs) for key in keys}
    spread = statistics.stdev(run.kept for run in runs) if len(runs) > 1 else 0.0
    halfway = statistics.median(run.halfway or math.inf for run in runs)
    return means | {
        "concepts": runs[0].concepts,
        "error": 1.96 * spread / math.sqrt(len(runs)),
        "halfway": None if math.isinf(halfway) else halfway,
    }


def measure(learners: int, jobs: int) -> dict[str, Any]:
    """All of it, over so many learners of each kind."""
    results: dict[str, Any] = {"seed": SEED, "learners": learners, "exact": exact_rows()}
    with ProcessPoolExecutor(jobs) as pool:
        results["rule"] = []
        for name in STEADY:
            looks = pool.map(partial(rule_looks, learner=name), range(learners * PER_LESSON))
            results["rule"].append(rule_row(name, list(chain.from_iterable(looks))))
        for key, spacing in (("spacing", True), ("no_spacing", False)):
            results[key] = []
            for name in KINDS:
                runs = pool.map(partial(month_runs, learner=name, spacing=spacing), range(learners))
                results[key] += month_rows(name, list(runs))
    return results


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=24)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=FIGURES)
    asked = parser.parse_args()
    results = measure(asked.learners, asked.jobs)
    asked.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if asked.out.resolve() == FIGURES:
        PAGE.write_text(fill(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")
    for name, text in tables(results).items():
        print(f"\n{name}\n\n{text}")


if __name__ == "__main__":
    main()
