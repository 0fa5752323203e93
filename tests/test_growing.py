"""A change is checked where it changes something, told as the whole check tells it, and given up whole."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from dealgraph import reason, snapshot, turtle
from dealgraph.admit import FACTS
from dealgraph.build import build
from dealgraph.checking import check_project
from dealgraph.edits import Edit
from dealgraph.errors import DuplicateId, Inconsistent
from dealgraph.flat import flattened
from dealgraph.growing import Grower
from dealgraph.increment import affected
from dealgraph.increment.reasoning import Whole
from dealgraph.settings import Project, open_project
from dealgraph.shacl.matches import Match
from dealgraph.snapshot import Workshop
from dealgraph.sources import THINGS
from dealgraph.terms import iri
from tiny import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))

from newsroom import Newsroom
from newsroom_files import write_article, write_project

PLANTED = 10
"""How many kinds of errors are planted; `test_newsroom` puts all of them to the whole check."""
FIRST = 3_000
"""Quads of the invented newsroom to which articles are added."""


@pytest.fixture(scope="module", autouse=True)
def _without_hermit() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reason, "MOST_FOR_HERMIT", 0)
        yield


@pytest.fixture(scope="module")
def newsroom_project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, int]:
    """A project with some articles, built, and the number of the next one."""
    folder = tmp_path_factory.mktemp("newsroom")
    *_, last = write_project(Newsroom(7), folder, FIRST)
    project = open_project(folder)
    build(project)
    return project, last.number + 1


@pytest.fixture
def grower(newsroom_project: tuple[Project, int]) -> Iterator[Grower]:
    project, _ = newsroom_project
    with snapshot.writing(project.state), snapshot.workshop(project.state) as shop:
        grower = Grower(project, shop)
        grower.ensure_same_rules()
        yield grower


def edits_of(project: Project, number: int, folder: Path, errors: int = 0) -> tuple[Edit, ...]:
    """The edits that add an article of the newsroom, with the things that it needs."""
    found = []
    for path in write_article(Newsroom(7, errors).article(number), folder):
        text = path.read_text(encoding="utf-8")
        (graph,) = {quad.graph_name for quad in turtle.read(path).quads}
        assert isinstance(graph, NamedNode)
        place = project.root / path.relative_to(folder)
        found.append(Edit(place, text, path.name, graph))
    return tuple(found)


def _quads(text: str) -> list[Quad]:
    return list(parse(text, format=RdfFormat.TRIG))


def _about(subject: NamedNode, quad: Quad) -> Quad:
    return Quad(subject, quad.predicate, quad.object, quad.graph_name)


def held(shop: Workshop) -> tuple[set[Quad], set[Quad]]:
    return set(shop.store), set(shop.flat)


def test_what_shapes_look_at_follows_the_store(
    grower: Grower, newsroom_project: tuple[Project, int], tmp_path: Path
) -> None:
    project, number = newsroom_project
    before = held(grower.shop)
    assert before[1] == set(flattened(before[0]))
    grower.try_out(edits_of(project, number, tmp_path))
    after = held(grower.shop)
    assert after[1] == set(flattened(after[0]))
    assert after[0] != before[0]
    grower.give_up()
    assert held(grower.shop) == before


def test_planted_errors_are_found_and_no_others_and_given_up_without_a_trace(
    grower: Grower, newsroom_project: tuple[Project, int], tmp_path: Path
) -> None:
    project, first = newsroom_project
    kinds: set[str] = set()
    for number in range(first, first + PLANTED):
        before = held(grower.shop) if number < first + 3 else None
        planted = Newsroom(7, 1).article(number).planted
        assert planted is not None
        growth = grower.try_out(edits_of(project, number, tmp_path, errors=1))
        found = {(finding.rule, finding.focus) for finding in growth.report.violations}
        assert found == planted.findings, planted.kind
        grower.give_up()
        assert before is None or held(grower.shop) == before
        kinds.add(planted.kind)
        edits = edits_of(project, number, tmp_path)
        assert grower.try_out(edits).report.conforms, number
        grower.keep(edits)
    assert len(kinds) == PLANTED
    manifest = grower.shop.of.manifest
    assert manifest.content == snapshot.content.digest(grower.shop.store)
    assert manifest.counts["quads"] == len(grower.shop.store)


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count the rows by which a change is followed to what it can alter."""
    found = Counter[str]()

    def counting(owner: object, name: str) -> None:
        plain = getattr(owner, name)

        def counted(*args: object) -> Iterator[object]:
            for row in plain(*args):
                found[name] += 1
                yield row

        patch.setattr(owner, name, counted)

    with pytest.MonkeyPatch.context() as patch:
        counting(affected, "_solutions")
        counting(Match, "nodes")
        yield found


def rows_followed(folder: Path, size: int, articles: int) -> int:
    """How many rows articles of the newsroom are followed by, among so many quads."""
    *_, last = write_project(Newsroom(7), folder, size)
    project = open_project(folder)
    build(project)
    with snapshot.writing(project.state), snapshot.workshop(project.state) as shop, counted() as found:
        grower = Grower(project, shop)
        for number in range(last.number + 1, last.number + 1 + articles):
            edits = edits_of(project, number, folder / "new")
            assert grower.try_out(edits).report.conforms
            grower.keep(edits)
    return found.total()


def test_an_article_is_followed_by_hardly_more_rows_in_a_larger_store(tmp_path: Path) -> None:
    small, large = (rows_followed(tmp_path / str(size), size, 5) for size in (FIRST, 5 * FIRST))
    assert 0 < large < 1.3 * small


def test_warnings_of_a_change_are_those_that_the_whole_check_has_more(
    grower: Grower, newsroom_project: tuple[Project, int]
) -> None:
    project, _ = newsroom_project
    place, graph = NamedNode(iri("id:lonely")), THINGS
    text = (
        f"@prefix dg: <{iri('dg:')}> .\n@prefix rdfs: <{iri('rdfs:')}> .\n"
        f'<{graph.value}> {{ <{place.value}> a dg:Company ; rdfs:label "Lonely"@en , "Seule"@fr . }}\n'
    )
    path = project.graph / "things" / "lonely.trig"
    growth = grower.try_out([Edit(path, text, "lonely.trig", graph)])
    mine = {(f.rule, f.focus, f.where) for f in growth.report.findings if f.focus == place.value}
    grower.give_up()
    path.write_text(text, encoding="utf-8")
    try:
        whole = check_project(project).findings
    finally:
        path.unlink()
    wanted = {(f.rule, f.focus) for f in whole if f.focus == place.value}
    assert {found[:2] for found in mine} == wanted
    assert ("checks/orphan-things", place.value, "lonely.trig:3") in mine


def test_what_is_described_twice_is_refused(
    grower: Grower, newsroom_project: tuple[Project, int], tmp_path: Path
) -> None:
    project, _ = newsroom_project
    number = newsroom_project[1] + 60
    article, things = edits_of(project, number, tmp_path)
    earlier = Newsroom(7).article(0).slug
    text = article.text
    assert text is not None
    mine, other = (NamedNode(iri(f"claim:{slug}-1")) for slug in (Newsroom(7).article(number).slug, earlier))
    quads = [quad if quad.subject != mine else _about(other, quad) for quad in _quads(text)]
    twice = replace(article, text=turtle.write(quads), given="twice.trig")
    before = held(grower.shop)
    with pytest.raises(DuplicateId, match=f"{earlier}-1> is described a second time"):
        grower.try_out([twice, things])
    assert held(grower.shop) == before


def test_a_contradiction_is_named_and_leaves_nothing(
    grower: Grower, newsroom_project: tuple[Project, int]
) -> None:
    project, _ = newsroom_project
    before = held(grower.shop)
    types = grower.shop.store.quads_for_pattern(None, NamedNode(iri("rdf:type")), None, FACTS)
    company = min(str(q.subject) for q in types if q.object == NamedNode(iri("dg:Company")))
    text = f"<{THINGS.value}> {{ {company} a <{iri('dg:Person')}> . }}\n"
    edit = Edit(project.graph / "things" / "clash.trig", text, "clash.trig", THINGS)
    with pytest.raises(Inconsistent, match="this cannot hold together"):
        grower.try_out([edit])
    assert held(grower.shop) == before


def test_things_that_change_ask_for_a_whole_build(
    grower: Grower, newsroom_project: tuple[Project, int]
) -> None:
    project, _ = newsroom_project
    path = next((project.graph / "things").rglob("*.trig"))
    with pytest.raises(Whole, match="a file of things"):
        grower.try_out([Edit(path, None, path.name, THINGS)])
