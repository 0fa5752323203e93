"""What pages read from a store besides claims: what stands in the default graph, labels, kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from dealgraph.claim import Claim
from dealgraph.desk import Desk
from dealgraph.errors import UnknownName
from dealgraph.evidence import Evidence
from dealgraph.pages.phrases import PAGES
from dealgraph.pages.shell import address
from dealgraph.report import Teller
from dealgraph.terms import BASE, compact, iri, local_name

TYPE: Final = NamedNode(iri("rdf:type"))
THINGS: Final = NamedNode(iri("graph:things"))
FACTS: Final = NamedNode(iri("graph:facts"))
LAYERS: Final = (NamedNode(iri("graph:inferred")), NamedNode(iri("graph:derived")))
"""The graphs of what follows: by axioms, and by stored rules."""

MOST_STATEMENTS: Final = 2000
"""How many statements on a thing are read at most: a page costs what its thing costs, and no more."""

MOST_CLAIMS: Final = 300
"""How many claims with a thing as their object are read at most."""

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(iri(f"dg:{name}")) for name in ("subject", "predicate", "object"))
_DERIVED: Final = iri("derived:")
_IDENTIFYING: Final = NamedNode(iri("dg:identifying"))
_BOOKKEEPING: Final = frozenset(
    iri(name)
    for name in ("dg:subject", "dg:predicate", "dg:object", "dg:rule", "prov:wasDerivedFrom", "dg:admitted")
)


@dataclass(frozen=True)
class Word:
    """A few words on a page, and where they lead; empty if nowhere."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Figure:
    """One value, whether it is a fact, said or follows, and the statement to ask why for, if it follows."""

    value: Word
    kind: str
    why: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Reader:
    """Reads a store for pages in one language."""

    desk: Desk
    language: str

    @cached_property
    def teller(self) -> Teller:
        """What puts claims into words."""
        return self.desk.teller(self.language)

    @property
    def store(self) -> Store:
        """The store of the desk."""
        return self.desk.store

    @property
    def evidence(self) -> Evidence:
        """The claims of the desk."""
        return self.desk.evidence

    def say_phrase(self, key: str) -> str:
        """Return a standing phrase of pages."""
        return PAGES[self.language][key]

    def word(self, term: object) -> Word:
        """Return the words for a node or a literal, with a link where it has a page."""
        if isinstance(term, Literal):
            return Word(term.value)
        if not isinstance(term, NamedNode):
            return Word(str(term))
        if not term.value.startswith(BASE):
            return Word(self.named(term.value), address(term.value))
        if term.value.startswith(_DERIVED) and (told := self._derivation(term)):
            return Word(told, address(term.value))
        return Word(self.teller.told(term.value), address(term.value))

    def _derivation(self, node: NamedNode) -> str:
        """What a derivation says; nothing for the amounts that derivations give."""
        parts = (
            next((q.object for q in self.store.quads_for_pattern(node, link, None, LAYERS[1])), None)
            for link in (_SUBJECT, _PREDICATE, _OBJECT)
        )
        told = [self.word(part).text for part in parts if isinstance(part, NamedNode)]
        return " ".join(told) if len(told) == 3 else ""

    def named(self, term: str) -> str:
        """Return the label of anything, or its compact name where it has none."""
        label = self.evidence.label(term, self.language)
        if label != local_name(term) or term.startswith(BASE):
            return label
        name = compact(term).strip("<>")
        return PAGES[self.language].get(name, name)

    def link(self, term: str) -> Word:
        """Return the label of a thing or a term, with its page."""
        return Word(self.named(term), address(term))

    def default(
        self, subject: NamedNode | None, predicate: NamedNode | None, value: NamedNode | Literal | None
    ) -> Iterator[Quad]:
        """Go through statements of the default graph: facts, and what follows from them."""
        quads = self.store.quads_for_pattern(subject, predicate, value, DefaultGraph())
        return islice(iter(quads), MOST_STATEMENTS)

    def following(self, subject: NamedNode | None, value: NamedNode | None) -> list[Quad]:
        """Return what follows on a subject, or with an object, in a stable order; types are left out."""
        found = [
            quad
            for layer in LAYERS
            for quad in islice(self.store.quads_for_pattern(subject, None, value, layer), MOST_STATEMENTS)
            if quad.predicate != TYPE
            and quad.predicate.value not in _BOOKKEEPING
            and isinstance(quad.object, NamedNode)
        ]
        return sorted(found, key=str)

    def claims_with(self, thing: str) -> tuple[Claim, ...]:
        """Return claims whose object is a thing, admitted ones first; of very many only some."""
        found = self._claims_with.get(thing)
        if found is None:
            quads = self.store.quads_for_pattern(None, _OBJECT, NamedNode(thing), None)
            nodes = dict.fromkeys(q.subject.value for q in quads if isinstance(q.subject, NamedNode))
            said = islice((node for node in nodes if self.evidence.is_claim(node)), MOST_CLAIMS)
            claims = sorted(
                map(self.evidence.claim, said), key=lambda c: (not c.admitted, c.predicate, c.iri)
            )
            found = self._claims_with[thing] = tuple(claims)
        return found

    @cached_property
    def identifying(self) -> frozenset[str]:
        """The properties that identify n-ary nodes."""
        quads = self.store.quads_for_pattern(None, _IDENTIFYING, None, None)
        return frozenset(q.subject.value for q in quads if isinstance(q.subject, NamedNode))

    @cached_property
    def _claims_with(self) -> dict[str, tuple[Claim, ...]]:
        return {}

    def given_kinds(self, thing: str) -> tuple[str, ...]:
        """Return the classes that a curator gave a thing, in the order of their IRIs."""
        quads = self.store.quads_for_pattern(NamedNode(thing), TYPE, None, THINGS)
        return tuple(sorted(q.object.value for q in quads if isinstance(q.object, NamedNode)))

    def kinds(self, thing: str) -> frozenset[str]:
        """Return all classes of a thing: those that it was given, those above them, and those that follow."""
        quads = self.store.quads_for_pattern(NamedNode(thing), TYPE, None, None)
        own = {q.object.value for q in quads if isinstance(q.object, NamedNode)}
        return frozenset(wider for kind in own for wider in self.wider(kind))

    def wider(self, kind: str) -> frozenset[str]:
        """Return a class and those above it."""
        found = self._wider.get(kind)
        if found is None:
            above = f"{NamedNode(kind)} <{iri('rdfs:subClassOf')}>* ?wider"
            rows = self.store.query(f"SELECT ?wider WHERE {{ GRAPH ?g {{ {above} }} }}")
            assert isinstance(rows, QuerySolutions)
            nodes = (row["wider"] for row in rows)
            found = frozenset({kind, *(n.value for n in nodes if isinstance(n, NamedNode))})
            self._wider[kind] = found
        return found

    @cached_property
    def _wider(self) -> dict[str, frozenset[str]]:
        return {}

    def values(self, thing: str, path: str) -> list[NamedNode | Literal]:
        """Return what a property path of SPARQL leads to from a thing, in the default graph.

        `path` is a constant of the program, with compact names of the ontology without prefix: `<dg:…>` is
        written out by the caller.
        """
        rows = self.store.query(
            f"SELECT DISTINCT ?v WHERE {{ {NamedNode(thing)} {path} ?v }} ORDER BY ?v LIMIT 50"
        )
        assert isinstance(rows, QuerySolutions)
        return [v for row in rows if isinstance(v := row["v"], NamedNode | Literal)]

    def texts(self, thing: str, predicate: str) -> tuple[str, ...]:
        """Return the texts of a property in the reader's language, or those without one."""
        quads = self.store.quads_for_pattern(NamedNode(thing), NamedNode(iri(predicate)), None, None)
        found = {(q.object.language or "", q.object.value) for q in quads if isinstance(q.object, Literal)}
        return tuple(sorted(text for tag, text in found if tag in (self.language, "")))

    def known(self, name: str) -> NamedNode:
        """Return the node of an IRI that the store speaks of; raises `UnknownName` for any other."""
        try:
            node = NamedNode(name)
        except ValueError:
            node = None
        if node is not None:
            about = self.store.quads_for_pattern(node, None, None, None)
            to = self.store.quads_for_pattern(None, None, node, None)
            if next(iter(about), None) or next(iter(to), None):
                return node
        raise UnknownName("no page has this name", where=f"'{name.removeprefix(BASE)}'", fix=self._near(name))

    def _near(self, name: str) -> str:
        """Tell which things have a like name."""
        from dealgraph.errors import AmbiguousName
        from dealgraph.lookup import find

        try:
            found = find(self.store, local_name(name).replace("-", " "))
        except (UnknownName, AmbiguousName) as error:
            near = (
                error.fix
                if "Did you mean" in error.fix
                else error.message
                if "several" in error.message
                else ""
            )
            return near or "Look for it by name in the search"
        return f"Did you mean {found.name} ({address(found.thing.value)})?"


def paths(*names: str) -> str:
    """Return a property path: one step a name, `^` before one that is followed backwards."""
    steps = (f"^<{iri(n[1:])}>" if n.startswith("^") else f"<{iri(n)}>" for n in names)
    return "/".join(steps)
