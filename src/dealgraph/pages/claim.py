"""The page of a claim: what it says, what each facet means, who says it, where, and why it is a fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from dealgraph.claim import Claim
from dealgraph.desk import Desk
from dealgraph.explain.phrases import WHY
from dealgraph.missing import Admission
from dealgraph.pages import statements
from dealgraph.pages.axis import axis_of_claims
from dealgraph.pages.forms import as_data, forms, wanted
from dealgraph.pages.reader import LAYERS, Reader, Word
from dealgraph.pages.rendering import page
from dealgraph.pages.shell import address
from dealgraph.pages.spoken import Spoken, spoken
from dealgraph.pages.texts import Text, text_of
from dealgraph.terms import compact, iri
from dealgraph.web import Answer, Call, local_iri

FACETS: Final = ("realis", "stance", "polarity", "rank")
RIVALS: Final = 40
"""How many claims on the same question are told."""

_LINKS: Final = ("refines", "supersedes", "conflictsWith", "conditionedOn", "withdraws")
_COMPARED: Final = ("agreesWith", "looselyAgreesWith", "disagreesWith")


@dataclass(frozen=True)
class Facet:
    """One facet: what it is, its value, and what that value means."""

    name: Word
    value: Word
    meaning: str


@dataclass(frozen=True)
class Speaker:
    """One link of the chain of credit: who, and what is known of them."""

    name: Word
    kind: str


@dataclass(frozen=True)
class Place:
    """One passage or cell: where it is, its digest, and what stands there, if the text is at hand."""

    where: str
    href: str
    sha256: str
    quoted: str
    note: str


@dataclass(frozen=True)
class Relation:
    """A claim that this one stands to, and how; `follows` tells of a comparison, which asks for a why."""

    how: str
    other: Spoken
    why: tuple[str, str, str] | None = None


def show(desk: Desk, call: Call) -> Answer:
    """Answer at `/claim/…`: the page of a claim, or the claim as data."""
    path, offer = wanted(call)
    reader = Reader(desk, call.language)
    node = reader.known(local_iri(path))
    claim = reader.evidence.claim(node.value)
    if offer.suffix != "html":
        return as_data(offer, statements.of_node(desk.store, node), lambda: _report(reader, claim))
    return _page(reader, call, claim)


def _report(reader: Reader, claim: Claim) -> dict[str, object]:
    told = asdict(reader.teller.saying(claim, [claim]))
    triple = {name: compact(term) for name, term in _triple(claim).items()}
    return {
        "claim": claim.iri,
        "article": compact(claim.article),
        **triple,
        **told,
        "refused": _refused(reader, claim),
    }


def _triple(claim: Claim) -> dict[str, str]:
    value = claim.value.term
    return {"subject": claim.subject, "predicate": claim.predicate} | (
        {"object": value} if claim.value.is_iri else {}
    )


def _page(reader: Reader, call: Call, claim: Claim) -> Answer:
    rivals = reader.evidence.claims(claim.subject, claim.predicate)
    told = spoken(reader, [claim])[0]
    others = [one for one in spoken(reader, rivals[:RIVALS]) if one.claim.iri != claim.iri]
    text = text_of(reader.desk, claim.article)
    return page(
        "claim.html",
        call,
        desk=reader.desk,
        forms=forms(claim.iri),
        name=claim.paraphrase.get(call.language) or f"{reader.named(claim.subject)} …",
        told=told,
        claim=claim,
        subject=reader.link(claim.subject),
        predicate=reader.link(claim.predicate),
        value=reader.word(NamedNode(claim.value.term) if claim.value.is_iri else Literal(claim.value.term)),
        facets=[_facet(reader, name, getattr(claim, name)) for name in FACETS],
        valid_at=reader.teller.told(_valid_at(reader, claim)) if claim.valid_at else "",
        speakers=[_speaker(reader, speaker) for speaker in claim.speakers],
        places=list(_places(claim, text)),
        text=text,
        reason=claim.rank_reason.get(call.language, ""),
        defect=claim.text_defect.get(call.language, ""),
        refused=[WHY[call.language][reason] for reason in _refused(reader, claim)],
        relations=list(_relations(reader, claim)),
        rivals=others,
        rivals_more=max(0, len(rivals) - RIVALS),
        axis=axis_of_claims(reader, rivals[:RIVALS], reader.named(claim.predicate)),
        why=claim.admitted and claim.value.is_iri,
        triple=_triple(claim),
    )


def _valid_at(reader: Reader, claim: Claim) -> str:
    """Return the IRI of the day that a claim is valid at."""
    quads = reader.store.quads_for_pattern(NamedNode(claim.iri), NamedNode(iri("dg:validAt")), None, None)
    return next((q.object.value for q in quads if isinstance(q.object, NamedNode)), "")


def _refused(reader: Reader, claim: Claim) -> tuple[str, ...]:
    refused = Admission(reader.evidence, reader.desk.scope).refusal(claim)
    return refused.reasons if refused else ()


def _facet(reader: Reader, name: str, value: str) -> Facet:
    term = iri(f"dg:{value}")
    meaning = next(iter(reader.texts(term, "skos:definition")), "")
    return Facet(reader.link(iri(f"dg:{name}")), reader.link(term), meaning)


def _speaker(reader: Reader, speaker: str) -> Speaker:
    kinds = [reader.named(k) for k in reader.given_kinds(speaker)] or [
        reader.named(q.object.value)
        for q in reader.store.quads_for_pattern(NamedNode(speaker), NamedNode(iri("rdf:type")), None, None)
        if isinstance(q.object, NamedNode)
    ]
    return Speaker(reader.link(speaker), kinds[0] if kinds else "")


def _places(claim: Claim, text: Text) -> Iterator[Place]:
    for passage in claim.passages:
        where = f"[{passage.start}–{passage.end}]"
        there = f"{address(claim.article)}#char={passage.start},{passage.end}"
        yield Place(
            where, there, passage.sha256.lower(), *text.slice(passage.start, passage.end, passage.sha256)
        )
    for cell in claim.cells:
        where = f"{cell.table} · {cell.record} · {cell.column}"
        yield Place(where, address(cell.snapshot), cell.sha256.lower(), "", "")


def _relations(reader: Reader, claim: Claim) -> Iterator[Relation]:
    say = reader.say_phrase
    for name in _LINKS:
        for node, here in _linked(reader, claim.iri, name):
            if reader.evidence.is_claim(node) and reader.evidence.has(node):
                key = f"relation {name}" if here else f"relation {name} inverse"
                yield Relation(say(key), spoken(reader, [reader.evidence.claim(node)])[0])
    for name in _COMPARED:
        yield from _compared(reader, claim.iri, name)


def _linked(reader: Reader, claim: str, name: str) -> Iterator[tuple[str, bool]]:
    link, node = NamedNode(iri(f"dg:{name}")), NamedNode(claim)
    to = [quad.object for quad in reader.store.quads_for_pattern(node, link, None, None)]
    of = [quad.subject for quad in reader.store.quads_for_pattern(None, link, node, None)]
    there, here = ({n.value for n in nodes if isinstance(n, NamedNode)} for nodes in (to, of))
    yield from ((other, True) for other in sorted(there))
    yield from ((other, False) for other in sorted(here - there))


def _compared(reader: Reader, claim: str, name: str) -> Iterator[Relation]:
    link, seen = NamedNode(iri(f"dg:{name}")), set()
    for layer in LAYERS:
        for quad in sorted(reader.store.quads_for_pattern(NamedNode(claim), link, None, layer), key=str):
            other = getattr(quad.object, "value", "")
            if other not in seen and reader.evidence.is_claim(other):
                seen.add(other)
                told = spoken(reader, [reader.evidence.claim(other)])[0]
                yield Relation(reader.named(link.value), told, (claim, link.value, other))
