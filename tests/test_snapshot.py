"""Snapshots: written whole or not at all, swapped in at once, one writer at a time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from dealgraph.errors import NoSnapshot, OtherVersion, SnapshotUnwritable
from dealgraph.snapshot import LAYOUT, Manifest, current, manifest, open_store, write, writing
from tiny import ROOT

NAME = NamedNode("https://example.org/name")
TO_KEEP = {"CURRENT", "lock", "snapshots"}


def quads(text: str, count: int = 3) -> Iterator[Quad]:
    return (Quad(NamedNode(f"https://example.org/{i}"), NAME, Literal(text)) for i in range(count))


def described(text: str) -> Manifest:
    return Manifest(LAYOUT, "0", inputs=f"inputs of {text}", content=f"{text:>16}", counts={"quads": 3})


def build(state: Path, text: str) -> Path:
    with writing(state):
        return write(state, quads(text), described(text))


def answer(store: Store) -> set[str]:
    """What a snapshot says: the one text that all its quads hold."""
    return {q.object.value for q in store if isinstance(q.object, Literal)}


def folders(state: Path) -> set[str]:
    return {path.name for path in (state / "snapshots").iterdir()}


def is_tidy(state: Path) -> bool:
    return {path.name for path in state.iterdir()} == TO_KEEP and "draft" not in folders(state)


# --- writing and reading ----------------------------------------------------------------------------------


def test_what_is_written_answers_with_its_manifest(tmp_path: Path) -> None:
    folder = build(tmp_path, "first")
    assert answer(open_store(tmp_path)) == {"first"}
    assert current(tmp_path) == folder
    assert manifest(folder) == described("first")
    assert is_tidy(tmp_path)


def test_a_new_snapshot_takes_over_and_the_one_before_is_kept(tmp_path: Path) -> None:
    names = [build(tmp_path, text).name for text in ("first", "second", "third")]
    assert answer(open_store(tmp_path)) == {"third"}
    assert folders(tmp_path) == set(names[1:])


def test_the_same_content_twice_is_one_snapshot(tmp_path: Path) -> None:
    assert build(tmp_path, "first") == build(tmp_path, "first")
    assert len(folders(tmp_path)) == 1
    assert is_tidy(tmp_path)


def test_going_back_to_the_content_before_swaps_its_snapshot_in_again(tmp_path: Path) -> None:
    first, _ = build(tmp_path, "first"), build(tmp_path, "second")
    assert build(tmp_path, "first") == first
    assert answer(open_store(tmp_path)) == {"first"}


def test_the_same_content_described_otherwise_is_written_beside(tmp_path: Path) -> None:
    first = build(tmp_path, "first")
    with writing(tmp_path):
        second = write(tmp_path, quads("first"), replace(described("first"), program="1"))
    assert second != first
    assert manifest(current(tmp_path)).program == "1"


def test_an_open_reader_goes_on_answering_while_others_are_swapped_in(tmp_path: Path) -> None:
    build(tmp_path, "first")
    reader = open_store(tmp_path)
    for text in ("second", "third", "fourth"):
        build(tmp_path, text)
        assert answer(reader) == {"first"}
    assert answer(open_store(tmp_path)) == {"fourth"}


# --- what cannot be read ----------------------------------------------------------------------------------


def test_before_the_first_build_there_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match=r"no snapshot has been built yet\. Run: dealgraph build"):
        open_store(tmp_path / "state")
    assert not (tmp_path / "state").exists()


def test_a_file_in_the_place_of_the_state_holds_no_snapshot(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    with pytest.raises(NoSnapshot, match="no snapshot has been built yet"):
        open_store(tmp_path / "state")


DAMAGES = {
    "no manifest": ("manifest.json", None),
    "half a manifest": ("manifest.json", b'{"layout": 1, "program'),
    "a manifest without a layout": ("manifest.json", b"{}"),
    "a manifest that is a list": ("manifest.json", b"[1]"),
    "a manifest with too little": ("manifest.json", json.dumps({"layout": LAYOUT}).encode()),
    "a manifest that is not text": ("manifest.json", b"\xff\xfe"),
    "no store": ("store/CURRENT", None),
    "a broken store": ("store/CURRENT", b"nonsense"),
    "a manifest that lists no file": (
        "manifest.json",
        json.dumps(asdict(Manifest(LAYOUT, "", "", "", {}))).encode(),
    ),
    "a pointer to nowhere": ("../../CURRENT", b"gone\n"),
    "an empty pointer": ("../../CURRENT", b""),
    "a pointer that is not text": ("../../CURRENT", b"\xff\xfe\x00"),
}


@pytest.mark.parametrize(("file", "content"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_snapshot_is_named_and_built_anew(tmp_path: Path, file: str, content: bytes | None) -> None:
    damaged = build(tmp_path, "first") / file
    if content is None:
        damaged.unlink()
    else:
        damaged.write_bytes(content)
    with pytest.raises(NoSnapshot, match=r"the snapshot (is damaged|cannot be opened).*Run: dealgraph build"):
        open_store(tmp_path)
    build(tmp_path, "first")
    assert answer(open_store(tmp_path)) == {"first"}


@pytest.mark.parametrize("left", ["none", "half", "all but one byte", "gone"])
def test_a_store_of_which_any_file_is_cut_short_is_refused(tmp_path: Path, left: str) -> None:
    folder = build(tmp_path / "state", "first")
    for name, size in manifest(folder).files.items():
        state = tmp_path / name
        shutil.copytree(tmp_path / "state", state)
        path = state / "snapshots" / folder.name / name
        if left == "gone":
            path.unlink()
        elif size:
            os.truncate(path, {"none": 0, "half": size // 2, "all but one byte": size - 1}[left])
        else:
            continue
        with pytest.raises(NoSnapshot, match="the snapshot is damaged"):
            open_store(state)
    build(state, "first")
    assert answer(open_store(state)) == {"first"}
    assert len(folders(state)) == 1


def test_rocksdb_alone_takes_a_store_whose_list_of_files_is_cut_short_for_an_empty_one(
    tmp_path: Path,
) -> None:
    """Why the sizes are in the manifest. Once this fails, RocksDB has learned to see it."""
    store = build(tmp_path, "first") / "store"
    listed = next(store.glob("MANIFEST-*"))
    os.truncate(listed, listed.stat().st_size // 2)
    assert len(Store.read_only(str(store))) == 0


def test_a_folder_in_the_place_of_the_pointer_is_named(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(NoSnapshot, match="CURRENT: the snapshot is damaged"):
        open_store(tmp_path)


@pytest.mark.parametrize("other", [{}, {"something": "this program does not know"}])
def test_a_snapshot_of_another_layout_is_not_misread(tmp_path: Path, other: dict[str, str]) -> None:
    file = build(tmp_path, "first") / "manifest.json"
    file.write_text(json.dumps({"layout": LAYOUT + 1, **other}), encoding="utf-8")
    with pytest.raises(OtherVersion, match=rf"layout {LAYOUT + 1}, this program reads layout {LAYOUT}"):
        open_store(tmp_path)
    build(tmp_path, "first")
    assert answer(open_store(tmp_path)) == {"first"}


# --- what cannot be written ---------------------------------------------------------------------------------


@pytest.mark.parametrize("in_the_way", ["state", "state/snapshots", "state/lock/x", "state/CURRENT/x"])
def test_something_in_the_way_is_named_and_nothing_is_left(tmp_path: Path, in_the_way: str) -> None:
    obstacle = tmp_path / in_the_way
    obstacle.parent.mkdir(parents=True, exist_ok=True)
    obstacle.write_text("in the way", encoding="utf-8")
    with pytest.raises(SnapshotUnwritable, match=r"cannot be written.*DEALGRAPH_STATE") as error:
        build(tmp_path / "state", "first")
    assert error.value.where == str(tmp_path / "state")
    assert obstacle.read_text(encoding="utf-8") == "in the way"
    assert not (tmp_path / "state" / "snapshots" / "draft").exists()


class Stopped(Exception):
    """What a person or a defect raises in the middle of writing."""


def broken_off(error: BaseException) -> Iterator[Quad]:
    yield from quads("second", 1000)
    raise error


@pytest.mark.parametrize("error", [Stopped(), KeyboardInterrupt(), MemoryError()], ids=repr)
def test_an_interruption_leaves_the_previous_snapshot_answering(tmp_path: Path, error: BaseException) -> None:
    build(tmp_path, "first")
    with pytest.raises(type(error)), writing(tmp_path):
        write(tmp_path, broken_off(error), described("second"))
    assert answer(open_store(tmp_path)) == {"first"}
    assert is_tidy(tmp_path)
    build(tmp_path, "third")
    assert answer(open_store(tmp_path)) == {"third"}


def test_what_a_lost_writer_left_behind_is_cleaned_up_by_the_next(tmp_path: Path) -> None:
    build(tmp_path, "first")
    (tmp_path / "snapshots" / "draft" / "store").mkdir(parents=True)
    (tmp_path / "CURRENT.new").write_text("half", encoding="utf-8")
    build(tmp_path, "second")
    assert answer(open_store(tmp_path)) == {"second"}
    assert is_tidy(tmp_path)


# --- other processes ----------------------------------------------------------------------------------------

# A child tells how far it has come and waits there for a line, which may never come.
CHILD = """
import resource, sys
from pathlib import Path
from test_snapshot import build, described, quads, write, writing

def tell(text):
    print(text, flush=True)
    sys.stdin.readline()

state = Path(sys.argv[1])
"""
HOLDS_THE_LOCK = "with writing(state): tell('holding')"
IS_IN_THE_MIDDLE = """
def slow():
    yield from quads("second", 50_000)
    tell("half way")
    yield from quads("second", 50_000)
with writing(state):
    write(state, slow(), described("second"))
"""
HAS_NO_ROOM = """
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    build(state, "second")
except Exception as error:
    print(type(error).__name__, error)
"""


@contextmanager
def child(script: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    paths = os.pathsep.join(str(ROOT / part) for part in ("src", "tests"))
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD + script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_a_second_writer_is_refused_by_the_pid_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("pid 1234567890, of a writer long gone", encoding="utf-8")
    with child(HOLDS_THE_LOCK, str(tmp_path)) as process:
        assert heard(process) == "holding"
        with pytest.raises(SnapshotUnwritable, match=rf"another process \(pid {process.pid}\)") as error:
            build(tmp_path, "first")
        assert error.value.where == str(tmp_path)
        process.kill()
        process.wait()
        build(tmp_path, "first")
    assert answer(open_store(tmp_path)) == {"first"}


def test_a_writer_that_is_killed_leaves_the_previous_snapshot_answering(tmp_path: Path) -> None:
    build(tmp_path, "first")
    with child(IS_IN_THE_MIDDLE, str(tmp_path)) as process:
        assert heard(process) == "half way"
        assert "draft" in folders(tmp_path)
        assert answer(open_store(tmp_path)) == {"first"}
        process.kill()
        process.wait()
    assert answer(open_store(tmp_path)) == {"first"}
    assert "draft" in folders(tmp_path)
    build(tmp_path, "third")
    assert answer(open_store(tmp_path)) == {"third"}
    assert is_tidy(tmp_path)


@pytest.mark.parametrize("room", [0, 2_000], ids=["for the lock", "for the store"])
def test_without_room_the_previous_snapshot_goes_on_answering(tmp_path: Path, room: int) -> None:
    build(tmp_path, "first")
    with child(HAS_NO_ROOM, str(tmp_path), str(room)) as process:
        said = heard(process)
    assert said.startswith(f"SnapshotUnwritable {tmp_path}: the snapshot cannot be written")
    assert answer(open_store(tmp_path)) == {"first"}
    assert is_tidy(tmp_path)
