"""What was worked out comes back from its text as it was, and no other text runs anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from dealgraph.kept import Codec


@dataclass(frozen=True)
class Pair:
    """Two values of any kind."""

    one: object
    other: object


CODEC = Codec((Pair,))
ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.builds(lambda name: NamedNode(f"urn:{name}"), st.text("abc")),
    st.builds(lambda name: BlankNode(f"b{name}"), st.text("abc")),
    st.builds(Literal, st.text()),
    st.builds(lambda text: Literal(text, language="fr"), st.text()),
    st.builds(lambda text: Literal(text, datatype=NamedNode("urn:d")), st.text()),
    st.builds(lambda name: Path(f"folder/{name}"), st.text("abc", min_size=1)),
)
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.builds(Pair, inner, inner) | st.lists(inner).map(tuple) | st.frozensets(inner),
    max_leaves=10,
)


@given(VALUES)
def test_what_is_kept_comes_back_as_it_was(value: object) -> None:
    back = CODEC.from_json(CODEC.to_json(value))
    assert back == value
    assert type(back) is type(value)


@given(st.dictionaries(ATOMS, ATOMS))
def test_a_mapping_comes_back_in_its_order(value: dict[object, object]) -> None:
    assert list(CODEC.from_json(CODEC.to_json(value)).items()) == list(value.items())


def test_a_mapping_that_was_read_cannot_be_changed() -> None:
    first, second = CODEC.from_json(CODEC.to_json(({}, {})))
    assert first == second == {}
    with pytest.raises(TypeError):
        first["one"] = 1


def test_a_kind_that_the_reader_does_not_know_is_not_written() -> None:
    with pytest.raises(TypeError, match="Pair"):
        Codec(()).to_json(Pair(1, 2))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '[["eval","1"]]', '[["t",0]]', '[["Pair","a"],["t",0]]', '[["m","a"],["t",0]]', "[0]"],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        CODEC.from_json(text)
