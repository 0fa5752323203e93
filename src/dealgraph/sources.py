"""Read the files of a project: the ontology and the graph, file by file, with their places.

What a file may hold follows from where it stands: an article's file one graph named by the article,
`graph/things` the graph of things, `graph/background` graphs of background facts, `graph/external`
one graph named by a snapshot of an outside dataset beside what it needs in the graph of things,
`graph/mappings` tables that make the graph of mappings, `ontology/` no graph at all. Nothing is read
into another graph than the one the file names.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from dealgraph.errors import DuplicateId, Misplaced, Unreadable
from dealgraph.mapping import graph as mapping_graph
from dealgraph.mapping import mapping_files
from dealgraph.mapping import read as read_mappings
from dealgraph.mapping.columns import EXTENSION
from dealgraph.settings import Project
from dealgraph.terms import compact, iri, local_name
from dealgraph.turtle import Document
from dealgraph.turtle.document import FORMATS, parse, read_text

ONTOLOGY: Final = NamedNode(iri("graph:ontology"))
SHAPES: Final = NamedNode(iri("graph:shapes"))
ALIGNMENTS: Final = NamedNode(iri("graph:alignments"))
THINGS: Final = NamedNode(iri("graph:things"))
_ONTOLOGY_PARTS: Final = {"shapes": SHAPES, "alignments": ALIGNMENTS}
_GRAPH_PARTS: Final = ("articles", "background", "external", "things")
_OTHER_PARTS: Final = tuple(part for part in _GRAPH_PARTS if part not in ("articles", "things"))
_NAMED_AFTER: Final = {"articles": "article:", "background": "graph:background-", "external": "dataset:"}
_DESCRIBES: Final = {"articles": NamedNode(iri("dg:Article")), "external": NamedNode(iri("dg:Snapshot"))}
_TYPE: Final = NamedNode(iri("rdf:type"))
DESCRIBED_ONCE: Final = (
    iri("article:"),
    iri("attribution:"),
    iri("claim:"),
    iri("quantity:"),
    iri("source:"),
)


@dataclass(frozen=True)
class Sources:
    """All that the files of a project say: quads in their graphs, and where each subject stands."""

    quads: tuple[Quad, ...]
    places: Mapping[str, str] = field(repr=False)
    articles: tuple[str, ...] = ()
    snapshots: tuple[str, ...] = ()

    def place(self, subject: str) -> str:
        """Return `file:line` of the description of a subject, or nothing for one that no file describes."""
        return self.places.get(subject, "")


Instead = Mapping[Path, tuple[str, str] | None]
"""What stands in for files: a text and the name that messages give it, or nothing for a file that is gone."""


@dataclass
class Reading:
    """The files of a project, read one after the other; reach for it where all would be too much to hold.

    `quads` are those of `load`, and raise what it raises. `places`, `articles` and `snapshots` tell of the
    files that were read so far.
    """

    project: Project
    instead: Instead = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict, repr=False)
    articles: list[str] = field(default_factory=list)
    snapshots: list[str] = field(default_factory=list)

    def place(self, subject: str) -> str:
        """Return `file:line` of the description of a subject, or nothing if no file so far describes it."""
        return self.places.get(subject, "")

    @property
    def quads(self) -> Iterator[Quad]:
        """Read the files, in the order of their names, anew each time."""
        for known in (self.places, self.articles, self.snapshots):
            known.clear()
        for path in sorted({*files(self.project).values(), *self.instead}):
            found = self.instead.get(path, (None, self.project.shown(path)))
            if path.suffix in {".ttl", ".trig"} and found is not None:
                text, name = found
                yield from self._read(path, read_text(path) if text is None else text, name)
        sets = tuple(read_mappings(path, self.project.shown(path)) for path in mapping_files(self.project))
        yield from mapping_graph.quads(sets)
        for each in sets:
            for mapping, place in zip(each.mappings, each.places, strict=True):
                self.places.setdefault(mapping_graph.node(each, mapping), place)

    def _read(self, path: Path, text: str, name: str) -> Iterator[Quad]:
        document = parse(text, Path(name))
        graph = _graph_of(self.project, path, document, name)
        if graph.value.startswith(iri("article:")):
            self.articles.append(graph.value)
        elif graph.value.startswith(iri("dataset:")):
            self.snapshots.append(graph.value)
        _note_places(self.places, document, name)
        return _placed(document, graph)


def files(project: Project) -> dict[str, Path]:
    """Return every file that a snapshot is made from, by the name messages use, in sorted order."""
    found = [
        *_below(project.ontology, "*.ttl"),
        *_below(project.ontology, "*.tsv"),
        *_graph_files(project),
        *_mapping_files(project),
        *_below(project.queries, "*.rq"),
    ]
    return {project.shown(path): path for path in sorted(found)}


def digest(project: Project) -> str:
    """Return one SHA-256 over the names and contents of all files: equal if and only if they are equal."""
    return whole_digest(digests(project))


def digests(project: Project) -> dict[str, str]:
    """Return the SHA-256 of each file that a snapshot is made from, by name, in the order of `files`."""
    return {name: digest_of(path) for name, path in files(project).items()}


def is_touched_since(project: Project, moment: float) -> bool:
    """Tell whether a file or folder of a project was written after a moment, in seconds since 1970.

    Reach for it before `digest`, which reads every file: this only looks at names and times. Where it tells
    that nothing was, nothing has changed; where it tells that something was, the contents may be the same.
    """
    folders = [folder for folder in (project.ontology, project.graph, project.queries) if folder.is_dir()]
    for folder in folders:  # the list grows while it is read
        if folder.stat().st_mtime > moment:
            return True
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(Path(entry.path))
                elif entry.stat().st_mtime > moment:
                    return True
    return False


def digest_of(path: Path) -> str:
    """Return the SHA-256 of one file; raises `Unreadable`."""
    return hashlib.sha256(_bytes(path)).hexdigest()


def rest_of_files(project: Project) -> dict[str, Path]:
    """Return the files that are neither articles nor things, by the name messages use."""
    found = [
        *_below(project.ontology, "*.ttl"),
        *_below(project.ontology, "*.tsv"),
        *(path for part in _OTHER_PARTS for path in _below(project.graph / part, "*.trig")),
        *_mapping_files(project),
        *_below(project.queries, "*.rq"),
    ]
    return {project.shown(path): path for path in sorted(found)}


def whole_digest(of_files: Mapping[str, str]) -> str:
    """Return one SHA-256 over what `digests` gives."""
    lines = (f"{name}\0{digest}\n" for name, digest in sorted(of_files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def load(project: Project, instead: Instead = MappingProxyType({})) -> Sources:
    """Read all files of a project; reach for it to look at what they say.

    `instead` has files as they would be after a change. Returns quads in the order of the files. Raises
    `SyntaxProblem`, `UnknownPrefix` or `Unreadable` for a file that does not parse, `Misplaced` for
    statements in a graph that the file may not hold, `DuplicateId` for a node described in two places.
    """
    reading = Reading(project, instead)
    quads = tuple(reading.quads)
    return Sources(quads, reading.places, tuple(sorted(reading.articles)), tuple(sorted(reading.snapshots)))


def load_one(project: Project, path: Path, text: str, name: str) -> tuple[NamedNode, Document]:
    """Read one file of articles or things as `load` would, from its text; returns its graph besides.

    `path` is where the file stands or will stand, `name` what messages call it. Raises what `load` raises
    for a single file.
    """
    document = parse(text, Path(name))
    graph = _graph_of(project, path, document, name)
    placed = replace(document, quads=tuple(_placed(document, graph)))
    _note_places({}, placed, name)
    return graph, placed


def _below(folder: Path, pattern: str) -> Iterator[Path]:
    return folder.rglob(pattern) if folder.is_dir() else iter(())


def _graph_files(project: Project) -> Iterator[Path]:
    """The TriG files of the graph; any other RDF file there would be passed over in silence."""
    for path in _below(project.graph, "*"):
        part = path.relative_to(project.graph).parts[0]
        if path.suffix in FORMATS and (path.suffix != ".trig" or part not in _GRAPH_PARTS):
            raise Misplaced(
                "is an RDF file that is never read",
                where=project.shown(path),
                fix=f"The graph is TriG in {', '.join(f'graph/{name}' for name in _GRAPH_PARTS)}",
            )
        if path.suffix == ".trig":
            yield path


def _mapping_files(project: Project) -> tuple[Path, ...]:
    """The mapping files of the graph; a table beside them would be passed over in silence."""
    found = mapping_files(project)
    for path in sorted(_below(project.graph / "mappings", "*.[ct]sv")):
        if path not in found:
            raise Misplaced(
                "is a table that is never read",
                where=project.shown(path),
                fix=f"Mappings are files graph/mappings/<name>{EXTENSION}",
            )
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(
            f"cannot be read ({error.strerror})", where=str(path), fix="Check its rights"
        ) from None


def _graph_of(project: Project, path: Path, document: Document, name: str) -> NamedNode:
    if path.is_relative_to(project.ontology):
        folder = path.relative_to(project.ontology).parts[0]
        return _only_graph(document, name, _ONTOLOGY_PARTS.get(folder, ONTOLOGY))
    part = path.relative_to(project.graph).parts[0]
    if part == "things":
        return _only_graph(document, name, THINGS)
    found = {quad.graph_name for quad in document.quads}
    if part == "external":
        found.discard(THINGS)
    expected = iri(_NAMED_AFTER[part])
    graph = next(iter(found)) if len(found) == 1 else None
    if not isinstance(graph, NamedNode) or not graph.value.startswith(expected):
        named = ", ".join(sorted(map(str, found))) or "no statement"
        raise Misplaced(
            f"holds {named}",
            where=name,
            fix=f"A file in graph/{part} holds one graph, named <{expected}…>",
        )
    kind = _DESCRIBES.get(part)
    if kind and Quad(graph, _TYPE, kind, graph) not in document.quads:
        raise Misplaced(
            f"the graph <{graph.value}> does not describe its {local_name(kind.value).lower()}",
            where=name,
            fix=f"Name the graph by an IRI of its own and describe that as a {compact(kind.value)} in it",
        )
    return graph


def _only_graph(document: Document, name: str, graph: NamedNode) -> NamedNode:
    for quad in document.quads:
        if not isinstance(quad.graph_name, DefaultGraph) and quad.graph_name != graph:
            raise Misplaced(
                f"makes a statement in the graph {quad.graph_name}",
                where=name,
                fix=f"A file in this folder speaks in the graph <{graph.value}> only",
            )
    return graph


def _placed(document: Document, graph: NamedNode) -> Iterator[Quad]:
    for quad in document.quads:
        if quad.graph_name in (graph, THINGS):
            yield quad
        else:
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _note_places(places: dict[str, str], document: Document, name: str) -> None:
    for subject, lines in document.lines.items():
        here = [f"{name}:{line}" for line in lines]
        earlier = places.setdefault(subject, here[0])
        if subject.startswith(DESCRIBED_ONCE) and (earlier != here[0] or len(here) > 1):
            again = here[0] if earlier != here[0] else here[1]
            raise DuplicateId(
                f"<{subject}> is described a second time (first at {earlier})",
                where=again,
                fix="Give one of the two another id, or join them",
            )
