"""The course's small part of the Jupyter server, which the page around a lesson talks to.

It answers three questions: which lessons are there, which cells of a notebook are the course's own
(only those may run by themselves), and can this notebook start afresh.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from okrlab.notebook.course import cells_of, course_root, notebook_cells, shipped_files
from okrlab.notebook.course import shipped_name as name_in_course


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "okrlab.notebook.server"}]


def _load_jupyter_server_extension(serverapp: Any) -> None:
    base = url_path_join(serverapp.web_app.settings["base_url"], "okrlab", "course")
    serverapp.web_app.add_handlers(
        ".*$",
        [
            (base, ContentsHandler),
            (url_path_join(base, "cells"), CellsHandler),
            (url_path_join(base, "afresh"), AfreshHandler),
        ],
    )


def table_of_contents() -> list[dict[str, Any]]:
    """Return the lessons that ship, in order, each with the exercises that belong to it."""
    from okrlab.content.library import library

    files = [name for name in shipped_files() if name.endswith(".ipynb")]
    lessons = []
    for lesson in library().lessons:
        notebook = f"notebooks/{lesson.notebook}"
        if notebook in files:
            prefix = f"exercises/{lesson.number:02d}"
            lessons.append(
                {
                    "number": lesson.number,
                    "title": lesson.title,
                    "outcome": lesson.outcome,
                    "minutes": lesson.minutes,
                    "path": notebook,
                    "exercises": [name for name in files if name.startswith(prefix)],
                }
            )
    return lessons


class _CourseHandler(APIHandler):
    """What the handlers share: which shipped notebook a request is about."""

    def shipped_name(self, path: str) -> str:
        name = name_in_course(path)
        if name is None:
            raise web.HTTPError(404, reason="This notebook is not part of the course")
        return name


class ContentsHandler(_CourseHandler):
    """The lessons of the course."""

    @web.authenticated
    def get(self) -> None:
        """Answer with the table of contents."""
        self.finish(json.dumps({"lessons": table_of_contents()}))


class CellsHandler(_CourseHandler):
    """The sources of a notebook's code cells as they ship."""

    @web.authenticated
    def get(self) -> None:
        """Answer with the shipped code of the notebook at ``?path=``."""
        name = self.shipped_name(self.get_query_argument("path", ""))
        cells = notebook_cells((course_root() / name).read_bytes())
        code = [source for kind, source in cells if kind == "code"]
        self.finish(json.dumps({"name": name, "code": code}))


class AfreshHandler(_CourseHandler):
    """Put the shipped notebook back, keeping what the learner had beside it."""

    @web.authenticated
    async def post(self) -> None:
        """Restore ``{"path": …}``; answer with the name of the learner's earlier copy, if any."""
        body = self.get_json_body() or {}
        path = body.get("path") if isinstance(body, dict) else None
        if not isinstance(path, str):
            raise web.HTTPError(400, reason="Name the notebook to restore as path")
        shipped = json.loads((course_root() / self.shipped_name(path)).read_bytes())
        manager: Any = self.contents_manager
        earlier = None
        if await ensure_async(manager.file_exists(path)):
            mine = await ensure_async(manager.get(path, content=True, type="notebook"))
            if cells_of(mine["content"]) != cells_of(shipped):
                earlier = await self._free_name(PurePosixPath(path))
                await self._save(earlier, mine["content"])
        await self._save(path, shipped)
        self.finish(json.dumps({"earlier": earlier}))

    async def _save(self, path: str, notebook: Any) -> None:
        model = {"type": "notebook", "format": "json", "content": notebook}
        manager: Any = self.contents_manager
        await ensure_async(manager.save(model, path))

    async def _free_name(self, path: PurePosixPath) -> str:
        manager: Any = self.contents_manager
        number = 1
        while True:
            note = "my earlier copy" if number == 1 else f"my earlier copy {number}"
            name = str(path.with_name(f"{path.stem} ({note}){path.suffix}"))
            if not await ensure_async(manager.file_exists(name)):
                return name
            number += 1
