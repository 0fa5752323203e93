"""Judgements in the mapping files: written at once, in one form, taken back, never two that contradict."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from link_things import CIK, CSV, SEC_META, thing

from dealgraph.errors import DealgraphError, JudgementConflict, MappingRow, UnknownPrefix, Unreadable
from dealgraph.link.description import read_description
from dealgraph.link.ledger import (
    BY_FEATURES,
    BY_IDENTIFIER,
    Ledger,
    Signature,
    judged_by_hand,
    judged_by_rule,
)
from dealgraph.link.propose import Found, propose
from dealgraph.link.review import Review, pairs_of
from dealgraph.link.score import score
from dealgraph.link.sources import prefixes_of
from dealgraph.mapping import CURATED, Judgement, read
from dealgraph.settings import Project, open_project

BY = Signature("A. Curator", dt.date(2025, 6, 13))
OURS = thing("Meta", iri="https://w3id.org/dealgraph/id/meta")
OTHER = thing("Other", iri="https://w3id.org/dealgraph/id/other")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "graph" / "articles").mkdir(parents=True)
    return open_project(tmp_path)


@pytest.fixture
def ledger(project: Project) -> Ledger:
    return Ledger(project, "sec", "SEC")


def file_of(project: Project) -> Path:
    return project.graph / "mappings" / "sec.sssom.tsv"


def test_a_decision_is_in_the_file_with_who_when_and_how(project: Project, ledger: Ledger) -> None:
    ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[0]), Judgement.MATCH, BY))
    (mapping,) = read(file_of(project)).mappings
    assert mapping.judgement is Judgement.MATCH
    assert (mapping.subject, mapping.object) == (OURS.iri, SEC_META[0].iri)
    assert (mapping.author, mapping.date, mapping.justification) == ("A. Curator", BY.date, CURATED)
    assert mapping.tool.startswith("dealgraph ")
    assert (mapping.subject_label, mapping.object_label) == ("Meta", "Meta Platforms, Inc.")


@pytest.mark.parametrize("judgement", [Judgement.NOT, Judgement.UNSURE])
def test_no_and_unsure_are_kept_too(project: Project, ledger: Ledger, judgement: Judgement) -> None:
    ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[1]), judgement, BY))
    assert [m.judgement for m in read(file_of(project)).mappings] == [judgement]


def test_what_a_rule_accepts_says_how_and_how_surely() -> None:
    ours = thing("Meta", ids=(SEC_META[0].iri,), iri=OURS.iri)
    mapping = judged_by_rule(ours, score(ours, SEC_META[0]), BY.date)
    assert (mapping.justification, mapping.author) == (BY_IDENTIFIER, "")
    assert mapping.confidence and Decimal("0.95") <= mapping.confidence <= 1
    assert judged_by_rule(OURS, score(OURS, SEC_META[0]), BY.date).justification == BY_FEATURES


def test_a_later_decision_on_a_pair_replaces_the_earlier(project: Project, ledger: Ledger) -> None:
    for judgement in (Judgement.UNSURE, Judgement.NOT):
        ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[1]), judgement, BY))
    assert [m.judgement for m in read(file_of(project)).mappings] == [Judgement.NOT]
    assert ledger.undo()
    assert [m.judgement for m in read(file_of(project)).mappings] == [Judgement.UNSURE]
    assert ledger.undo()
    assert not file_of(project).exists()
    assert not ledger.undo()


def test_a_decision_goes_where_its_thing_is_judged_already(project: Project, ledger: Ledger) -> None:
    Ledger(project, "companies").judge(judged_by_hand(OURS, score(OURS, SEC_META[0]), Judgement.NOT, BY))
    ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[1]), Judgement.NOT, BY))
    ledger.judge(judged_by_hand(OTHER, score(OTHER, SEC_META[1]), Judgement.NOT, BY))
    assert len(read(project.graph / "mappings" / "companies.sssom.tsv").mappings) == 2
    assert [m.subject for m in read(file_of(project)).mappings] == [OTHER.iri]


def test_one_entity_is_not_two_of_our_things(project: Project, ledger: Ledger) -> None:
    ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[0]), Judgement.MATCH, BY))
    before = file_of(project).read_bytes()
    with pytest.raises(JudgementConflict, match="already"):
        ledger.judge(judged_by_hand(OTHER, score(OTHER, SEC_META[0]), Judgement.MATCH, BY))
    with pytest.raises(JudgementConflict, match="already"):
        ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[1]), Judgement.MATCH, BY))
    assert file_of(project).read_bytes() == before


def test_a_batch_is_written_whole_or_not_at_all(project: Project, ledger: Ledger) -> None:
    good = judged_by_rule(OURS, score(OURS, SEC_META[0]), BY.date)
    odd = judged_by_rule(OTHER, score(OTHER, thing("x", iri="urn:of:no:known:scheme")), BY.date)
    with pytest.raises((UnknownPrefix, MappingRow)):
        ledger.judge(good, odd)
    assert not file_of(project).exists()


def test_a_batch_over_two_files_is_written_whole_or_not_at_all(project: Project, ledger: Ledger) -> None:
    Ledger(project, "companies").judge(judged_by_hand(OURS, score(OURS, SEC_META[1]), Judgement.NOT, BY))
    companies = project.graph / "mappings" / "companies.sssom.tsv"
    before = companies.read_bytes()
    good = judged_by_rule(OURS, score(OURS, SEC_META[0]), BY.date)
    odd = judged_by_rule(OTHER, score(OTHER, thing("x", iri="urn:of:no:known:scheme")), BY.date)
    with pytest.raises((UnknownPrefix, MappingRow)):
        ledger.judge(good, odd)
    assert companies.read_bytes() == before
    assert not file_of(project).exists()
    assert not ledger.undo()


def test_records_of_an_unknown_scheme_get_a_prefix(project: Project, tmp_path: Path) -> None:
    (tmp_path / "my-rows.yaml").write_text(CSV)
    prefixes = prefixes_of(read_description(tmp_path / "my-rows.yaml"))
    assert prefixes == {"myrows": "https://example.org/"}
    record = thing("Meta", iri="https://example.org/7")
    ledger = Ledger(project, "my-rows", "Rows", prefixes)
    ledger.judge(judged_by_hand(OURS, score(OURS, record), Judgement.MATCH, BY))
    assert "myrows:7" in (project.graph / "mappings" / "my-rows.sssom.tsv").read_text()
    assert ledger.sets()[0].mappings[0].object == record.iri


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written_is_left_as_it_was(project: Project, ledger: Ledger) -> None:
    ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[0]), Judgement.MATCH, BY))
    before = file_of(project).read_bytes()
    file_of(project).parent.chmod(0o500)
    try:
        with pytest.raises(Unreadable):
            ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[1]), Judgement.NOT, BY))
    finally:
        file_of(project).parent.chmod(0o700)
    assert file_of(project).read_bytes() == before


def test_a_broken_mapping_file_stops_the_work_and_is_kept(project: Project, ledger: Ledger) -> None:
    ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[0]), Judgement.MATCH, BY))
    broken = file_of(project).read_bytes() + b"torn\trow\n"
    file_of(project).write_bytes(broken)
    with pytest.raises(MappingRow):
        ledger.judge(judged_by_hand(OURS, score(OURS, SEC_META[1]), Judgement.NOT, BY))
    assert file_of(project).read_bytes() == broken


# --- a review -----------------------------------------------------------------------------------------------


def test_after_a_match_the_rest_of_a_thing_is_passed_over(ledger: Ledger) -> None:
    proposals = [propose(each, Found(SEC_META), {}, least=0) for each in (OURS, OTHER)]
    review = Review(pairs_of(proposals), ledger, BY)
    review.decide(Judgement.MATCH)
    assert review.current and review.current.thing == OTHER
    assert review.undo()
    assert (review.place, review.pairs[review.place].thing) == (0, OURS)
    assert ledger.sets() == ()


actions = st.lists(st.sampled_from(["a", "r", "u", "s", "z"]), max_size=14)


@given(actions)
def test_any_run_of_a_review_can_be_taken_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("review")
    (folder / "graph" / "articles").mkdir(parents=True)
    project = open_project(folder)
    ledger = Ledger(project, "sec")
    first = judged_by_hand(
        thing("Apple", iri="https://w3id.org/dealgraph/id/apple"),
        score(OURS, thing("Apple", iri=f"{CIK}0000320193")),
        Judgement.MATCH,
        BY,
    )
    ledger.judge(first)
    before = file_of(project).read_bytes()
    proposals = [propose(each, Found(SEC_META), {}, least=0) for each in (OURS, OTHER)]
    review = Review(pairs_of(proposals), Ledger(project, "sec"), BY)
    for key in keys:
        _press(review, key)
        mappings = read(file_of(project)).mappings
        assert first in mappings
        assert list(mappings) == sorted(mappings)
    while review.undo():
        pass
    assert file_of(project).read_bytes() == before
    assert review.place == 0
    assert not any(review.counts.values())


def _press(review: Review, key: str) -> None:
    judgement = {"a": Judgement.MATCH, "r": Judgement.NOT, "u": Judgement.UNSURE}.get(key)
    if key == "z":
        review.undo()
    elif review.current and judgement:
        try:
            review.decide(judgement)
        except DealgraphError:
            review.skip()
    elif review.current:
        review.skip()
