"""Toy models that show a mechanism: pressure on a measure, pay, delay between lead and lag. Pure.

Each module has `ASSUMPTIONS`, in plain English, to be shown beside its results. Chance comes only
from a `random.Random` that the caller passes.
"""

from __future__ import annotations

from okrlab.simulation import bonus, funnel, goodhart

__all__ = ["bonus", "funnel", "goodhart"]
