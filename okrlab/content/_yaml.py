"""YAML text to plain data, with the line on which every value stands.

Content files come from coaches and clients, so they are bounded, and anchors and aliases (which can
blow a small file up to gigabytes) are refused.
"""

from __future__ import annotations

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
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblemError(
            f"this is not valid YAML: {error.problem or error.context}. "
            "Check the indentation, and put texts that contain ': ' or ' #' in quotes",
            mark.line + 1 if mark else 1,
        ) from error
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        raise YamlProblemError(f"this is not valid YAML: {error}") from error
    if node is None:
        raise YamlProblemError("the file is empty")
    lines: dict[Path, int] = {}
    return Document(_Builder(lines).build(node, ()), lines)


class _Builder:
    """Turns YAML nodes into dicts, tuples and scalars, noting the line of each."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self.lines = lines
        self.maker = yaml.SafeLoader("")
        self.seen: set[int] = set()

    def build(self, node: yaml.Node, path: Path) -> Any:
        lines, maker = self.lines, self.maker
        line = node.start_mark.line + 1
        if id(node) in self.seen:  # an alias gives the same node again
            raise YamlProblemError(
                "anchors and aliases (& and *) are not used here; "
                "put a text that starts with & or * in quotes",
                line,
            )
        self.seen.add(id(node))
        if len(path) > MAX_DEPTH:
            raise YamlProblemError(f"values are nested deeper than {MAX_DEPTH} levels", line)
        lines[path] = line
        if isinstance(node, yaml.MappingNode):
            result: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in result:
                    raise YamlProblemError(
                        f"the key '{key}' stands here twice", key_node.start_mark.line + 1
                    )
                result[key] = self.build(value_node, (*path, key))
                lines[(*path, key)] = key_node.start_mark.line + 1
            return result
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.build(n, (*path, i)) for i, n in enumerate(node.value))
        if (
            node.tag == "tag:yaml.org,2002:timestamp"
        ):  # dates stay text: the models say what they are
            return node.value
        if not node.tag.startswith("tag:yaml.org,2002:"):
            raise YamlProblemError(f"the tag {node.tag} is not allowed", line)
        try:
            return maker.construct_object(node)
        except (yaml.YAMLError, ValueError, LookupError, ArithmeticError) as error:
            raise YamlProblemError(
                f"the value '{str(node.value)[:60]}' cannot be read: {error}", line
            ) from error
