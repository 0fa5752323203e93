"""Run SHACL shapes by pySHACL and read its report. Imports pySHACL: import it where it is used.

Reach for it where shapes have something that is not compiled, and to see that both engines find the same.
The ontology is merged into the data, not passed beside it: pySHACL would take over its classes but drop
its annotations, which its own style is about.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pyshacl
from pyoxigraph import BlankNode, NamedNode
from rdflib import SH, Graph, URIRef
from rdflib.term import Node as Term

from dealgraph.check.graph import CheckedGraph, UnparsableQuery, from_rdflib, to_graph
from dealgraph.errors import CannotCheck
from dealgraph.shacl import Result, ShapesGraph
from dealgraph.shacl.graph import Node, sh
from dealgraph.shacl.paths import in_words, read_path
from dealgraph.terms import compact

_LOGGER: Final = "pyshacl-validate"
_COMPONENT: Final = "ConstraintComponent"


def results(data: CheckedGraph, shapes: ShapesGraph) -> Iterator[Result]:
    """Yield what the shapes have against a graph, in no order.

    `data` holds the ontology too and may be changed. Raises `CannotCheck` for shapes that pySHACL refuses.
    """
    try:
        report = _report(data, to_graph(shapes.quads))
    except UnparsableQuery as error:
        raise _defect(error, shapes) from None
    for result in report.objects(None, SH.result):
        yield _result(report, result, shapes)


def _report(data: CheckedGraph, shapes: Graph) -> Graph:
    try:
        with _silent(logging.getLogger(_LOGGER)):
            _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none")
    except UnparsableQuery:
        raise
    except Exception as error:  # a malformed shape makes pySHACL raise whatever comes along
        raise CannotCheck(f"malformed: {error}", where="shapes", fix="Correct the shape") from None
    if not isinstance(report, Graph):
        raise CannotCheck(f"refused: {text}", where="shapes", fix="Correct the shape")
    return report


@contextmanager
def _silent(logger: logging.Logger) -> Iterator[None]:
    """Keep pySHACL from writing to the standard error stream on its own."""
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _defect(error: UnparsableQuery, shapes: ShapesGraph) -> CannotCheck:
    """Name the shape whose query is wrong, which pySHACL does not."""
    wrong = {node for node, text in shapes.pairs(sh("select")) if getattr(text, "value", "") in error.text}
    owners = (shape for shape, constraint in shapes.pairs(sh("sparql")) if constraint in wrong)
    name = next((compact(owner.value) for owner in owners if isinstance(owner, NamedNode)), "shapes")
    return CannotCheck(f"query does not parse: {error}", where=name, fix="Correct sh:select or sh:prefixes")


def _result(report: Graph, result: Term, shapes: ShapesGraph) -> Result:
    source = report.value(result, SH.sourceShape)
    shape = NamedNode(source) if isinstance(source, URIRef) else BlankNode(str(source))
    component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    return Result(
        shape=shape,
        component=component.removesuffix(_COMPONENT),
        focus=from_rdflib(focus),
        path=_path(report.value(result, SH.resultPath), shape, shapes),
        value=None if value is None else from_rdflib(value),
    )


def _path(path: Term | None, shape: Node, shapes: ShapesGraph) -> str:
    """The report has a path of several steps as a copy of its nodes; the shape has the path itself."""
    if path is None or isinstance(path, URIRef):
        return "" if path is None else compact(str(path))
    node = shapes.value(shape, sh("path"))
    return "" if node is None else in_words(read_path(shapes, node))
