"""The queries of `sh:sparql`, made ready to be asked for many focus nodes at once.

SHACL asks a query once for each focus node, with `$this` bound before it is evaluated. Here the focus nodes
are joined in, in every group that speaks of `$this`: the same solutions, since a group sees no other node
than one at a time would show it. That does not hold where rows are counted or cut without `$this`, so
that such queries are refused, as are those that SHACL forbids.
Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, 5.2, 5.3 and appendix A.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pyoxigraph import QuerySolutions, Store

from dealgraph.shacl.graph import MalformedList, ShapesGraph, Term, sh
from dealgraph.shacl.paths import Path, in_sparql
from dealgraph.stored.groups import Group, Select, select_of
from dealgraph.stored.text import mask

_THIS: Final = re.compile(r"[?$]this(?!\w)")
_PATH: Final = re.compile(r"[?$]PATH(?!\w)")
_ORDER: Final = re.compile(r"(?<![\w:.\-?$])(LIMIT|OFFSET)\b", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r"(?<![\w:.\-?$])(MINUS|SERVICE|VALUES|FROM)(?![\w:.\-])", re.IGNORECASE)
_UNBOUND: Final = re.compile(r"[?$](shapesGraph|currentShape|failure)(?!\w)")
_AS_THIS: Final = re.compile(r"\bAS\s+[?$]this(?!\w)", re.IGNORECASE)
_GRAPH: Final = re.compile(r"(?<![\w:.\-?$])GRAPH(?![\w:.\-])", re.IGNORECASE)
_PROLOGUE: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
}


@dataclass(frozen=True)
class Query:
    """A query of `sh:sparql` in pieces, between which focus nodes are to be bound.

    `text` is the query without the `prefixes` before it.
    """

    pieces: tuple[str, ...]
    text: str
    prefixes: tuple[tuple[str, str], ...]


class NotAsked(Exception):
    """A query that cannot be asked for many focus nodes at once, with the reason."""


def prefixes_of(graph: ShapesGraph, constraint: Term) -> dict[str, str]:
    """Return the prefixes that a constraint declares by `sh:prefixes` (5.2.1), besides rdf, rdfs and owl."""
    declared = dict(_PROLOGUE)
    for owner in graph.objects(constraint, sh("prefixes")):
        for declaration in graph.objects(owner, sh("declare")):
            prefix, namespace = (graph.value(declaration, sh(name)) for name in ("prefix", "namespace"))
            if prefix is None or namespace is None:
                raise MalformedList("a declaration of a prefix lacks its prefix or its namespace")
            declared[str(getattr(prefix, "value", ""))] = str(getattr(namespace, "value", ""))
    return declared


def asked_for_all(text: str, prefixes: Mapping[str, str], path: Path | None) -> Query:
    """Return a query made ready to be asked for many focus nodes; raises `NotAsked`.

    `path` stands for `$PATH`, where the query is that of a property shape.
    """
    if path is not None:
        text = _replaced(text, _PATH, in_sparql(path))
    masked = mask(text)
    if found := _PATH.search(masked) or _UNBOUND.search(masked) or _FORBIDDEN.search(masked):
        raise NotAsked(f"a query with {found[0]}")
    if found := _ORDER.search(masked) or _AS_THIS.search(masked):
        raise NotAsked(f"a query with {found[0]}")
    declared = tuple(sorted(prefixes.items()))
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared)
    _try(head + text)
    select = select_of(masked)
    root = () if select.group.kind == "select" else (select.group.span[0],)
    places = sorted({*root, *_places(select, masked)})
    pieces = [text[start:end] for start, end in pairwise((0, *places, len(text)))]
    return Query((head + pieces[0], *pieces[1:]), text, declared)


def names_graphs(query: str) -> bool:
    """Tell whether a query asks what a named graph says."""
    return _GRAPH.search(mask(query)) is not None


def _try(text: str) -> None:
    try:
        answer = Store().query(text)
    except SyntaxError as error:
        raise NotAsked(f"a query that does not parse ({' '.join(str(error).split())[:80]})") from None
    if not isinstance(answer, QuerySolutions):
        raise NotAsked("a query that is no SELECT")
    if "this" not in {variable.value for variable in answer.variables}:
        raise NotAsked("a query that does not select $this")


def _places(select: Select, masked: str, *, is_inner: bool = False) -> Iterator[int]:
    """Yield where focus nodes are to be bound: at the start of each group that speaks of `$this`."""
    columns, keys = ({column.name for column in part} for part in (select.columns, select.keys))
    if is_inner and "this" not in columns:
        raise NotAsked("a sub-SELECT that does not select $this")
    if select.grouped and "this" not in keys:
        raise NotAsked("a SELECT that counts without grouping by $this")
    yield from _inside(select.group, masked)


def _inside(group: Group, masked: str) -> Iterator[int]:
    if group.kind == "select":
        assert group.select is not None
        yield from _places(group.select, masked, is_inner=True)
        return
    if group.kind in ("some", "none"):
        _refuse_counting(group)
        return
    for part in group.parts:
        yield from _inside(part, masked)
    if group.graph is None and _THIS.search(_own(group, masked)):
        yield group.span[0]
    elif group.graph is not None and _THIS.search(_own(group, masked, group.runs)):
        raise NotAsked("an expression on $this inside GRAPH")


def _own(group: Group, masked: str, others: Iterable[tuple[int, int]] = ()) -> str:
    """What stands in a group itself, not in the groups inside it."""
    start, end = group.span
    text = list(masked[start:end])
    for inner in (*(part.span for part in group.parts), *others):
        text[inner[0] - start : inner[1] - start] = " " * (inner[1] - inner[0])
    return "".join(text)


def _refuse_counting(group: Group) -> None:
    """Inside EXISTS a solution is known already, but a sub-SELECT is evaluated apart from it."""
    for part in group.parts:
        if part.kind == "select":
            raise NotAsked("a sub-SELECT inside EXISTS")
        _refuse_counting(part)


def _replaced(text: str, variable: re.Pattern[str], by: str) -> str:
    masked, parts, start = mask(text), [], 0
    for found in variable.finditer(masked):
        parts += [text[start : found.start()], by]
        start = found.end()
    return "".join([*parts, text[start:]])
