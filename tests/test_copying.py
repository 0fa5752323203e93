"""A store that is copied from memory to the disk: the same quads, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from dealgraph.snapshot import copying
from dealgraph.snapshot.copying import copy_out
from dealgraph.terms import iri

NAMED = st.sampled_from([NamedNode(f"https://example.org/{name}") for name in ("a", "_:b", "ç", "d_:")])
BLANK = st.sampled_from([BlankNode("x"), BlankNode("y1"), BlankNode("0a")])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ["_:x", "\n_:x ", 'a" _:y .', "\r"]
)
LITERALS = st.builds(Literal, TEXTS) | st.builds(lambda text: Literal(text, language="fr"), TEXTS)
TYPED = [
    ("019", "integer"),
    ("one", "integer"),
    ("19.0", "decimal"),
    ("2025-02-30", "date"),
    ("1", "boolean"),
]
ODD = st.sampled_from([Literal(text, datatype=NamedNode(iri(f"xsd:{kind}"))) for text, kind in TYPED])
QUADS = st.builds(
    Quad, NAMED | BLANK, NAMED, NAMED | BLANK | LITERALS | ODD, NAMED | BLANK | st.just(DefaultGraph())
)


@settings(max_examples=60, deadline=None)
@given(st.lists(QUADS, max_size=30), st.sampled_from([1, 100, 10_000]))
def test_a_copy_has_the_same_quads(
    tmp_path_factory: pytest.TempPathFactory, quads: list[Quad], at_once: int
) -> None:
    folder = tmp_path_factory.mktemp("copy")
    store = Store()
    store.bulk_extend(quads)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(copying, "AT_ONCE", at_once)
        copy_out(store, folder / "store")
    assert set(Store.read_only(str(folder / "store"))) == set(store)
    assert [path.name for path in folder.iterdir()] == ["store"]


def test_a_copy_that_is_ended_leaves_no_file_on_the_way(tmp_path: Path) -> None:
    class Ended(Exception):
        pass

    def go_on() -> None:
        raise Ended

    with pytest.raises(Ended):
        copy_out(Store(), tmp_path / "store", go_on)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    Store(str(tmp_path / "store"))  # nobody holds it open
