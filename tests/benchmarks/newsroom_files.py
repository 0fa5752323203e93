"""The invented newsroom as files: the folder of a project, one article's files, a stream of N-Quads.

    python tests/benchmarks/newsroom_files.py project FOLDER --quads 10000 --seed 7
    python tests/benchmarks/newsroom_files.py article FOLDER --number 1234
    python tests/benchmarks/newsroom_files.py stream FILE --quads 10000000

`project` writes a folder that `dealgraph --project FOLDER` takes, `article` the files of one more article
into it, `stream` the same statements as N-Quads. `--errors 50` plants an error into every fiftieth article,
and `project` prints what a check must find.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from newsroom import Article, Newsroom
from newsroom_page import THINGS
from pyoxigraph import Quad, RdfFormat, serialize

from dealgraph.turtle import write

_BATCH: Final = 10_000


def write_project(newsroom: Newsroom, folder: Path, quads: int) -> list[Article]:
    """Write a project of so many quads; returns its articles that have an error planted, and the last one."""
    world = newsroom.world()
    _save(folder / "graph" / "things" / "places.trig", (q for q in world if q.graph_name == THINGS))
    _save(folder / "graph" / "background" / "places.trig", (q for q in world if q.graph_name != THINGS))
    kept: list[Article] = []
    last = None
    for last in newsroom.articles(quads):
        write_article(last, folder)
        if last.planted:
            kept.append(last)
    return kept if last is None or last in kept else [*kept, last]


def write_article(article: Article, folder: Path) -> tuple[Path, Path]:
    """Write the files of an article into a project: `graph/articles/<year>/` and `graph/things/<year>/`."""
    name = f"{article.slug}.trig"
    paths = tuple(folder / "graph" / part / str(article.year) / name for part in ("articles", "things"))
    _save(paths[0], article.quads)
    _save(paths[1], article.things)
    return paths[0], paths[1]


def write_stream(newsroom: Newsroom, out: IO[bytes], quads: int) -> int:
    """Write N-Quads until there are so many; returns how many there are."""
    count = 0
    batch: list[Quad] = []
    for quad in newsroom.stream(quads):
        batch.append(quad)
        if len(batch) == _BATCH:
            count += _flush(batch, out)
    return count + _flush(batch, out)


def _flush(batch: list[Quad], out: IO[bytes]) -> int:
    serialize(batch, out, format=RdfFormat.N_QUADS)
    written = len(batch)
    batch.clear()
    return written


def _save(path: Path, quads: Iterable[Quad]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write(quads), encoding="utf-8")


def main() -> None:
    """Read the command line."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("form", choices=("project", "article", "stream"))
    options.add_argument("target", type=Path, help="the folder, or the file of a stream")
    options.add_argument("--quads", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--errors", type=int, default=0, help="plant one into every so many articles")
    options.add_argument("--number", type=int, default=0, help="of the article")
    given = options.parse_args()
    newsroom = Newsroom(given.seed, given.errors)
    if given.form == "stream":
        with given.target.open("wb") as out:
            print(write_stream(newsroom, out, given.quads), "quads")
    elif given.form == "article":
        print(*write_article(newsroom.article(given.number), given.target), sep="\n")
    else:
        *_, last = kept = write_project(newsroom, given.target, given.quads)
        for rule, focus in sorted(found for each in kept if each.planted for found in each.planted.findings):
            print(rule, focus)
        print(f"{last.number + 1} articles; the next is number {last.number + 1}")


if __name__ == "__main__":
    main()
