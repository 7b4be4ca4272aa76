"""Running a plan: a cell that is stuck or takes Python down is left out, and the rest run again."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from okrlab.grading.limits import Limits
from okrlab.grading.plan import COACH, Piece, Plan
from okrlab.grading.worker import Ran, Worker

STUB_ERROR = "NotImplementedError"
FAILED, TIMEOUT, FLAGGED = "failed", "timeout", "flagged"


@dataclass(frozen=True)
class Trouble:
    """What went wrong in a cell.

    Attributes:
        kind: `FAILED`, `TIMEOUT` or `FLAGGED`.
        exercise: the exercise that the cell belongs to.
        words: what happened.
    """

    kind: str
    exercise: str | None
    words: str


@dataclass
class Execution:
    """What running a submission gave.

    Attributes:
        claims: by exercise, the value that stood in the place of the answer, as plain data.
        called: by exercise, what the learner's own code handed to `okrlab.check` last.
        troubles: what went wrong, in order.
        seconds: wall time of all runs.
        by_exercise: seconds by exercise.
    """

    claims: dict[str, Any] = field(default_factory=dict)
    called: dict[str, Any] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    seconds: float = 0.0
    by_exercise: dict[str, float] = field(default_factory=dict)


def execute(plan: Plan, worker: Worker, clock: Callable[[], float] = time.monotonic) -> Execution:
    """Run a plan, as often as needed, within the limits."""
    limits = worker.limits
    result = Execution()
    left_out: set[int] = set()
    stopped: list[Trouble] = []
    begun = clock()
    for _ in range(limits.reruns + 1):
        left = limits.seconds - (clock() - begun)
        if left <= 0:
            stopped.append(_out_of_time(limits))
            break
        ran = worker.run(plan.steps(left_out), left)
        raised = _take(result, plan, ran)
        if raised is None:
            result.troubles = [Trouble(FLAGGED, None, _GARBLED)]
            break
        result.troubles = raised
        trouble = _stopped(plan, ran, limits)
        if trouble is None:
            break
        stopped.append(trouble)
        if ran.cell is None or ran.cell in left_out or ran.ended == "too long":
            break
        left_out.add(ran.cell)
    result.troubles = [*stopped, *result.troubles]
    result.seconds = clock() - begun
    return result


_GARBLED = (
    "The code wrote into the channel to the marker. Look at it: what came through that way was not "
    "taken."
)


def _take(result: Execution, plan: Plan, ran: Ran) -> list[Trouble] | None:
    """Take over what a run sent; returns the errors of cells, None when a line makes no sense."""
    if ran.ended == "garbled":
        return None
    troubles: list[Trouble] = []
    began: float | None = None
    spent: dict[str, float] = {}
    for at, line in ran.lines:
        piece = _piece(plan, line.get("cell", line.get("done")))
        name = line.get("answer", line.get("called"))
        if "cell" in line and piece:
            began = at
        elif "done" in line and piece:
            if piece.exercise and began is not None:
                spent[piece.exercise] = spent.get(piece.exercise, 0.0) + at - began
            trouble = _raised(piece, line.get("error"))
            troubles += [trouble] if trouble else []
        elif isinstance(name, str) and name in plan.questions:
            if "error" in line:
                said = _error_words(line["error"])
                troubles.append(Trouble(FAILED, name, f"The answer could not be read: {said}."))
            elif "answer" in line:
                result.claims[name] = line.get("value")
            else:
                result.called[name] = line.get("value")
        elif set(line) not in ({"end"}, {"wall"}):
            return None
    result.by_exercise = spent
    return troubles


def _piece(plan: Plan, index: object) -> Piece | None:
    if not isinstance(index, int) or isinstance(index, bool):
        return None
    return plan.pieces[index] if 0 <= index < len(plan.pieces) else None


def _stopped(plan: Plan, ran: Ran, limits: Limits) -> Trouble | None:
    """What ended a run before its end."""
    if ran.ended == "end":
        return None
    wall = next((line["wall"] for _, line in ran.lines if "wall" in line), None)
    if wall is not None or ran.exit in (97, 98):
        return Trouble(FAILED, None, f"The sandbox could not be put up: {str(wall)[:200]}.")
    if ran.ended == "too long":
        return _out_of_time(limits)
    piece = _piece(plan, ran.cell)
    cell = _name(piece) if piece else "The code"
    kind, said = _how(ran, limits, known=piece is not None)
    return Trouble(kind, piece.exercise if piece else None, f"{cell} {said}.")


def _how(ran: Ran, limits: Limits, *, known: bool) -> tuple[str, str]:
    """How a cell ended a run: the kind of trouble, and what the cell did."""
    stopped = {
        "timeout": (TIMEOUT, f"ran longer than {limits.cell_seconds:g} s and was stopped"),
        "too much": (FAILED, f"sent back more than {limits.sent // 1024**2} MB and was stopped"),
        "scratch": (
            FAILED,
            f"wrote more than {limits.scratch // 1024**2} MB of files and was stopped",
        ),
    }
    if ran.ended in stopped:
        return stopped[ran.ended]
    if ran.exit == -signal.SIGXCPU or (ran.exit == -signal.SIGKILL and known):
        said = f"used more than {limits.cpu_seconds} s of processor time and was stopped"
        return TIMEOUT, said
    how = f"with signal {-ran.exit}" if ran.exit < 0 else f"with exit code {ran.exit}"
    return FAILED, f"ended Python {how}, so it was left out"


def _out_of_time(limits: Limits) -> Trouble:
    said = f"The whole notebook ran longer than {limits.seconds:g} s and was stopped."
    return Trouble(TIMEOUT, None, said)


def _raised(piece: Piece, error: object) -> Trouble | None:
    """An error that a cell raised; the stub's own is none."""
    if not isinstance(error, dict):
        return None
    if error.get("type") == STUB_ERROR and piece.answer:
        return None
    said = _error_words(error)
    if error.get("type") == "MemoryError":
        said = "more memory was asked for than there is"
    line = error.get("line")
    where = f" in line {line}" if isinstance(line, int) and 0 < line < 100_000 else ""
    return Trouble(FAILED, piece.exercise, f"{_name(piece)} stopped{where}: {said}.")


def _error_words(error: object) -> str:
    if not isinstance(error, dict):
        return "an error"
    parts = [error.get("type"), error.get("text")]
    text = ": ".join(p for p in parts if isinstance(p, str) and p)
    text = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return (text[:240] + "…" if len(text) > 240 else text).rstrip(".") or "an error"


def _name(piece: Piece) -> str:
    return "A cell that we put back" if piece.number == COACH else f"Cell {piece.number}"
