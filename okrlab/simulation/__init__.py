"""Toy models that show a mechanism: pressure on a measure, pay, delay, chance. Pure.

Each module has `ASSUMPTIONS`, in plain English, to be shown beside its results. Chance comes only
from a `random.Random` that the caller passes.
"""

from __future__ import annotations

from okrlab.simulation import bonus, experiments, funnel, goodhart, lifecycle_play

__all__ = ["bonus", "experiments", "funnel", "goodhart", "lifecycle_play"]
