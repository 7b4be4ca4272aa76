"""The process that runs one submission: cells in order, answers out, one line of JSON each.

Lines that it writes: ``{"cell": n}`` before a cell, ``{"done": n, "error": …}`` after it,
``{"answer": "1.3", "value": …}`` for what stands in the place of an answer,
``{"called": "1.3", "value": …}`` when the learner's own code calls `okrlab.check`, and
``{"end": 1}``.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import types
import warnings
from typing import Any

from .encode import encode

MAX_PRINTED = 64 * 1024
MAX_CALLED = 40
_MAGIC = re.compile(r"\s*(?:[%!].*|\w[\w.]*\s*\?{1,2}\s*|\?.*)$")
_TIMING = ("%%time", "%%timeit", "%%capture")


class Printed(io.TextIOBase):
    """Takes what is printed and keeps nothing; only so much is even counted."""

    def __init__(self) -> None:
        self.count = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Count the characters."""
        self.count = min(self.count + len(text), MAX_PRINTED + 1)
        return len(text)


class Run:
    """One run of a plan.

    Args:
        plan: ``{"steps": […], "asked": {exercise: {"kind": …, "names": […]}}}``.
        out: the file descriptor for the lines.
    """

    def __init__(self, plan: dict[str, Any], out: int) -> None:
        self.steps = plan["steps"]
        self.asked = plan["asked"]
        self.out = out
        self.answered: set[str] = set()
        self.before: dict[str, tuple[Any, str]] = {}
        self.called = 0
        self.module = types.ModuleType("__main__")

    def go(self) -> None:
        """Run every step."""
        sys.modules["__main__"] = self.module
        names = self.module.__dict__
        names["display"] = names["get_ipython"] = lambda *_values, **_named: None
        sys.stdout = sys.stderr = Printed()
        warnings.simplefilter("ignore")
        sys.modules["okrlab"]._hand_over = self._called  # type: ignore[attr-defined]
        for step in self.steps:
            {"run": self._run, "begin": self._begin, "answer": self._answer}[step["do"]](step)
        self._say({"end": 1})

    def _say(self, line: dict[str, Any]) -> None:
        rest = memoryview(json.dumps(line).encode() + b"\n")
        while rest:
            rest = rest[os.write(self.out, rest) :]

    # -- cells -----------------------------------------------------------------------------------

    def _run(self, step: dict[str, Any]) -> None:
        number = step["cell"]
        self._say({"cell": number})
        error: dict[str, Any] | None = None
        try:
            exec(compiled(step["source"], number), self.module.__dict__)  # noqa: S102  that's the job
        except BaseException as problem:  # sys.exit in a cell ends that cell
            error = words(problem, f"<cell {number}>")
        self._say({"done": number, "error": error})

    # -- answers ---------------------------------------------------------------------------------

    def _begin(self, step: dict[str, Any]) -> None:
        """Remember what an answer's variable holds already, from an exercise before."""
        try:
            value = eval(step["expression"], self.module.__dict__)  # noqa: S307  the coach's own
            self.before[step["exercise"]] = (value, self._encoded(step["exercise"], value))
        except BaseException:
            self.before.pop(step["exercise"], None)

    def _answer(self, step: dict[str, Any]) -> None:
        name = step["exercise"]
        if name in self.answered:
            return
        try:
            value = eval(step["expression"], self.module.__dict__)  # noqa: S307  the coach's own
            text = self._encoded(name, value)
        except NameError:
            return
        except BaseException as problem:
            self._say({"answer": name, "error": words(problem, "<answer>")})
            return
        before = self.before.get(name)
        if before is not None and before[0] is value and before[1] == text:
            return  # left over from an exercise before
        if text != '{"type": "nothing"}':
            self.answered.add(name)
            self._say({"answer": name, "value": json.loads(text)})

    def _called(self, name: str, answer: Any) -> None:
        self.called += 1
        if name in self.asked and self.called <= MAX_CALLED:
            self._say({"called": name, "value": json.loads(self._encoded(name, answer))})

    def _encoded(self, name: str, value: Any) -> str:
        asked = self.asked[name]
        return json.dumps(encode(value, asked["kind"], asked["names"]))


def compiled(source: str, number: int) -> types.CodeType:
    """A cell's code; lines for IPython alone are left out when they are in the way."""
    name = f"<cell {number}>"
    try:
        return compile(source, name, "exec")
    except SyntaxError:
        lines = source.split("\n")
        if lines[0].startswith(_TIMING):
            lines[0] = ""
        elif lines[0].startswith("%%"):
            raise
        kept = [re.sub(r"\S.*", "pass", line) if _MAGIC.match(line) else line for line in lines]
        if kept == source.split("\n"):
            raise
        return compile("\n".join(kept), name, "exec")


def words(problem: BaseException, file: str) -> dict[str, Any]:
    """What went wrong, as plain data: the error's type, its text, the line of the cell."""
    try:
        text = str(problem)[:400]
    except BaseException:
        text = ""
    line = getattr(problem, "lineno", None) if isinstance(problem, SyntaxError) else None
    trace = problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return {"type": type(problem).__name__[:60], "text": text, "line": line}


def main(plan_fd: int, out: int) -> None:
    """Read the plan and run it."""
    with os.fdopen(plan_fd, "rb") as stream:
        stream.seek(0)
        plan = json.loads(stream.read())
    Run(plan, out).go()
