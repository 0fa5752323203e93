"""Turtle and TriG files: what is read, the canonical form, and messages with their places."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from random import Random

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BaseDirection,
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from dealgraph.errors import FormatMisfit
from dealgraph.terms import iri
from dealgraph.turtle import format_text, write

Node = NamedNode | BlankNode | Literal | Triple
P = NamedNode(iri("dg:p"))
LOOP = BlankNode("loop")
FIRST, REST, NIL = (NamedNode(iri(name)) for name in ("rdf:first", "rdf:rest", "rdf:nil"))


# --- the form, by example ---------------------------------------------------------------------------------

CLAIMS = """\
# What one article says.
#
# A second paragraph.

@prefix article: <https://w3id.org/dealgraph/article/> .
@prefix claim: <https://w3id.org/dealgraph/claim/> .
@prefix dg: <https://w3id.org/dealgraph/ontology#> .
@prefix id: <https://w3id.org/dealgraph/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

id:meta
    a dg:Company ;
.

article:example-2025-06-13 {
claim:example-2025-06-13-2
    a dg:Claim ;
    dg:end 240 ;
    dg:lower 5.00 ;
    dg:negated false ;
    dg:paraphrase "A stake of \\"5.00 %\\"."@en ,
        "Une part de 5,00 %."@fr ;
    dg:subject <https://example.org/a/b> ,
        id:meta ;
    dg:upper "007"^^xsd:integer ;
.

claim:example-2025-06-13-15
    a dg:Claim ,
        dg:Estimate ;
.
}

article:example-2025-07-01 {
article:example-2025-07-01
    dg:note \"\"\"two "lines"
of text\"\"\" ;
.
}
"""

ONTOLOGY = """\
@prefix dg: <https://w3id.org/dealgraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

<https://w3id.org/dealgraph/ontology>
    a owl:Ontology ;
.

<https://example.org/Deal>
    a owl:Class ;
.

dg:Deal
    a owl:Class ;
    owl:equivalentClass [
        a owl:Class ;
        owl:unionOf (
            dg:Merger
            [
                owl:complementOf dg:Rumour ;
            ]
        ) ;
    ] ;
    sh:property [
        sh:minCount 1 ;
        sh:path dg:price ;
    ] , [
        sh:path dg:seller ;
    ] ;
.

dg:Loop
    dg:p [] ,
        _:b0 ;
.

[]
    a owl:AllDisjointClasses ;
    owl:members ( dg:Deal dg:Company ) ;
.

_:b0
    dg:p _:b0 ;
.
"""


@pytest.mark.parametrize(("text", "name"), [(CLAIMS, "claims.trig"), (ONTOLOGY, "ontology.ttl")])
def test_a_file_in_the_canonical_form_stays_as_it_is(text: str, name: str) -> None:
    assert format_text(text, name) == text


def test_a_file_in_another_form_is_put_in_the_canonical_form() -> None:
    untidy = """# What one article says.
#
    # A second paragraph.
@prefix : <https://w3id.org/dealgraph/ontology#>.
@prefix unused: <https://example.org/unused/> .
PREFIX a: <https://w3id.org/dealgraph/article/>
@base <https://w3id.org/dealgraph/id/> .
a:example-2025-07-01 { a:example-2025-07-01 :note 'two "lines"\\nof text' }
GRAPH a:example-2025-06-13 {
  <../claim/example-2025-06-13-15> a :Estimate, :Claim.
  <../claim/example-2025-06-13-2> :upper "007"^^<http://www.w3.org/2001/XMLSchema#integer>; :end 240;
    :subject <https://example.org/a/b>, <meta>; a :Claim; :lower 5.00; :negated false, false;
    :paraphrase "Une part de 5,00 %."@FR, 'A stake of "5.00 %".'@en .
}
<meta> a :Company .
"""
    assert format_text(untidy, "claims.trig") == CLAIMS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Literal("5.00", datatype=NamedNode(iri("xsd:decimal"))), "5.00"),
        (Literal("+.5", datatype=NamedNode(iri("xsd:decimal"))), "+.5"),
        (Literal("5", datatype=NamedNode(iri("xsd:decimal"))), '"5"^^xsd:decimal'),
        (Literal("-12", datatype=NamedNode(iri("xsd:integer"))), "-12"),
        (Literal("+5", datatype=NamedNode(iri("xsd:integer"))), '"+5"^^xsd:integer'),
        (Literal("1", datatype=NamedNode(iri("xsd:boolean"))), '"1"^^xsd:boolean'),
        (Literal("1e3", datatype=NamedNode(iri("xsd:double"))), '"1e3"^^xsd:double'),
        (Literal("2025-06", datatype=NamedNode(iri("edtf:EDTF"))), '"2025-06"^^edtf:EDTF'),
        (Literal("x", datatype=NamedNode("urn:t")), '"x"^^<urn:t>'),
        (Literal("x", language="fr-BE"), '"x"@fr-be'),
        (Literal("x", language="ar", direction=BaseDirection.RTL), '"x"@ar--rtl'),
        (Literal('\\ " \r \t \x00'), r'"\\ \" \r \t \u0000"'),
        (Literal("5\u00a0%\u2028"), '"5\u00a0%\\u2028"'),
        (Literal('say "a"\n\tor """b"""'), '"""say "a"\n\\tor \\"""b\\""\\""""'),
        (NamedNode(iri("id:gpt-4.5")), "id:gpt-4.5"),
        (NamedNode(iri("id:") + "a/b"), "<https://w3id.org/dealgraph/id/a/b>"),
    ],
)
def test_a_value_is_written_with_its_lexical_form(value: Node, text: str) -> None:
    assert f"    dg:p {text} ;\n" in write([Quad(P, P, value)])


def chain(length: int, end: Node | None, extra: tuple[Quad, ...] = ()) -> list[Quad]:
    """A list hung on `dg:p`; without an end it is malformed."""
    cells = [BlankNode(f"c14n{n}") for n in range(length)]
    rests = [*cells[1:], *([end] if end else [])]
    return [
        Quad(P, P, cells[0]),
        *(Quad(cell, FIRST, Literal(n)) for n, cell in enumerate(cells)),
        *(Quad(cell, REST, rest) for cell, rest in zip(cells, rests, strict=False)),
        *extra,
    ]


def test_a_short_list_stands_on_one_line_and_a_long_one_on_many() -> None:
    assert "dg:p ( 0 1 2 ) ;" in write(chain(3, NIL))
    assert "dg:p (\n        0\n        1\n" in write(chain(50, NIL))


def test_what_only_looks_like_a_list_is_written_out() -> None:
    assert "rdf:rest [\n" in write(chain(2, None))
    assert "rdf:rest dg:p" in write(chain(1, P))
    assert "rdf:rest ( 1 )" in write(chain(2, NIL, (Quad(BlankNode("c14n0"), P, P),)))
    assert "rdf:first dg:p ,\n" in write(chain(1, NIL, (Quad(BlankNode("c14n0"), FIRST, P),)))
    assert "rdf:first _:b0 ;" in write([Quad(LOOP, FIRST, LOOP), Quad(LOOP, REST, NIL)])
    assert "dg:p _:b0 ;" in write(chain(2, NIL, (Quad(NIL, P, BlankNode("c14n0")),)))


def test_a_deep_chain_does_not_exhaust_the_stack() -> None:
    quads = chain(200, None)
    assert canonical(parse(write(quads), RdfFormat.TRIG)) == canonical(quads)


def test_a_long_list_does_not_slow_down_the_labels_of_other_nodes() -> None:
    assert write(chain(3000, NIL, (Quad(LOOP, P, LOOP),))).count("\n") == 3000 + 10


def test_what_the_form_has_no_place_for_is_refused() -> None:
    with pytest.raises(FormatMisfit, match=r"deals\.nt: the canonical form is Turtle or TriG"):
        format_text("<urn:s> <urn:p> <urn:o> .", "deals.nt")
    with pytest.raises(FormatMisfit, match="<urn:s> has a triple term"):
        format_text("<urn:s> <urn:p> <<( <urn:s> <urn:p> <urn:o> )>> .", "deals.ttl")


# --- a change is one line ---------------------------------------------------------------------------------


def changed_lines(before: str, after: str) -> list[str]:
    difference = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in difference if not line.startswith(("---", "+++", "@@"))]


def table(rows: int, columns: int) -> list[Quad]:
    return [
        Quad(
            NamedNode(iri(f"claim:x-{row}")),
            NamedNode(iri(f"dg:p{column}")),
            Literal(f"{row} {column}", language="en"),
            NamedNode(iri("article:x")),
        )
        for row in range(rows)
        for column in range(columns)
    ]


@given(st.integers(0, 11), st.text(st.characters(codec="ascii", exclude_characters="\n"), min_size=9))
@settings(max_examples=30, deadline=None)
def test_a_changed_value_is_one_line_of_difference(place: int, value: str) -> None:
    quads = table(4, 3)
    old = quads[place]
    new = Quad(old.subject, old.predicate, Literal(value, language="en"), old.graph_name)
    lines = changed_lines(write(quads), write([*quads[:place], new, *quads[place + 1 :]]))
    assert [line[0] for line in lines] == ["-", "+"]


@given(st.integers(0, 11))
@settings(max_examples=12, deadline=None)
def test_a_removed_entry_is_one_line_of_difference(place: int) -> None:
    quads = table(4, 3)
    lines = changed_lines(write(quads), write([*quads[:place], *quads[place + 1 :]]))
    assert [line[:6] for line in lines] == ["-    d"]


# --- any dataset comes back -------------------------------------------------------------------------------

LOCAL_NAMES = ("a", "a.b", "a.", ".a", "-a", "a-", "1", "é", "a:b", "%41", "a,b", "a~b", "", "a/b", "a'(b)")
LEXICAL_FORMS = ("5.00", "007", "+5", "-0", ".5", "5.", "1e3", "true", "TRUE", "1", "00.10", "2025-06-13", "")
DATATYPES = ("xsd:string", "xsd:integer", "xsd:decimal", "xsd:boolean", "xsd:double", "xsd:date", "dg:stated")

iris = st.one_of(
    st.builds(
        lambda name, local: NamedNode(iri(name) + local),
        st.sampled_from(("dg:", "id:")),
        st.sampled_from(LOCAL_NAMES),
    ),
    st.sampled_from(
        [NamedNode(text) for text in ("urn:x", "https://example.org/é?q=1&r#f", "HTTP://E/../b")]
    ),
    st.sampled_from([NamedNode(iri(name)) for name in ("rdf:nil", "rdf:first", "owl:Ontology")]),
)
blanks = st.sampled_from([BlankNode(name) for name in ("a", "b", "c14n0", "c14n10", "l0", "m0")])
texts = st.one_of(st.text(max_size=8), st.text("\"\\\n\r\t\0\x85\u2028\ufeff'a ", max_size=8))
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(
        lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(("fr", "en-GB", "zh-Hans"))
    ),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(iri(name))),
        st.one_of(st.sampled_from(LEXICAL_FORMS), texts),
        st.sampled_from(DATATYPES),
    ),
)
predicates = st.one_of(iris, st.sampled_from([NamedNode(iri("rdf:type")), FIRST, REST]))
graphs: st.SearchStrategy[NamedNode | DefaultGraph] = st.sampled_from(
    [DefaultGraph(), NamedNode("urn:g"), NamedNode(iri("article:g-10"))]
)
values: st.SearchStrategy[NamedNode | BlankNode | Literal] = st.one_of(iris, blanks, literals)
statements = st.builds(Quad, st.one_of(iris, blanks), predicates, values, graphs)

# What RDF 1.1 lacks, and graphs named by blank nodes, which the second parser takes for others.
newer = st.builds(
    Quad,
    st.one_of(iris, blanks),
    predicates,
    st.builds(lambda text: Literal(text, language="ar", direction=BaseDirection.RTL), texts),
    st.one_of(graphs, blanks),
)


@st.composite
def lists(draw: st.DrawFn) -> list[Quad]:
    """A list in one graph, used once, and sometimes spoilt: a quad too few, a use or an item too many."""
    graph, name = draw(graphs), draw(st.sampled_from("lmn"))
    cells: list[BlankNode] = [BlankNode(f"{name}{n}") for n in range(draw(st.integers(1, 4)))]
    quads = [Quad(draw(iris), draw(predicates), cells[0], graph)]
    rests: list[Node] = [*cells[1:], NIL]
    for cell, rest in zip(cells, rests, strict=True):
        quads += [Quad(cell, FIRST, draw(values), graph), Quad(cell, REST, rest, graph)]
    if draw(st.booleans()):
        quads.remove(draw(st.sampled_from(quads)))
    if draw(st.booleans()):
        quads.append(Quad(draw(blanks), draw(predicates), draw(st.sampled_from(cells)), graph))
    if draw(st.booleans()):
        quads.append(Quad(draw(st.sampled_from(cells)), FIRST, draw(values), graph))
    return quads


def datasets(of: st.SearchStrategy[Quad]) -> st.SearchStrategy[list[Quad]]:
    some_lists = st.lists(lists(), max_size=2).map(lambda found: [quad for quads in found for quad in quads])
    return st.builds(list.__add__, st.lists(of, max_size=12), some_lists)


def canonical(quads: Iterable[Quad]) -> list[str]:
    """Equal for two datasets if and only if they are isomorphic."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


@given(datasets(st.one_of(statements, newer)))
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_as_the_same_dataset(quads: list[Quad]) -> None:
    text = write(quads)
    assert canonical(parse(text, RdfFormat.TRIG)) == canonical(quads)
    assert format_text(text, "x.trig") == text


@given(datasets(st.one_of(statements, newer)), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_neither_order_nor_labels_change_the_form(quads: list[Quad], random: Random) -> None:
    same = list(parse(str(Dataset(quads)), RdfFormat.N_QUADS, rename_blank_nodes=True))
    random.shuffle(same)
    assert write(same) == write(quads)


def seen_by_rdflib(text: str, syntax: str) -> list[str]:
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=syntax)
    return canonical(parse(dataset.serialize(format="nquads"), RdfFormat.N_QUADS))


@given(datasets(statements))
@settings(max_examples=100, deadline=None)
def test_a_second_parser_reads_the_same_dataset(quads: list[Quad]) -> None:
    assert seen_by_rdflib(write(quads), "trig") == seen_by_rdflib(str(Dataset(quads)), "nquads")
