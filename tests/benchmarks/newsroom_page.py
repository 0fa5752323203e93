"""Quads of one article while it is written: passages in order, numbered claims, quantities of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Final, TypedDict

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph.terms import iri

TYPE: Final = NamedNode(iri("rdf:type"))
THINGS: Final = NamedNode(iri("graph:things"))

Term = NamedNode | Literal
Words = tuple[str, str]
"""English, then French."""


class How(TypedDict, total=False):
    """The facets of a claim that are not those of a plain statement, and whom it is credited to."""

    realis: str
    stance: str
    polarity: str
    rank: str
    credit: str


@lru_cache(maxsize=2_000)
def term(name: str) -> NamedNode:
    """Return the term of a compact name; for names that come again, such as those of the ontology."""
    return NamedNode(iri(name))


def node(name: str) -> NamedNode:
    """Return the thing of a compact name."""
    return NamedNode(iri(name))


def literal(value: str | int | bool | Decimal, datatype: str = "") -> Literal:
    """Return a literal in the lexical form that the canonical files use."""
    if isinstance(value, bool):
        return Literal(str(value).lower(), datatype=term("xsd:boolean"))
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return Literal(text if "." in text else f"{text}.0", datatype=term("xsd:decimal"))
    if isinstance(value, int):
        return Literal(str(value), datatype=term("xsd:integer"))
    return Literal(value, datatype=term(datatype)) if datatype else Literal(value)


@dataclass(frozen=True)
class Figure:
    """A quantity to be written: bounds that hold the true value, and the precision they come from."""

    unit: str
    precision: str = "AsStated"
    lower: Decimal | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    lower_exclusive: bool = False
    upper_exclusive: bool = False

    @classmethod
    def stated(cls, unit: str, value: Decimal, half: Decimal) -> Figure:
        """A figure as stated, rounded to twice `half`."""
        return cls(unit, "AsStated", value - half, value, value + half)

    @classmethod
    def about(cls, unit: str, value: Decimal) -> Figure:
        """A figure that is within a tenth of the one given."""
        return cls(unit, "About", value * 9 / 10, value, value * 11 / 10)

    def triples(self) -> Iterable[tuple[str, Term]]:
        """Yield predicates and values."""
        yield "rdf:type", term("dg:Quantity")
        if self.unit == "USDollar":
            yield "dg:currencyBasis", term("dg:CurrencyStated")
        for name, number in (("dg:lower", self.lower), ("dg:value", self.value), ("dg:upper", self.upper)):
            if number is not None:
                yield name, literal(number)
        if self.lower_exclusive:
            yield "dg:lowerExclusive", literal(True)
        if self.upper_exclusive:
            yield "dg:upperExclusive", literal(True)
        yield "dg:precision", term(f"dg:{self.precision}")
        yield "dg:unit", term(f"dg:{self.unit}")


@dataclass
class Page:
    """The graph of one article, and what its things need; `chance` decides lengths and digests only."""

    slug: str
    chance: Random
    quads: list[Quad] = field(default_factory=list)
    things: list[Quad] = field(default_factory=list)
    claims: int = 0
    cursor: int = 12

    @property
    def article(self) -> NamedNode:
        return node(f"article:{self.slug}")

    def claim_at(self, number: int, slug: str = "") -> NamedNode:
        """Return the claim with a number, of this article or of the one with a slug."""
        return node(f"claim:{slug or self.slug}-{number}")

    def say(self, subject: NamedNode, predicate: str, value: Term) -> None:
        """Add a statement to the graph of the article."""
        self.quads.append(Quad(subject, term(predicate), value, self.article))

    def thing(self, subject: NamedNode, kind: str, words: Words | None, **links: Term) -> NamedNode:
        """Describe a thing in the graph of things; the links are named by terms of the ontology."""
        self.things.append(Quad(subject, TYPE, term(f"dg:{kind}"), THINGS))
        for text, tongue in zip(words or (), ("en", "fr"), strict=False):
            self.things.append(Quad(subject, term("rdfs:label"), Literal(text, language=tongue), THINGS))
        for name, value in links.items():
            self.things.append(Quad(subject, term(f"dg:{name}"), value, THINGS))
        return subject

    def passage(self) -> NamedNode:
        """Add a passage after the last one."""
        start = self.cursor + self.chance.randrange(1, 12)
        end = start + self.chance.randrange(12, 160)
        self.cursor = end
        here = NamedNode(f"{self.article.value}#char={start},{end}")
        self.say(here, "rdf:type", term("dg:Passage"))
        self.say(here, "dg:inArticle", self.article)
        self.say(here, "dg:start", literal(start))
        self.say(here, "dg:end", literal(end))
        self.say(here, "dg:sha256", literal(self.chance.randbytes(32).hex(), "xsd:hexBinary"))
        return here

    def claim(
        self,
        subject: NamedNode,
        predicate: str,
        value: Term | Figure,
        words: Words,
        *,
        realis: str = "Actual",
        stance: str = "Asserted",
        polarity: str = "Positive",
        rank: str = "Normal",
        credit: str = "author",
        passage: NamedNode | None = None,
        **more: Term,
    ) -> NamedNode:
        """Add the next claim; a figure becomes a quantity named by the number of the claim."""
        self.claims += 1
        here = self.claim_at(self.claims)
        if isinstance(value, Figure):
            quantity = node(f"quantity:{self.slug}-{self.claims}")
            for name, part in value.triples():
                self.say(quantity, name, part)
            value = quantity
        self.say(here, "rdf:type", term("dg:Claim"))
        self.say(here, "dg:subject", subject)
        self.say(here, "dg:predicate", term(f"dg:{predicate}"))
        self.say(here, "dg:object", value)
        for name, facet in (("realis", realis), ("stance", stance), ("polarity", polarity), ("rank", rank)):
            self.say(here, f"dg:{name}", term(f"dg:{facet}"))
        self.say(here, "dg:attribution", node(f"attribution:{self.slug}-{credit}"))
        self.say(here, "dg:passage", passage or self.passage())
        self.words(here, "dg:paraphrase", words)
        for name, part in more.items():
            self.say(here, f"dg:{name}", part)
        return here

    def words(self, subject: NamedNode, predicate: str, words: Words) -> None:
        """Add a text in both languages."""
        for text, tongue in zip(words, ("en", "fr"), strict=True):
            self.say(subject, predicate, Literal(text, language=tongue))

    def speaker(self, name: str, speaker: NamedNode, cites: str = "") -> None:
        """Add an attribution of this article, which may cite another one of it."""
        here = node(f"attribution:{self.slug}-{name}")
        self.say(here, "rdf:type", term("dg:Attribution"))
        self.say(here, "dg:speaker", speaker)
        if cites:
            self.say(here, "dg:cites", node(f"attribution:{self.slug}-{cites}"))
