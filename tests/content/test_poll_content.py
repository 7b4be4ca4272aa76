"""`polls.yaml`: questions that leave a real choice."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from okrlab.content import library
from okrlab.content.poll import PollFile


def test_the_contested_claims_have_their_polls() -> None:
    """What the sources quarrel about is asked, and each answer has somebody who holds it."""
    polls = library().polls
    assert set(polls) >= {"kpi-name", "targets", "objectives-scored", "church-and-state"}
    lessons = {lesson.number for lesson in library().lessons} | set(range(10))
    for poll in polls.values():
        assert poll.lesson in lessons
        assert all(ref in library().claims for ref in poll.seed_refs)
        lengths = [len(o.implies) for o in poll.options]
        assert max(lengths) < 1.6 * min(lengths), f"{poll.id}: one answer is explained much longer"
        words = " ".join(f"{o.text} {o.implies}" for o in poll.options).lower()
        assert not any(w in words for w in ("correct", "wrong answer", "mistaken"))


def test_options_and_polls_stand_there_once() -> None:
    """Two with one id would share a draft."""
    data = library().polls["targets"].model_dump()
    twice = {**data, "options": (data["options"][0], data["options"][0])}
    with pytest.raises(ValidationError, match="used twice: number"):
        PollFile.model_validate({"format": 1, "polls": (twice,)})
    with pytest.raises(ValidationError, match="poll's id is used twice"):
        PollFile.model_validate({"format": 1, "polls": (data, data)})
