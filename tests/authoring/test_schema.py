"""The JSON Schemas that editors use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from okrlab.authoring.schema import ONE, schema_texts, write_schemas
from okrlab.content._yaml import parse
from okrlab.content.checks import FOLDERS, SINGLES
from okrlab.content.library import shipped_folder
from okrlab.errors import ContentError

SHIPPED = Path(str(shipped_folder()))
FILES = [
    *((ONE[kind], path) for kind in FOLDERS for path in sorted((SHIPPED / kind).glob("*.yaml"))),
    *((name, SHIPPED / f"{name}.yaml") for name in SINGLES),
]


def plain(value: object) -> object:
    """What a JSON Schema takes: lists instead of tuples."""
    match value:
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case tuple():
            return [plain(inner) for inner in value]
        case _:
            return value


def schema(name: str) -> dict[str, Any]:
    """A schema as data."""
    data: dict[str, Any] = json.loads(schema_texts()[f"{name}.json"])
    return data


def test_the_committed_schemas_are_up_to_date() -> None:
    """Else run: okrlab author schema."""
    committed = {p.name: p.read_text("utf-8") for p in (SHIPPED / "schemas").iterdir()}
    assert committed == schema_texts()


@pytest.mark.parametrize("name", [*ONE.values(), *SINGLES])
def test_a_schema_is_one_and_says_what_it_is_of(name: str) -> None:
    """With a title, a description and no field that is not known."""
    data = schema(name)
    Draft202012Validator.check_schema(data)
    assert data["title"].startswith("okrlab: ")
    assert data["description"]
    assert data["additionalProperties"] is False


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda value: getattr(value, "name", value))
def test_shipped_content_fits_its_schema(name: str, path: Path) -> None:
    """An editor does not mark what okrlab takes."""
    data = plain(parse(path.read_text("utf-8")).data)
    errors = list(Draft202012Validator(schema(name)).iter_errors(data))
    assert [f"{list(e.absolute_path)}: {e.message[:200]}" for e in errors] == []


def test_a_mistake_does_not_fit() -> None:
    """A schema that takes everything would be of no use."""
    data: Any = plain(parse(FILES[0][1].read_text("utf-8")).data)
    data["items"][0]["surprise"] = 1
    assert not Draft202012Validator(schema("bank")).is_valid(data)


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """The second time there is nothing to do."""
    assert len(write_schemas(tmp_path / "new")) == len(ONE) + len(SINGLES)
    assert write_schemas(tmp_path / "new") == []
    (tmp_path / "new" / "deck.json").write_text("{}")
    assert [p.name for p in write_schemas(tmp_path / "new")] == ["deck.json"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """It says so in words."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ContentError, match="--out"):
        write_schemas(tmp_path / "file")
