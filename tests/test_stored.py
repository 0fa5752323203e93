"""Stored queries: what a header may say, what is refused and where, and that no value leaves its braces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from dealgraph.errors import AmbiguousName, StoredQueryDefect, UnknownName, Unreadable, WrongParameter
from dealgraph.stored import StoredQuery, Term, bind, defaults, defects, load_all, named, parse
from dealgraph.stored.text import mask, rows
from dealgraph.terms import iri

PATH = Path("queries/deals/prices.rq")
HEADER = """\
#+ summary: Prices
#+ summary_fr: Prix
#+ description: >
#+   What was paid,
#+   and when.
#+ description_fr: Ce qui a été payé.
#+ tags: [deals, money]
#+ params:
#+   deal: {type: iri, label: deal, label_fr: opération, optional: true}
#+   since: {type: date, label: since, label_fr: depuis}
#+   kind: {type: enum, label: kind, label_fr: sorte, values: [cash, equity]}
"""
BODY = """\
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?deal ?price   # VALUES ?deal { "in a comment" }
WHERE {
  VALUES ?deal { UNDEF }
  VALUES ?since { "2025-01-01"^^xsd:date }
  VALUES ?kind { "cash" }
  ?deal dg:price ?price .
}
ORDER BY ?deal ?price
"""
TEXT = HEADER + BODY
DEAL_LINE = TEXT.splitlines().index("  VALUES ?deal { UNDEF }") + 1


def found(text: str) -> list[str]:
    return [str(defect) for defect in defects(text, PATH)]


def one_defect(text: str) -> str:
    (message,) = found(text)
    return message


def query() -> StoredQuery:
    return parse(TEXT, PATH)


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(iri(f"xsd:{datatype}")))


# --- reading --------------------------------------------------------------------------------------------


def test_a_header_is_read_whole() -> None:
    read = query()
    assert (read.name, read.topic, read.path, read.form) == ("deals/prices", "deals", PATH, "SELECT")
    assert (read.summary, read.summary_fr, read.tags) == ("Prices", "Prix", ("deals", "money"))
    assert (read.description, read.description_fr) == ("What was paid, and when.", "Ce qui a été payé.")
    assert read.text == TEXT


def test_parameters_are_read_in_order_with_the_lines_of_their_rows() -> None:
    deal, since, kind = query().params
    assert (deal.name, deal.type, deal.optional, deal.line) == ("deal", "iri", True, DEAL_LINE)
    assert (since.label, since.label_fr, since.optional, since.values) == ("since", "depuis", False, ())
    assert (kind.values, kind.line) == (("cash", "equity"), DEAL_LINE + 2)


def test_defaults_are_read_as_terms() -> None:
    assert defaults(query()) == {
        "deal": (),
        "since": (literal("2025-01-01", "date"),),
        "kind": (Literal("cash"),),
    }


def test_a_default_may_lean_on_prefix_or_base() -> None:
    text = TEXT.replace("PREFIX xsd:", "BASE <http://a/>\nPREFIX xsd:").replace("UNDEF", "dg:one <two>")
    assert defaults(parse(text, PATH))["deal"] == (NamedNode(iri("dg:one")), NamedNode("http://a/two"))


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("SELECT ?a { ?a ?b ?c } ORDER BY ?a", "SELECT"),
        ("ASK {}", "ASK"),
        ("construct where { ?a ?b ?c }", "CONSTRUCT"),
    ],
)
def test_the_form_is_told(body: str, form: str) -> None:
    assert parse(f"#+ summary: A\n#+ summary_fr: B\n{body}", PATH).form == form


# --- defects --------------------------------------------------------------------------------------------


def test_a_sound_query_has_no_defect() -> None:
    assert found(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("#+ tags:", "#+ tag:", ":7: unknown key 'tag' in header"),
        ("#+ tags: [deals, money]", "#+ tags: deals", ":7: tags are not a list of words"),
        ("#+ tags: [deals, money]", "#+ summary: Again", ":7: key 'summary' twice in header"),
        ("#+ summary: Prices\n", "", ":1: has no summary. Add one line"),
        ("#+ summary_fr: Prix", "#+ summary_fr:", ":2: has no summary_fr"),
        ("#+ description_fr: Ce qui a été payé.\n", "", ":3: has description but no description_fr"),
        ("#+ tags: [deals, money]", "#+ tags: [deals", "header is not YAML"),
        ("{type: iri,", "{kind: iri, type: iri,", ":9: unknown key 'kind' in parameter 'deal'"),
        ("{type: iri,", "{type: thing,", ":9: parameter 'deal' has no type. Use one of: iri,"),
        ("label_fr: depuis", "optional: false", ":10: parameter 'since' lacks label or label_fr"),
        ("optional: true", "optional: perhaps", ":9: parameter 'deal': optional is neither true nor false"),
        (", values: [cash, equity]", "", ":11: parameter 'kind': type enum and values go together"),
        ("  VALUES ?deal { UNDEF }\n", "", ":9: parameter 'deal' has no row. Add the line: VALUES ?deal"),
        ("  VALUES ?deal { UNDEF }", "  VALUES ?deal\n  { UNDEF }", ":9: parameter 'deal' has no row"),
        ("  VALUES ?deal { UNDEF }", "  VALUES (?deal) { (UNDEF) }", ":9: parameter 'deal' has no row"),
        ("VALUES ?deal { UNDEF }", "VALUES ?deal { UNDEF } ?a ?b ?c .", ":9: parameter 'deal' has no row"),
        ('"2025-01-01"^^xsd:date', "UNDEF", ":17: parameter 'since' is not optional and has no default"),
        ('"2025-01-01"^^xsd:date', '"in May"^^xsd:date', ":17: the default of 'since' is not of its type"),
        ('"cash" }', '"barter" }', ":18: the default of 'kind' is not of its type. Give one of: cash"),
        ("ORDER BY ?deal ?price", "", ":1: SELECT without ORDER BY"),
        ("SELECT ?deal ?price", "DESCRIBE ?deal", ":1: is neither SELECT nor ASK nor CONSTRUCT"),
        ("PREFIX xsd:", "PREFIX xml:", ":17: prefix 'xsd:' is not declared. Add: PREFIX xsd:"),
        ("?deal dg:price ?price .", "?deal dg:price ?price ?price .", ":19: is not SPARQL 1.1 at column 33"),
        ("?deal dg:price ?price .", "1SERVICE<http://example.org/>{}", ":19: asks another server by SERVICE"),
    ],
)
def test_a_defect_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    assert old in TEXT
    message = one_defect(TEXT.replace(old, new))
    assert message.startswith("queries/deals/prices.rq:")
    assert expected in message


def test_a_second_row_of_a_parameter_is_a_defect() -> None:
    row = "  VALUES ?deal { UNDEF }\n"
    assert f":{DEAL_LINE + 1}: parameter 'deal' has a second row" in one_defect(TEXT.replace(row, row + row))


def test_an_order_inside_a_subquery_does_not_count() -> None:
    text = "#+ summary: A\n#+ summary_fr: B\nSELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a } }"
    assert "SELECT without ORDER BY" in one_defect(text)


def test_a_query_without_header_has_one_defect_for_it() -> None:
    assert "has no header" in one_defect(BODY)


def test_all_defects_are_listed_by_line_and_parse_raises_the_first() -> None:
    text = (
        TEXT.replace("#+ tags", "#+ tag").replace("ORDER BY ?deal ?price", "").replace("xsd:date", "xsl:date")
    )
    assert [message.split(":")[1] for message in found(text)] == ["1", "7", "17"]
    with pytest.raises(StoredQueryDefect, match="SELECT without ORDER BY") as caught:
        parse(text, PATH)
    assert caught.value.where == "queries/deals/prices.rq:1"


def test_a_header_that_refers_to_itself_is_a_defect_and_no_endless_walk() -> None:
    assert found("#+ params: &again\n#+   deal: *again\nASK {}") != []


@settings(deadline=None)
@given(st.text())
def test_no_text_whatever_brings_the_lint_down(text: str) -> None:
    assert all(isinstance(defect, StoredQueryDefect) for defect in defects(text, PATH))


@settings(deadline=None)
@given(st.text(alphabet="?:{}<>\"'#\\\n \t+-aVU1_", max_size=60))
def test_no_text_in_the_body_brings_the_lint_down(text: str) -> None:
    assert all(isinstance(defect, StoredQueryDefect) for defect in defects(HEADER + text + BODY, PATH))


@settings(deadline=None)
@given(st.text(alphabet="<>\"'#\\\n\r a:{}", max_size=40))
def test_masking_keeps_length_and_lines(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


def test_braces_and_rows_inside_strings_and_comments_are_not_seen() -> None:
    text = '?a ?b """\n  VALUES ?x { 1 }\n""" # }\n  VALUES ?y { "}" <http://a/#{> }\n'.replace("#{", "#")
    assert [row.name for row in rows(mask(text))] == ["y"]


# --- from a folder, by name -----------------------------------------------------------------------------


def folder_of(root: Path, *names: str) -> Path:
    for name in names:
        path = root / "queries" / f"{name}.rq"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return root / "queries"


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    read = load_all(folder_of(tmp_path, "people/all", "deals/all", "deals/prices"))
    assert [query.name for query in read] == ["deals/all", "deals/prices", "people/all"]
    assert read[0].path == Path("queries/deals/all.rq")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "deals/all")
    (folder / "deals" / "all.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(Unreadable, match=r"all\.rq|decode"):
        load_all(folder)


def test_a_query_is_found_by_its_name_or_by_its_stem_alone(tmp_path: Path) -> None:
    read = load_all(folder_of(tmp_path, "people/all", "deals/all", "deals/prices"))
    assert named(read, "deals/all").name == "deals/all"
    assert named(read, "prices").name == "deals/prices"
    with pytest.raises(AmbiguousName, match="2 queries are called 'all'") as caught:
        named(read, "all")
    assert "deals/all, people/all" in str(caught.value)
    with pytest.raises(UnknownName, match="'rates'"):
        named(read, "rates")


# --- binding --------------------------------------------------------------------------------------------

IRIS = st.from_regex(r"http://[a-z]+\.example/[A-Za-z0-9._~!$&'()*+,;=:@/?#é-]{0,20}", fullmatch=True)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ['" } } DELETE', "\\", '\\"', "\n}", "\r", "'", "<a>", "#", "?deal", "\\u0022 }", "\u2028", "}", "{deal}"]
)


def string_query() -> StoredQuery:
    text = TEXT.replace("type: iri, label: deal", "type: string, label: deal")
    return parse(text, PATH)


def values_of(text: str, name: str) -> list[object]:
    row = next(row for row in rows(mask(text)) if row.name == name)
    solutions = Store().query(f"SELECT ?x {{ VALUES ?x {{ {text[row.start : row.end]} }} }}")
    assert isinstance(solutions, QuerySolutions)
    return [solution[0] for solution in solutions]


def outside(text: str, line: int) -> Sequence[str]:
    lines = text.split("\n")
    return [*lines[: line - 1], *lines[line:]]


def same_but_for_the_row(bound: str, original: StoredQuery) -> bool:
    return outside(bound, DEAL_LINE) == outside(original.text, DEAL_LINE)


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_a_hostile_text_stays_inside_its_braces(values: list[str]) -> None:
    terms: list[Term] = [Literal(value) for value in values]
    bound = bind(string_query(), {"deal": terms})
    assert values_of(bound, "deal") == terms
    assert same_but_for_the_row(bound, string_query())
    assert found(bound) == []


@settings(deadline=None)
@given(st.lists(IRIS.filter(lambda value: value.count("#") < 2), min_size=1, max_size=3))
def test_an_iri_stays_inside_its_braces(values: list[str]) -> None:
    terms: list[Term] = [NamedNode(value) for value in values]
    bound = bind(query(), {"deal": terms})
    assert values_of(bound, "deal") == terms
    assert same_but_for_the_row(bound, query())
    assert found(bound) == []


def test_several_rows_are_bound_at_once_and_the_rest_keep_their_defaults() -> None:
    values: dict[str, list[Term]] = {
        "since": [literal("2025-06-13", "date")],
        "deal": [NamedNode("http://a/b")],
    }
    assert defaults(parse(bind(query(), values), PATH)) == {
        "deal": (NamedNode("http://a/b"),),
        "since": (literal("2025-06-13", "date"),),
        "kind": (Literal("cash"),),
    }


def test_nothing_bound_is_the_query_itself() -> None:
    assert bind(query(), {}) == TEXT


def test_an_optional_parameter_can_be_left_open_again() -> None:
    given_one = parse(TEXT.replace("{ UNDEF }", "{ dg:one }"), PATH)
    assert defaults(parse(bind(given_one, {"deal": []}), PATH))["deal"] == ()


def test_a_file_with_windows_line_ends_is_bound_like_any_other() -> None:
    read = parse(TEXT.replace("\n", "\r\n"), PATH)
    assert bind(read, {"deal": [NamedNode("http://a/b")]}).count("VALUES ?deal { <http://a/b> }\r\n") == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"price": [Literal("1")]},
            "deals/prices: the query has no parameter 'price'. It takes: deal, since",
        ),
        ({"since": []}, "deals/prices: 'since' needs a value"),
        ({"deal": [Literal("meta")]}, "is not a value for 'deal'. Give a term of type iri"),
        ({"since": [NamedNode("http://a/b")]}, "is not a value for 'since'. Give a term of type date"),
        ({"since": [Literal("2025-06-13")]}, "is not a value for 'since'"),
        ({"since": [literal("2025-6-13", "date")]}, "is not a value for 'since'"),
        ({"kind": [Literal("barter")]}, "is not a value for 'kind'. Give one of: cash, equity"),
        ({"kind": [Literal("cash", language="en")]}, "is not a value for 'kind'"),
    ],
)
def test_a_wrong_value_is_refused_by_name(values: dict[str, list[Term]], message: str) -> None:
    with pytest.raises(WrongParameter) as caught:
        bind(query(), values)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "fitting", "misfit"),
    [
        ("integer", literal("12", "integer"), literal("1.5", "decimal")),
        ("integer", literal("-12", "integer"), literal("twelve", "integer")),
        ("decimal", literal("1.5", "decimal"), literal("1e3", "double")),
        ("decimal", literal("12", "integer"), literal("1.5.0", "decimal")),
        ("string", Literal("any"), literal("1", "integer")),
    ],
)
def test_a_value_must_be_of_the_type(kind: str, fitting: Term, misfit: Term) -> None:
    read = query()
    typed = replace(read, params=(replace(read.params[0], type=kind), *read.params[1:]))
    assert str(fitting) in bind(typed, {"deal": [fitting]})
    with pytest.raises(WrongParameter, match=f"Give a term of type {kind}|is not a value"):
        bind(typed, {"deal": [misfit]})
