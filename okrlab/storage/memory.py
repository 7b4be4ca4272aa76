"""A store that forgets when the process ends."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from okrlab.assessment.attempt import Attempt
from okrlab.storage._records import after, checked_attempts, checked_drafts, draft_id
from okrlab.storage.protocol import DRAFTS_KEPT, Draft


class MemoryStore:
    """A `ProgressStore` in memory, for tests and for previews."""

    where = "memory"

    def __init__(self) -> None:
        self._attempts: dict[str, Attempt] = {}
        self._drafts: dict[tuple[str, str], dict[str, Draft]] = {}

    def add(self, attempts: Sequence[Attempt]) -> int:
        """Keep these attempts; return how many were new."""
        before = len(self._attempts)
        for attempt in checked_attempts(attempts):
            self._attempts.setdefault(attempt.id, attempt)
        return len(self._attempts) - before

    def attempts(self, learner: str) -> list[Attempt]:
        """Every attempt of a learner, oldest first."""
        own = [a for a in self._attempts.values() if a.learner == learner]
        return deepcopy(sorted(own, key=lambda a: a.at))

    def save_draft(self, learner: str, key: str, value: dict[str, Any], at: datetime) -> None:
        """Make `value` the latest version of a draft."""
        if (draft := self.next_draft(learner, key, value, at)) is not None:
            self.add_drafts([draft])

    def next_draft(
        self, learner: str, key: str, value: dict[str, Any], at: datetime
    ) -> Draft | None:
        """The version that `save_draft` would add; None when the latest one is the same."""
        latest = self._latest(learner, key)
        if latest is not None and latest.value == value:
            return None
        [draft] = checked_drafts(
            [Draft(learner, key, value, after(at, None if latest is None else latest.at))]
        )
        return draft

    def draft(self, learner: str, key: str) -> dict[str, Any] | None:
        """The latest version of a draft."""
        latest = self._latest(learner, key)
        return None if latest is None else deepcopy(latest.value)

    def drafts(self, learner: str) -> list[Draft]:
        """The versions kept of every draft of a learner, oldest first."""
        own = [
            d for (who, _), kept in self._drafts.items() if who == learner for d in kept.values()
        ]
        return deepcopy(sorted(own, key=_order))

    def add_drafts(self, drafts: Sequence[Draft]) -> int:
        """Add versions from elsewhere; return how many were new and recent enough to be kept."""
        before = self.draft_ids()
        for draft in checked_drafts(drafts):
            kept = self._drafts.setdefault((draft.learner, draft.key), {})
            kept[draft_id(draft)] = draft
            for old in sorted(kept, key=lambda name: _order(kept[name]))[:-DRAFTS_KEPT]:
                del kept[old]
        return len(self.draft_ids() - before)

    def ids(self) -> set[str]:
        """Ids of all attempts."""
        return set(self._attempts)

    def draft_ids(self) -> set[str]:
        """Ids of all versions of drafts."""
        return {name for kept in self._drafts.values() for name in kept}

    def learners(self) -> list[str]:
        """Everybody of whom something is stored, sorted."""
        return sorted(
            {a.learner for a in self._attempts.values()} | {who for who, _ in self._drafts}
        )

    def notices(self) -> list[str]:
        """Memory has no troubles to report."""
        return []

    def close(self) -> None:
        """Nothing to let go of."""

    def _latest(self, learner: str, key: str) -> Draft | None:
        return max(self._drafts.get((learner, key), {}).values(), key=_order, default=None)


def _order(draft: Draft) -> tuple[datetime, str]:
    return draft.at, draft_id(draft)
