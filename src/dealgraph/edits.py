"""What becomes of the files of a project when an article comes, goes, or is replaced.

An edit says what a file would be, so that a change can be tried out first; `write_edit` makes it so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph import turtle
from dealgraph.errors import AlreadyThere, Misplaced, NotThere, StillReferredTo
from dealgraph.holdings import Holdings
from dealgraph.sources import THINGS, Instead
from dealgraph.terms import compact, iri, local_name

_PUBLISHED: Final = NamedNode(iri("dg:publicationDate"))
_LINKS: Final = frozenset(
    NamedNode(iri(f"dg:{name}")) for name in ("conditionedOn", "conflictsWith", "refines", "supersedes")
)
"""Between claims: what can be taken away from a claim without changing what it says."""
_TYPE, _CLAIM = NamedNode(iri("rdf:type")), NamedNode(iri("dg:Claim"))
MOST_NAMED: Final = 5
"""How many claims a message names."""


@dataclass(frozen=True)
class Edit:
    """What becomes of one file of a project: its text, or nothing if it goes.

    `given` is the name that messages give the text: that of the file it was read from. `graph` is the graph
    that the file speaks in.
    """

    path: Path
    text: str | None
    given: str
    graph: NamedNode


def instead(edits: Iterable[Edit]) -> Instead:
    """Return edits as `sources.load` takes them."""
    return {edit.path: None if edit.text is None else (edit.text, edit.given) for edit in edits}


def write_edit(edit: Edit) -> None:
    """Replace a file in one step, so that it is never half written; or take it away."""
    if edit.text is None:
        edit.path.unlink(missing_ok=True)
        return
    edit.path.parent.mkdir(parents=True, exist_ok=True)
    draft = edit.path.with_name(f".{edit.path.name}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(edit.text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(edit.path)
    finally:
        draft.unlink(missing_ok=True)


class Ways(Flag):
    """How files may join a project: as new ones, in the place of those of the same name, or both."""

    ADD = auto()
    REPLACE = auto()


def arrivals(known: Holdings, files: Iterable[Path], ways: Ways) -> tuple[Edit, ...]:
    """Return the edits by which files join a project together; errors are those of `arrival`."""
    found = [edit for file in files if (edit := arrival(known, file, ways))]
    for number, edit in enumerate(found):
        for other in found[:number]:
            if other.path == edit.path:
                message = f"is the same article, or file of things, as {other.given}"
                raise AlreadyThere(message, where=edit.given, fix="Name one of the two")
    return tuple(found)


def arrival(known: Holdings, file: Path, ways: Ways) -> Edit | None:
    """Return the edit by which a file joins a project, in canonical form; nothing if it is there already.

    The file is TriG with one article in its own graph, or with things in the graph of things; an article
    is known by its IRI, a file of things by its name. Raises `AlreadyThere` or `NotThere` where the `ways`
    that it may come do not fit, `Misplaced` for a file of anything else, and what reading it raises.
    """
    project = known.project
    document = turtle.read(file)
    text, quads = turtle.formatted(document), document.quads
    graphs = {quad.graph_name for quad in quads}
    graph = next(iter(graphs)) if len(graphs) == 1 else None
    if graph == THINGS:
        path = project.graph / "things" / file.name
        there: Path | None = path if path.exists() else None
    elif isinstance(graph, NamedNode) and graph.value.startswith(iri("article:")):
        there = known.file_of(graph) if known.claims_of(graph) else None
        name = f"{local_name(graph.value)}.trig"
        path = there or project.graph / "articles" / _year(file, quads, graph) / name
    else:
        raise Misplaced(
            "is neither an article nor a file of things",
            where=str(file),
            fix=f"Put one graph in it, named by the article's IRI, or <{THINGS.value}>",
        )
    is_same = there is not None and turtle.read_text(there) == text
    if is_same and known.is_taken_in(path, text):
        return None
    if there and not is_same and Ways.REPLACE not in ways:
        fix = f"To put this in its place: dealgraph replace {file}"
        raise AlreadyThere(f"is in the graph already, as {project.shown(there)}", where=str(file), fix=fix)
    if not there and Ways.ADD not in ways:
        fix = f"To add it: dealgraph add {file}"
        raise NotThere("there is nothing that it could replace", where=str(file), fix=fix)
    assert isinstance(graph, NamedNode), "a graph of articles or things has a name"
    return Edit(path, text, str(file), graph)


def departure(known: Holdings, articles: Sequence[NamedNode], *, unlink: bool) -> tuple[Edit, ...]:
    """Return the edits by which articles leave a project.

    Claims of other articles may speak of claims that go. With `unlink`, the links of refining, superseding,
    conflicting and depending are taken out of them; without it, and for claims that are about a claim that
    goes, `StillReferredTo` is raised, which names them.
    """
    going = frozenset(articles)
    claims = {claim for article in going for claim in known.claims_of(article)}
    referring = list(known.mentions(claims, going))
    for quad in referring:
        if not unlink or quad.predicate not in _LINKS:
            raise _still(known, referring, can_be_unlinked=all(q.predicate in _LINKS for q in referring))
    edits = [
        Edit(path, None, known.project.shown(path), article)
        for article in articles
        if (path := known.file_of(article) or known.file_taken_in(article))
    ]
    return (*edits, *_without(known, referring))


def _without(known: Holdings, links: Sequence[Quad]) -> Iterator[Edit]:
    """The files that lose links, as they are then."""
    losing = dict.fromkeys(quad.graph_name for quad in links if isinstance(quad.graph_name, NamedNode))
    for graph in losing:
        path = known.file_of(graph)
        if path is None:
            continue
        document = turtle.read(path)
        lost = {quad.triple for quad in links if quad.graph_name == graph}
        kept = (quad for quad in document.quads if quad.triple not in lost)
        yield Edit(path, turtle.write(kept, document.head), known.project.shown(path), graph)


def _year(file: Path, quads: Iterable[Quad], article: NamedNode) -> str:
    for quad in quads:
        if quad.subject == article and quad.predicate == _PUBLISHED and isinstance(quad.object, Literal):
            return quad.object.value[:4]
    raise Misplaced(
        "does not say when its article was published",
        where=str(file),
        fix=f"Give {compact(article.value)} a dg:publicationDate",
    )


def _still(known: Holdings, referring: Sequence[Quad], *, can_be_unlinked: bool) -> StillReferredTo:
    named = dict.fromkeys(quad.subject.value for quad in referring if isinstance(quad.subject, NamedNode))
    shown = ", ".join(f"{compact(name)} ({known.place(name)})" for name in list(named)[:MOST_NAMED])
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    fix = (
        "To take these links away: dealgraph remove --unlink"
        if can_be_unlinked
        else "Some are about a claim that would go: edit or remove them first"
    )
    return StillReferredTo(f"claims of other articles speak of what would go: {shown}{more}", fix=fix)
