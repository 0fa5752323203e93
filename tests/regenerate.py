"""Write the golden answers of the stored queries anew: `python tests/regenerate.py [topic/name ...]`.

Run it after a change of the graph or of a query, then read every changed row against the claims before it
is committed: the tests only see that the answers are still the same, not that they are right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from dealgraph.stored import StoredQuery
from graph import GOLDENS, by_oxigraph, golden_of, stored_queries, the_store, written

# Without a golden answer: the checks give no row, the sections of the briefing and the rules have tests of
# their own, and federated ones ask other servers.
WITHOUT_GOLDEN = ("briefing", "checks", "federated", "rules")


def with_golden() -> tuple[StoredQuery, ...]:
    return tuple(query for query in stored_queries().values() if query.topic not in WITHOUT_GOLDEN)


def main(names: list[str]) -> int:
    for query in with_golden():
        if not names or query.name in names:
            path = golden_of(query)
            text = written(by_oxigraph(the_store(), query.text), query)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                print(path.relative_to(GOLDENS))
    for name in stale():
        print(f"no query for {name}")
    return 0


def stale() -> Iterator[str]:
    """The golden answers to which there is no query."""
    wanted = {golden_of(query) for query in with_golden()}
    for path in sorted(GOLDENS.rglob("*")):
        if path.suffix in {".csv", ".nt"} and path not in wanted:
            yield path.relative_to(GOLDENS).as_posix()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
