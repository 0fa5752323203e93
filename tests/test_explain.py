"""Explanations as a person meets them: sentences in two languages, text, pictures and RDF."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rich.console import Console

from dealgraph import sources, turtle
from dealgraph.asked import asked
from dealgraph.cli.proofs import Layout
from dealgraph.errors import AmbiguousName, UnknownName
from dealgraph.evidence import Evidence
from dealgraph.explain import Explainer, GapExplainer, Told
from dealgraph.explain.cards import GAP, PADDING, SIZES, WIDTH, lay_out
from dealgraph.explain.lettering import width, wrap
from dealgraph.explain.phrases import WHY
from dealgraph.explain.picture import svg
from dealgraph.explain.records import Records
from dealgraph.missing import missing
from dealgraph.proof import FromReasoner, leaves, prover
from dealgraph.report import Teller
from dealgraph.settings import open_project
from dealgraph.terms import iri
from graph import the_store
from tiny import ROOT

GOLDENS = ROOT / "tests" / "explanations"
STAKE = ("id:meta", "dg:holdsStakeIn", "id:scale-ai")
MINORITY = ("id:meta", "dg:holdsMinorityStakeIn", "id:scale-ai")
BUILDER = ("id:meta", "rdf:type", "dg:GigawattBuilder")
CONTROL = ("id:meta", "dg:controls", "id:scale-ai")
LANGUAGES = ("en", "fr")


def triple(*names: str) -> Triple:
    subject, predicate, value = (NamedNode(iri(name)) for name in names)
    return Triple(subject, predicate, value)


@cache
def place(subject: str) -> str:
    return sources.load(open_project(ROOT)).place(subject)


@cache
def teller(language: str) -> Teller:
    return Teller(Evidence(the_store()), language)


@cache
def told(language: str, *names: str) -> Told:
    (proof,) = prover(the_store(), place).proofs(triple(*names))
    return Explainer(teller(language)).told(proof)


def printed(explanation: Told, language: str) -> str:
    """The text of an explanation, without the numbers of lines, which change with every edit of a file."""
    console = Console(width=140, emoji=False, highlight=False)
    with console.capture() as capture:
        console.print(Layout(language).tree(explanation))
    lines = re.sub(r"(\.(?:ttl|trig)):\d+", r"\1", capture.get()).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def parts(explanation: Told) -> list[Told]:
    return [explanation, *(below for part in explanation.parts for below in parts(part))]


# --- text -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "names"), [("holds-stake", STAKE), ("gigawatt-builder", BUILDER)])
def test_a_proof_reads_as_it_should(language: str, name: str, names: tuple[str, ...]) -> None:
    golden = GOLDENS / f"{name}.{language}.txt"
    assert printed(told(language, *names), language) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_reads_as_it_should(language: str) -> None:
    lack = missing(Evidence(the_store()), place, triple(*CONTROL))
    explanation = GapExplainer(Explainer(teller(language))).told(lack)
    golden = GOLDENS / f"no-control.{language}.txt"
    assert printed(explanation, language) == golden.read_text(encoding="utf-8")


def test_the_languages_have_the_same_phrases_with_the_same_slots() -> None:
    english, french = WHY["en"], WHY["fr"]
    assert english.keys() == french.keys()
    assert all(english[key].count("{}") == french[key].count("{}") for key in english)


def test_a_claim_is_told_once() -> None:
    text = printed(told("en", *MINORITY), "en")
    assert text.count("[1971–2037]") == 1
    assert text.count("● as above") == 3


def test_what_a_reasoner_finds_is_told_without_steps() -> None:
    (proof,) = prover(the_store(), place).proofs(triple(*STAKE))
    explanation = Explainer(teller("en")).told(FromReasoner(triple(*STAKE), leaves(proof), minimal=True))
    assert explanation.reasons[0].text == WHY["en"]["reasoner"]
    assert len(explanation.parts) == 2


# --- what is asked --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("Meta", "holdsStakeIn", "Scale AI"),
        ("meta", "holds stake in", "scale ai"),
        ("id:meta", "dg:holdsStakeIn", "id:scale-ai"),
        ("Meta", "détient une part de", "Scale AI"),
        ("Meta", "holdsStakIn", "Scal AI"),
    ],
)
def test_labels_names_and_slips_are_understood(words: tuple[str, str, str]) -> None:
    found = asked(teller("en"), *words)
    assert found.triple == triple(*STAKE)
    assert bool(found.guesses) == ("Stak" in words[1] and "Stake" not in words[1])


@pytest.mark.parametrize("link", ["a", "is a", "est", "rdf:type", "type"])
def test_a_class_is_looked_for_after_is(link: str) -> None:
    assert asked(teller("en"), "Meta", link, "gigawatt builder").triple == triple(*BUILDER)


@pytest.mark.parametrize("value", ["49%", "49 %", "quantity:arktechnews-2025-07-15-38"])
def test_a_value_is_known_by_its_words(value: str) -> None:
    found = asked(teller("en"), "id:stake-meta-scale-ai", "share", value).triple
    assert found.object in {NamedNode(iri(f"quantity:{name}")) for name in ("arktechnews-2025-07-15-38",)}


def test_names_that_are_no_properties_are_not_taken_for_one() -> None:
    with pytest.raises(UnknownName):
        asked(teller("en"), "Meta", "Scale AI", "Scale AI")
    with pytest.raises((UnknownName, AmbiguousName)):
        asked(teller("en"), "Meta", "a", "Scale AI")


# --- pictures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("names", [STAKE, MINORITY, BUILDER])
def test_a_picture_is_well_formed_and_always_the_same(language: str, names: tuple[str, ...]) -> None:
    explanation = told(language, *names)
    picture = svg(explanation, language)
    assert picture == svg(explanation, language)
    texts = "".join(ElementTree.fromstring(picture).itertext())
    assert explanation.text in texts


@pytest.mark.parametrize("names", [STAKE, MINORITY, BUILDER])
def test_cards_do_not_overlap_and_hold_their_text(names: tuple[str, ...]) -> None:
    layout = lay_out(told("fr", *names), "fr")
    right, bottom = layout.size
    for number, card in enumerate(layout.cards):
        assert 0 < card.x <= right - WIDTH
        assert card.y + card.height < bottom
        assert all(width(line.text, SIZES[line.style]) <= WIDTH - 2 * PADDING for line in card.lines)
        for other in layout.cards[:number]:
            apart = abs(card.x - other.x) >= WIDTH + GAP - 0.01
            assert apart or card.y >= other.y + other.height or other.y >= card.y + card.height


def test_every_claim_has_one_card_below_what_rests_on_it() -> None:
    explanation = told("en", *MINORITY)
    layout = lay_out(explanation, "en")
    claims = [number for number, card in enumerate(layout.cards) if card.kind == "claim"]
    assert len(claims) == len({saying.claim for part in parts(explanation) for saying in part.sayings})
    assert all(layout.cards[above].y < layout.cards[below].y for above, below in layout.links)


def test_lines_break_at_spaces_only() -> None:
    text = "a long line of words with\u00a0one that stays together"
    lines = wrap(text, 10, 80)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert any("with\u00a0one" in line for line in lines)


# --- RDF ------------------------------------------------------------------------------------------------


def test_a_proof_is_written_as_turtle_with_its_claims() -> None:
    proofs = prover(the_store(), place).proofs(triple(*MINORITY), 2)
    records = Records(Explainer(teller("en")).sentences)
    text = turtle.write([quad for proof in proofs for quad in records.quads(proof)])
    quads = list(parse(text, format=RdfFormat.TURTLE))
    rules = [quad.object.value for quad in quads if quad.predicate == NamedNode(iri("dg:rule"))]
    assert "prp-spo2" in rules
    assert "in-range" in rules
    derived = [quad.object for quad in quads if quad.predicate == NamedNode(iri("prov:wasDerivedFrom"))]
    assert NamedNode(iri("claim:arktechnews-2025-07-15-38")) in derived
