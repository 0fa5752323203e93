"""The header of a stored query: YAML in the `#+` lines at its top, read with the line of every entry."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yaml import Node

TYPES: Final = ("iri", "string", "date", "integer", "decimal", "enum")

_TEXTS: Final = ("summary", "summary_fr", "description", "description_fr")
_KEYS: Final = (*_TEXTS, "tags", "params")
_PARAMETER_KEYS: Final = ("type", "label", "label_fr", "optional", "values")
_NAME: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_DEPTH: Final = 3


@dataclass(frozen=True)
class Fault:
    """Something wrong on a line; one that `stops` makes it idle, or unsafe, to try the query itself."""

    line: int
    message: str
    fix: str
    stops: bool = False


@dataclass(frozen=True)
class ParameterEntry:
    """What the header says of one parameter, and the line on which it begins to."""

    name: str
    line: int
    type: str
    label: str
    label_fr: str
    optional: bool
    values: tuple[str, ...]


@dataclass(frozen=True)
class Header:
    """All that the `#+` lines say, as far as it can be read, and what is wrong with them."""

    texts: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    params: tuple[ParameterEntry, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class _Entry:
    """A key with what it holds: a text, a list of texts, or further entries."""

    key: str
    line: int
    text: str
    items: tuple[str, ...]
    parts: tuple[_Entry, ...]


def read(text: str) -> Header:
    """Read the header of a stored query; nothing is raised, what is wrong is in `faults`."""
    import yaml

    try:
        node = _composed(_yaml(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Header(faults=(_not_yaml(line, str(error.problem)),))
    except yaml.YAMLError as error:
        return Header(faults=(_not_yaml(1, " ".join(str(error).split())),))
    if not isinstance(node, yaml.MappingNode):
        return Header(faults=(Fault(1, "has no header", "Begin with lines: #+ key: value"),))
    return _header(_parts(node, _DEPTH))


def _composed(text: str) -> Node | None:
    """Read YAML by the fast parser where there is one; what that refuses is the other's to explain."""
    import yaml

    if yaml.__with_libyaml__:
        with contextlib.suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=yaml.CBaseLoader)
    return yaml.compose(text, Loader=yaml.BaseLoader)


def _not_yaml(line: int, problem: str) -> Fault:
    return Fault(line, f"header is not YAML ({problem})", "Put the YAML right")


def _yaml(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("#+"):
            break
        lines.append(line[2:].removeprefix(" ").rstrip())
    return "\n".join(lines)


def _parts(node: Node, depth: int) -> tuple[_Entry, ...]:
    """Turn a mapping into entries, no deeper than a header goes (an alias may refer to itself)."""
    import yaml

    if not isinstance(node, yaml.MappingNode) or not depth:
        return ()
    return tuple(
        _Entry(
            key=str(key.value),
            line=key.start_mark.line + 1,
            text=" ".join(value.value.split()) if isinstance(value, yaml.ScalarNode) else "",
            items=tuple(str(i.value) for i in value.value) if isinstance(value, yaml.SequenceNode) else (),
            parts=_parts(value, depth - 1),
        )
        for key, value in node.value
    )


def _header(entries: tuple[_Entry, ...]) -> Header:
    by_key = {entry.key: entry for entry in entries}
    listed = by_key["params"].parts if "params" in by_key else ()
    return Header(
        texts={key: by_key[key].text for key in _TEXTS if key in by_key},
        tags=by_key["tags"].items if "tags" in by_key else (),
        params=tuple(map(_parameter, listed)),
        faults=(
            *_key_faults(entries, _KEYS, "header"),
            *_text_faults(by_key),
            *_key_faults(listed, [entry.key for entry in listed], "params"),
            *(fault for entry in listed for fault in _parameter_faults(entry)),
        ),
    )


def _parameter(entry: _Entry) -> ParameterEntry:
    said = {part.key: part for part in entry.parts}
    text = {key: part.text for key, part in said.items()}
    return ParameterEntry(
        name=entry.key,
        line=entry.line,
        type=text.get("type", ""),
        label=text.get("label", ""),
        label_fr=text.get("label_fr", ""),
        optional=text.get("optional") == "true",
        values=said["values"].items if "values" in said else (),
    )


def _key_faults(entries: Iterable[_Entry], allowed: Iterable[str], place: str) -> Iterator[Fault]:
    known = tuple(allowed)
    seen: set[str] = set()
    for entry in entries:
        if entry.key not in known:
            yield Fault(entry.line, f"unknown key '{entry.key}' in {place}", f"Use: {', '.join(known)}")
        if entry.key in seen:
            yield Fault(entry.line, f"key '{entry.key}' twice in {place}", "Keep one")
        seen.add(entry.key)


def _text_faults(by_key: Mapping[str, _Entry]) -> Iterator[Fault]:
    for key in ("summary", "summary_fr"):
        if key not in by_key or not by_key[key].text:
            line = by_key[key].line if key in by_key else 1
            yield Fault(line, f"has no {key}", f"Add one line: #+ {key}: ...")
    for key, other in (("description", "description_fr"), ("description_fr", "description")):
        if key in by_key and other not in by_key:
            yield Fault(by_key[key].line, f"has {key} but no {other}", "Describe it in both languages")
    if "tags" in by_key and not by_key["tags"].items:
        yield Fault(by_key["tags"].line, "tags are not a list of words", "Write: #+ tags: [one, two]")
    if "params" in by_key and not by_key["params"].parts:
        yield Fault(by_key["params"].line, "params are not a mapping", "Write: #+   name: {type: iri, ...}")


def _parameter_faults(entry: _Entry) -> Iterator[Fault]:
    said = {part.key: part.text for part in entry.parts}
    parameter = _parameter(entry)
    name = f"parameter '{entry.key}'"
    yield from _key_faults(entry.parts, _PARAMETER_KEYS, name)
    if not _NAME.fullmatch(entry.key):
        yield Fault(entry.line, f"{name} is not a name for a variable", "Use letters and digits")
    if parameter.type not in TYPES:
        yield Fault(entry.line, f"{name} has no type", f"Use one of: {', '.join(TYPES)}", stops=True)
    if not (parameter.label and parameter.label_fr):
        yield Fault(entry.line, f"{name} lacks label or label_fr", "Name it in both languages")
    if (parameter.type == "enum") != bool(parameter.values):
        yield Fault(entry.line, f"{name}: type enum and values go together", "Give both, or neither")
    if said.get("optional", "true") not in ("true", "false"):
        yield Fault(entry.line, f"{name}: optional is neither true nor false", "Write one of them")
