"""Building a snapshot: the same in memory or on the disk, written beside the check, gone where it fails."""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from dealgraph import build as building
from dealgraph import reason, snapshot
from dealgraph.build import build
from dealgraph.errors import ViolationsFound
from dealgraph.flat import flattened
from dealgraph.settings import Project, open_project
from dealgraph.snapshot.publishing import copy_stores
from tiny import ROOT

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

from newsroom import Newsroom
from newsroom_files import write_project

SIZE = 2_000


@pytest.fixture(autouse=True)
def _without_hermit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reason, "MOST_FOR_HERMIT", 0)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    write_project(Newsroom(3), tmp_path, SIZE)
    return open_project(tmp_path)


def held(project: Project) -> tuple[set[Quad], set[Quad]]:
    """What the snapshot of a project holds, and what it has for the shapes."""
    opened = snapshot.open_current(project.state)
    return set(opened.store), set(Store.read_only(str(opened.folder / "flat")))


@pytest.mark.parametrize("flat", [0, 1_000_000_000])
def test_on_the_disk_a_build_gives_what_it_gives_in_memory(
    project: Project, monkeypatch: pytest.MonkeyPatch, flat: int
) -> None:
    in_memory = build(project, full=True)
    known = held(project)
    monkeypatch.setattr(building, "MOST_IN_MEMORY", {"store": 0, "flat": flat})
    other = replace(project, state=project.state.parent / "elsewhere")
    on_disk = build(other, full=True)
    assert on_disk == in_memory
    assert held(other) == known
    assert known[1] == set(flattened(known[0]))


def test_a_build_that_finds_a_violation_leaves_nothing_behind(project: Project) -> None:
    build(project)
    before = snapshot.current(project.state)
    write_project(Newsroom(3, errors=1), project.root, SIZE)
    with pytest.raises(ViolationsFound):
        build(project, full=True)
    assert snapshot.current(project.state) == before
    assert sorted(path.name for path in (project.state / "snapshots").iterdir()) == [before.name]
    assert not (project.state / "workshop").exists()


@pytest.mark.parametrize("on_disk", [(), ("store",), ("store", "flat")])
def test_a_bench_that_is_left_early_stops_writing_and_is_cleared(
    tmp_path: Path, on_disk: tuple[str, ...]
) -> None:
    class Interrupted(BaseException):
        pass

    threads = threading.active_count()
    lock, opened = snapshot.writing(tmp_path), snapshot.bench(tmp_path, on_disk=on_disk)
    with pytest.raises(Interrupted), lock, opened as made:
        made.store.bulk_extend(parsed(20_000))
        made.settle()
        raise Interrupted
    assert threading.active_count() == threads
    assert not (tmp_path / "workshop").exists()
    assert not (tmp_path / "snapshots").exists()


@pytest.mark.parametrize("on_disk", [(), ("store",), ("store", "flat")])
def test_no_two_benches_share_a_folder(tmp_path: Path, on_disk: tuple[str, ...]) -> None:
    # A store that is still open somewhere removes files by their names.
    folders = []
    for _ in range(2):
        with snapshot.writing(tmp_path), snapshot.bench(tmp_path, on_disk=on_disk) as made:
            folders.append(made.folder)
    assert folders[0] != folders[1]


def test_no_two_workshops_share_a_folder(project: Project) -> None:
    build(project)
    shops: list[snapshot.Workshop] = []
    folders: list[Path] = []
    for _ in range(2):
        with snapshot.writing(project.state), snapshot.workshop(project.state) as shop:
            shops.append(shop)
            folders += (project.state / "workshop").iterdir()
    assert len(set(folders)) == len(shops)


def test_stores_on_the_disk_that_are_settled_have_fewer_tables(tmp_path: Path) -> None:
    def tables(made: snapshot.Bench, name: str) -> int:
        (tmp_path / name).mkdir()
        copy_stores(made.store, made.flat, tmp_path / name)
        return sum(1 for _ in (tmp_path / name / "store").glob("*.sst"))

    with snapshot.writing(tmp_path), snapshot.bench(tmp_path, on_disk=("store", "flat")) as made:
        for _ in range(3):  # each begins and ends where the others do
            made.store.bulk_extend(parsed(1_000))
        before = tables(made, "before")
        made.settle()
        assert tables(made, "after") < before
        assert set(made.store) == set(parsed(1_000))


def test_a_bench_publishes_what_was_put_in_whether_or_not_writing_had_begun(tmp_path: Path) -> None:
    for begin, on_disk in itertools.product((True, False), ((), ("store",), ("store", "flat"))):
        state = tmp_path / f"{begin}-{len(on_disk)}"
        with snapshot.writing(state), snapshot.bench(state, on_disk=on_disk) as made:
            made.store.bulk_extend(parsed(10))
            made.flat.bulk_extend(parsed(3))
            if begin:
                made.settle()
            made.publish(building.described(made.store, ("", "", "", ())), {})
        opened = snapshot.open_current(state)
        flat = Store.read_only(str(opened.folder / "flat"))
        assert (len(opened.store), len(flat)) == (10, 3)


def parsed(number: int) -> Iterator[Quad]:
    """So many quads."""
    for each in range(number):
        yield Quad(NamedNode(f"urn:{each}"), NamedNode("urn:p"), Literal(each))
