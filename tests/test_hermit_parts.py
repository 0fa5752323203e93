"""Around a run of HermiT: what it is given, how its answer is read, all the steps of a hierarchy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealgraph.errors import ReasonerFailed
from dealgraph.hermit.answer import INVERSE, Hierarchy, inverse, read
from dealgraph.hermit.hierarchy import CLASSES, PROPERTIES, Kind, order
from dealgraph.hermit.intake import take_in
from dealgraph.terms import iri
from ontology_files import turtle

# --- what HermiT is given -------------------------------------------------------------------------------

DECLARED = """
id:note a owl:AnnotationProperty . id:both a owl:AnnotationProperty , owl:ObjectProperty .
id:value a owl:DatatypeProperty .
"""


@pytest.mark.parametrize(
    ("statement", "fate"),
    [
        ("id:x a id:C .", "kept"),
        ("id:x id:both id:y .", "kept"),
        ("id:x id:value 1.5 .", "kept"),
        ('id:x id:value "un"@fr .', "kept"),
        ('id:x id:value "0aFf"^^xsd:hexBinary .', "kept"),
        ('id:x owl:hasValue "2020"^^xsd:gYear .', "kept"),
        ('id:x id:value "2020-01-01"^^xsd:date .', "left out"),
        ('id:x id:value "2020?"^^edtf:EDTF .', "left out"),
        ("id:x id:value <<( id:x id:both id:y )>> .", "left out"),
        ('id:x id:note "un"@fr .', "dropped"),
        ("id:x id:note id:y .", "dropped"),
        ('id:x rdfs:label "x" .', "dropped"),
        ("id:note rdfs:range id:C .", "dropped"),
        ("id:x a owl:Ontology .", "dropped"),
        ("id:x owl:imports id:y .", "dropped"),
    ],
)
def test_facts_and_axioms_are_given_and_annotations_are_not(statement: str, fate: str) -> None:
    (triple,) = (quad.triple for quad in turtle(statement))
    intake = take_in([quad.triple for quad in turtle(DECLARED + statement)])
    found = {"kept": triple in intake.kept, "left out": triple in intake.left_out}
    assert found == {"kept": fate == "kept", "left out": fate == "left out"}


@pytest.mark.parametrize(
    "axiom",
    [
        "id:C owl:intersectionOf id:D .",
        "id:C owl:unionOf [ rdf:first id:D ] .",
        "id:C owl:unionOf [ rdf:rest rdf:nil ] .",
        "id:C owl:unionOf [ rdf:first id:D , id:E ; rdf:rest rdf:nil ] .",
        "id:C owl:unionOf [ rdf:first id:D ; rdf:rest rdf:nil , [] ] .",
        "id:C owl:unionOf _:l . _:l rdf:first id:D ; rdf:rest _:l .",
        'id:C owl:unionOf "D" .',
    ],
)
def test_a_broken_list_is_an_error_and_no_shorter_list(axiom: str) -> None:
    with pytest.raises(ReasonerFailed, match=r"^id:C: the list of owl:.* is not well-formed"):
        take_in([quad.triple for quad in turtle(axiom)])


def test_a_sound_list_is_given_whole() -> None:
    triples = [quad.triple for quad in turtle("id:C owl:unionOf ( id:D [ owl:oneOf () ] ) .")]
    assert set(take_in(triples).kept) == set(triples)


# --- how the answer is read -----------------------------------------------------------------------------


def test_an_answer_is_read_line_by_line() -> None:
    answer = read(
        "SubClassOf( <x:a> <x:b> )\n"
        "EquivalentClasses( <http://www.w3.org/2002/07/owl#Nothing> <x:none> )\n"
        "SubObjectPropertyOf( ObjectInverseOf( <x:p> ) <x:q> )\n"
        "\n"
        "<x:p> (known instances: (<x:i>, <x:j)(>)(<internal:anonymous#_:b>, <x:j>) "
        "| possible instances: (<x:j>, <x:i>)) \n"
        "owl:topObjectProperty (known instances:  | possible instances: ) \n"
        "Type( <x:i> <http://www.w3.org/2002/07/owl#Thing> )\n"
        "Type( <x:i> <x:a> )\n"
    )
    assert answer.classes == Hierarchy((("x:a", "x:b"),), (), empty=frozenset(["x:none"]))
    assert answer.properties == Hierarchy(
        ((f"{INVERSE}x:p", "x:q"), ("x:p", f"{INVERSE}x:q")), (), frozenset(), frozenset()
    )
    assert answer.relations == (("x:p", "x:i", "x:j)("),)
    assert answer.types == (("x:i", "x:a"),)


def test_the_inverse_of_an_inverse_is_the_property() -> None:
    assert inverse(inverse("x:p")) == "x:p" != inverse("x:p")


# To owlready2 some of these are terms with a meaning of their own.
NAMES = [
    *(iri(name) for name in ("rdf:Property", "rdfs:label", "owl:Class", "skos:Concept")),
    "urn:a:b",
    "x:é/",
]


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    """A hierarchy as HermiT prints it: no cycle but among names that are declared to be the same."""
    ranks = st.integers(0, len(NAMES) - 1)
    steps = draw(st.sets(st.tuples(ranks, ranks).filter(lambda step: step[0] < step[1])))
    shuffled = draw(st.permutations(NAMES))
    same = draw(st.sets(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=2))
    return Hierarchy(
        tuple((shuffled[low], shuffled[high]) for low, high in sorted(steps)), tuple(sorted(same))
    )


def reachable(start: str, steps: set[tuple[str, ...]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        further = {high for low, high in steps if low == here} - found
        found |= further
        waiting.extend(further)
    return found


@settings(max_examples=60, deadline=None)
@given(hierarchies(), st.sampled_from([CLASSES, PROPERTIES]))
def test_a_hierarchy_has_all_its_steps(hierarchy: Hierarchy, kind: Kind) -> None:
    steps = {*hierarchy.below, *hierarchy.same, *(names[::-1] for names in hierarchy.same)}
    found = order(kind, hierarchy)
    for name in NAMES:
        assert found.above(name) == reachable(name, steps)


def test_a_hierarchy_without_reasonable_depth_is_an_error() -> None:
    steps = tuple((f"x:{number}", f"x:{number + 1}") for number in range(4000))
    with pytest.raises(ReasonerFailed, match="too many levels"):
        order(CLASSES, Hierarchy(steps, ()))
