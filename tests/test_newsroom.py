"""The invented newsroom of the benchmarks: the same every time, wrong where it says so."""

from __future__ import annotations

import hashlib
import io
import sys
import tracemalloc
from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dealgraph.checking import check_project
from dealgraph.settings import open_project
from dealgraph.turtle import format_text
from tiny import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))

from newsroom import Newsroom
from newsroom_errors import KINDS
from newsroom_files import write_article, write_project, write_stream
from newsroom_names import name

SIZE = 10_000


def digest(newsroom: Newsroom, quads: int) -> str:
    out = io.BytesIO()
    write_stream(newsroom, out, quads)
    return hashlib.sha256(out.getvalue()).hexdigest()


def test_the_same_seed_and_size_give_the_same_bytes() -> None:
    assert digest(Newsroom(7), SIZE) == digest(Newsroom(7), SIZE)


def test_another_seed_gives_other_articles() -> None:
    assert digest(Newsroom(7), SIZE) != digest(Newsroom(8), SIZE)


def test_a_stream_stops_at_the_end_of_the_article_that_reaches_the_size() -> None:
    quads = list(Newsroom(7).stream(SIZE))
    assert SIZE <= len(quads) < SIZE + 1_000
    assert len(set(quads)) == len(quads)


def test_a_longer_stream_begins_with_the_shorter_one() -> None:
    short = list(Newsroom(7).stream(SIZE))
    assert list(Newsroom(7).stream(2 * SIZE))[: len(short)] == short


def test_a_stream_five_times_as_long_needs_no_more_memory() -> None:
    def peak(quads: int) -> int:
        tracemalloc.start()
        for _ in Newsroom(7).stream(quads):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(SIZE // 10)  # fills the caches of terms
    assert peak(5 * SIZE) < peak(SIZE) + 300_000


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_two_numbers_never_share_a_name(one: int, other: int) -> None:
    assert (name(one) == name(other)) == (one == other)


def test_the_first_company_is_in_a_fifth_of_the_articles_and_most_are_in_few() -> None:
    newsroom = Newsroom(7)
    articles = [newsroom.article(number) for number in range(250)]
    companies = {
        str(q.subject) for a in articles for q in a.things if str(q.object).endswith("ontology#Company>")
    }
    mentions: Counter[str] = Counter()
    for article in articles:
        spoken_of = {str(q.object) for q in (*article.quads, *article.things)}
        mentions.update(companies & spoken_of)
    (_, most), *_ = mentions.most_common()
    assert 0.15 <= most / len(articles) <= 0.35
    assert sum(1 for count in mentions.values() if count <= 4) > len(companies) / 2


def test_the_files_are_in_the_canonical_form(tmp_path: Path) -> None:
    for path in write_article(Newsroom(7).article(40), tmp_path):
        text = path.read_text(encoding="utf-8")
        assert format_text(text, path.name) == text


def test_a_project_holds_the_quads_of_the_stream(tmp_path: Path) -> None:
    from dealgraph import sources

    write_project(Newsroom(7), tmp_path, SIZE)
    graph = "https://w3id.org/dealgraph/graph/"
    kept = (f"<{graph}things>", f"<{graph}background-places>")
    read = {
        quad
        for quad in sources.load(open_project(tmp_path)).quads
        if "/article/" in str(quad.graph_name) or str(quad.graph_name) in kept
    }
    assert read == set(Newsroom(7).stream(SIZE))


def test_a_check_finds_the_planted_errors_and_nothing_else_at_all(tmp_path: Path) -> None:
    kept = write_project(Newsroom(seed=3, errors=1), tmp_path, 14_000)
    planted = [article.planted for article in kept if article.planted]
    assert {each.kind for each in planted} == set(KINDS)
    report = check_project(open_project(tmp_path))
    expected = {found for each in planted for found in each.findings}
    assert {(found.rule, found.focus) for found in report.violations} == expected
    assert not report.warnings
