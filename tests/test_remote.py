"""No spelling of a call to another server gets past, and no harmless query is refused.

What is refused is compared with what the engine itself does: it would go out if it were let.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from dealgraph.stored.remote import remote_calls

# Port 9 is one that the engine refuses to ask, so that an attempt shows without leaving the machine.
THERE = "http://127.0.0.1:9/"
PREFIXES = f"PREFIX ex: <{THERE}> PREFIX : <{THERE}> PREFIX SERVICEex: <{THERE}> "

ATTEMPTS = (
    f"SELECT * {{ SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service<{THERE}>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ sErViCe\n#\n<{THERE}>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE SILENT <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT<{THERE}> {{ ?s ?p ?o }} }}",
    "SELECT * { SERVICE ex: { ?s ?p ?o } }",
    f"SELECT * {{ ?a ?b 1SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b 1.5e3SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b trueSERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b ex:.SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b 'x'SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b '''x'''SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a ?b []SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ FILTER(1<2)SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    "SELECT * { service:foo { ?s ?p ?o } }",
    "SELECT * { SERVICEex:foo { ?s ?p ?o } }",
    "SELECT * { SERVICE:foo { ?s ?p ?o } }",
    "SELECT * { SERVICE?e { ?s ?p ?o } }",
    f"SELECT * {{ VALUES ?e {{ <{THERE}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND(<{THERE}> AS ?e) FILTER(1<2)SERVICE?e#>\n{{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES (?e ?b) {{ (<{THERE}> 2) }} FILTER(1<?b)SERVICE?e#>\n{{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES (?e ?b) {{ (<{THERE}> 2) }} FILTER(1<?b)#>'''\nSERVICE ?e {{ ?s ?p ?o }} #'''\n}}",
    f"SELECT * {{ VALUES (?e ?b) {{ (<{THERE}> 2) }} FILTER(1<?b#>'''\n)SERVICE ?e {{ ?s ?p ?o }} #'''\n}}",
    f"SELECT * {{ \\u0053ERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERV\\U00000049CE <{THERE}> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ FILTER EXISTS {{ SERVICE <{THERE}> {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{THERE}> {{ ?s ?p ?o }} }} }} }} }}",
    f"ASK {{ SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{THERE}> {{ ?s ?p ?o }} }}",
    f'SELECT * {{ BIND("\\u0022 AS ?x) SERVICE <{THERE}> {{ ?s ?p ?o }} #" AS ?y) }}',
)

HARMLESS = (
    "SELECT * { ?x a ex:ServiceAgreement }",
    "SELECT * { ?x a ex:Agreement.Service }",
    "SELECT * { ?x ex:hasService-level ?service, $SERVICE }",
    "SELECT ?service { ?x ex:p ?service FILTER(?service > 2 && ?x < 3) }",
    "SELECT * { ?x ex:p 'SERVICE', \"service\", '''SERVICE <http://a> { }''' }",
    'SELECT * { ?x ex:p "say \\"SERVICE\\" twice", "x"@en-service }',
    "SELECT * { ?x ex:p <http://e.org/service>, <http://e.org/ns#Service>, <http://e.org/(x)/service> }",
    "SELECT * { ?x ex:p <service>, <urn:service:a>, <../service?a=b> }",
    "SELECT * { ?x ex:p 1 # SERVICE <http://e.org/>\n }",
    "# service\nSELECT * { ?x ?p ?o }",
    "SELECT * { ?x ex:p ex:a%53service, ex:a\\,service, _:service }",
    "SELECT * { ?x <#a> <b#c> }",
    "SELECT * { ?x ex:p ex:c.SERVICE }",
)


def a_store() -> Store:
    """One in which each attempt finds rows on our side, without which nobody is asked."""
    store = Store()
    values = "1, 1.5e3, 1.0, true, 'x', ex:, [] "
    store.load(f"{PREFIXES} ex: ex:p ex:, {values} ; ex: {values} .".encode(), format=RdfFormat.TURTLE)
    return store


def goes_out(query: str) -> bool:
    """Whether the engine, were it let, would ask another server (or knows that it would have to)."""
    try:
        list(a_store().query(PREFIXES + query))  # type: ignore[arg-type]
    except (OSError, RuntimeError) as error:
        return "not allowed for HTTP" in str(error) or "service name" in str(error)
    except (SyntaxError, TypeError):
        return False
    return False


@pytest.mark.parametrize("query", ATTEMPTS)
def test_a_call_is_found_however_it_is_spelt(query: str) -> None:
    assert remote_calls(PREFIXES.replace("SERVICEex", "xe") + query)


@pytest.mark.parametrize("query", HARMLESS)
def test_a_harmless_query_is_not_refused(query: str) -> None:
    assert remote_calls(query) == ()


def test_the_line_is_told() -> None:
    assert remote_calls("SELECT * {\n  ?s ?p ?o\n  SERVICE <http://e.org/> {}\n}") == (3,)


def test_the_engine_would_go_out_for_what_is_refused() -> None:
    attempted = [query for query in ATTEMPTS if goes_out(query)]
    assert len(attempted) > len(ATTEMPTS) * 3 / 4


PIECES = st.sampled_from(
    [
        *("SERVICE", "service", "SILENT", "\\u0053ERVICE", f"<{THERE}>", "ex:", "ex:a", ":b", "?e", "$e"),
        *(
            "{ ?s ?p ?o }",
            "{",
            "}",
            "(",
            ")",
            ".",
            ";",
            ",",
            "<",
            ">",
            "#",
            "\n",
            " ",
            "'",
            '"',
            "'''",
            '"""',
        ),
        *("\\", "\\u0022", "1", "1.", "1e3", "true", "@en", "@", "[]", "a", "FILTER", "FILTER(1<2)", "_:b"),
        *("?x ex:p ", "VALUES ?e {", "BIND(", "AS ?y)", "OPTIONAL", "UNION", "GRAPH ?g", "^", "|", "/", "%"),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@example(f"FILTER(1<2)SERVICE<{THERE}>{{ ?s ?p ?o }}")
def test_nothing_that_goes_out_gets_past(inside: str) -> None:
    query = f"SELECT * {{ {inside} }}"
    if not remote_calls(PREFIXES.replace("SERVICEex", "xe") + query):
        assert not goes_out(query)


@given(st.text())
def test_no_text_breaks_the_check(text: str) -> None:
    assert isinstance(remote_calls(text), tuple)
