"""The snapshots that are kept: how many, in what order, and the way back to one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealgraph.errors import AmbiguousName, NoSnapshot, OtherVersion, UnknownName
from dealgraph.snapshot import (
    Manifest,
    Pointer,
    current,
    inputs,
    kept,
    manifests,
    open_store,
    opening,
    pointer,
    retain,
    roll_back,
    sweep,
    write,
    writing,
)
from test_snapshot import answer, build, described, folders, quads


def build_all(state: Path, *texts: str, keep: int | None = None) -> list[str]:
    names = []
    for text in texts:
        with writing(state):
            names.append(write(state, quads(text), described(text), keep=keep).name)
    return names


def back(state: Path, name: str = "") -> tuple[str, str]:
    with writing(state):
        return roll_back(state, name)


def test_as_many_as_asked_for_are_kept_from_then_on(tmp_path: Path) -> None:
    names = build_all(tmp_path, "1", "2", "3", keep=3)
    names += build_all(tmp_path, "4")
    assert pointer(tmp_path).kept == tuple(reversed(names[1:]))
    assert folders(tmp_path) == set(names[1:])
    with writing(tmp_path):
        retain(tmp_path, 1)
    assert folders(tmp_path) == {names[3]}
    assert answer(open_store(tmp_path)) == {"4"}


def test_keeping_one_only_drops_the_one_before(tmp_path: Path) -> None:
    _, last = build_all(tmp_path, "1", "2", keep=1)
    assert folders(tmp_path) == {last}
    with pytest.raises(NoSnapshot, match="no snapshot before the one that answers"):
        back(tmp_path)


def test_the_kept_ones_are_listed_the_newest_first(tmp_path: Path) -> None:
    names = build_all(tmp_path, "1", "2", "3", keep=3)
    found = kept(tmp_path)
    assert [one.name for one in found] == names[::-1]
    assert [one.answers for one in found] == [True, False, False]
    for one in found:
        assert one.manifest
        assert one.manifest.counts == {"quads": 3}
        assert one.size > sum(one.manifest.files.values())
        assert one.built
        written = (tmp_path / "snapshots" / one.name / "manifest.json").stat()
        assert one.built.timestamp() == pytest.approx(written.st_mtime, abs=1e-5)


def test_going_back_goes_one_further_each_time_and_a_name_leads_anywhere(tmp_path: Path) -> None:
    first, second, third = build_all(tmp_path, "1", "2", "3", keep=3)
    assert back(tmp_path) == (third, second)
    assert answer(open_store(tmp_path)) == {"2"}
    assert pointer(tmp_path).rolled_back_from == third
    assert back(tmp_path) == (second, first)
    assert back(tmp_path, third) == (first, third)
    assert pointer(tmp_path).rolled_back_from == ""
    assert folders(tmp_path) == {first, second, third}


def test_the_next_build_ends_a_rollback_and_keeps_what_answered(tmp_path: Path) -> None:
    first, _ = build_all(tmp_path, "1", "2")
    back(tmp_path)
    third = build(tmp_path, "3").name
    assert pointer(tmp_path) == Pointer(third, (third, first), 2)
    assert answer(open_store(tmp_path)) == {"3"}


def test_a_name_is_taken_by_its_beginning_and_told_apart(tmp_path: Path) -> None:
    first, second = build_all(tmp_path, "1", "2")
    with pytest.raises(AmbiguousName, match="2 snapshots have a name"):
        back(tmp_path, first[:3])
    with pytest.raises(UnknownName, match="no snapshot has this name"):
        back(tmp_path, "zzz")
    assert back(tmp_path, first[:-1]) == (second, first)


def test_there_is_no_way_back_to_a_damaged_one_or_one_of_another_version(tmp_path: Path) -> None:
    first, second, _ = build_all(tmp_path, "1", "2", "3", keep=3)
    shutil.rmtree(tmp_path / "snapshots" / second / "store")
    with pytest.raises(NoSnapshot, match=f"{second}: the snapshot is damaged"):
        back(tmp_path)
    (tmp_path / "snapshots" / first / "manifest.json").write_text('{"layout": 1}', encoding="utf-8")
    with pytest.raises(OtherVersion, match="layout 1"):
        back(tmp_path, first)
    assert answer(open_store(tmp_path)) == {"3"}
    assert [one.problem for one in kept(tmp_path)] == ["", "damaged", "of another version"]


def test_a_damaged_one_is_dropped_by_the_next_build(tmp_path: Path) -> None:
    first, second = build_all(tmp_path, "1", "2", keep=3)
    shutil.rmtree(tmp_path / "snapshots" / first / "store")
    third = build(tmp_path, "3").name
    assert pointer(tmp_path).kept == (third, second)
    assert folders(tmp_path) == {second, third}


def test_a_lost_pointer_loses_no_snapshot(tmp_path: Path) -> None:
    names = build_all(tmp_path, "1", "2", "3", keep=3)
    (tmp_path / "CURRENT").write_text("cut sho", encoding="utf-8")
    sweep(tmp_path)
    assert folders(tmp_path) == set(names)
    build(tmp_path, "4")
    assert set(names[1:]) < folders(tmp_path)


def test_the_files_that_it_was_made_from_are_kept_beside(tmp_path: Path) -> None:
    files = {"graph/one.trig": "ab" * 32}
    with writing(tmp_path):
        folder = write(tmp_path, quads("1"), described("1"), made_from=files)
    assert inputs(folder) == files
    for damage in ("[]", "{", ""):
        (folder / "inputs.json").write_text(damage, encoding="utf-8")
        with pytest.raises(NoSnapshot, match="damaged"):
            inputs(folder)


def test_no_time_of_day_is_in_what_is_written(tmp_path: Path) -> None:
    folder = build(tmp_path, "1")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {
        "as_of", "checked", "content", "counts", "digests", "files", "inputs", "layout", "only_from",
        "program",
    }  # fmt: skip
    assert json.loads((tmp_path / "CURRENT").read_text(encoding="utf-8")) == {
        "answers": folder.name,
        "keep": 2,
        "kept": [folder.name],
    }


NAMES = st.sampled_from("abcdef")


@given(st.lists(st.tuples(st.sampled_from(["to", "keeping", "back"]), NAMES, st.integers(1, 4))))
def test_what_answers_is_always_kept_and_never_more_than_may_be(steps: list[tuple[str, str, int]]) -> None:
    at = Pointer("", ())
    for step, name, number in steps:
        if step == "to":
            at = at.to(name)
            assert at.kept[0] == at.answers == name
        elif step == "keeping" and at.answers:
            at = at.keeping(number)
        elif step == "back" and name in at.kept:
            at = Pointer(name, at.kept, at.keep)
        assert at.answers in (*at.kept, "")
        assert len(at.kept) == len(set(at.kept)) <= at.keep


def test_a_store_stays_readable_after_its_folder_is_gone(tmp_path: Path) -> None:
    """RocksDB opens the tables with the store, so that a reader needs no lock."""
    folder = build(tmp_path, "1")
    store = open_store(tmp_path)
    shutil.rmtree(folder)
    assert answer(store) == {"1"}
    with pytest.raises(NoSnapshot):
        current(tmp_path)


def test_a_snapshot_that_is_dropped_while_it_is_being_opened_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_all(tmp_path, "1", keep=1)
    sound = manifests.sound

    def overtaken(folder: Path) -> Manifest:
        if pointer(tmp_path).answers == folder.name and answer_is("1"):
            build(tmp_path, "2")
        return sound(folder)

    def answer_is(text: str) -> bool:
        return pointer(tmp_path).answers.endswith(text)

    monkeypatch.setattr(opening, "sound", overtaken)
    assert answer(open_store(tmp_path)) == {"2"}
