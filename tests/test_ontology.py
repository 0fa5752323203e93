"""The ontology: its terms are complete, its modules in their profiles, its mappings in order."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.mapping import read as read_mappings
from dealgraph.mapping import to_text
from dealgraph.mapping.columns import COLUMNS
from dealgraph.profile import DL, RL, departures
from dealgraph.terms import PREFIXES, compact, iri
from ontology_files import (
    CORE,
    EXTERNAL,
    FILES,
    HEADER,
    ONTOLOGY,
    closure,
    full,
    imports,
    names,
    read,
    turtle,
)

# --- every term is complete -------------------------------------------------------------------------------

ALL = [(name, quad) for name in FILES for quad in read(FILES[name])]
TEXTS: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
for _, quad in ALL:
    if isinstance(quad.object, Literal) and quad.object.language:
        TEXTS[full(quad.subject), compact(quad.predicate.value)][quad.object.language] = quad.object.value
TERMS = {
    full(quad.subject)
    for _, quad in ALL
    if quad.predicate.value == iri("rdf:type") and full(quad.subject).startswith(iri("dg:"))
}


def test_the_terms_are_those_of_the_modules() -> None:
    assert len(TERMS) > 250
    assert {"dg:Claim", "dg:share", "dg:Gigawatt", "dg:Hyperscaler"} <= set(map(compact, TERMS))


def test_every_term_is_described_in_both_languages() -> None:
    wanted = ("rdfs:label", "skos:definition", "skos:example")
    assert [(t, p) for t in TERMS for p in wanted if set(TEXTS[t, p]) != {"en", "fr"}] == []


def test_every_term_stands_in_the_file_of_its_module() -> None:
    homes = {
        (full(quad.subject), full(quad.object), name)
        for name, quad in ALL
        if compact(quad.predicate.value) == "rdfs:isDefinedBy"
    }
    assert {term for term, _, _ in homes} == TERMS
    assert [(term, module) for term, module, name in homes if module != name] == []


def test_a_definition_does_not_begin_with_the_word_it_defines() -> None:
    circular = []
    for term in TERMS:
        labels, definitions = TEXTS[term, "rdfs:label"], TEXTS[term, "skos:definition"]
        for language, label in labels.items():
            opening = re.sub(r"^(an?|the|une?|le|la|l') ?", "", definitions[language].lower())
            if re.match(rf"{re.escape(label)}\b", opening):
                circular.append((term, language))
    assert circular == []


@pytest.mark.parametrize(
    "term",
    [
        *("Stake", "Valuation", "PlannedFacility", "InterimTenure", "MinorityStake", "Acquisition"),
        *("investedIn", "competitorOf", "designCapacity", "partnerOf", "worksWith", "basedIn", "controls"),
        *("subject", "predicate", "object", "lifecycleStatus", "holdsStakeIn", "parentOf"),
    ],
)
def test_a_term_near_a_wrong_inference_has_a_scope_note(term: str) -> None:
    assert set(TEXTS[iri(f"dg:{term}"), "skos:scopeNote"]) == {"en", "fr"}


def test_imports_stay_inside_and_reach_every_module() -> None:
    assert imports(f"{HEADER}/numeric") == FILES.keys() - {f"{HEADER}/alignments"}
    assert imports(HEADER) == {HEADER, *(f"{HEADER}/{name}" for name in CORE)}


# --- profiles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["", *(f"/{name}" for name in CORE), "/alignments"])
def test_the_core_is_in_owl_2_rl(module: str) -> None:
    assert departures(closure(HEADER + module)) == ()


def test_the_numeric_classes_are_in_owl_2_dl_and_only_they_are_outside_rl() -> None:
    found = departures(closure(f"{HEADER}/numeric"))
    assert {d.profile for d in found} == {RL}
    here = {
        compact(q.subject.value) for q in read(FILES[f"{HEADER}/numeric"]) if isinstance(q.subject, NamedNode)
    }
    assert {d.axiom.split()[0] for d in found} <= here
    assert {d.term for d in found} == {"owl:hasSelf", "owl:onDatatype", "owl:someValuesFrom"}


def test_a_chained_property_made_irreflexive_is_noticed() -> None:
    found = departures([*closure(HEADER), *turtle("dg:sitedIn a owl:IrreflexiveProperty .")])
    assert [(d.profile, d.term) for d in found] == [(DL, "dg:sitedIn")]


# --- mappings ---------------------------------------------------------------------------------------------

ALIGNMENTS = ONTOLOGY / "alignments" / "alignments.sssom.tsv"


def mappings() -> tuple[dict[str, str], list[dict[str, str]]]:
    text = ALIGNMENTS.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    columns, *rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert columns == list(COLUMNS)
    found = (re.match(r"#   ([\w.-]+): (\S+)$", line) for line in head)
    prefixes = {match[1]: match[2] for match in found if match}
    return prefixes, [dict(zip(columns, row, strict=True)) for row in rows]


def test_mappings_name_our_terms_by_their_labels_and_are_sorted() -> None:
    _, rows = mappings()
    assert len(rows) > 40
    assert to_text(read_mappings(ALIGNMENTS)) == ALIGNMENTS.read_text(encoding="utf-8")
    for row in rows:
        assert TEXTS[iri(row["subject_id"]), "rdfs:label"]["en"] == row["subject_label"]
        assert 0 < float(row["confidence"]) <= 1


def test_mappings_are_matches_with_declared_prefixes_and_none_that_misleads() -> None:
    prefixes, rows = mappings()
    used = {
        row[column].split(":")[0] for row in rows for column in ("subject_id", "predicate_id", "object_id")
    }
    assert used <= prefixes.keys()
    assert {row["predicate_id"] for row in rows} <= {
        "skos:exactMatch",
        "skos:closeMatch",
        "skos:relatedMatch",
    }
    assert all(PREFIXES[p] == namespace for p, namespace in prefixes.items() if p in PREFIXES)
    by_subject = {(row["subject_id"], row["object_id"]) for row in rows}
    for term in ("dg:holdsStakeIn", "dg:investedIn", "dg:Stake"):
        assert not any(
            s == term and re.search(r"subOrganization|[sS]ubsidiary|P355", o) for s, o in by_subject
        )


def test_alignment_axioms_only_place_our_terms_below_others() -> None:
    quads = read(FILES[f"{HEADER}/alignments"])
    axioms = [fact for fact in names(quads) if fact[1].startswith("rdfs:sub")]
    assert len(axioms) > 20
    assert all(s.startswith("dg:") and o.startswith(EXTERNAL) for s, _, o in axioms)
    assert not any(isinstance(q.subject, BlankNode) for q in quads)
    assert {p for _, p, _ in names(quads) if p.startswith("owl:")} == {"owl:imports", "owl:versionIRI"}
