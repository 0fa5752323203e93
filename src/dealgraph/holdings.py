"""Which file of a project describes what, told by a snapshot instead of by reading every file.

Reach for it where a change of a few files must not cost what all files cost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from dealgraph.errors import UnknownName
from dealgraph.lookup import fold
from dealgraph.settings import Project
from dealgraph.sources import THINGS
from dealgraph.terms import iri, local_name
from dealgraph.turtle import Document
from dealgraph.turtle.document import parse, read_text

_ARTICLE: Final = iri("article:")
_SOURCES: Final = (_ARTICLE, iri("dataset:"))
_TYPE, _LABEL = NamedNode(iri("rdf:type")), NamedNode(iri("rdfs:label"))
_PUBLISHED: Final = NamedNode(iri("dg:publicationDate"))
_IS_ARTICLE, _IS_CLAIM = NamedNode(iri("dg:Article")), NamedNode(iri("dg:Claim"))
MOST_NAMED: Final = 10
"""How many articles a message names."""


@dataclass(frozen=True)
class Holdings:
    """What the files of a project describe, by the store of its snapshot.

    `inputs` has the digest of each file that the snapshot was made from, by the name messages use.
    """

    project: Project
    store: Store
    inputs: Mapping[str, str] = field(default_factory=dict, repr=False)
    _read: dict[Path, Document] = field(default_factory=dict, repr=False)

    def file_of(self, article: NamedNode) -> Path | None:
        """Return the file of an article, or nothing if no file is about it.

        It is looked for where `dealgraph add` puts it, then under its own name, then in all files.
        """
        folder = self.project.graph / "articles"
        name = f"{local_name(article.value)}.trig"
        years = (
            q.object.value[:4] for q in self._about(article, _PUBLISHED) if isinstance(q.object, Literal)
        )
        likely = (folder / year / name for year in years)
        for path in (*likely, *(folder.rglob(name)), *sorted(folder.rglob("*.trig"))):
            if path.is_file() and self.is_about(path, article):
                return path
        return None

    def is_taken_in(self, path: Path, text: str) -> bool:
        """Tell whether the snapshot was made from a file with this text; a killed writer may leave others."""
        return self.inputs.get(self.project.shown(path)) == hashlib.sha256(text.encode()).hexdigest()

    def file_taken_in(self, article: NamedNode) -> Path | None:
        """Return the file of an article, there or not, that the snapshot was made from, by its usual name."""
        name = f"/{local_name(article.value)}.trig"
        found = [each for each in self.inputs if each.startswith("graph/articles/") and each.endswith(name)]
        return self.project.root / found[0] if found else None

    def is_about(self, path: Path, graph: NamedNode) -> bool:
        """Tell whether a file speaks in a graph."""
        return any(quad.graph_name == graph for quad in self.document(path).quads)

    def document(self, path: Path) -> Document:
        """Return a file as it is read, each once."""
        if path not in self._read:
            self._read[path] = parse(read_text(path), Path(self.project.shown(path)))
        return self._read[path]

    def place(self, node: str) -> str:
        """Return `file:line` of the description of a node, or nothing for one that no article describes."""
        for quad in self.store.quads_for_pattern(NamedNode(node), None, None, None):
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and graph.value.startswith(_ARTICLE):
                path = self.file_of(graph)
                lines = self.document(path).lines.get(node, ()) if path else ()
                return f"{self.project.shown(path)}:{lines[0]}" if path and lines else ""
        return ""

    def described_in(self, node: NamedNode) -> Iterator[NamedNode]:
        """Yield the graphs of files, articles or things, that describe a node."""
        graphs = {quad.graph_name for quad in self.store.quads_for_pattern(node, None, None, None)}
        for graph in graphs:
            if isinstance(graph, NamedNode) and (graph == THINGS or graph.value.startswith(_ARTICLE)):
                yield graph

    def claims_of(self, article: NamedNode) -> frozenset[NamedNode]:
        """Return the claims of an article."""
        found = self.store.quads_for_pattern(None, _TYPE, _IS_CLAIM, article)
        return frozenset(quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    def mentions(self, claims: Iterable[NamedNode], outside: frozenset[NamedNode]) -> Iterator[Quad]:
        """Yield what sources, those in `outside` left out, state about claims and with them."""
        for claim in sorted(claims, key=str):
            for pattern in ((claim, None), (None, claim)):
                for quad in self.store.quads_for_pattern(pattern[0], None, pattern[1], None):
                    graph = quad.graph_name
                    is_source = isinstance(graph, NamedNode) and graph.value.startswith(_SOURCES)
                    if is_source and graph not in outside:
                        yield quad

    def article(self, name: str) -> NamedNode:
        """Return the article that is meant by its slug or label, or by how one of them begins.

        Raises `UnknownName` if none is meant, or several are.
        """
        slug = name.removeprefix(_ARTICLE).removeprefix("article:")
        exact = NamedNode(_ARTICLE + slug) if " " not in slug else None
        if exact and Quad(exact, _TYPE, _IS_ARTICLE, exact) in self.store:
            return exact
        known = self.articles()
        found = [
            article
            for article in known
            if local_name(article.value).startswith(slug)
            or any(fold(label).startswith(fold(name)) for label in self._labels(article))
        ]
        if len(found) != 1:
            near = [local_name(article.value) for article in found or known]
            more = " and others" if len(near) > MOST_NAMED else ""
            raise UnknownName(
                f"{len(found)} articles have this name",
                where=f"'{name}'",
                fix=f"Take one of: {', '.join(near[:MOST_NAMED])}{more}",
            )
        return found[0]

    def articles(self) -> list[NamedNode]:
        """Return all articles, in the order of their IRIs."""
        found = self.store.quads_for_pattern(None, _TYPE, _IS_ARTICLE, None)
        own = {q.subject for q in found if q.subject == q.graph_name and isinstance(q.subject, NamedNode)}
        return sorted(own, key=str)

    def _labels(self, article: NamedNode) -> Iterator[str]:
        return (
            quad.object.value for quad in self._about(article, _LABEL) if isinstance(quad.object, Literal)
        )

    def _about(self, article: NamedNode, predicate: NamedNode) -> Iterator[Quad]:
        return iter(self.store.quads_for_pattern(article, predicate, None, article))
