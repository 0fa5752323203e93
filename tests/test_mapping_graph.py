"""Mappings in the store: what may be joined on, what may not, and that no fact comes of them."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Store

from dealgraph import sources
from dealgraph.errors import DealgraphError, MappingRow, Misplaced, NoLicence, UnknownPrefix
from dealgraph.identifiers import identifiers
from dealgraph.mapping import (
    BY_NAME,
    CLOSE,
    EXACT,
    NO_TERM_FOUND,
    RELATED,
    Judgement,
    Mapping,
    new_set,
    to_text,
    undecided,
)
from dealgraph.mapping.graph import MAPPINGS, node, quads
from dealgraph.terms import iri
from graph import the_store
from tiny import project, rows

BLUEWAVE = iri("id:bluewave")
WIKIDATA = BY_NAME["wikidata"]
MATCH = Mapping(BLUEWAVE, EXACT, iri("wd:Q1"), object_source=WIKIDATA.iri, confidence=Decimal("0.9"))
NEAR = dataclasses.replace(MATCH, object=iri("wd:Q2"), predicate=CLOSE)
DENIED = dataclasses.replace(MATCH, object=iri("wd:Q3"), negated=True)
OPEN = undecided(dataclasses.replace(MATCH, object=iri("wd:Q4")))
NOT_FOUND = Mapping(BLUEWAVE, EXACT, NO_TERM_FOUND, object_source=BY_NAME["lei"].iri)
ALL = (MATCH, NEAR, DENIED, OPEN, NOT_FOUND)
SET = dataclasses.replace(new_set("invented", "Invented"), mappings=ALL)


def stored(*mappings: Mapping) -> Store:
    store = Store()
    store.extend(quads([dataclasses.replace(SET, mappings=mappings)]))
    return store


# --- plain triples ----------------------------------------------------------------------------------------


def test_only_matches_and_near_ones_are_plain_triples() -> None:
    links = {
        (quad.predicate.value, getattr(quad.object, "value", ""))
        for quad in stored(*ALL).quads_for_pattern(NamedNode(BLUEWAVE), None, None, None)
    }
    assert links == {(EXACT, iri("wd:Q1")), (CLOSE, iri("wd:Q2"))}


@given(st.sampled_from([EXACT, CLOSE, RELATED]), st.booleans())
def test_no_denied_pair_is_ever_joined(predicate: str, negated: bool) -> None:
    mapping = dataclasses.replace(MATCH, predicate=predicate, negated=negated)
    joined = list(stored(mapping).quads_for_pattern(NamedNode(BLUEWAVE), None, NamedNode(iri("wd:Q1")), None))
    assert bool(joined) is not negated


def test_what_was_not_found_has_no_outside_entity() -> None:
    assert not list(stored(NOT_FOUND).quads_for_pattern(None, None, NamedNode(NO_TERM_FOUND), None))


def test_every_statement_is_in_the_graph_of_mappings_and_no_node_is_blank() -> None:
    assert {quad.graph_name for quad in stored(*ALL)} == {MAPPINGS}
    assert all(isinstance(quad.subject, NamedNode) for quad in stored(*ALL))


def test_each_judgement_is_a_node_that_can_be_asked_for() -> None:
    found = rows(
        stored(*ALL),
        """PREFIX dg: <https://w3id.org/dealgraph/ontology#>
        SELECT ?judged ?outside { GRAPH ?g { ?m a dg:Mapping ; dg:judgedAs ?judged
          OPTIONAL { ?m dg:mappingObject ?outside } } } ORDER BY ?outside""",
    )
    assert found == [
        (iri("dg:EntityNotFound"), ""),
        (iri("dg:SameEntity"), iri("wd:Q1")),
        (iri("dg:RelatedEntity"), iri("wd:Q2")),
        (iri("dg:OtherEntity"), iri("wd:Q3")),
        (iri("dg:UndecidedEntity"), iri("wd:Q4")),
    ]


def test_a_node_keeps_its_name_when_rows_move_and_when_a_comment_changes() -> None:
    reworded = dataclasses.replace(MATCH, comment="for another reason", confidence=None)
    assert node(SET, MATCH) == node(dataclasses.replace(SET, mappings=()), reworded)
    assert len({node(SET, mapping) for mapping in ALL}) == len(ALL)


# --- reading ----------------------------------------------------------------------------------------------


def test_mapping_files_are_inputs_of_a_snapshot_and_each_row_has_its_place(tmp_path: Path) -> None:
    name = "graph/mappings/invented.sssom.tsv"
    opened = project(tmp_path, {name: to_text(SET)})
    before = sources.digest(opened)
    assert list(sources.files(opened)) == [name]
    read = sources.load(opened)
    lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    for mapping in ALL:
        place, line = read.place(node(SET, mapping)).split(":")
        assert place == name
        curie = mapping.object.rsplit("/", 1)[1]
        assert curie in lines[int(line) - 1]
    (tmp_path / name).write_text(to_text(SET.without(MATCH.pair)), encoding="utf-8")
    assert sources.digest(opened) != before


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.tsv", to_text(SET), Misplaced),
        ("a.csv", "a,b\n", Misplaced),
        ("a.sssom.tsv", to_text(SET).replace("0.9", "9"), MappingRow),
        ("a.sssom.tsv", to_text(SET).replace("license", "title"), NoLicence),
        ("a.sssom.tsv", to_text(SET).replace("\tscheme:lei", "\tsystem:lei"), UnknownPrefix),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_build(
    tmp_path: Path, name: str, text: str, kind: type[DealgraphError]
) -> None:
    opened = project(tmp_path, {f"graph/mappings/{name}": text})
    with pytest.raises(kind) as refused:
        sources.load(opened)
    assert refused.value.where.startswith(f"graph/mappings/{name}")


# --- the project's own ------------------------------------------------------------------------------------


def test_mappings_make_no_fact() -> None:
    store = the_store()
    outside = {quad.object for quad in store.quads_for_pattern(None, NamedNode(EXACT), None, MAPPINGS)}
    assert len(outside) > 50
    parts = [NamedNode(iri(f"graph:{name}")) for name in ("facts", "inferred", "derived")]
    for graph in [None, *parts]:
        stated = list(store.quads_for_pattern(None, None, None, graph or DefaultGraph()))
        assert stated
        assert not [quad for quad in stated if {quad.subject, quad.object} & outside]
        assert not [quad for quad in stated if quad.predicate.value.endswith("Match")]


def test_the_default_graph_is_the_same_without_mappings() -> None:
    from dealgraph.assembly import assemble
    from dealgraph.settings import open_project
    from dealgraph.stored import load_all
    from tiny import ROOT

    opened = open_project(ROOT)
    read = sources.load(opened)
    without = dataclasses.replace(read, quads=tuple(q for q in read.quads if q.graph_name != MAPPINGS))
    assert len(without.quads) < len(read.quads)

    def facts(store: Store) -> set[str]:
        return {str(quad) for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}

    assert facts(assemble(without, load_all(opened.queries))) == facts(the_store())


# --- identifiers of a thing -------------------------------------------------------------------------------


def test_judgements_on_a_thing_come_matches_first() -> None:
    found = identifiers(stored(*ALL), BLUEWAVE)
    assert [each.judgement for each in found] == list(Judgement)
    assert [each.iri for each in found] == [iri(f"wd:Q{n}") for n in (1, 2, 3, 4)] + [""]
    first, *_, last = found
    assert (first.scheme, first.scheme_label, first.identifier) == ("wikidata", "Wikidata", "Q1")
    assert (first.predicate, first.confidence) == ("exactMatch", "0.9")
    assert (last.scheme, last.identifier, last.confidence) == ("lei", "", "")


def test_a_scheme_is_named_in_french() -> None:
    page = Mapping(
        BLUEWAVE, EXACT, BY_NAME["wikipedia-fr"].iri_of("B"), object_source=BY_NAME["wikipedia-fr"].iri
    )
    assert [each.scheme_label for each in identifiers(stored(page), BLUEWAVE, "fr")] == [
        "Wikipédia en français"
    ]
    assert [each.scheme_label for each in identifiers(stored(page), BLUEWAVE)] == ["Wikipedia in French"]


def test_a_thing_of_which_nothing_is_judged_has_no_identifiers() -> None:
    assert identifiers(stored(*ALL), iri("id:northwind")) == ()
