"""Every kind of axiom, and what puts it into rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from dealgraph.horn import class_axioms, property_axioms
from dealgraph.horn.heads import Made
from dealgraph.horn.reading import Reader
from dealgraph.horn.rules import TYPE

_BY_PREDICATE: Final = {**class_axioms.BY_PREDICATE, **property_axioms.BY_PREDICATE}
_BY_TYPE: Final = {**class_axioms.BY_TYPE, **property_axioms.BY_TYPE}


def rules_of(reader: Reader, triple: Triple) -> Iterator[Made]:
    """Yield the rules of one axiom. Raises `Outside` for one that is beyond the fragment."""
    if triple.predicate == TYPE:
        read = _BY_TYPE.get(triple.object) if isinstance(triple.object, NamedNode) else None
    else:
        read = _BY_PREDICATE.get(triple.predicate)
    if read is not None:
        yield from read(reader, triple)
