"""Small random ontologies with data, out of few names, so that axioms meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, product

from closure_reference import DIFFERENT, FIRST, NIL, REST, SAME, TYPE, Spo, Term, named
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

THINGS = [NamedNode(f"urn:thing:{name}") for name in "abcd"]
CLASSES = [NamedNode(f"urn:class:{name}") for name in "ABC"]
PROPERTIES = [NamedNode(f"urn:property:{name}") for name in "pqr"]

NUMBER, INTEGER, STRING = named("xsd:decimal"), named("xsd:integer"), named("xsd:string")
ONE, ONE_AGAIN, TWO = (
    Literal("1", datatype=INTEGER),
    Literal("1.0", datatype=NUMBER),
    Literal("2", datatype=INTEGER),
)
NONE_AT_ALL, AT_MOST_ONE = (Literal(text, datatype=named("xsd:nonNegativeInteger")) for text in "01")
WORD = Literal("x")
LITERALS = [ONE, ONE_AGAIN, TWO, WORD]
VALUES: dict[Term, object] = {ONE: 1, ONE_AGAIN: 1, TWO: 2, WORD: "x", NONE_AT_ALL: 0, AT_MOST_ONE: 1}


def is_in(literal: Term, datatype: Term) -> bool:
    return (datatype == STRING) == isinstance(VALUES[literal], str)


def value_statements(statements: Iterable[Spo]) -> set[Spo]:
    """What rules dt-eq, dt-diff and dt-type2 say of the literals in use."""
    used = {term for each in statements for term in each if term in VALUES}
    pairs = [(one, other) for one, other in product(used, repeat=2) if one != other]
    same = {(one, SAME, other) for one, other in pairs if VALUES[one] == VALUES[other]}
    different = {(one, DIFFERENT, other) for one, other in pairs if VALUES[one] != VALUES[other]}
    types = {(one, TYPE, kind) for one in used for kind in (NUMBER, INTEGER, STRING) if is_in(one, kind)}
    return same | different | types


things, classes, properties = (st.sampled_from(names) for names in (THINGS, CLASSES, PROPERTIES))
classes_or_thing = st.sampled_from([*CLASSES, *CLASSES, named("owl:Thing"), named("owl:Nothing")])
fillers = st.sampled_from([*CLASSES, *CLASSES, named("owl:Thing"), NUMBER, STRING])
values: st.SearchStrategy[Term] = st.sampled_from([*THINGS, *THINGS, *LITERALS])

CHARACTERISTICS = ("Functional", "InverseFunctional", "Symmetric", "Transitive", "Irreflexive", "Asymmetric")
CLASS_AXIOMS = ("rdfs:subClassOf", "owl:equivalentClass", "owl:disjointWith", "owl:complementOf")
PROPERTY_AXIOMS = (
    *("rdfs:subPropertyOf", "owl:equivalentProperty", "owl:inverseOf", "owl:propertyDisjointWith"),
)


class Draft:
    """Statements in the making; blank nodes are numbered, so that the same draw gives the same statements."""

    def __init__(self) -> None:
        self.statements: list[Spo] = []
        self._numbers = count()

    def add(self, subject: Term, predicate: str | Term, value: Term) -> None:
        self.statements.append(
            (subject, named(predicate) if isinstance(predicate, str) else predicate, value)
        )

    def blank(self) -> BlankNode:
        return BlankNode(f"b{next(self._numbers)}")

    def listed(self, members: Sequence[Term]) -> Term:
        head: Term = NIL
        for member in reversed(members):
            cell = self.blank()
            self.add(cell, FIRST, member)
            self.add(cell, REST, head)
            head = cell
        return head


def add_restriction(draft: Draft, draw: st.DrawFn) -> Term:
    node = draw(st.one_of(st.just(draft.blank()), classes))
    draft.add(node, "owl:onProperty", draw(properties))
    kind = draw(
        st.sampled_from(("someValuesFrom", "allValuesFrom", "hasValue", "maxCardinality", "qualified"))
    )
    if kind in ("someValuesFrom", "allValuesFrom"):
        draft.add(node, f"owl:{kind}", draw(fillers))
    elif kind == "hasValue":
        draft.add(node, "owl:hasValue", draw(values))
    else:
        predicate = "owl:maxCardinality" if kind == "maxCardinality" else "owl:maxQualifiedCardinality"
        draft.add(node, predicate, draw(st.sampled_from((NONE_AT_ALL, AT_MOST_ONE))))
        if kind == "qualified":
            draft.add(node, "owl:onClass", draw(classes_or_thing))
    return node


def add_axiom(draft: Draft, draw: st.DrawFn) -> None:
    kind = draw(st.sampled_from(sorted(AXIOMS)))
    AXIOMS[kind](draft, draw)


def _class_axiom(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(classes_or_thing), draw(st.sampled_from(CLASS_AXIOMS)), draw(classes_or_thing))


def _restriction(draft: Draft, draw: st.DrawFn) -> None:
    node, kind = add_restriction(draft, draw), draw(classes)
    one, other = draw(st.permutations([node, kind]))
    draft.add(one, draw(st.sampled_from(CLASS_AXIOMS[:2])), other)


def _property_axiom(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(properties), draw(st.sampled_from(PROPERTY_AXIOMS)), draw(properties))


def _end(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(properties), draw(st.sampled_from(("rdfs:domain", "rdfs:range"))), draw(fillers))


def _characteristic(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(properties), TYPE, named(f"owl:{draw(st.sampled_from(CHARACTERISTICS))}Property"))


def _declaration(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(classes), TYPE, named("owl:Class"))
    draft.add(draw(properties), TYPE, named(f"owl:{draw(st.sampled_from(('Object', 'Datatype')))}Property"))


def _chain(draft: Draft, draw: st.DrawFn) -> None:
    links = draw(st.lists(properties, min_size=1, max_size=3))
    draft.add(draw(properties), "owl:propertyChainAxiom", draft.listed(links))


def _key(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(classes), "owl:hasKey", draft.listed(draw(st.lists(properties, min_size=1, max_size=2))))


def _boolean(draft: Draft, draw: st.DrawFn) -> None:
    parts = draft.listed(draw(st.lists(classes_or_thing, min_size=1, max_size=3)))
    draft.add(draw(classes), draw(st.sampled_from(("owl:intersectionOf", "owl:unionOf"))), parts)


def _one_of(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(classes), "owl:oneOf", draft.listed(draw(st.lists(values, min_size=1, max_size=3))))


def _all_apart(draft: Draft, draw: st.DrawFn) -> None:
    kind, members = draw(
        st.sampled_from((("Classes", classes), ("Properties", properties), ("Different", things)))
    )
    node, parts = draft.blank(), draft.listed(draw(st.lists(members, min_size=2, max_size=3)))
    if kind == "Different":
        draft.add(node, TYPE, named("owl:AllDifferent"))
        draft.add(node, draw(st.sampled_from(("owl:members", "owl:distinctMembers"))), parts)
    else:
        draft.add(node, TYPE, named(f"owl:AllDisjoint{kind}"))
        draft.add(node, "owl:members", parts)


def _denial(draft: Draft, draw: st.DrawFn) -> None:
    node, value = draft.blank(), draw(values)
    draft.add(node, "owl:sourceIndividual", draw(things))
    draft.add(node, "owl:assertionProperty", draw(properties))
    draft.add(node, "owl:targetValue" if isinstance(value, Literal) else "owl:targetIndividual", value)


def _sameness(draft: Draft, draw: st.DrawFn) -> None:
    names = draw(st.sampled_from((THINGS, THINGS, CLASSES, PROPERTIES)))
    draft.add(draw(st.sampled_from(names)), SAME, draw(st.sampled_from(names)))


def _difference(draft: Draft, draw: st.DrawFn) -> None:
    draft.add(draw(things), "owl:differentFrom", draw(things))


def _about_axioms(draft: Draft, draw: st.DrawFn) -> None:
    """A property of ones own that makes axioms: they are inferred while the rules run."""
    what, ends = draw(
        st.sampled_from(
            (("rdfs:subClassOf", classes), ("rdfs:subPropertyOf", properties), ("rdf:type", classes))
        )
    )
    predicate = NamedNode(f"urn:property:own-{what.partition(':')[2]}")
    draft.add(predicate, draw(st.sampled_from(("rdfs:subPropertyOf", "owl:sameAs"))), named(what))
    if what == "rdf:type":
        draft.add(draw(properties), predicate, named("owl:TransitiveProperty"))
        draft.add(draw(things), predicate, draw(ends))
    else:
        draft.add(draw(ends), predicate, draw(ends))


AXIOMS = {
    "class axiom": _class_axiom,
    "restriction": _restriction,
    "restriction again": _restriction,
    "property axiom": _property_axiom,
    "domain or range": _end,
    "characteristic": _characteristic,
    "characteristic again": _characteristic,
    "declaration": _declaration,
    "chain": _chain,
    "key": _key,
    "intersection or union": _boolean,
    "enumeration": _one_of,
    "disjoint or different": _all_apart,
    "denial": _denial,
    "sameness": _sameness,
    "difference": _difference,
    "axiom about axioms": _about_axioms,
}


@st.composite
def ontologies(draw: st.DrawFn, *, axioms: int = 4, data: int = 6) -> list[Spo]:
    """At least that many axioms and statements, at most three times as many."""
    draft = Draft()
    for _ in range(draw(st.integers(axioms, 3 * axioms))):
        add_axiom(draft, draw)
    for _ in range(draw(st.integers(data, 3 * data))):
        if draw(st.booleans()):
            draft.add(draw(things), draw(properties), draw(values))
        else:
            draft.add(draw(things), TYPE, draw(classes))
    return draft.statements
