"""The index: no record is lost in it, and the words of both languages are all there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from link_names import generated
from link_things import thing

from dealgraph.link.entity import Entity, Place
from dealgraph.link.index import Index
from dealgraph.link.phrases import LINK
from dealgraph.link.propose import Outcome
from dealgraph.link.score import Verdict
from dealgraph.mapping import Judgement

RECORDS = generated(3_000)
INDEX = Index(RECORDS)


@given(st.sampled_from(RECORDS))
def test_a_record_is_found_by_its_own_name(record: Entity) -> None:
    assert record in INDEX.block(record)


@given(st.sampled_from(RECORDS), st.data())
def test_a_record_is_found_by_a_name_with_one_letter_wrong(record: Entity, data: st.DataObject) -> None:
    label = record.label
    place = data.draw(st.integers(1, len(label.split()[0]) - 1))
    misspelt = f"{label[:place]}x{label[place + 1 :]}"
    assert record in INDEX.block(thing(misspelt, iri="https://example.org/misspelt"))


def test_a_record_is_found_by_its_identifier_under_any_name() -> None:
    record = thing("Suzuki", ids=("http://www.wikidata.org/entity/Q380",))
    block = Index([*RECORDS, record]).block(thing("Meta", ids=("http://www.wikidata.org/entity/Q380",)))
    assert record in block


def test_a_site_is_found_by_its_owner() -> None:
    site = thing("Holly Ridge", kinds="facility", owners=("Meta AI",), places=(Place("", "Louisiana"),))
    assert site in Index([*RECORDS, site]).block(thing("Hyperion", kinds="data-center", owners=("Meta",)))


@given(st.text(max_size=30))
def test_any_name_can_be_searched_for(text: str) -> None:
    assert len(INDEX.block(thing(text, iri="https://example.org/any"))) <= len(RECORDS)


def test_an_empty_source_gives_nothing() -> None:
    assert Index(()).block(thing("Meta")) == ()


def test_every_word_is_there_in_both_languages() -> None:
    assert LINK["en"].keys() == LINK["fr"].keys()
    said = {*map(str, Verdict), *map(str, Outcome), *map(str, Judgement)}
    assert said <= LINK["en"].keys()
