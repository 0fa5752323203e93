"""Where pySHACL 0.40 and rdflib 7.6 differ from the W3C texts, and the compiled shapes follow these.

Each case: data, shape, and how many results the text asks for and pySHACL gives.
"""

from __future__ import annotations

import pytest

from shacl_oracle import by_program, by_pyshacl
from shape_files import trig

ON_P = "a sh:PropertyShape ; sh:targetNode id:a ; sh:path id:p ; "
CASES = {
    "inverse of a sequence": (
        "id:a id:p id:b . id:b id:q id:c .",
        "a sh:PropertyShape ; sh:targetNode id:c ; sh:minCount 1 ; sh:path [ sh:inversePath ( id:p id:q ) ]",
        0,
        1,
    ),
    "language range of two parts": (
        "id:a id:p 'x'@en-gb-oed .",
        ON_P + "sh:languageIn ( 'en-GB' )",
        0,
        1,
    ),
    "IRIs compared": ("id:a id:p id:b ; id:q id:c .", ON_P + "sh:lessThan id:q", 1, 0),
    "boolean bounded by a number": ("id:a id:p true .", ON_P + "sh:maxInclusive 2.5", 1, 0),
    "blank node of length 0": ("id:a id:p [] .", ON_P + "sh:minLength 0", 1, 0),
    "pattern before a line end": (r'id:a id:p "a\n" .', ON_P + "sh:pattern 'a$'", 1, 0),
    "decimal with an exponent": ("id:a id:p '1e3'^^xsd:decimal .", ON_P + "sh:datatype xsd:decimal", 1, 0),
    "text compared in a query": (
        "id:a id:p '9', 1 .",
        "a sh:NodeShape ; sh:targetNode id:a ; sh:sparql [ sh:select "
        "'SELECT $this ?value { $this ?p ?value FILTER(?value > 5) }' ]",
        0,
        1,
    ),
    "far year": ("id:a id:p '12024-01-01'^^xsd:date .", ON_P + "sh:datatype xsd:date", 0, 1),
}


@pytest.mark.parametrize("name", CASES)
def test_the_compiled_shape_follows_the_text_where_pyshacl_does_not(name: str) -> None:
    data, shape, expected, by_them = CASES[name]
    shapes = trig(f"shape:S {shape} .")
    assert len(by_program(trig(data), shapes)) == expected
    assert len(by_pyshacl(trig(data), shapes)) == by_them
