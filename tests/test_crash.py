"""Kills, interruptions and full disks, in real processes: the old snapshot answers, or the new one, whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crashing import (
    UNWRITABLE,
    Processes,
    Toll,
    kill_at_every_step,
    kill_at_random,
    processes,
    seen,
    tidy,
    write,
)
from dealgraph import snapshot
from dealgraph.snapshot import durable


@pytest.fixture(scope="module")
def writers() -> Iterator[Processes]:
    with processes() as found:
        yield found


@pytest.fixture(scope="module")
def readers() -> Iterator[Processes]:
    with processes() as found:
        yield found


# --- kill -9 ------------------------------------------------------------------------------------------------


def test_a_writer_killed_before_any_change_of_a_file_loses_nothing(
    tmp_path: Path, writers: Processes
) -> None:
    toll = kill_at_every_step(tmp_path / "state", writers)
    assert toll.wrong == []
    # Before the draft and in it, between draft and swap, and while old snapshots are dropped.
    assert toll.kills > 12
    assert 0 < toll.took_over < toll.kills
    assert toll.left_draft > 0


def test_writers_killed_at_random_moments_lose_nothing_and_a_reader_sees_whole_snapshots_only(
    tmp_path: Path, writers: Processes, readers: Processes
) -> None:
    toll = kill_at_random(tmp_path / "state", writers, readers, kills=8, seed=11)
    assert_all_was_well(toll, kills=8)


def test_builds_of_a_project_killed_at_random_moments_lose_nothing(
    tmp_path: Path, writers: Processes, readers: Processes
) -> None:
    toll = kill_at_random(tmp_path / ".dealgraph", writers, readers, 3, 12, "build for ever")
    assert_all_was_well(toll, kills=3)


def assert_all_was_well(toll: Toll, kills: int) -> None:
    assert toll.wrong == []
    assert toll.kills == kills
    assert toll.looks > 0


# --- what reaches the disk, and in what order ---------------------------------------------------------------


def test_each_thing_is_on_the_disk_before_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut cannot be tried; that nothing is named before it is forced out can be seen."""
    done: list[tuple[str, str]] = []
    sync, fsync, replace = durable.sync, os.fsync, Path.replace

    def noted_sync(path: Path) -> None:
        done.append(("sync", path.name))
        sync(path)

    def noted_fsync(handle: int) -> None:
        done.append(("fsync", Path(f"/proc/self/fd/{handle}").readlink().name))
        fsync(handle)

    def noted_replace(self: Path, target: Path) -> Path:
        done.append(("name", target.name))
        return replace(self, target)

    monkeypatch.setattr(durable, "sync", noted_sync)
    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    state = tmp_path / "state"
    folder = write(state, "at first")
    named, swapped = done.index(("name", folder.name)), done.index(("name", "CURRENT"))
    tables = [Path(name).name for name in snapshot.manifest(folder).files]
    files = [*tables, "store", "flat", "manifest.json", "inputs.json", "draft"]
    assert [name for name in files if ("sync", name) not in done[:named]] == []
    assert named < done.index(("sync", "snapshots")) < done.index(("fsync", "CURRENT.new")) < swapped
    assert ("sync", "state") in done[swapped:]


# --- no room ------------------------------------------------------------------------------------------------


def test_where_no_file_may_grow_further_the_old_snapshot_answers(tmp_path: Path, writers: Processes) -> None:
    state = tmp_path / "state"
    write(state, "at first")
    outcomes = []
    for most in (0, 100, 1_500, 5_000, 10**6):  # bytes
        before = seen(state)
        writers.start("write with little room", state, f"at most {most}", most)
        outcomes.append(code := writers.ended())
        assert (seen(state) == before) == (code == UNWRITABLE)
        assert tidy(state) == set()
    assert outcomes == [UNWRITABLE] * 4 + [0]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"a full disk needs the right to mount one: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_the_old_snapshot_answering_however_much_is_left(
    disk: Path, writers: Processes
) -> None:
    state = disk / "state"
    write(state, "at first")
    outcomes = set()
    for left in [*range(0, 48, 4), *range(64, 700, 48)]:  # kilobytes
        before = seen(state)
        with (disk / "filler").open("wb") as filler:
            filler.write(bytes(max(0, free(disk) - left * 1024)))
        writers.start("write or say", state, f"with {left} left")
        outcomes.add(code := writers.ended())
        assert code in {0, UNWRITABLE}
        assert (seen(state) == before) == (code == UNWRITABLE)
        assert tidy(state) == set()
        (disk / "filler").unlink()
    assert outcomes == {0, UNWRITABLE}
    write(state, "at last")


def free(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_bsize


# --- Ctrl-C -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [0.0, 0.7, 2.0, 3.5])
def test_an_interrupted_build_ends_with_its_own_code_and_what_answered_answers(
    project: Path, after: float
) -> None:
    state = project / ".dealgraph"
    before = seen(state)
    code, said = interrupted(project, after)
    for _ in range(4):
        if code:
            break
        after /= 2  # it was ready before
        code, said = interrupted(project, after)
    assert code == 130
    assert "stopped" in said
    assert "Traceback" not in said
    assert seen(state) == before
    with snapshot.writing(state):
        assert tidy(state) == set()


# Where the tests run in the background of a shell, they ignore Ctrl-C, and their children would too.
LISTENING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from dealgraph.cli import main
main()
"""


def interrupted(project: Path, after: float) -> tuple[int, str]:
    """Build, and press Ctrl-C after so many seconds; the exit code and what was said."""
    command = [sys.executable, "-c", LISTENING, "build", "--full", "--project", str(project)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            loaded = Path(f"/proc/{process.pid}/maps")
            while "pyoxigraph" not in loaded.read_text(encoding="utf-8"):  # Python's own start is not ours
                time.sleep(0.01)
            time.sleep(after)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        finally:
            process.kill()
    return process.returncode, said
