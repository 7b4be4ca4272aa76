"""The cases of LifecycleBoard: the story is the trace, free play has something to decide."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from okrlab.content import library
from okrlab.content.lifecycle import LifecycleFile
from okrlab.model.lifecycle import State
from okrlab.widgets._lifecycle_state import FIELDS, CaseState

FILE = library().lifecycle
CASES = {c.id: c for c in FILE.cases}


def test_the_story_is_the_trace() -> None:
    """Done as it tells, it ends within 1.51 to 2.24, and nothing was left alone."""
    state = CaseState.fresh(CASES["churn-story"])
    while True:
        for work, deed in list(state.deeds):
            state.make(work, deed.move, state.suggested(work, deed.move, deed.said))
        if state.play.is_last:
            break
        state.go_on()
    name = state.content.subjects[0].name
    runs = [state.play.state_at(name, month) for month in range(1, 28)]
    assert runs == [
        *[State.BASELINING] * 5,
        *[State.HEALTH] * 8,
        State.ALERT,
        *[State.KEY_RESULT] * 7,
        *[State.STABILISING] * 5,
        State.HEALTH,
    ]
    watch = state.play.board[name].watch
    assert watch is not None
    assert (round(watch.lower, 2), round(watch.upper, 2)) == (1.51, 2.24)
    assert state.play.missed == ()


def test_free_play_has_five_quarters_and_a_bit_of_everything() -> None:
    """A signal, a critical one, noise, a milestone and the measure that it leaves."""
    case = CASES["five-quarters"]
    assert [t.month for t in case.turns] == [15, 18, 21, 24, 27]
    assert [s.critical for s in case.subjects].count(True) == 1
    state = CaseState.fresh(case)
    signalled = set()
    for number in range(5):
        signalled |= {w.name for w in state.play.board.works if state.play.signal(w.name)}
        if number < 4:
            state.go_on()
    assert signalled == {"Customers who leave", "Hours without service"}
    assert {s.kind for s in case.subjects} == {"measure", "milestone"}


def test_what_is_suggested_fits_the_fields() -> None:
    """Every word that a subject says has a field in its move."""
    for case in FILE.cases:
        for subject in case.subjects:
            for move, said in subject.says.items():
                fields = {f.id for f in FIELDS[move]}
                assert set(said.model_dump(exclude_none=True)) <= fields


def refused(change: Any) -> str:
    data = FILE.model_dump()
    change(data["cases"][0], data["cases"][1], data)
    with pytest.raises(ValidationError) as error:
        LifecycleFile.model_validate(data)
    return str(error.value)


def test_mistakes_are_refused_in_words() -> None:
    """Months that do not rise, values that end too soon, a milestone with values, lost works."""
    assert "rise" in refused(lambda a, b, d: a.update(turns=a["turns"][::-1]))
    assert "up to month 26 of 27" in refused(
        lambda a, b, d: a["subjects"][0].update(values=a["subjects"][0]["values"][:-1])
    )
    assert "has no values" in refused(lambda a, b, d: b["subjects"][3].update(values=(1.0,)))
    assert "what is missing" in refused(lambda a, b, d: b["subjects"][3].update(not_yet=None))
    assert "six months" in refused(lambda a, b, d: b.update(history=4))
    assert "not on the board: gone" in refused(
        lambda a, b, d: a["turns"][0]["do"][0].update(work="gone")
    )
    assert "name of its own" in refused(
        lambda a, b, d: b["subjects"][1].update(name=b["subjects"][0]["name"])
    )
    assert "used twice" in refused(lambda a, b, d: b.update(id=a["id"]))
    assert "Swap them" in refused(lambda a, b, d: b["subjects"][0].update(lower=9.0))
