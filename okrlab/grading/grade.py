"""Marking a whole folder: many at once, one broken submission never stops the rest, and it resumes.

What was marked is kept beside the results, by the content of the submission and of the key. So an
interrupted run goes on where it was, and a second one finds nothing to do.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from okrlab.errors import OkrlabError
from okrlab.grading import sandbox
from okrlab.grading.assignment import Assignment
from okrlab.grading.execute import Execution, execute
from okrlab.grading.find import Found, file_name
from okrlab.grading.limits import Limits
from okrlab.grading.marking import marks
from okrlab.grading.notebook import Notebook, NotebookError, read_bytes, read_notebook
from okrlab.grading.plan import plan
from okrlab.grading.responses import Responses
from okrlab.grading.results import FAILED, ExerciseMark, Marked, from_plain, plain, worst
from okrlab.grading.sandbox import Walls
from okrlab.grading.sorting import UNKNOWN, sort_out
from okrlab.grading.visible import PACKAGES
from okrlab.grading.worker import SandboxError, Stage, Worker

VERSION = 1
"""Raised when marking itself changes, so that nothing marked before is taken over."""

NO_WALLS = (
    "No code was run, because this computer offers no sandbox that works: {why}. Install "
    "bubblewrap (on Debian and Ubuntu: sudo apt install bubblewrap), or mark on Linux. Only if you "
    "trust every submission as you trust yourself, use --unsafe."
)

Tick = Callable[[Marked], None]


@dataclass
class Settings:
    """How to mark.

    Attributes:
        jobs: submissions at once.
        limits: of each.
        unsafe: run code without a sandbox.
        packages: distributions that learners may import, beside the standard library.
    """

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    limits: Limits = field(default_factory=Limits)
    unsafe: bool = False
    packages: tuple[str, ...] = PACKAGES


def proven_worker(stage: Stage, settings: Settings) -> Worker:
    """A worker behind the best walls that prove to work here.

    Raises:
        SandboxError: there are none.
    """
    why = "neither bubblewrap nor Landlock is there"
    for walls in sandbox.candidates(settings.unsafe):
        worker = Worker(walls, stage, settings.limits)
        try:
            worker.start()
            ran = worker.run({"steps": _PROOF, "asked": {}}, 20.0)
            if ran.ended == "end" and _held(walls, ran.lines):
                return worker
            wall = [line["wall"] for _, line in ran.lines if "wall" in line]
            why = f"{walls.kind} did not hold" + (f": {wall[0]}" if wall else "")
        except SandboxError as error:
            why = f"{walls.kind}: {error}"
        worker.close()
    raise SandboxError(NO_WALLS.format(why=why))


_PROOF = [
    {"do": "run", "cell": 0, "source": "open('scratch', 'w').write('x')"},
    {"do": "run", "cell": 1, "source": "import socket; socket.socket()"},
    {"do": "run", "cell": 2, "source": "import os; os.listdir(%r)" % str(Path.home())},  # noqa: UP031
    {"do": "run", "cell": 3, "source": "import os; os.fork() or os._exit(0)"},
]
"""The first has to work, the others must not."""


def _held(walls: Walls, lines: Sequence[tuple[float, Mapping[str, Any]]]) -> bool:
    errors = {line["done"]: line.get("error") for _, line in lines if "done" in line}
    if errors.get(0) is not None:
        return False
    kept_out = all(errors.get(number) for number in (1, 3))
    return walls.kind == sandbox.NONE or kept_out


class Grader:
    """Marks submissions.

    Args:
        assignments: what may have been handed in.
        responses: what learners' progress holds beside the notebooks.
        settings: how to mark.
        kept: the folder for what was marked already.
        notice: told which walls were chosen.
    """

    def __init__(
        self,
        assignments: Sequence[Assignment],
        responses: Responses,
        settings: Settings,
        kept: Path,
        notice: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.assignments = {a.name: a for a in assignments}
        self.responses, self.settings, self.kept = responses, settings, kept
        self.notice = notice
        self.walls: Walls | None = None
        self.reused = 0

    def grade(self, found: Sequence[Found], tick: Tick = lambda _: None) -> list[Marked]:
        """Mark everything that was found.

        Args:
            found: the files.
            tick: told of each submission as soon as it is marked.

        Raises:
            SandboxError: code would have to be run, and there are no walls for it.
        """
        chosen, strange = sort_out(found, list(self.assignments.values()))
        results = [self._unmarked(entry, "", UNKNOWN) for entry in strange]
        waiting: list[tuple[Found, Assignment, bytes, str]] = []
        for entry, assignment in chosen:
            ready = self._before(entry, assignment)
            if isinstance(ready, Marked):
                results.append(ready)
                tick(ready)
            else:
                waiting.append((entry, assignment, *ready))
        results += self._all(waiting, tick)
        return sorted(
            results, key=lambda m: (m.learner.casefold(), m.learner, m.assignment, m.file)
        )

    # -- before and after running ----------------------------------------------------------------

    def _before(self, entry: Found, assignment: Assignment) -> Marked | tuple[bytes, str]:
        """What was marked already, or what cannot be; else the content, and what names it."""
        try:
            data = read_bytes(entry.path)
        except NotebookError as error:
            return self._unmarked(entry, assignment.name, str(error))
        progress = self.responses.get(entry.learner, {})
        limits = json.dumps([asdict(self.settings.limits), self.settings.packages])
        what = json.dumps([VERSION, entry.learner, entry.file, progress], sort_keys=True)
        names = [what, limits, assignment.digest, sha256(data).hexdigest(), _handed_in(entry)]
        digest = sha256("\0".join(names).encode()).hexdigest()
        try:
            text = self._place(entry, assignment).read_text(encoding="utf-8")
            kept = json.loads(text)
            if kept["digest"] == digest:
                self.reused += 1
                return from_plain(kept["marked"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return data, digest

    def _all(
        self, waiting: Sequence[tuple[Found, Assignment, bytes, str]], tick: Tick
    ) -> list[Marked]:
        if not waiting:
            return []
        queue: SimpleQueue[tuple[Found, Assignment, bytes, str]] = SimpleQueue()
        for job in waiting:
            queue.put(job)
        stage = Stage(self.settings.packages)
        results: list[Marked] = []

        first: list[Worker] = []

        def work() -> None:
            desk = _Desk(self, stage, first.pop() if first else None)
            try:
                while True:
                    try:
                        entry, assignment, data, digest = queue.get_nowait()
                    except Empty:
                        return
                    marked = self._one(entry, assignment, data, digest, desk)
                    results.append(marked)
                    tick(marked)
            finally:
                desk.close()

        jobs = max(1, min(self.settings.jobs, len(waiting)))
        try:
            if any(self._has_code(job) for job in waiting):
                Thread(target=import_module, args=("openpyxl",), daemon=True).start()
                first.append(proven_worker(stage, self.settings))
                self.walls = first[0].walls
                self.notice(f"Code is run in {self.walls.words()}.")
            with ThreadPoolExecutor(jobs) as pool:
                try:
                    for done in [pool.submit(work) for _ in range(jobs)]:
                        done.result()
                finally:
                    _drain(queue)  # interrupted: the others stop after what they are at
        finally:
            for worker in first:  # nobody took it
                worker.close()
            stage.close()
        return results

    @staticmethod
    def _has_code(job: tuple[Found, Assignment, bytes, str]) -> bool:
        try:
            return not plan(job[1], read_notebook(job[2])).nothing_to_run
        except NotebookError:
            return False

    def _one(
        self, entry: Found, assignment: Assignment, data: bytes, digest: str, desk: _Desk
    ) -> Marked:
        begun = time.monotonic()
        try:
            notebook = read_notebook(data)
            marked, lasting = self._marked(entry, assignment, notebook, desk)
        except NotebookError as error:
            marked, lasting = self._unmarked(entry, assignment.name, str(error)), True
        except Exception as error:  # whatever it is, the others are still to be marked
            said = f"Marking it failed: {type(error).__name__}: {str(error)[:200]}"
            marked, lasting = self._unmarked(entry, assignment.name, said), False
        marked = replace(marked, seconds=round(time.monotonic() - begun, 3))
        if lasting:
            self._keep(entry, assignment, digest, marked)
        return marked

    def _marked(
        self, entry: Found, assignment: Assignment, notebook: Notebook, desk: _Desk
    ) -> tuple[Marked, bool]:
        steps = plan(assignment, notebook)
        execution = Execution() if steps.nothing_to_run else execute(steps, desk.worker())
        questions = {name: q.exercise for name, q in assignment.questions.items()}
        progress = self.responses.get(entry.learner, {})
        found = marks(questions, execution, notebook.answers, progress)
        words = [t.words for t in execution.troubles if t.exercise is None]
        status = worst(
            [m.status for m in found] + [t.kind for t in execution.troubles if not t.exercise]
        )
        marked = Marked(
            entry.learner,
            assignment.name,
            entry.file,
            status,
            (*words, *steps.repairs),
            found,
            assignment.points,
            _handed_in(entry),
        )
        return marked, not any("could not be put up" in word for word in words)

    def _unmarked(self, entry: Found, name: str, said: str) -> Marked:
        assignment = self.assignments.get(name)
        exercises: tuple[ExerciseMark, ...] = ()
        if assignment is not None:
            asked = [question.exercise for question in assignment.questions.values()]
            exercises = tuple(ExerciseMark(e.id, e.title, 0.0, e.points, FAILED) for e in asked)
        most = assignment.points if assignment else 0
        when = _handed_in(entry)
        return Marked(entry.learner, name, entry.file, FAILED, (said,), exercises, most, when)

    # -- what was marked already -----------------------------------------------------------------

    def _place(self, entry: Found, assignment: Assignment) -> Path:
        return self.kept / f"{file_name(f'{entry.learner}_{assignment.name}')}.json"

    def _keep(self, entry: Found, assignment: Assignment, digest: str, marked: Marked) -> None:
        place = self._place(entry, assignment)
        text = json.dumps({"digest": digest, "marked": plain(marked)}, ensure_ascii=False)
        beside = place.with_suffix(f".{os.getpid()}.new")
        try:
            self.kept.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, place)
        except OSError as error:
            raise OkrlabError(
                f"Results cannot be written to {self.kept}: {error.strerror or error}. Choose "
                "another place with --out. What was marked so far is kept."
            ) from error


def _drain(queue: SimpleQueue[Any]) -> None:
    while True:
        try:
            queue.get_nowait()
        except Empty:
            return


class _Desk:
    """One thread's worker, started when it is first needed."""

    def __init__(self, grader: Grader, stage: Stage, worker: Worker | None) -> None:
        self.grader, self.stage = grader, stage
        self._worker = worker

    def worker(self) -> Worker:
        """The worker, warm."""
        if self._worker is None:
            assert self.grader.walls is not None
            self._worker = Worker(self.grader.walls, self.stage, self.grader.settings.limits)
        return self._worker

    def close(self) -> None:
        """End it."""
        if self._worker is not None:
            self._worker.close()


def _handed_in(entry: Found) -> str:
    """What nbgrader noted in timestamp.txt beside the notebook."""
    try:
        text = read_bytes(entry.path.parent / "timestamp.txt", limit=200)
    except NotebookError:
        return ""
    line = text.decode("utf-8", "replace").strip().split("\n")[0]
    return "".join(c for c in line[:60] if c.isprintable())
