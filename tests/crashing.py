"""Writers that are killed, and a reader that looks on: what it sees must always be a whole snapshot.

    .venv/bin/python tests/crashing.py --kills 200 --seed 7

Every snapshot says the digest of its quads, and the reader works that out anew from what it reads, so that
half a snapshot, an empty one, or a mixture of two is told from a whole one. Writers are killed at random
moments (`--kills`, and a quarter of that for whole builds of a small project), and once before each step that
changes a file. Each is a real process: a small server
that has opened no store forks it, which takes milliseconds where a new interpreter takes half a second.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from pyoxigraph import Literal, NamedNode, Quad

from dealgraph import snapshot
from dealgraph.errors import NoSnapshot, SnapshotUnwritable
from dealgraph.settings import Project
from dealgraph.snapshot.content import digest
from tiny import ROOT, Said, article, project

CHANGES_FILES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate")
LONGEST = 60  # seconds that one writer may take
UNWRITABLE = 3
LIFE = {"write for ever": 0.8, "build for ever": 3.0}  # seconds after which a writer is killed at the latest


# --- what is written, and what a whole one is --------------------------------------------------------------


def quads(text: str, count: int) -> list[Quad]:
    name = NamedNode("https://example.org/says")
    return [Quad(NamedNode(f"https://example.org/{i}"), name, Literal(f"{text} {i}")) for i in range(count)]


def write(state: Path, text: str, count: int = 400) -> Path:
    said = quads(text, count)
    described = snapshot.Manifest(
        snapshot.LAYOUT, "0", f"inputs {text}".ljust(16), digest(said), {"quads": count}
    )
    with snapshot.writing(state):
        return snapshot.write(state, said, described)


def seen(state: Path) -> str:
    """The content that answers, worked out from its quads; raises `AssertionError` if it is not whole."""
    opened = snapshot.open_current(state)
    found = list(opened.store)
    assert digest(found) == opened.manifest.content, f"torn: {len(found)} quads, {opened.manifest.counts}"
    return opened.manifest.content


# --- processes --------------------------------------------------------------------------------------------


def die_before(step: int, state: Path) -> None:
    """Have this process killed before the n-th change of a file below a folder, counted from 0."""
    left = step

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        changes = event in CHANGES_FILES or (event == "open" and _for_writing(arguments[1]))
        place = str(arguments[0]) if arguments else ""
        if changes and (place.startswith(str(state)) or not place.startswith("/")):
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(hook)


def _for_writing(mode: object) -> bool:
    return isinstance(mode, str) and mode[0] in "aw"


def write_once(state: Path, text: str, step: int) -> None:
    if step >= 0:
        die_before(step, state)
    write(state, text)


def write_for_ever(state: Path, text: str, _: int) -> None:
    for number in range(10**6):
        write(state, f"{text} {number}")


def write_with_little_room(state: Path, text: str, most: int) -> None:
    """Write while no file may grow beyond so many bytes; ends in 3 if the snapshot could not be written."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    write_or_say(state, text, -1)


def write_or_say(state: Path, text: str, _: int) -> None:
    try:
        write(state, text)
    except SnapshotUnwritable:
        os._exit(UNWRITABLE)


def build_for_ever(state: Path, text: str, _: int) -> None:
    """Change an article and build the project around the state, again and again."""
    from dealgraph.build import build

    for number in range(10**6):
        said = Said(f"id:stake-{text}-{number}")
        build(a_project(state.parent, article("paper", "2025-06-13", said)), checked=False)


def a_project(root: Path, paper: str) -> Project:
    """A project with one article and the admission rule, and with no ontology to reason on."""
    rule = (ROOT / "queries" / "admission" / "facts.rq").read_text(encoding="utf-8")
    files = {"queries/admission/facts.rq": rule, "graph/articles/2025/paper.trig": paper}
    return project(root, files)


def read_for_ever(state: Path, _: str, __: int) -> None:
    """Look until told to stop; leaves the number of looks and the contents seen in a file beside."""
    looks, contents = 0, set()
    stopped: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        stopped.append(number)

    signal.signal(signal.SIGTERM, stop)
    wrong = ""
    while not stopped and not wrong:
        try:
            contents.add(seen(state))
            looks += 1
        except Exception as error:  # whatever it is, the test is to hear of it
            wrong = f"{type(error).__name__}: {error}"
    told = {"looks": looks, "contents": len(contents), "wrong": wrong}
    state.with_name("seen.json").write_text(json.dumps(told), encoding="utf-8")


JOBS: dict[str, Callable[[Path, str, int], None]] = {
    "write once": write_once,
    "write for ever": write_for_ever,
    "write with little room": write_with_little_room,
    "write or say": write_or_say,
    "build for ever": build_for_ever,
    "read for ever": read_for_ever,
}


def serve() -> None:
    """Fork a process for each line; tell its id, and once it has ended, how."""
    for line in sys.stdin:
        job, state, text, step = json.loads(line)
        if (child := os.fork()) == 0:
            code = 1
            with contextlib.suppress(Exception):
                JOBS[job](Path(state), text, step)
                code = 0
            os._exit(code)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


@dataclass
class Processes:
    """Starts one process after the other."""

    server: subprocess.Popen[str]

    def start(self, job: str, state: Path, text: str = "", step: int = -1) -> int:
        assert self.server.stdin
        self.server.stdin.write(json.dumps([job, str(state), text, step]) + "\n")
        self.server.stdin.flush()
        return self._number()

    def ended(self) -> int:
        """Wait for the end of the process; the number of a signal is negative."""
        return self._number()

    def _number(self) -> int:
        assert self.server.stdout
        return int(self.server.stdout.readline())


@contextlib.contextmanager
def processes() -> Iterator[Processes]:
    here = Path(__file__).resolve()
    paths = os.pathsep.join([str(here.parents[1] / "src"), str(here.parent)])
    command = [sys.executable, str(here), "--serve"]
    environment = os.environ | {"PYTHONPATH": paths}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as server:
        yield Processes(server)
        assert server.stdin
        server.stdin.close()
        server.wait(LONGEST)


# --- what is tried ----------------------------------------------------------------------------------------


@dataclass
class Toll:
    """What was tried and what was seen; `wrong` must stay empty."""

    kills: int = 0
    left_draft: int = 0
    took_over: int = 0
    looks: int = 0
    contents: int = 0
    wrong: list[str] = field(default_factory=list)


def kill_at_every_step(state: Path, writers: Processes) -> Toll:
    """Kill a writer before its first change of a file, before its second, until one gets through."""
    toll = Toll()
    write(state, "before")
    write(state, "at first")
    for step in range(500):
        before = seen(state)
        text = f"step {step}"
        writers.start("write once", state, text, step)
        code = writers.ended()
        if code == 0:
            return toll
        toll.kills += 1
        if code != -signal.SIGKILL:
            toll.wrong.append(f"step {step}: the writer ended with {code}")
        _look_after_kill(state, {before, digest(quads(text, 400))}, toll, f"step {step}")
        toll.took_over += seen(state) != before
    toll.wrong.append("no writer got through")
    return toll


def kill_at_random(
    state: Path, writers: Processes, readers: Processes, kills: int, seed: int, job: str = "write for ever"
) -> Toll:
    """Kill writers that write one snapshot after the other, while a reader looks on all the time."""
    chance, toll = random.Random(seed), Toll()
    write(state, "at first")
    reader = readers.start("read for ever", state)
    for number in range(kills):
        writer = writers.start(job, state, f"{number}")
        time.sleep(chance.uniform(0, LIFE[job]))
        os.kill(writer, signal.SIGKILL)
        writers.ended()
        toll.kills += 1
        _look_after_kill(state, None, toll, f"kill {number}")
    os.kill(reader, signal.SIGTERM)
    readers.ended()
    told = json.loads(state.with_name("seen.json").read_text(encoding="utf-8"))
    toll.looks, toll.contents = told["looks"], told["contents"]
    toll.wrong += [f"the reader: {told['wrong']}"] if told["wrong"] else []
    return toll


def _look_after_kill(state: Path, allowed: set[str] | None, toll: Toll, when: str) -> None:
    """See that what answers is whole, that nobody holds the lock, and that the next writer tidies up."""
    toll.left_draft += (state / "snapshots" / "draft").exists()
    try:
        now = seen(state)
        if allowed and now not in allowed:
            toll.wrong.append(f"{when}: neither the old snapshot nor the new one answers")
        with snapshot.writing(state):
            pass
        if left := tidy(state):
            toll.wrong.append(f"{when}: the next writer left {left}")
        if seen(state) != now:
            toll.wrong.append(f"{when}: tidying up changed what answers")
    except (AssertionError, NoSnapshot) as error:
        toll.wrong.append(f"{when}: {error}")


def tidy(state: Path) -> set[str]:
    """What lies there that should not."""
    kept = set(snapshot.pointer(state).kept)
    there = {path.name for path in state.iterdir()} - {"CURRENT", "assets", "cache", "lock", "snapshots"}
    return there | ({path.name for path in (state / "snapshots").iterdir()} ^ kept)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--kills", type=int, default=100)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.serve:
        serve()
        return 0
    with tempfile.TemporaryDirectory() as folder, processes() as writers, processes() as readers:
        started = time.monotonic()
        tolls = {"at every step": kill_at_every_step(Path(folder, "steps"), writers)}
        for job, share in (("write for ever", 1), ("build for ever", 4)):
            place, kills = Path(folder, job, ".dealgraph"), given.kills // share
            tolls[job] = kill_at_random(place, writers, readers, kills, given.seed, job)
        for name, toll in tolls.items():
            print(f"{name}: {toll}")
        print(f"{time.monotonic() - started:.0f} seconds")
    return 1 if any(toll.wrong for toll in tolls.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
