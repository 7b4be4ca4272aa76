"""Mark notebooks with otter-grader in one process: ``otter_batch.py AUTOGRADER OUT NOTEBOOK…``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from otter.api import grade_submission

autograder, out, *paths = sys.argv[1:]
marks: dict[str, float | None] = {}
for path in paths:
    try:
        results = grade_submission(path, autograder, quiet=True)
        marks[Path(path).stem] = float(results.total)
    except BaseException as error:
        print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)
        marks[Path(path).stem] = None
    Path(out).write_text(json.dumps(marks))
