"""Attempts for other systems: a table, and the pseudonym under which a learner appears."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable

from okrlab.assessment.attempt import Attempt
from okrlab.interop.exchange.table import csv_text

Pseudonym = Callable[[str], str]
"""What a learner is called outside."""

COLUMNS = (
    "id",
    "learner",
    "activity",
    "sitting",
    "item",
    "item_version",
    "concept",
    "response",
    "mark",
    "misconceptions",
    "graded",
    "try_number",
    "confidence",
    "seconds",
    "at",
)


def pseudonyms(secret: bytes) -> Pseudonym:
    """Pseudonyms that are always the same for the same secret, and tell no name without it.

    Args:
        secret: at least 16 random bytes. A plain digest would not do: whoever has a list of names
            could make theirs and compare.
    """
    if len(secret) < 16:
        raise ValueError("the secret is too short")

    def named(learner: str) -> str:
        digest = hmac.new(secret, learner.encode(errors="replace"), hashlib.sha256).hexdigest()
        return f"learner-{digest[:16]}"

    return named


def attempt_table(attempts: Iterable[Attempt], named: Pseudonym) -> str:
    """Attempts as CSV, no cell of which is a formula. The response is JSON."""
    return csv_text(COLUMNS, (_row(attempt, named) for attempt in attempts))


def _row(attempt: Attempt, named: Pseudonym) -> list[str]:
    return [
        attempt.id,
        named(attempt.learner),
        attempt.activity,
        attempt.sitting,
        attempt.item,
        str(attempt.item_version),
        attempt.concept,
        json.dumps(attempt.response, ensure_ascii=False, sort_keys=True),
        f"{attempt.mark:.6g}",
        " ".join(attempt.misconceptions),
        "yes" if attempt.graded else "no",
        str(attempt.try_number),
        attempt.confidence or "",
        "" if attempt.seconds is None else f"{attempt.seconds:.3f}",
        attempt.at.isoformat(),
    ]
