"""YAML with the line of every key, so that an error in a description names its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dealgraph.errors import DescriptionDefect

if TYPE_CHECKING:
    from yaml import Node

_DEPTH: Final = 8


@dataclass(frozen=True)
class Marked:
    """One value of a YAML file: a text, a list, or a mapping, and its line."""

    file: str
    line: int
    text: str = ""
    items: tuple[Marked, ...] = ()
    parts: Mapping[str, Marked] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """File and line, as messages name them."""
        return f"{self.file}:{self.line}"

    def get(self, key: str) -> Marked | None:
        """Return the part of a key, or nothing."""
        return self.parts.get(key)

    def said(self, key: str) -> str:
        """Return the text of a key, or an empty one."""
        part = self.parts.get(key)
        return part.text if part else ""

    def texts(self) -> tuple[str, ...]:
        """Return the texts of a list, or the one text as a list of one."""
        return tuple(item.text for item in self.items) if self.items else (self.text,) if self.text else ()

    def only(self, allowed: tuple[str, ...]) -> None:
        """Raise `DescriptionDefect` for a key that is not one of these."""
        for key, part in self.parts.items():
            if key not in allowed:
                fix = f"Use: {', '.join(allowed)}"
                raise DescriptionDefect(f"unknown key '{key}'", where=part.where, fix=fix)


def read_marked(text: str, file: str) -> Marked:
    """Read a YAML mapping; raises `DescriptionDefect` with the line for what is not one."""
    import yaml

    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"not YAML ({error.problem})"
        raise DescriptionDefect(message, where=f"{file}:{line}", fix="Put the YAML right") from None
    except yaml.YAMLError as error:
        message = f"not YAML ({' '.join(str(error).split())})"
        raise DescriptionDefect(message, where=f"{file}:1", fix="Put the YAML right") from None
    if not isinstance(node, yaml.MappingNode):
        raise DescriptionDefect("not a mapping", where=f"{file}:1", fix="Write lines: key: value")
    return _marked(node, file, _DEPTH)


def _marked(node: Node, file: str, depth: int) -> Marked:
    import yaml

    line = node.start_mark.line + 1
    if not depth:
        raise DescriptionDefect("nested too deeply", where=f"{file}:{line}", fix="Flatten it")
    if isinstance(node, yaml.SequenceNode):
        return Marked(file, line, items=tuple(_marked(item, file, depth - 1) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        parts: dict[str, Marked] = {}
        for key, value in node.value:
            if str(key.value) in parts:
                place = f"{file}:{key.start_mark.line + 1}"
                raise DescriptionDefect(f"key '{key.value}' twice", where=place, fix="Keep one")
            parts[str(key.value)] = _marked(value, file, depth - 1)
        return Marked(file, line, parts=parts)
    return Marked(file, line, text=str(node.value).strip())
