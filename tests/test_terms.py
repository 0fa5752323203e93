"""Names of terms: to and from their short forms, without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat
from pyoxigraph import parse as parse_rdf

from dealgraph.terms import BASE, PREFIXES, compact, iri, local_name
from tiny import HEAD

# What may stand in an IRI after a namespace, with all that a prefixed name would have to escape.
LOCAL = st.lists(st.sampled_from([*"aZ09_-.~/:é(),;=@!$&'*+?", "%C3"]), max_size=12).map("".join)


def as_read_in_turtle(written: str) -> str:
    (triple,) = parse_rdf(f"{HEAD}<a:s> <a:p> {written} .".encode(), RdfFormat.TURTLE)
    assert isinstance(triple.object, NamedNode)
    return triple.object.value


@given(st.sampled_from(sorted(PREFIXES)), LOCAL)
def test_a_short_form_is_read_in_turtle_as_the_same_iri(prefix: str, local: str) -> None:
    assert as_read_in_turtle(compact(PREFIXES[prefix] + local)) == PREFIXES[prefix] + local


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_each_prefix_is_found_again(prefix: str) -> None:
    assert compact(iri(f"{prefix}:some-Name_1")) == f"{prefix}:some-Name_1"


@pytest.mark.parametrize(
    "full",
    [
        f"{BASE}time/2025-06-13/..",
        f"{BASE}article/blue#char=1,2",
        f"{BASE}id/ends-in-dot.",
        f"{BASE}id/",
        "https://example.org/elsewhere",
    ],
)
def test_what_no_prefixed_name_can_say_stays_in_angle_brackets(full: str) -> None:
    assert compact(full) == f"<{full}>"


def test_a_prefix_that_is_not_in_the_table_is_a_defect_of_the_code() -> None:
    with pytest.raises(KeyError):
        iri("nowhere:thing")


@pytest.mark.parametrize(
    ("full", "name"),
    [
        (f"{BASE}ontology#Claim", "Claim"),
        (f"{BASE}id/northwind", "northwind"),
        (f"{BASE}id/northwind/", "northwind"),
        (f"{BASE}ontology#", "ontology"),
        ("northwind", "northwind"),
        ("", ""),
    ],
)
def test_a_local_name_is_what_a_person_types(full: str, name: str) -> None:
    assert local_name(full) == name


def test_the_prefix_table_is_in_order_and_cannot_be_changed() -> None:
    assert list(PREFIXES) == sorted(PREFIXES)
    with pytest.raises(TypeError):
        PREFIXES["dg"] = "https://example.org/"  # type: ignore[index]


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_the_namespaces_of_data_end_where_a_name_can_follow() -> None:
    assert {namespace[-1] for namespace in PREFIXES.values()} <= {"/", "#"}
