"""YAML text to plain data, with the line on which every value stands.

Content files come from coaches and clients, so they are bounded, and anchors and aliases (which can
blow a small file up to gigabytes) are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

MAX_BYTES = 2_000_000
MAX_DEPTH = 20

Path = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times faster


class YamlProblemError(Exception):
    """A text that is not usable YAML."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.line = message, line


@dataclass(frozen=True)
class Document:
    """Plain data and where each part of it stands (1-based lines)."""

    data: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of its nearest parent that is in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str) -> Document:
    """Read one YAML document.

    Raises:
        YamlProblemError: no YAML, too large, too deep, a repeated key, or an alias.
    """
    if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        raise YamlProblemError(f"the file is larger than {MAX_BYTES:,} bytes; split it in two")
    lines: dict[Path, int] = {}
    try:
        return Document(_Builder(text, lines).document(), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblemError(
            f"this is not valid YAML: {error.problem or error.context}. "
            "Check the indentation, and put texts that contain ': ' or ' #' in quotes",
            min(mark.line + 1, len(text.splitlines())) if mark else 1,
        ) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlProblemError(f"this is not valid YAML: {error}") from error


class _Builder:
    """Turns YAML events into dicts, tuples and scalars, noting the line of each.

    Events and not nodes, because the library that makes nodes crashes the whole process on a file
    that is nested deeply enough.
    """

    def __init__(self, text: str, lines: dict[Path, int]) -> None:
        self.lines = lines
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
        self.maker: Any = yaml.SafeLoader("")

    def document(self) -> Any:
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise YamlProblemError("the file is empty")
        data = self.build(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            line = after.start_mark.line + 1
            raise YamlProblemError("a second document begins here; make it a file of its own", line)
        return data

    def build(self, event: Any, path: Path) -> Any:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise YamlProblemError(
                "anchors and aliases (& and *) are not used here; "
                "put a text that starts with & or * in quotes",
                line,
            )
        if event.tag is not None:
            raise YamlProblemError(
                f"tags are not used here; put a text such as '{event.tag[:60]}' in quotes", line
            )
        if len(path) > MAX_DEPTH:
            raise YamlProblemError(f"values are nested deeper than {MAX_DEPTH} levels", line)
        self.lines[path] = line
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            values: list[Any] = []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                values.append(self.build(inner, (*path, len(values))))
            return tuple(values)
        return self.scalar(event)

    def mapping(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarEvent):
                raise YamlProblemError("the name of a field must be a plain word", line)
            if key.value in result:
                raise YamlProblemError(f"the key '{key.value[:60]}' stands here twice", line)
            result[key.value] = self.build(next(self.events), (*path, key.value))
            self.lines[(*path, key.value)] = line
        return result

    def scalar(self, event: Any) -> Any:
        tag = self.maker.resolve(yaml.ScalarNode, event.value, event.implicit)
        if _stays_text(tag, event.value):
            return event.value
        node = yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)
        try:
            return self.maker.construct_object(node)
        except (yaml.YAMLError, ValueError, LookupError, ArithmeticError) as error:
            raise YamlProblemError(
                f"the value '{event.value[:60]}' cannot be read: {error}",
                event.start_mark.line + 1,
            ) from error


def _stays_text(tag: str, value: str) -> bool:
    """Whether old YAML would make something else of what its writer means as text.

    Dates, yes and no, and 10:30 stay as they are, as editors show them; the models say what they
    must be.
    """
    match tag.removeprefix("tag:yaml.org,2002:"):
        case "timestamp":
            return True
        case "bool":
            return value.lower() not in ("true", "false")
        case "int" | "float":
            return ":" in value
    return False
