"""Small random ontologies for the rules, out of few names, so that axioms meet."""

from __future__ import annotations

from horn_cases import triples
from hypothesis import strategies as st
from pyoxigraph import Triple

THINGS = tuple(f"id:{name}" for name in "abcd")
CLASSES = tuple(f"dg:{name}" for name in "ABCDE")
LINKS = tuple(f"dg:{name}" for name in "pqr")
NUMBERS = ("dg:low", "dg:high")
DECLARED = (
    "".join(f"{name} a owl:Class . " for name in CLASSES)
    + "".join(f"{name} a owl:ObjectProperty . " for name in LINKS)
    + "".join(f"{name} a owl:DatatypeProperty . " for name in NUMBERS)
)

things, classes, links, numbers = map(st.sampled_from, (THINGS, CLASSES, LINKS, NUMBERS))
values = st.sampled_from(("1", "1.0", "2.5", "7"))
limits = st.sampled_from(
    ("xsd:minInclusive 1.0", "xsd:minExclusive 1.0", "xsd:maxInclusive 2.5", "xsd:maxExclusive 7.0")
)
kinds = st.sampled_from(
    ("Symmetric", "Transitive", "Irreflexive", "Asymmetric", "Functional", "InverseFunctional")
)


@st.composite
def parts(draw: st.DrawFn, depth: int = 2) -> str:
    """A class expression that can be met by what is stated."""
    role = draw(st.sampled_from((*LINKS, *(f"[ owl:inverseOf {name} ]" for name in LINKS))))
    number, limit = draw(numbers), draw(limits)
    forms = [
        draw(classes),
        f"[ owl:onProperty {role} ; owl:hasValue {draw(things)} ]",
        f"[ owl:onProperty {number} ; owl:hasValue {draw(values)} ]",
        f"[ owl:onProperty {draw(links)} ; owl:hasSelf true ]",
        f"[ owl:onProperty {role} ; owl:someValuesFrom owl:Thing ]",
        f"[ owl:onProperty {number} ; owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:decimal ;"
        f" owl:withRestrictions ( [ {limit} ] ) ] ]",
    ]
    if depth:
        one, other = draw(parts(depth=depth - 1)), draw(parts(depth=depth - 1))
        forms += [
            f"[ a owl:Class ; owl:intersectionOf ( {one} {other} ) ]",
            f"[ a owl:Class ; owl:unionOf ( {one} {other} ) ]",
            f"[ owl:onProperty {role} ; owl:someValuesFrom {one} ]",
        ]
    return draw(st.sampled_from(forms))


@st.composite
def supported(draw: st.DrawFn) -> str:
    """One axiom within the fragment."""
    p, q, r = draw(links), draw(links), draw(links)
    c, d, e = draw(classes), draw(classes), draw(classes)
    part = draw(parts())
    forms = (
        f"{p} rdfs:subPropertyOf {q} .",
        f"{p} owl:equivalentProperty {q} .",
        f"{p} owl:inverseOf {q} .",
        f"{p} owl:propertyChainAxiom ( {q} {r} ) .",
        f"{p} a owl:{draw(kinds)}Property .",
        f"{p} owl:propertyDisjointWith {q} .",
        f"{p} rdfs:domain {c} ; rdfs:range {d} .",
        f"{draw(numbers)} rdfs:domain {c} ; rdfs:range xsd:{draw(st.sampled_from(('decimal', 'integer')))} .",
        f"{draw(numbers)} a owl:FunctionalProperty .",
        "dg:low rdfs:subPropertyOf dg:high .",
        f"{c} rdfs:subClassOf {d} .",
        f"{part} rdfs:subClassOf {e} .",
        f"{part} rdfs:subClassOf {e} .",
        f"{c} rdfs:subClassOf [ owl:onProperty {p} ; owl:hasSelf true ] .",
        f"{c} rdfs:subClassOf [ owl:onProperty {p} ; owl:hasValue {draw(things)} ] .",
        f"{c} rdfs:subClassOf [ owl:onProperty {p} ; owl:allValuesFrom {d} ] .",
        f"{c} rdfs:subClassOf [ owl:onProperty {p} ; owl:maxCardinality {draw(st.sampled_from('01'))} ] .",
        f"{c} rdfs:subClassOf [ owl:complementOf {d} ] .",
        f"{c} owl:disjointWith {d} .",
        f"[] a owl:AllDisjointClasses ; owl:members ( {c} {d} {e} ) .",
        f"[] a owl:AllDifferent ; owl:distinctMembers ( {' '.join(THINGS[:3])} ) .",
        f"{p} a owl:TransitiveProperty .",
        f"{c} owl:hasKey ( {p} ) .",
    )
    return draw(st.sampled_from(forms))


facts = st.one_of(
    st.builds("{} {} {} .".format, things, links, things),
    st.builds("{} {} {} .".format, things, links, things),
    st.builds("{} a {} .".format, things, classes),
    st.builds("{} {} {} .".format, things, numbers, values),
)


def ontologies(most: int = 8) -> st.SearchStrategy[tuple[Triple, ...]]:
    """Ontologies within the fragment."""
    return st.lists(supported(), min_size=1, max_size=most).map(
        lambda lines: triples(DECLARED + "\n".join(lines))
    )


def few_facts(most: int = 8) -> st.SearchStrategy[frozenset[Triple]]:
    return st.lists(facts, min_size=1, max_size=most).map(lambda lines: frozenset(triples("\n".join(lines))))
