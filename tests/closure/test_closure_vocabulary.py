"""Each constant is the number of the term that it is named after."""

from __future__ import annotations

import re

from dealgraph.closure import vocabulary
from dealgraph.terms import iri

NOT_TERMS = {"SIZE", "FIRST_DATATYPE"}


def constant_name(term: str) -> str:
    local = term.partition(":")[2]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", local).upper()


def test_constants_match_the_terms() -> None:
    constants = {
        name: number
        for name, number in vars(vocabulary).items()
        if name.isupper() and isinstance(number, int) and name not in NOT_TERMS
    }
    named = vocabulary.NAMES[: vocabulary.ANNOTATIONS.start]
    assert {constant_name(term): number for number, term in enumerate(named)} == constants


def test_blocks_hold_what_they_say() -> None:
    assert [vocabulary.NAMES[number] for number in vocabulary.ANNOTATIONS][::8] == [
        "rdfs:label",
        "owl:incompatibleWith",
    ]
    assert len(vocabulary.DATATYPES) == 32
    assert vocabulary.NAMES[vocabulary.FIRST_DATATYPE] == "rdfs:Literal"
    assert len(set(vocabulary.NAMES)) == vocabulary.SIZE == len(vocabulary.IRIS)
    assert vocabulary.IRIS[vocabulary.THING] == iri("owl:Thing")
