"""Small graphs and shapes of SHACL Core, put together at random."""

from __future__ import annotations

from hypothesis import strategies as st

# --- data -------------------------------------------------------------------------------------------------

NODES = ["id:a", "id:b", "id:c", "_:x"]
LITERALS = [
    '"a"',
    '"ab"@en',
    '"ab"@fr',
    '"abc"@en',
    "1",
    "2",
    "3.5",
    "true",
    '"2024-02-29"^^xsd:date',
    '"2024-02-30"^^xsd:date',
    '"2025-01-01"^^xsd:date',
    '"x"^^xsd:integer',
]
LINKS = ["id:p", "id:q", "id:r"]
KINDS = ["id:K", "id:L", "id:M"]

SUBCLASSES = "id:L rdfs:subClassOf id:K . id:M rdfs:subClassOf id:L . "


def lines(terms: list[str], fewest: int = 1, most: int = 14) -> st.SearchStrategy[list[str]]:
    """Statements about a few nodes: links to nodes and literals, and types."""
    link = st.builds(
        "{} {} {} .".format, st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from(terms)
    )
    typed = st.builds("{} a {} .".format, st.sampled_from(NODES), st.sampled_from(KINDS))
    return st.lists(link | typed, min_size=fewest, max_size=most)


def states(terms: list[str], fewest: int = 8) -> st.SearchStrategy[list[list[str]]]:
    """States of the data, each of which differs from the one before by one statement or two."""
    return st.builds(
        _changed,
        lines(terms, fewest=fewest, most=2 * fewest),
        st.lists(st.tuples(st.integers(0, 12), lines(terms, fewest=0, most=1)), min_size=1, max_size=5),
    )


def _changed(first: list[str], changes: list[tuple[int, list[str]]]) -> list[list[str]]:
    found = [first]
    for place, added in changes:
        before = found[-1]
        found.append([*before[:place], *before[place + 1 :], *added])
    return found


DATA = lines(NODES + LITERALS)
# What rdflib compares although SPARQL has no such comparison would hide what is to be tested.
NUMBERS = lines(["id:a", "1", "2", "3.5", "2.5"])


# --- shapes -----------------------------------------------------------------------------------------------

PATHS = [
    "id:p",
    "[ sh:inversePath id:p ]",
    "( id:p id:q )",
    "( id:p [ sh:inversePath id:q ] id:r )",
    "[ sh:alternativePath ( id:p [ sh:inversePath id:q ] ) ]",
    "[ sh:zeroOrMorePath id:p ]",
    "[ sh:oneOrMorePath [ sh:inversePath id:p ] ]",
    "[ sh:zeroOrOnePath id:p ]",
    "( [ sh:zeroOrMorePath id:p ] id:q )",
    "( [ sh:alternativePath ( id:p id:q ) ] [ sh:zeroOrOnePath id:r ] )",
    "[ sh:oneOrMorePath ( id:p id:q ) ]",
]
OF_VALUES = [
    "sh:class id:K",
    "sh:class id:L",
    "sh:class id:K , id:M",
    "sh:datatype xsd:integer",
    "sh:datatype xsd:string",
    "sh:datatype xsd:date",
    "sh:datatype rdf:langString",
    "sh:datatype xsd:decimal",
    "sh:datatype xsd:boolean",
    "sh:nodeKind sh:IRI",
    "sh:nodeKind sh:BlankNode",
    "sh:nodeKind sh:Literal",
    "sh:nodeKind sh:BlankNodeOrIRI",
    "sh:nodeKind sh:BlankNodeOrLiteral",
    "sh:nodeKind sh:IRIOrLiteral",
    "sh:minLength 2",
    "sh:maxLength 2",
    'sh:pattern "^a"',
    'sh:pattern "B" ; sh:flags "i"',
    'sh:languageIn ( "en" )',
    'sh:languageIn ( "fr" "en" )',
    'sh:languageIn ( "*" )',
    "sh:in ( id:a id:b )",
    'sh:in ( id:a 1 "ab"@en true )',
    "sh:in ()",
    "sh:hasValue id:a",
    "sh:hasValue 2",
    'sh:hasValue "ab"@fr',
    "sh:equals id:q",
    "sh:disjoint id:q",
    "sh:disjoint id:q , id:r",
    "sh:node id:Other",
    "sh:node [ sh:class id:K ; sh:property [ sh:path id:q ; sh:minCount 1 ] ]",
    "sh:not [ sh:class id:K ]",
    "sh:not [ sh:path id:q ; sh:minCount 1 ]",
    "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class id:K ] )",
    "sh:or ( [ sh:nodeKind sh:Literal ] [ sh:class id:K ] [ sh:path id:r ; sh:hasValue id:a ] )",
    "sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class id:K ] [ sh:path id:q ; sh:maxCount 0 ] )",
    "sh:property [ sh:path id:q ; sh:minCount 1 ; sh:nodeKind sh:IRI ]",
    "sh:property [ sh:path id:q ; sh:property [ sh:path id:r ; sh:maxCount 1 ] ]",
    "sh:property id:Named",
    "sh:closed true",
    "sh:closed true ; sh:ignoredProperties ( rdf:type id:q )",
    "sh:closed true ; sh:property [ sh:path id:p ] , [ sh:path id:r ; sh:maxCount 1 ]",
    "sh:closed false",
]
OF_PATHS = [
    "sh:minCount 0",
    "sh:minCount 1",
    "sh:minCount 2",
    "sh:minCount 5",
    "sh:maxCount 0",
    "sh:maxCount 1",
    "sh:maxCount 2",
    "sh:maxCount 4",
    "sh:uniqueLang true",
    "sh:uniqueLang false",
    "sh:qualifiedValueShape [ sh:class id:K ] ; sh:qualifiedMinCount 1",
    "sh:qualifiedValueShape [ sh:class id:K ] ; sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 2",
    "sh:qualifiedValueShape [ sh:path id:q ; sh:minCount 1 ] ; sh:qualifiedMaxCount 0",
]
BOUNDED = ["sh:minInclusive 2", "sh:minExclusive 2", "sh:maxInclusive 2.5", "sh:maxExclusive 2"]
COMPARED = [
    "sh:lessThan id:q",
    "sh:lessThanOrEquals id:q",
]
TARGETS = [
    "sh:targetClass id:K",
    "sh:targetClass id:L , id:M",
    "sh:targetNode id:a , id:b , id:nowhere",
    "sh:targetNode 1 , 'ab'@en",
    "sh:targetSubjectsOf id:p",
    "sh:targetObjectsOf id:p",
    "sh:targetClass id:M ; sh:targetSubjectsOf id:q ; sh:targetObjectsOf id:r",
]
OTHERS = """
id:Other a sh:NodeShape ; sh:property [ sh:path id:p ; sh:maxCount 1 ; sh:class id:K ] .
id:Named a sh:PropertyShape ; sh:path id:r ; sh:nodeKind sh:IRI .
"""

# A shape that others refer to: any constraints, on a node or along a path, to some depth.
LEAF = st.sampled_from([c for c in OF_VALUES if "closed" not in c])


def inside(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Constraints made of nested shapes."""
    nested = parts.map("[ {} ]".format)
    several = st.lists(nested, min_size=1, max_size=3).map(" ".join)
    logic = st.builds("sh:{} ( {} )".format, st.sampled_from(["and", "or", "xone"]), several)
    along = st.builds("sh:property [ sh:path {} ; {} ]".format, st.sampled_from(PATHS), parts)
    counted = st.builds(
        "sh:property [ sh:path {} ; {} ; {} ]".format,
        st.sampled_from(PATHS),
        st.sampled_from(OF_PATHS),
        parts,
    )
    return nested.map("sh:not {}".format) | logic | along | counted | nested.map("sh:node {}".format)


def with_targets(constraint: st.SearchStrategy[str], *, is_of_path: bool = False) -> st.SearchStrategy[str]:
    """Shapes with a target, along a path or on a node; none of those that are not compiled."""
    kinds = st.sampled_from(PATHS if is_of_path else ["", *PATHS])
    shapes = st.builds(_shape, kinds, st.sampled_from(TARGETS), constraint)
    return shapes.filter(_is_compiled)


def _shape(path: str, target: str, constraint: str) -> str:
    kind = f"a sh:PropertyShape ; sh:path {path}" if path else "a sh:NodeShape"
    return f"{kind} ; {target} ; {constraint}"


def _is_compiled(shape: str) -> bool:
    return not ("sh:targetNode" in shape and "sh:zero" in shape)


SHAPES = with_targets(st.recursive(LEAF, inside, max_leaves=6))
