"""What must follow and what must not: one small file each, for a domain expert to read.

Lines with `#` say it in words. A line with `@ as of DATE` takes the articles up to a day; Turtle, if there
is any, stands in for the articles; without either, all articles count. `=>` begins what is looked for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from dealgraph.admit import FACTS
from dealgraph.closure.numbers import close_with_numbers
from dealgraph.errors import Inconsistent
from dealgraph.reason import reason
from dealgraph.sources import ONTOLOGY
from dealgraph.terms import PREFIXES
from graph import known_on, the_store
from tiny import HEAD, ROOT

FOLDER = ROOT / "tests" / "entailments"
PREFIX_LINES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@dataclass(frozen=True)
class Case:
    """One file: what it says in words, from what, and what is looked for."""

    words: str
    as_of: str
    data: str
    goal: str


def read(path: Path) -> Case:
    head, _, goal = path.read_text(encoding="utf-8").partition("=>")
    lines = head.splitlines()
    as_of = next((line.removeprefix("@ as of ") for line in lines if line.startswith("@ as of ")), "")
    data = "\n".join(line for line in lines if not line.startswith(("#", "@ as of ")))
    words = " ".join(line[1:].strip() for line in lines if line.startswith("#"))
    return Case(words, as_of, data.strip(), goal.strip())


def files(kind: str) -> list[Path]:
    return sorted((FOLDER / kind).glob("*.txt"))


def invented(data: str) -> Store:
    """The ontology with invented facts and all that follows from them."""
    store = Store()
    store.extend(the_store().quads_for_pattern(None, None, None, ONTOLOGY))
    facts = [quad.triple for quad in parse(HEAD + data, format=RdfFormat.TURTLE)]
    for graph in (FACTS, DefaultGraph()):
        store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in facts)
    inferred = reason(store).inferred
    store.extend(Quad(t.subject, t.predicate, t.object) for t in inferred)
    return store


def known(as_of: str) -> Store:
    """The graph of this repository as of a day, or with all articles where no day is given."""
    return known_on(dt.date.fromisoformat(as_of)) if as_of else the_store()


def holds(case: Case) -> bool:
    if case.goal == "contradiction":
        return contradicts(case.data)
    store = invented(case.data) if case.data else known(case.as_of)
    return bool(store.query(f"{PREFIX_LINES}ASK {{ {case.goal} }}"))


def contradicts(data: str) -> bool:
    try:
        invented(data)
    except Inconsistent:
        return True
    return False


@pytest.mark.parametrize("path", files("must"), ids=lambda path: path.stem)
def test_what_must_follow_does(path: Path) -> None:
    case = read(path)
    assert holds(case), case.words


@pytest.mark.parametrize("path", files("must_not"), ids=lambda path: path.stem)
def test_what_must_not_follow_does_not(path: Path) -> None:
    case = read(path)
    assert not holds(case), case.words


def test_every_file_says_in_words_what_it_is_about() -> None:
    cases = [read(path) for kind in ("must", "must_not") for path in files(kind)]
    assert len(cases) > 60
    assert all(case.words.endswith((".", "outwards.")) and case.goal for case in cases)


@pytest.mark.parametrize("path", files("must_not"), ids=lambda path: path.stem)
def test_what_must_not_follow_is_written_in_words_that_the_ontology_has(path: Path) -> None:
    """A name that nobody uses would never follow: each term of ours must be one of the graph."""
    known = {str(term) for quad in the_store() for term in (quad.subject, quad.predicate)}
    goal = read(path).goal
    named = {word.strip("(),;.") for word in goal.split() if word.startswith("dg:")}
    assert {word for word in named if f"<{PREFIXES['dg']}{word[3:]}>" not in known} == set()


def test_the_closure_with_numbers_finds_a_majority_as_hermit_does() -> None:
    case = read(FOLDER / "must" / "control-through-a-chain.txt")
    facts = [quad.triple for quad in parse(HEAD + case.data, format=RdfFormat.TURTLE)]
    axioms = [quad.triple for quad in the_store().quads_for_pattern(None, None, None, ONTOLOGY)]
    extended = close_with_numbers((*facts, *axioms))
    (wanted,) = [q.triple for q in parse(f"{HEAD} id:a dg:controls id:c .", format=RdfFormat.TURTLE)]
    assert extended.holds(wanted)
