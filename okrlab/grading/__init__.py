"""A class's submissions to results: notebooks run behind walls, responses marked without code.

`Grader` marks, `write_results` writes. What runs inside the sandbox is in `okrlab.grading.inside`
and has no key; what marks is here and never runs a learner's code.
"""

from __future__ import annotations

from okrlab.grading.assignment import Assignment, read_assignments
from okrlab.grading.find import Found, find
from okrlab.grading.grade import Grader, Settings, proven_worker
from okrlab.grading.limits import Limits
from okrlab.grading.outputs import write_results
from okrlab.grading.responses import Responses, read_responses
from okrlab.grading.results import ExerciseMark, Marked
from okrlab.grading.worker import SandboxError

__all__ = [
    "Assignment",
    "ExerciseMark",
    "Found",
    "Grader",
    "Limits",
    "Marked",
    "Responses",
    "SandboxError",
    "Settings",
    "find",
    "proven_worker",
    "read_assignments",
    "read_responses",
    "write_results",
]
