"""What a rulebook keeps in the cache, and what it clears away."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from dealgraph.increment.rulebook import Rulebook
from dealgraph.kept import Codec
from tiny import ROOT

PLAIN = Codec(())


def rulebook(cache: Path, of: str) -> Rulebook:
    return Rulebook(ROOT / "queries", Store(), cache, of)


def never() -> int:
    raise AssertionError("it is kept")


def test_what_follows_from_the_same_files_is_worked_out_once(tmp_path: Path) -> None:
    assert rulebook(tmp_path, "one").kept("shapes", PLAIN, lambda: 5) == 5
    assert rulebook(tmp_path, "one").kept("shapes", PLAIN, never) == 5


def test_what_was_kept_of_other_files_is_cleared_away(tmp_path: Path) -> None:
    for of in ("one", "two"):
        rulebook(tmp_path, of).kept("shapes", PLAIN, lambda: 5)
        rulebook(tmp_path, of).kept("queries", PLAIN, lambda: 6)
    kinds = sorted(path.name.rpartition("-")[0] for path in tmp_path.iterdir())
    assert kinds == ["queries-two", "shapes-two"]


def test_what_is_kept_of_each_query_stays_for_this_version_of_the_program_only(tmp_path: Path) -> None:
    (tmp_path / "query-old-000000000000.json").write_text("{}", encoding="utf-8")
    assert len(rulebook(tmp_path, "one").rules) > 5
    kept = [path.name for path in tmp_path.glob("query-*")]
    assert len(kept) > 5
    assert "query-old-000000000000.json" not in kept
