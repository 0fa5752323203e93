"""Run SHACL shapes by pySHACL and read its report. Imports pySHACL: import it where it is used.

The ontology is merged into the data, not passed beside it: pySHACL would take over its classes but drop
its annotations, which its own style is about.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import pyshacl
from rdflib import SH, BNode, Graph
from rdflib.term import Node as Term

from dealgraph.check.findings import Breach
from dealgraph.check.graph import CheckedGraph, UnparsableQuery
from dealgraph.check.shapes import Shape, messages, path_text
from dealgraph.errors import CannotCheck

_LOGGER: Final = "pyshacl-validate"


def breaches(data: CheckedGraph, shapes: Graph, named: Sequence[Shape]) -> Iterator[Breach]:
    """Yield what the shapes have against a graph, in no order.

    `data` holds the ontology too and may be changed. Raises `CannotCheck` for shapes that pySHACL refuses.
    """
    try:
        report = _report(data, shapes)
    except UnparsableQuery as error:
        raise _defect(error, shapes, named) from None
    owners: dict[object, Shape] = {part: shape for shape in named for part in shape.parts}
    for result in report.objects(None, SH.result):
        yield _breach(report, result, owners[report.value(result, SH.sourceShape)], shapes)


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


def _defect(error: UnparsableQuery, shapes: Graph, named: Sequence[Shape]) -> CannotCheck:
    """Name the shape whose query is wrong, which pySHACL does not."""
    selects = (
        (shape, text) for shape in named for part in shape.parts for text in shapes.objects(part, SH.select)
    )
    name = next((shape.name for shape, text in selects if str(text) in error.text), "shapes")
    return CannotCheck(f"query does not parse: {error}", where=name, fix="Correct sh:select or sh:prefixes")


def _breach(report: Graph, result: Term, shape: Shape, shapes: Graph) -> Breach:
    focus = report.value(result, SH.focusNode)
    value = report.value(result, SH.value)
    part = report.value(result, SH.sourceShape)
    english, french = messages(shape, part, shapes)
    return Breach(
        rule=shape.name,
        focus=_text(focus),
        path=path_text(report, report.value(result, SH.resultPath)),
        value="" if value == focus else _text(value),
        message_en=english,
        message_fr=french,
    )


def _text(term: Term | None) -> str:
    if isinstance(term, BNode):
        return "[]"
    return "" if term is None else str(term)
