"""Every rule and reason can be read in both languages, with names put in."""

from __future__ import annotations

import string

import pytest
from closure_turtle import EXAMPLE, triple, triples
from test_closure_rules import CONTRADICTED, INFERRED

from dealgraph.closure import RULES, Derivation, Inconsistency, Term, close
from dealgraph.closure.readings import LANGUAGES, READINGS, REASONS, reading, reason


def name(term: Term) -> str:
    return str(getattr(term, "value", term)).removeprefix(EXAMPLE)


def test_every_rule_has_a_reading_in_every_language() -> None:
    assert READINGS.keys() == RULES.keys()
    for texts in (*READINGS.values(), *REASONS.values()):
        assert len(texts) == len(set(texts)) == len(LANGUAGES)
        slots = [{slot for _, slot, _, _ in string.Formatter().parse(text) if slot} for text in texts]
        assert slots[0] == slots[1] or texts == READINGS["scm-eqc2"] or texts == READINGS["scm-eqp2"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rule", "premises", "conclusion"), INFERRED)
def test_a_step_can_be_read(rule: str, premises: str, conclusion: str, language: str) -> None:
    step = close(triples(premises), trivial=True).derivation(triple(conclusion))
    assert isinstance(step, Derivation)
    assert step.rule == rule
    text = reading(step, name, language)
    assert text.startswith({"en": "because ", "fr": "parce qu"}[language])
    assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rule", "premises"), CONTRADICTED)
def test_a_contradiction_can_be_read(rule: str, premises: str, language: str) -> None:
    (clash,) = close(triples(premises)).inconsistencies
    assert isinstance(clash, Inconsistency)
    assert clash.rule == rule
    assert "{" not in reading(clash, name, language)


@pytest.mark.parametrize(
    ("premises", "conclusion", "english", "french"),
    [
        (
            ":holds owl:propertyChainAxiom (:has :issuer) . :m :has :s . :s :issuer :i",
            ":m :holds :i",
            "because has, issuer, one after the other, make holds",
            "parce que has, issuer, l'un après l'autre, font holds",
        ),
        (
            ":Planned owl:hasValue :plan ; owl:onProperty :status . :x :status :plan",
            ":x a :Planned",
            "because what has status plan is a Planned",
            "parce que ce qui a status plan est Planned",
        ),
        (
            ":Company rdfs:subClassOf :Agent . :x a :Company",
            ":x a :Agent",
            "because every Company is also a Agent",
            "parce que tout ce qui est Company est aussi Agent",
        ),
    ],
)
def test_names_are_put_in(premises: str, conclusion: str, english: str, french: str) -> None:
    step = close(triples(premises)).derivation(triple(conclusion))
    assert step is not None
    assert (reading(step, name), reading(step, name, "fr")) == (english, french)


def test_why_an_axiom_is_ignored_can_be_read() -> None:
    (ignored,) = close(triples(":C owl:hasKey ()")).ignored
    assert (reason(ignored), reason(ignored, "fr")) == ("the list is empty", "la liste est vide")
