"""Claims, read back from a store with all that stands behind them.

Reach for it whenever an answer is to be shown with who says it, where, how surely, and what disagrees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from dealgraph.claim import Cell, Claim, Passage, Texts, Value
from dealgraph.errors import UnknownName, ViolationsFound
from dealgraph.quantity import Quantity, TimeSpan
from dealgraph.terms import compact, iri, local_name

_TYPE: Final = NamedNode(iri("rdf:type"))
_LABEL: Final = NamedNode(iri("rdfs:label"))
_CLAIM: Final = NamedNode(iri("dg:Claim"))
Term = NamedNode | Literal


def _is_iri(text: str) -> bool:
    """Tell whether a text can be looked up as an IRI: a value may be any text."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _dg(name: str) -> NamedNode:
    return NamedNode(iri(f"dg:{name}"))


@dataclass(frozen=True)
class Evidence:
    """A read-only view of one store's claims; each claim is read once."""

    store: Store

    def claims(self, subject: str | None = None, predicate: str | None = None) -> tuple[Claim, ...]:
        """Return the claims on a subject and predicate (either may be left open).

        The order: preferred rank first, then admitted before not, then the later article, then position.
        """
        found = [self.claim(node) for node in self._claim_nodes(subject, predicate)]
        return tuple(sorted(found, key=self._precedence))

    def claims_with_object(self, term: str) -> tuple[Claim, ...]:
        """Return the claims whose object is a thing, in the order of `claims`."""
        found = map(self.claim, self._subjects(_dg("object"), term))
        return tuple(sorted(found, key=self._precedence))

    def claim(self, node: str) -> Claim:
        """Return one claim by its IRI.

        Raises `UnknownName` if there is none, `ViolationsFound` if it lacks a facet.
        """
        cached = self._read.get(node)
        if cached is None:
            try:
                cached = self._read[node] = self._claim(NamedNode(node))
            except (ArithmeticError, ValueError) as error:
                message = f"the claim has a value that cannot be read ({error})"
                raise ViolationsFound(message, where=compact(node), fix="See: dealgraph check") from None
        return cached

    def value(self, term: str) -> Value:
        """Return what the graph knows of a thing as a value: a quantity, a time span, or just its IRI."""
        return self._value(NamedNode(term))

    def is_claim(self, term: str) -> bool:
        """Tell whether an IRI is that of a claim."""
        return _is_iri(term) and any(self._statements(NamedNode(term), _TYPE, _CLAIM))

    def has(self, node: str) -> bool:
        """Tell whether the store has a claim: one that another speaks of may not have appeared yet."""
        return (
            next(self.store.quads_for_pattern(NamedNode(node), _dg("realis"), None, None), None) is not None
        )

    def label(self, term: str, language: str) -> str:
        """Return the label of a thing or a term in a language, else in another, else its local name."""
        texts = self._labels_of(term) if _is_iri(term) else {}
        return texts.get(language) or next(iter(texts.values()), local_name(term))

    def published(self, article: str) -> dt.date:
        """Return the day of an article's publication, or of a snapshot, as its description has it."""
        node = NamedNode(article)
        return dt.date.fromisoformat(self._maybe(node, "snapshotDate") or self._one(node, "publicationDate"))

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """All articles, the earliest first."""
        return self._graphs_of("Article")

    @cached_property
    def snapshots(self) -> tuple[str, ...]:
        """All snapshots of outside datasets, the earliest first."""
        return self._graphs_of("Snapshot")

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The claims that another claim supersedes, or that a snapshot withdraws."""
        links = (_dg("supersedes"), _dg("withdraws"))
        quads = (quad for link in links for quad in self.store.quads_for_pattern(None, link, None, None))
        return frozenset(quad.object.value for quad in quads if isinstance(quad.object, NamedNode))

    def _graphs_of(self, kind: str) -> tuple[str, ...]:
        """The graphs that describe themselves to be of a kind, by their days."""
        quads = self.store.quads_for_pattern(None, _TYPE, _dg(kind), None)
        named = {
            q.graph_name.value
            for q in quads
            if isinstance(q.graph_name, NamedNode) and q.graph_name == q.subject
        }
        return tuple(sorted(named, key=lambda graph: (self.published(graph), graph)))

    @cached_property
    def _read(self) -> dict[str, Claim]:
        return {}

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        return {}

    def _labels_of(self, term: str) -> Mapping[str, str]:
        found = self._labels.get(term)
        if found is None:
            quads = self.store.quads_for_pattern(NamedNode(term), _LABEL, None, None)
            texts = (quad.object for quad in quads if isinstance(quad.object, Literal))
            found = self._labels[term] = {text.language or "": text.value for text in texts}
        return found

    def _claim_nodes(self, subject: str | None, predicate: str | None) -> Iterable[str]:
        if subject is None and predicate is None:
            return self._named(_TYPE, _CLAIM)
        # The claims on a subject are few, those on a predicate may be many.
        link, value = ("subject", subject) if subject else ("predicate", predicate)
        found = self._subjects(_dg(link), str(value))
        if subject is None or predicate is None:
            return found
        wanted = NamedNode(predicate)
        return {node for node in found if any(self._statements(NamedNode(node), _dg("predicate"), wanted))}

    def _subjects(self, link: NamedNode, value: str) -> set[str]:
        """The claims with a value; a derivation, too, has a subject, a predicate and an object."""
        return {node for node in self._named(link, NamedNode(value)) if self.is_claim(node)}

    def _named(self, link: NamedNode, value: NamedNode) -> set[str]:
        quads = self._statements(None, link, value)
        return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}

    def _statements(
        self, subject: NamedNode | None, link: NamedNode, value: NamedNode | None
    ) -> Iterator[Quad]:
        return iter(self.store.quads_for_pattern(subject, link, value, None))

    def _precedence(self, claim: Claim) -> tuple[object, ...]:
        rank = ("Preferred", "Normal", "Deprecated").index(claim.rank)
        return (
            rank,
            not claim.admitted,
            -self.published(claim.article).toordinal(),
            claim.passages,
            claim.cells,
            claim.iri,
        )

    @cached_property
    def _described(self) -> dict[NamedNode, dict[str, set[Term]]]:
        """What is said of the claim that is being read: one look-up instead of one for each facet."""
        return {}

    def _claim(self, node: NamedNode) -> Claim:
        graph = next(
            (q.graph_name for q in self.store.quads_for_pattern(node, _dg("subject"), None, None)), None
        )
        if graph is None:
            raise UnknownName("no claim has this IRI", where=compact(node.value), fix="Check the links to it")
        said: dict[str, set[Term]] = {}
        for quad in self.store.quads_for_pattern(node, None, None, None):
            # The default graph repeats what facts hold.
            if not isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.object, NamedNode | Literal):
                said.setdefault(quad.predicate.value, set()).add(quad.object)
        self._described.clear()
        self._described[node] = said
        return Claim(
            iri=node.value,
            article=graph.value if isinstance(graph, NamedNode) else "",
            subject=self._one(node, "subject"),
            predicate=self._one(node, "predicate"),
            value=self._value(self._object(node, "object")),
            realis=local_name(self._one(node, "realis")),
            stance=local_name(self._one(node, "stance")),
            polarity=local_name(self._one(node, "polarity")),
            rank=local_name(self._one(node, "rank")),
            speakers=self._speakers(node),
            passages=tuple(sorted(self._passage(NamedNode(p)) for p in self._all(node, "passage"))),
            cells=tuple(sorted(self._cell(NamedNode(cell)) for cell in self._all(node, "cell"))),
            paraphrase=self._texts(node, "paraphrase"),
            rank_reason=self._texts(node, "rankReason"),
            text_defect=self._texts(node, "textDefect"),
            valid_at=self._time(self._maybe(node, "validAt")),
            open_list=self._maybe(node, "openList") == "true",
            refines=self._all(node, "refines"),
            supersedes=self._all(node, "supersedes"),
            conflicts_with=self._all(node, "conflictsWith"),
            conditioned_on=self._all(node, "conditionedOn"),
            admitted=bool(self._maybe(node, "admitted")),
        )

    def _speakers(self, claim: NamedNode) -> tuple[str, ...]:
        speakers: list[str] = []
        link = self._maybe(claim, "attribution")
        while link and len(speakers) < 20:
            speakers.append(self._one(NamedNode(link), "speaker"))
            link = self._maybe(NamedNode(link), "cites")
        return tuple(speakers)

    def _passage(self, node: NamedNode) -> Passage:
        start, end = int(self._one(node, "start")), int(self._one(node, "end"))
        return Passage(self._one(node, "inArticle"), start, end, self._one(node, "sha256"))

    def _cell(self, node: NamedNode) -> Cell:
        return Cell(
            *(self._one(node, name) for name in ("inSnapshot", "table", "record", "column", "sha256"))
        )

    def _value(self, term: Term) -> Value:
        if isinstance(term, Literal):
            return Value(term.value, is_iri=False)
        return Value(term.value, is_iri=True, quantity=self._quantity(term), time=self._time(term.value))

    def _quantity(self, node: NamedNode) -> Quantity | None:
        unit = self._maybe(node, "unit")
        if not unit:
            return None
        value, lower, upper = (self._maybe(node, name) for name in ("value", "lower", "upper"))
        return Quantity(
            unit=local_name(unit),
            precision=local_name(self._one(node, "precision")),
            value=Decimal(value) if value else None,
            lower=Decimal(lower) if lower else None,
            upper=Decimal(upper) if upper else None,
            lower_exclusive=self._maybe(node, "lowerExclusive") == "true",
            upper_exclusive=self._maybe(node, "upperExclusive") == "true",
            currency_basis=local_name(self._maybe(node, "currencyBasis")),
        )

    def _time(self, node: str) -> TimeSpan | None:
        edtf = self._maybe(NamedNode(node), "edtf") if node else ""
        if not edtf:
            return None
        earliest, latest = (self._maybe(NamedNode(node), name) for name in ("earliest", "latest"))
        return TimeSpan(
            edtf,
            dt.date.fromisoformat(earliest) if earliest else None,
            dt.date.fromisoformat(latest) if latest else None,
        )

    def _objects(self, node: NamedNode, name: str) -> list[Term]:
        """Return the objects in named graphs: the default graph repeats what facts hold."""
        if (said := self._described.get(node)) is not None:
            return sorted(said.get(_dg(name).value, ()), key=str)
        quads = self.store.quads_for_pattern(node, _dg(name), None, None)
        terms = {q.object for q in quads if not isinstance(q.graph_name, DefaultGraph)}
        return sorted((t for t in terms if isinstance(t, NamedNode | Literal)), key=str)

    def _object(self, node: NamedNode, name: str) -> Term:
        found = self._objects(node, name)
        if not found:
            raise ViolationsFound(f"lacks dg:{name}", where=compact(node.value), fix="See: dealgraph check")
        return found[0]

    def _all(self, node: NamedNode, name: str) -> tuple[str, ...]:
        return tuple(term.value for term in self._objects(node, name))

    def _one(self, node: NamedNode, name: str) -> str:
        return self._object(node, name).value

    def _maybe(self, node: NamedNode, name: str) -> str:
        return next(iter(self._all(node, name)), "")

    def _texts(self, node: NamedNode, name: str) -> Texts:
        return {t.language or "": t.value for t in self._objects(node, name) if isinstance(t, Literal)}
