"""A thing at a glance: the few values that a reader looks for first, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph.pages.reader import FACTS, Figure, Reader, Word, paths
from dealgraph.pages.tenures import heads, roles
from dealgraph.terms import iri

_Path = tuple[str, ...]

GLANCES: Final[Mapping[str, tuple[tuple[str, _Path], ...]]] = {
    "dg:Deal": (
        ("investor", ("dg:investor",)),
        ("target", ("dg:target",)),
        ("price", ("dg:price",)),
        ("implied price", ("dg:impliedPrice",)),
        ("stake", ("^dg:arisesFrom", "dg:share")),
        ("announced", ("dg:announcedOn",)),
        ("date", ("dg:dealDate",)),
        ("valued at", ("^dg:establishedBy", "dg:valuationAmount")),
    ),
    "dg:Organization": (
        ("stage", ("dg:companyStage",)),
        ("based in", ("dg:basedIn",)),
        ("founded", ("dg:foundingDate",)),
        ("founded by", ("dg:foundedBy",)),
        ("led by", ("heads",)),
        ("minority stake in", ("dg:holdsMinorityStakeIn",)),
        ("develops", ("dg:develops",)),
        ("part of", ("dg:unitOf",)),
    ),
    "dg:Person": (
        ("current role", ("roles",)),
        ("affiliated with", ("dg:affiliatedWith",)),
        ("founder of", ("dg:founderOf",)),
        ("born", ("dg:bornOn",)),
    ),
    "dg:Facility": (
        ("developed by", ("^dg:develops",)),
        ("design capacity", ("dg:designCapacity",)),
        ("status", ("dg:lifecycleStatus",)),
        ("sited", ("dg:sitedIn",)),
        ("commissioning", ("dg:expectedCommissioning",)),
    ),
    "dg:FacilityProgramme": (
        ("developed by", ("^dg:develops",)),
        ("includes", ("dg:includes",)),
        ("status", ("dg:lifecycleStatus",)),
    ),
    "dg:AIModel": (("developed by", ("dg:developedBy",)), ("released", ("dg:releasedOn",))),
}
_MOST: Final = 4
_TENURES: Final[Mapping[_Path, Callable[[Reader, str], tuple[Figure, ...]]]] = {
    ("roles",): roles,
    ("heads",): heads,
}


@dataclass(frozen=True)
class Glance:
    """A named place in a glance (its name is a key of the phrases), with its values."""

    name: str
    figures: tuple[Figure, ...]
    more: int = 0


def glance(reader: Reader, thing: str, kinds: frozenset[str]) -> tuple[Glance, ...]:
    """Return what is seen first of a thing, of the first kind that has such a view; nothing for others."""
    for kind, places in GLANCES.items():
        if iri(kind) in kinds:
            found = (_glance(reader, thing, name, path) for name, path in places)
            return tuple(one for one in found if one.figures)
    return ()


def figures(reader: Reader, thing: str, path: _Path) -> tuple[Figure, ...]:
    """Return what a path leads to: facts and what follows, or else what is said; the same words once."""
    if path in _TENURES:
        return _TENURES[path](reader, thing)
    found = tuple(_facts(reader, thing, path)) or tuple(_said(reader, thing, path))
    return tuple({figure.value: figure for figure in reversed(found)}.values())[::-1]


def _glance(reader: Reader, thing: str, name: str, path: _Path) -> Glance:
    found = figures(reader, thing, path)
    return Glance(name, found[:_MOST], max(0, len(found) - _MOST))


def _facts(reader: Reader, thing: str, path: _Path) -> Iterator[Figure]:
    found = []
    for value in reader.values(thing, paths(*path)):
        triple = _triple(thing, path, value)
        is_fact = triple is None or Quad(*triple, FACTS) in reader.store
        why = None if is_fact or triple is None else _names(triple)
        found.append(Figure(_word(reader, value), "fact" if is_fact else "follows", why))
    yield from sorted(found, key=lambda figure: figure.kind)


def _said(reader: Reader, thing: str, path: _Path) -> Iterator[Figure]:
    """What is said where nothing is a fact, so that a reader sees that it is only said."""
    *way, last = path
    if last.startswith("^"):
        return
    subjects = reader.values(thing, paths(*way)) if way else [NamedNode(thing)]
    for subject in subjects:
        for claim in (
            reader.evidence.claims(subject.value, iri(last)) if isinstance(subject, NamedNode) else ()
        ):
            if claim.polarity == "Positive" and claim.rank != "Deprecated":
                value = NamedNode(claim.value.term) if claim.value.is_iri else Literal(claim.value.term)
                yield Figure(_word(reader, value), "fact" if claim.admitted else "said")


def _word(reader: Reader, value: NamedNode | Literal) -> Word:
    told = reader.word(value)
    is_thing = isinstance(value, NamedNode) and value.value.startswith((iri("id:"), iri("dg:")))
    return told if is_thing else Word(told.text)


_Triple = tuple[NamedNode, NamedNode, NamedNode]


def _triple(thing: str, path: _Path, value: NamedNode | Literal) -> _Triple | None:
    if len(path) != 1 or not isinstance(value, NamedNode):
        return None
    if path[0].startswith("^"):
        return value, NamedNode(iri(path[0][1:])), NamedNode(thing)
    return NamedNode(thing), NamedNode(iri(path[0])), value


def _names(triple: _Triple) -> tuple[str, str, str]:
    subject, predicate, value = triple
    return subject.value, predicate.value, value.value
