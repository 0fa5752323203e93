"""Literals: values, datatypes, and what never comes out."""

from __future__ import annotations

import pytest
from closure_turtle import EXAMPLE, triple, triples
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode, Triple

from dealgraph.closure import Closure, Generalized, Statement, Term, close
from dealgraph.closure.moments import moment
from dealgraph.closure.values import ILL_TYPED, Value, holds, surely_differ, value_of
from dealgraph.terms import iri


def literal(text: str) -> Term:
    return triple(f":x :p {text}").object


def value(text: str) -> Value | None:
    found = literal(text)
    assert isinstance(found, Literal)
    prefix, _, local = found.datatype.value.rpartition("#")
    name = f"xsd:{local}" if "XMLSchema" in prefix else f"rdf:{local}"
    return value_of(found.value, name, found.language)


# --- rules ---------------------------------------------------------------------------------------------


def test_a_value_in_another_spelling_meets_an_axiom() -> None:
    """Rules dt-eq and eq-rep-o lead from what is given to the value that the axiom names."""
    closure = close(triples(':C owl:hasValue 1 ; owl:onProperty :p . :x :p "01.0"^^xsd:decimal'))
    assert list(closure.inferred) == triples(":x a :C")
    step = closure.derivation(triple(":x a :C"))
    assert step is not None
    assert step.rule == "cls-hv2"
    rewritten = next(premise for premise in step.premises if premise.subject == NamedNode(f"{EXAMPLE}x"))
    replaced = closure.derivation(rewritten) or closure.derivation(step.premises[0])
    assert replaced is not None
    assert replaced.rule == "eq-rep-o"
    equality = closure.derivation(replaced.premises[0])
    assert equality is not None
    assert (equality.rule, equality.premises) == ("dt-eq", ())


def test_a_value_is_told_as_it_was_given() -> None:
    given = triples(':p rdfs:subPropertyOf :q . :x :p 5.0 . :y :p "05"^^xsd:integer')
    assert list(close(given).inferred) == triples(':x :q 5.0 . :y :q "05"^^xsd:integer')
    both = set(close(given, trivial=True).inferred)
    assert set(triples(':x :q 5.0, "05"^^xsd:integer . :y :p 5.0')) <= both


def test_two_values_of_a_functional_property_contradict() -> None:
    (clash,) = close(triples(":p a owl:FunctionalProperty . :x :p 5, 6")).inconsistencies
    assert clash.rule == "eq-diff1"
    assert {clash.premises[0].subject, clash.premises[0].object} == {literal("5"), literal("6")}
    assert all(isinstance(premise, Generalized) for premise in clash.premises)


def test_values_are_proved_to_differ() -> None:
    closure = close(triples(":p a owl:FunctionalProperty . :x :p 5, 6"))
    difference = closure.inconsistencies[0].premises[1]
    step = closure.derivation(difference)
    assert step is not None
    assert (step.rule, step.premises) == ("dt-diff", ())


def test_things_equal_to_different_values_differ_when_asked() -> None:
    closure = close(
        triples(":a owl:sameAs 5 . :b owl:sameAs 6 . :c owl:sameAs 5.0 . :p owl:sameAs owl:differentFrom")
    )
    assert rules_of(closure, triple(":a owl:differentFrom :b")) == {
        "eq-rep-s",
        "eq-rep-o",
        "eq-sym",
        "dt-diff",
    }
    assert closure.holds(triple(":a :p :b"))
    assert closure.holds(triple(":b owl:differentFrom :c"))
    assert not closure.holds(triple(":a owl:differentFrom :c"))
    assert closure.derivation(triple(":a owl:differentFrom :c")) is None
    assert triple(":a owl:differentFrom :b") not in [*closure.inferred]


def test_a_thing_equal_to_two_values_differs_from_itself() -> None:
    closure = close(triples(":a owl:sameAs 5, 6"))
    assert "dt-diff" in rules_of(closure, triple(":a owl:differentFrom :a"))
    assert "dt-diff" in rules_of(
        closure, Generalized(literal("5"), NamedNode(iri("owl:differentFrom")), literal("5"))
    )


def rules_of(closure: Closure, statement: Statement) -> set[str]:
    """The rules of a proof down to what is given."""
    step = closure.derivation(statement)
    if step is None:
        assert closure.holds(statement)
        return set()
    return {step.rule}.union(*(rules_of(closure, premise) for premise in step.premises))


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("<a>1</a>", "<a>2</a>", True),
        ("<a x='1' y='2'/>", '<a y="2" x="1"></a>', False),  # one tree, written in two ways
        ("<a/>", "<a xmlns:u='urn:u'/>", False),  # two trees of one canonical form: left open
        ("<u:a/>", "<b/>", False),  # no canonical form: left open
        ("a<!-- b -->", "a", True),
    ],
)
def test_xml_differs_if_its_canonical_forms_do(one: str, other: str, differ: bool) -> None:
    text = f':a owl:sameAs """{one}"""^^rdf:XMLLiteral . :b owl:sameAs """{other}"""^^rdf:XMLLiteral'
    assert close(triples(text)).holds(triple(":a owl:differentFrom :b")) is differ


def test_one_value_in_two_spellings_is_no_contradiction() -> None:
    assert close(triples(":p a owl:FunctionalProperty . :x :p 5, 5.0")).inconsistencies == ()


def test_values_of_unknown_datatypes_are_not_known_to_differ() -> None:
    given = triples(':p a owl:FunctionalProperty . :x :p "1"^^:unit, "2"^^:unit')
    assert close(given).inconsistencies == ()


def test_literals_are_members_of_datatypes_that_axioms_ask_for() -> None:
    given = triples(":C owl:someValuesFrom xsd:integer ; owl:onProperty :p . :x :p 5 . :y :p 5.5")
    closure = close(given)
    assert list(closure.inferred) == triples(":x a :C")
    step = closure.derivation(triple(":x a :C"))
    assert step is not None
    typed = closure.derivation(step.premises[-1])
    assert typed is not None
    assert (typed.rule, typed.premises) == ("dt-type2", ())


@pytest.mark.parametrize(
    "text",
    [
        ':p rdfs:range xsd:integer . :x :p "five"',
        ":p rdfs:range xsd:nonNegativeInteger . :x :p -1",
        ":C owl:allValuesFrom xsd:string ; owl:onProperty :p . :x a :C ; :p 5",
        ':x :p "five"^^xsd:integer',
        ':x :p "300"^^xsd:byte',
        ':x :p "2025-02-29T00:00:00"^^xsd:dateTime',
    ],
)
def test_a_value_outside_a_datatype_contradicts(text: str) -> None:
    (clash,) = close(triples(text)).inconsistencies
    assert clash.rule == "dt-not-type"


@pytest.mark.parametrize(
    "text",
    [
        ":p rdfs:range xsd:decimal . :x :p 5",
        ':p rdfs:range rdfs:Literal . :x :p "x"@en, 5',
        ':p rdfs:range rdf:PlainLiteral . :x :p "x"@en, "y"',
        ':p rdfs:range xsd:date . :x :p "2025-06-13"^^xsd:date',
        ':p rdfs:range xsd:integer . :x :p "12"^^:unit',
        ':x :p "2025"^^xsd:gYear',
    ],
)
def test_a_value_inside_a_datatype_or_unknown_is_fine(text: str) -> None:
    assert close(triples(text)).inconsistencies == ()


def test_a_statement_about_a_literal_is_used_and_not_told() -> None:
    given = triples(":p owl:inverseOf :q . :q rdfs:domain :C ; rdfs:range :D . :x :p 5")
    closure = close(given)
    assert triple(":x a :D") in set(closure.inferred)
    assert all(isinstance(each.subject, NamedNode | BlankNode) for each in closure.inferred)
    step = closure.derivation(triple(":x a :D"))
    assert step is not None
    assert step.premises[-1] == Generalized(literal("5"), NamedNode(f"{EXAMPLE}q"), NamedNode(f"{EXAMPLE}x"))
    assert str(step.premises[-1]).startswith('"5"^^')


def test_a_chain_that_ends_on_a_literal_is_told_only_forwards() -> None:
    given = triples(":p owl:propertyChainAxiom (:q :r) . :p owl:inverseOf :s . :x :q :y . :y :r 5")
    assert list(close(given).inferred) == triples(":x :p 5")


def test_a_chain_may_lead_through_a_value_or_begin_on_one() -> None:
    data = triples(":x :p 5 ; :q :z . :y :p 5.0 . :five owl:sameAs 5 ; :q :w")
    through = triples(
        ":r owl:propertyChainAxiom (:p [ owl:inverseOf :p ]), (:p :q) . :p a owl:DatatypeProperty"
    )
    told = {
        each for each in close([*through, *data]).inferred if each.predicate == triple(":x :r :x").predicate
    }
    assert told >= set(triples(":x :r :x, :y, :w . :y :r :x, :y, :w"))
    begins = triples(":s owl:propertyChainAxiom ([ owl:inverseOf :p ] :q) . :p rdfs:range xsd:integer")
    closure = close([*begins, *triples(":x :p 6 ; :q :z")])
    assert list(closure.inferred) == []
    assert closure.holds(Generalized(literal("6"), NamedNode(f"{EXAMPLE}s"), NamedNode(f"{EXAMPLE}z")))


def test_an_individual_that_equals_a_literal_has_its_datatypes() -> None:
    closure = close(triples(":p a owl:FunctionalProperty . :x :p :y, 5"))
    assert triple(":y a xsd:integer") in set(closure.inferred)


# --- values --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"1"^^xsd:integer', '"+01"^^xsd:int'),
        ('"1"^^xsd:integer', '"1.0"^^xsd:decimal'),
        ('"-0"^^xsd:integer', '"0.00"^^xsd:decimal'),
        ('".5"^^xsd:decimal', '"0.50"^^xsd:decimal'),
        ('"1e3"^^xsd:double', '"1000"^^xsd:double'),
        ('"0.1"^^xsd:float', '"0.10000000149011612"^^xsd:float'),
        ('"1e39"^^xsd:float', '"INF"^^xsd:float'),
        ('"true"^^xsd:boolean', '"1"^^xsd:boolean'),
        ('"x"', '"x"^^xsd:token'),
        ('"x"', '"x@"^^rdf:PlainLiteral'),
        ('"x"@en', '"x@EN"^^rdf:PlainLiteral'),
        ('"0a"^^xsd:hexBinary', '"0A"^^xsd:hexBinary'),
        ('"aGk="^^xsd:base64Binary', '"a G k ="^^xsd:base64Binary'),
        ('"2025-06-13T24:00:00Z"^^xsd:dateTime', '"2025-06-14T00:00:00.0+00:00"^^xsd:dateTimeStamp'),
        ('"2024-12-31T24:00:00"^^xsd:dateTime', '"2025-01-01T00:00:00"^^xsd:dateTime'),
    ],
)
def test_one_value(one: str, other: str) -> None:
    assert value(one) == value(other) is not None
    assert value(one) != ILL_TYPED
    assert not surely_differ(value(one), value(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"1"^^xsd:integer', '"1"^^xsd:double'),
        ('"1"^^xsd:float', '"1"^^xsd:double'),
        ('"0.0"^^xsd:double', '"-0.0"^^xsd:double'),
        ('"1"', '"1"^^xsd:integer'),
        ('"x"', '"x"@en'),
        ('"x"@en', '"x"@fr'),
        ('"x"', '"x"^^xsd:anyURI'),
        ('"0a"^^xsd:hexBinary', '"Cg=="^^xsd:base64Binary'),
        ('"2025-06-13T12:00:00Z"^^xsd:dateTime', '"2025-06-13T14:00:00+02:00"^^xsd:dateTime'),
        ('"2025-06-13T12:00:00Z"^^xsd:dateTime', '"2025-06-13T12:00:00"^^xsd:dateTime'),
    ],
)
def test_two_values(one: str, other: str) -> None:
    assert surely_differ(value(one), value(other))


@pytest.mark.parametrize(
    "text",
    [
        *(
            '"1.0"^^xsd:integer',
            '" 1"^^xsd:integer',
            '""^^xsd:decimal',
            '"."^^xsd:decimal',
            '"1e3"^^xsd:decimal',
        ),
        *('"\u0661"^^xsd:integer', '"-1"^^xsd:unsignedLong', '"128"^^xsd:byte', '"0"^^xsd:positiveInteger'),
        *('"1"^^xsd:negativeInteger', '"1,0"^^xsd:double', '"inf"^^xsd:double', '"TRUE"^^xsd:boolean'),
        *('"a b "^^xsd:token', '"a\\tb"^^xsd:normalizedString', '"en_US"^^xsd:language', '"1a"^^xsd:Name'),
        *('"a:b"^^xsd:NCName', '"a b"^^xsd:NMTOKEN', '"abc"^^xsd:hexBinary', '"abc"^^xsd:base64Binary'),
        *(
            '"ab="^^xsd:base64Binary',
            '"x"^^rdf:PlainLiteral',
            '"<a>"^^rdf:XMLLiteral',
            '"&b;"^^rdf:XMLLiteral',
        ),
        *('"2025-06-13"^^xsd:dateTime', '"2025-13-01T00:00:00"^^xsd:dateTime'),
        *('"2025-06-13T24:00:01"^^xsd:dateTime', '"2025-06-13T12:00:00+15:00"^^xsd:dateTime'),
        '"2025-06-13T12:00:00"^^xsd:dateTimeStamp',
        *('"a@1 b"^^rdf:PlainLiteral', '"a@fr-"^^rdf:PlainLiteral', '"a@1234"^^rdf:PlainLiteral'),
    ],
)
def test_a_form_that_a_datatype_does_not_allow(text: str) -> None:
    assert value(text) == ILL_TYPED


@pytest.mark.parametrize(
    "text",
    [
        *(
            '"a:b"^^xsd:Name',
            '"a-é"^^xsd:NCName',
            '"1a"^^xsd:NMTOKEN',
            '""^^xsd:token',
            '"fr-FR"^^xsd:language',
        ),
        *('"<a>b</a>c"^^rdf:XMLLiteral', '"-INF"^^xsd:float', '"NaN"^^xsd:double', '""^^xsd:hexBinary'),
        *('"-0001-01-01T00:00:00"^^xsd:dateTime', '"2024-02-29T23:59:59.999"^^xsd:dateTime'),
        '"18446744073709551615"^^xsd:unsignedLong',
        *('"a@"^^rdf:PlainLiteral', '"a@b@fr-CA"^^rdf:PlainLiteral'),
    ],
)
def test_a_form_that_a_datatype_allows(text: str) -> None:
    assert value(text) not in (None, ILL_TYPED)


def test_numbers_may_be_longer_than_python_converts() -> None:
    digits = "9" * 5000
    assert value_of(digits, "xsd:integer", None) == value_of(f"0{digits}.0", "xsd:decimal", None)
    assert value_of(digits, "xsd:long", None) == ILL_TYPED
    assert value_of(f"-{digits}", "xsd:nonNegativeInteger", None) == ILL_TYPED


@given(
    st.integers(), st.sampled_from(["xsd:byte", "xsd:unsignedShort", "xsd:nonPositiveInteger", "xsd:long"])
)
def test_bounds_of_integers(number: int, datatype: str) -> None:
    low, high = {
        "xsd:byte": (-128, 127),
        "xsd:unsignedShort": (0, 65535),
        "xsd:nonPositiveInteger": (-(10**40), 0),
        "xsd:long": (-(2**63), 2**63 - 1),
    }[datatype]
    known = value_of(str(number), "xsd:integer", None)
    assert known is not None
    assert holds(datatype, known) == (low <= number <= high)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**6), max_value=10**6))
def test_decimals_are_equal_as_numbers_are(number: object) -> None:
    text = f"{number:f}"
    assert value_of(text, "xsd:decimal", None) == value_of(f"{text}000", "xsd:decimal", None)


@given(st.datetimes(), st.integers(-840, 840))
def test_moments_are_read(when: object, minutes: int) -> None:
    sign, (hours, rest) = ("-" if minutes < 0 else "+"), divmod(abs(minutes), 60)
    text = str(when).replace(" ", "T")
    found = moment(f"{text}{sign}{hours:02}:{rest:02}")
    assert found is not None
    assert found[-1] == minutes
    assert str(found[0]) == str(int(text[:4]))


def test_a_direction_of_writing_is_part_of_a_value() -> None:
    given = triples(':p a owl:FunctionalProperty . :x :p "x"@en')
    directed = Literal("x", language="en", direction=BaseDirection.LTR)
    closure = close([*given, Triple(given[1].subject, given[1].predicate, directed)])
    assert closure.inconsistencies == ()
    assert len(closure.cliques) == 1
    assert (
        closure.derivation(Generalized(directed, NamedNode(iri("owl:sameAs")), given[1].object)) is not None
    )
