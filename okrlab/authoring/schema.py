"""JSON Schema of every content file, so that editors complete fields and mark mistakes."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from okrlab.content.checks import FOLDERS, SINGLES
from okrlab.errors import ContentError

FOLDER = "schemas"
"""The folder of the schemas, inside the content folder."""

ONE = {
    "bank": "bank",
    "decks": "deck",
    "quizzes": "quiz",
    "exercises": "exercises",
    "scenarios": "scenario",
}
"""The name of the schema for the files of each folder."""

TITLES = {
    "bank": "okrlab: the items of one concept",
    "deck": "okrlab: a deck of cards to sort",
    "quiz": "okrlab: a quiz",
    "exercises": "okrlab: the exercises of one lesson",
    "scenario": "okrlab: a coach's scenario",
    "misconceptions": "okrlab: misconceptions",
    "concepts": "okrlab: concepts",
    "claims": "okrlab: claims of the sources",
    "lessons": "okrlab: lessons",
    "dimensions": "okrlab: the eight dimensions",
    "logic_models": "okrlab: chains from resources to impact",
    "attainment": "okrlab: sets of key results to grade",
    "lifecycle": "okrlab: cases for the lifecycle board",
    "series": "okrlab: series of measurements",
    "polls": "okrlab: polls on what the sources disagree about",
    "vital_few": "okrlab: companies with many measures, a few of them key",
}


def schema_texts() -> dict[str, str]:
    """The text of every schema file, by file name."""
    models: dict[str, type[BaseModel]] = {ONE[kind]: model for kind, model in FOLDERS.items()}
    return {f"{name}.json": _text(name, model) for name, model in (models | SINGLES).items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder; return the files that are new or changed.

    Raises:
        ContentError: the folder can't be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in schema_texts().items():
            path = folder / name
            if not path.is_file() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8", newline="\n")
                written.append(path)
    except OSError as error:
        raise ContentError(
            f"The schemas could not be written to {folder}: {error.strerror or error}. "
            "Choose another folder with --out."
        ) from error
    return written


def header(kind: str) -> str:
    """The first line of a content file, which tells an editor where its schema is.

    Args:
        kind: the file's folder, such as "decks".
    """
    return f"# yaml-language-server: $schema=../{FOLDER}/{ONE[kind]}.json\n"


def _text(name: str, model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLES[name],
        **{key: value for key, value in schema.items() if key != "title"},
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"
