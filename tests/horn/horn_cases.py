"""Small stores for the rules: random facts in the project's terms, and what follows by the other engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product

from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from dealgraph import sources
from dealgraph.admit import FACTS
from dealgraph.closure import close
from dealgraph.closure.numbers import close_with_numbers
from dealgraph.horn import AUXILIARY, Outcome, Program, maintain
from dealgraph.horn.compiling import compile_program
from dealgraph.reason import BACKGROUND, INFERRED
from dealgraph.settings import open_project
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import iri
from tiny import HEAD, ROOT

TYPE = NamedNode(iri("rdf:type"))
OWN = iri("dg:")
ANNOTATION = NamedNode(iri("owl:AnnotationProperty"))
ABOUT_NAMES = tuple(iri(f"rdfs:{name}") for name in ("label", "comment", "isDefinedBy", "seeAlso"))


# --- the project -----------------------------------------------------------------------------------------


@cache
def given() -> tuple[tuple[Triple, ...], tuple[Triple, ...]]:
    """The ontology and the background of this checkout, as a store writes them."""
    store = Store()
    store.bulk_extend(sources.load(open_project(ROOT)).quads)
    ontology = tuple(quad.triple for quad in store.quads_for_pattern(None, None, None, ONTOLOGY))
    background = tuple(quad.triple for quad in store if str(quad.graph_name).startswith(f"<{BACKGROUND}"))
    return ontology, background


@cache
def the_program() -> Program:
    return compile_program(*given())


@cache
def without() -> tuple[Triple, ...]:
    """What is taken as given, without annotations: they mean nothing, and are two thirds of it."""
    ontology, background = given()
    declared = {triple.subject for triple in ontology if triple.object == ANNOTATION}
    return tuple(
        triple
        for triple in (*ontology, *background)
        if triple.predicate not in declared and not triple.predicate.value.startswith(ABOUT_NAMES)
    )


# --- what follows, by the closure ------------------------------------------------------------------------


@dataclass(frozen=True)
class Expected:
    """What `graph:inferred` should hold by the closure, and the clashes it finds, by their rule."""

    inferred: frozenset[Triple]
    clashes: frozenset[str]
    equated: bool


def expected(facts: Iterable[Triple], without: Iterable[Triple]) -> Expected:
    """What `reason` returns, with the closure and its two rules on numbers in the place of HermiT."""
    facts, without = frozenset(facts), tuple(without)
    closure = close_with_numbers((*facts, *without)).closure
    vain = vain_of(without)
    things = {term for triple in facts for term in (triple.subject, triple.object)}
    following = {triple for triple in closure.inferred if triple.subject in things and is_plain(triple)}
    named = [sum(not isinstance(term, Literal) for term in clique) for clique in closure.cliques]
    return Expected(
        frozenset(following - facts - vain),
        frozenset(clash.rule for clash in closure.inconsistencies),
        any(number > 1 for number in named),
    )


@cache
def vain_of(without: tuple[Triple, ...]) -> frozenset[Triple]:
    return frozenset(close(without).inferred) | frozenset(without)


def is_plain(triple: Triple) -> bool:
    subject, value = triple.subject, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode) or subject == value:
        return False
    term = value if triple.predicate == TYPE else triple.predicate
    return term.value.startswith(OWN) and not subject.value.startswith(OWN)


# --- a store under change --------------------------------------------------------------------------------


class Kept:
    """A store that is kept up to date with a program."""

    def __init__(self, program: Program) -> None:
        self.store = Store()
        self.facts: frozenset[Triple] = frozenset()
        self._program = program

    def change(self, removed: Iterable[Triple], added: Iterable[Triple]) -> Outcome:
        removed, added = frozenset(removed), frozenset(added)
        for triple in removed:
            self.store.remove(quad(triple))
        self.store.extend(map(quad, added))
        self.facts = self.facts - removed | added
        return maintain(self.store, self._program, removed, added)

    @property
    def inferred(self) -> frozenset[Triple]:
        return self.graph(INFERRED)

    @property
    def everything(self) -> frozenset[tuple[str, str]]:
        return frozenset((str(each.triple), str(each.graph_name)) for each in self.store)

    def graph(self, name: NamedNode | DefaultGraph) -> frozenset[Triple]:
        return frozenset(each.triple for each in self.store.quads_for_pattern(None, None, None, name))

    def is_sound(self) -> bool:
        """Whether the default graph is facts and what follows, with nothing told twice or aside."""
        inferred, aside = self.inferred, self.graph(AUXILIARY)
        apart = inferred.isdisjoint(self.facts) and aside.isdisjoint(self.facts | inferred)
        return apart and self.graph(DefaultGraph()) == self.facts | inferred


def quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, FACTS)


def triples(text: str) -> tuple[Triple, ...]:
    """Triples in Turtle, with the prefixes of the project, as a store writes them."""
    store = Store()
    store.extend(each for each in parse(HEAD + text, format=RdfFormat.TURTLE))
    return tuple(sorted((each.triple for each in store), key=str))


# --- random facts in the project's terms ------------------------------------------------------------------

# Two things of each kind, so that facts meet; what is not listed has no kind of its own.
KINDS = {
    "Agent": ("bluewave", "northwind", "iris"),
    "Deal": ("deal-1", "deal-2"),
    "Stake": ("stake-1", "stake-2"),
    "Quantity": ("figure-1", "figure-2"),
    "Facility": ("cairn", "dune"),
    "Place": ("riverton", "menlo-park"),
    "Leg": ("leg-1", "leg-2"),
    "Tenure": ("tenure-1",),
    "TimeSpan": ("day-1",),
    "Valuation": ("valuation-1",),
}
CLASSES = {
    "Agent": (
        "Company",
        "Organization",
        "Person",
        "Group",
        "Laboratory",
        "GigawattBuilder",
        "StrategicInvestor",
    ),
    "Deal": ("Deal", "EquityInvestment", "Acquisition", "MinorityInvestment", "TalentDeal", "Partnership"),
    "Stake": ("Stake", "MajorityStake", "MinorityStake"),
    "Quantity": ("Quantity",),
    "Facility": (
        "Facility",
        "DataCenter",
        "GigawattFacility",
        "OperationalFacility",
        "PossiblyGigawattFacility",
    ),
    "Place": ("Place", "City"),
    "Leg": ("CooperationLeg", "PersonnelLeg", "CashLeg"),
    "Tenure": ("Tenure", "InterimTenure"),
}
LINKS = {
    ("Agent", "Agent"): (
        "parentOf",
        "controls",
        "holdsMajorityStakeIn",
        "partnerOf",
        "competitorOf",
        "founderOf",
    ),
    ("Agent", "Stake"): ("isHolderOf",),
    ("Agent", "Deal"): ("isInvestorIn",),
    ("Agent", "Facility"): ("develops", "operates", "includes"),
    ("Agent", "Place"): ("basedIn",),
    ("Deal", "Agent"): ("investor", "target"),
    ("Deal", "Leg"): ("hasLeg",),
    ("Deal", "Quantity"): ("price",),
    ("Stake", "Agent"): ("holder", "issuer"),
    ("Stake", "Deal"): ("arisesFrom",),
    ("Stake", "Quantity"): ("share",),
    ("Facility", "Quantity"): ("designCapacity",),
    ("Facility", "Agent"): ("operatedBy",),
    ("Facility", "Place"): ("sitedIn",),
    ("Facility", "Facility"): ("includes",),
    ("Place", "Place"): ("partOf",),
    ("Tenure", "Agent"): ("tenureAt", "tenureOf"),
    ("Valuation", "Agent"): ("valuedCompany",),
}
TERMS = {
    ("Quantity", "unit"): ("Percent", "Gigawatt"),
    ("Facility", "lifecycleStatus"): ("OperationalStatus", "PlannedStatus"),
    ("Tenure", "role"): ("HeadRole",),
}
VALUES = {
    "lower": ("60.0", "50", "1.0", "0.5"),
    "upper": ("49.9", "50.0", "1.00", "3"),
    "lowerExclusive": ("true", "false"),
    "upperExclusive": ("true", "false"),
}
# Facts of the wrong kind: a contradiction, or a type for a term of the ontology or of the background.
ODD = (
    "id:bluewave a dg:Deal .",
    "id:cairn dg:basedIn dg:Percent .",
    "dg:Percent dg:partOf id:riverton .",
    "id:california dg:partOf id:riverton .",
    "id:california dg:partOf id:menlo-park .",
    "id:figure-1 dg:lower 2 .",
    "id:figure-2 dg:lowerExclusive 1 .",
    "id:bluewave dg:competitorOf id:bluewave .",
    "id:bluewave dg:controls id:bluewave .",
    'id:bluewave rdfs:label "Bluewave"@en .',
    'id:deal-1 dg:price "much" .',
    'id:figure-1 dg:lower "half"^^xsd:decimal .',
)


@cache
def pool() -> tuple[Triple, ...]:
    """Every fact that random cases are drawn from."""
    lines = [*ODD]
    for (one, other), names in LINKS.items():
        ends = product(KINDS[one], names, KINDS[other])
        lines += (f"id:{here} dg:{name} id:{there} ." for here, name, there in ends)
    for kind, names in CLASSES.items():
        lines += (f"id:{thing} a dg:{name} ." for thing, name in product(KINDS[kind], names))
    for (kind, name), terms in TERMS.items():
        lines += (f"id:{thing} dg:{name} dg:{term} ." for thing, term in product(KINDS[kind], terms))
    for name, values in VALUES.items():
        lines += (f"id:{thing} dg:{name} {value} ." for thing, value in product(KINDS["Quantity"], values))
    return triples("\n".join(lines))


def some_facts(most: int) -> st.SearchStrategy[frozenset[Triple]]:
    return st.frozensets(st.sampled_from(pool()), max_size=most)
