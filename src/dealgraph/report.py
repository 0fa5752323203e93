"""What is known of a subject, ready to be shown: each line with its source, its hedges, what disagrees.

Built from claims; knows nothing of terminals or pages. A *line* is one predicate of one subject with
all that the articles say about it, the preferred claim first, then the admitted ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dealgraph import words
from dealgraph.claim import Claim, Value
from dealgraph.evidence import Evidence
from dealgraph.phrases import PHRASES
from dealgraph.terms import compact, iri

_PLAIN = frozenset({"Actual", "Asserted", "Positive", "Normal", "Preferred"})


@dataclass(frozen=True)
class Saying:
    """One claim in words: what it says, how surely, who says it, where, and how it stands to the first."""

    claim: str
    value: str
    bounds: str
    paraphrase: str
    certainty: tuple[str, ...]
    credit: tuple[str, ...]
    source: str
    passages: tuple[str, ...]
    notes: tuple[str, ...]
    admitted: bool


@dataclass(frozen=True)
class Line:
    """One predicate of one subject, and every claim on it."""

    subject: str
    subject_label: str
    predicate: str
    predicate_label: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Section:
    """A titled list of lines; reach for it as the unit that a terminal or a page lays out."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Teller:
    """Puts the evidence of a store into the words of one language."""

    evidence: Evidence
    language: str

    def line(self, claims: Sequence[Claim]) -> Line:
        """Tell all claims on one subject and predicate; the first is the one the others are held against."""
        first = claims[0]
        return Line(
            subject=compact(first.subject),
            subject_label=self.label(first.subject),
            predicate=compact(first.predicate),
            predicate_label=self.label(first.predicate),
            sayings=tuple(self.saying(claim, claims) for claim in claims),
        )

    def lines(self, claims: Iterable[Claim]) -> tuple[Line, ...]:
        """Group claims by subject and predicate, in the order in which each pair first appears."""
        groups: dict[tuple[str, str], list[Claim]] = {}
        for claim in claims:
            groups.setdefault((claim.subject, claim.predicate), []).append(claim)
        return tuple(self.line(group) for group in groups.values())

    def inference(self, subject: str, predicate: str, objects: Iterable[str]) -> Line:
        """Tell what follows for a subject on one predicate: no article says it, the facts together do."""
        say = PHRASES[self.language]
        return Line(
            subject=compact(subject),
            subject_label=self.told(subject),
            predicate=compact(predicate),
            predicate_label=say["is a"] if predicate == iri("rdf:type") else self.label(predicate),
            sayings=tuple(
                Saying("", self.told(thing), "", "", (), (), say["inferred"], (), (), admitted=True)
                for thing in objects
            ),
        )

    def saying(self, claim: Claim, group: Sequence[Claim]) -> Saying:
        """Tell one claim, and how it stands to the others on the same subject and predicate."""
        quantity = claim.value.quantity
        return Saying(
            claim=compact(claim.iri),
            value=self.value(claim),
            bounds=words.bounds(quantity, self.language) if quantity else "",
            paraphrase=claim.paraphrase.get(self.language, ""),
            certainty=self.certainty(claim),
            credit=tuple(self.label(speaker) for speaker in claim.speakers[1:]),
            source=self.label(claim.article).split(":")[0].strip(),
            passages=tuple(self._places(claim)),
            notes=tuple(self._notes(claim, group)),
            admitted=claim.admitted,
        )

    def value(self, claim: Claim) -> str:
        """Put the object of a claim into words."""
        return self._in_words(claim.value)

    def told(self, term: str) -> str:
        """Put a node into words: a claim by its paraphrase, an amount or a date as such, others by label."""
        return self._told(term) if self.evidence.is_claim(term) else self._in_words(self.evidence.value(term))

    def certainty(self, claim: Claim) -> tuple[str, ...]:
        """Return the labels of the facets that are not the plain ones: `possible`, `reported`, `negative`."""
        facets = (claim.polarity, claim.realis, claim.stance, claim.rank)
        labels = (self.label(iri(f"dg:{facet}")) for facet in facets if facet not in _PLAIN)
        return (*labels, PHRASES[self.language]["open list"]) if claim.open_list else tuple(labels)

    def _places(self, claim: Claim) -> Iterable[str]:
        """The passages of a claim by their positions, its cells by record and columns."""
        yield from (f"{passage.start}–{passage.end}" for passage in claim.passages)
        columns: dict[str, list[str]] = {}
        for cell in claim.cells:
            columns.setdefault(cell.record, []).append(cell.column)
        for record, names in columns.items():
            say = PHRASES[self.language]["cell" if len(names) == 1 else "cells"]
            yield say.format(record, ", ".join(names))

    def label(self, term: str) -> str:
        """Return the label of a thing or a term in the teller's language."""
        return self.evidence.label(term, self.language)

    def _notes(self, claim: Claim, group: Sequence[Claim]) -> Iterable[str]:
        say = PHRASES[self.language]
        if reason := claim.rank_reason.get(self.language):
            yield say["deprecated" if claim.rank == "Deprecated" else "preferred"].format(reason)
        if defect := claim.text_defect.get(self.language):
            yield defect
        if standing := self._standing(claim, group):
            yield say[standing]
        yield from (say["conflict"].format(self._told(other)) for other in self._known(claim.conflicts_with))
        yield from (say["condition"].format(self._told(other)) for other in self._known(claim.conditioned_on))

    def _in_words(self, value: Value) -> str:
        if value.quantity:
            return words.amount(value.quantity, self.language)
        if value.time:
            return words.date(value.time, self.language)
        return self.label(value.term) if value.is_iri else value.term

    def _known(self, claims: Iterable[str]) -> Iterable[str]:
        return (claim for claim in claims if self.evidence.has(claim))

    def _told(self, claim: str) -> str:
        return self.evidence.claim(claim).paraphrase.get(self.language, compact(claim))

    @staticmethod
    def _standing(claim: Claim, group: Sequence[Claim]) -> str:
        """Tell how a claim stands to the others; its figure is held against that of the first."""
        if any(claim.iri in other.supersedes for other in group):
            return "superseded"
        if any(claim.iri in other.refines for other in group):
            return "refined"
        mine, others = claim.value.quantity, group[0].value.quantity
        if claim.iri == group[0].iri or not mine or not others or mine.unit != others.unit:
            return ""
        return "compatible" if mine.meets(others) else "differs"
