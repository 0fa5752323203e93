"""Conformance tests of OWL 2 RL in a folder: one folder a test, read, run, and matched.

A test is a folder, at any depth, that has these files; its name is the name of the test:

    kind             one line: PositiveEntailment, NegativeEntailment, Consistency or Inconsistency
    premise.ttl      what is given; or premise.rdf, .nt, .jsonld ..., whatever `dealgraph reason` reads
    conclusion.ttl   what must follow, or must not; only for the two kinds of entailment

Source of the kinds: OWL 2 Web Ontology Language Conformance, section 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.closure import Closure, Generalized, close
from dealgraph.rdf_files import read_quads

Term = NamedNode | BlankNode | Literal | Triple
Spo = tuple[Term, Term, Term]
Bindings = Mapping[Term, Term]

_NO_BINDINGS: Final[Bindings] = MappingProxyType({})


@dataclass(frozen=True)
class Case:
    """One test: its name, kind, and graphs; `conclusion` is empty where the kind needs none."""

    name: str
    kind: str
    premise: tuple[Triple, ...]
    conclusion: tuple[Triple, ...]


def folders(root: Path) -> list[Path]:
    """Find the tests below a folder, in the order of their names; raises `ValueError` if two share one."""
    found = sorted((path.parent for path in root.rglob("kind")), key=lambda folder: folder.name)
    names = [folder.name for folder in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{root}: two tests have the name {', '.join(twice)}; give each its own")
    return found


def read(folder: Path) -> Case:
    """Read a test; raises `ValueError` if its kind is unknown, or a graph is missing or there twice."""
    kind = (folder / "kind").read_text(encoding="utf-8").strip()
    if kind not in JUDGES:
        raise ValueError(f"{folder / 'kind'}: {kind!r} is not one of {', '.join(JUDGES)}")
    conclusion = _graph(folder, "conclusion") if kind.endswith("Entailment") else ()
    return Case(folder.name, kind, _graph(folder, "premise"), conclusion)


def passes(case: Case) -> bool:
    """Tell whether the closure of the premise is what the test asks for."""
    return JUDGES[case.kind](Consequences(case.premise), case.conclusion)


class Consequences:
    """A graph with all that follows from it, to be matched against another graph."""

    def __init__(self, premise: Iterable[Triple]) -> None:
        given = tuple(premise)
        self.closure: Closure = close(given, trivial=True, clique_limit=len(given) + 1)
        self._by_predicate: defaultdict[Term, list[Spo]] = defaultdict(list)
        for triple in dict.fromkeys((*given, *self.closure.inferred)):
            self._by_predicate[triple.predicate].append(_spo(triple))

    @property
    def clash(self) -> bool:
        """Whether the graph contradicts itself."""
        return bool(self.closure.inconsistencies)

    def entail(self, graph: Iterable[Triple]) -> bool:
        """Tell whether every statement of a graph holds, for some reading of its blank nodes.

        A blank node stands for anything, the same in each statement. Nothing is made up for it: what
        follows from no rule does not count.
        """
        statements = [_spo(triple) for triple in dict.fromkeys(graph)]
        ground = [each for each in statements if not any(isinstance(term, BlankNode) for term in each)]
        rest = [each for each in statements if each not in ground]
        return all(self.closure.holds(Generalized(*each)) for each in ground) and self._match(rest)

    def _match(self, rest: list[Spo], bindings: Bindings = _NO_BINDINGS) -> bool:
        if not rest:
            return True
        options = {each: self._options(each, bindings) for each in rest}
        hardest = min(rest, key=lambda each: len(options[each]))
        others = [each for each in rest if each != hardest]
        return any(self._match(others, option) for option in options[hardest])

    def _options(self, pattern: Spo, bindings: Bindings) -> list[Bindings]:
        found = (_bind(pattern, each, bindings) for each in self._by_predicate[pattern[1]])
        return [option for option in found if option is not None]


def _bind(pattern: Spo, statement: Spo, bindings: Bindings) -> Bindings | None:
    more = dict(bindings)
    for wanted, term in zip(pattern, statement, strict=True):
        if (more.setdefault(wanted, term) if isinstance(wanted, BlankNode) else wanted) != term:
            return None
    return more


def _spo(triple: Triple) -> Spo:
    return triple.subject, triple.predicate, triple.object


def _graph(folder: Path, name: str) -> tuple[Triple, ...]:
    files = sorted(folder.glob(f"{name}.*"))
    if len(files) != 1:
        raise ValueError(f"{folder}: one file {name}.* is needed, and there are {len(files)}")
    return tuple(quad.triple for quad in read_quads(files[0]))


JUDGES: Final[Mapping[str, Callable[[Consequences, tuple[Triple, ...]], bool]]] = MappingProxyType(
    {
        "PositiveEntailment": lambda found, graph: found.entail(graph),
        "NegativeEntailment": lambda found, graph: not found.clash and not found.entail(graph),
        "Consistency": lambda found, _: not found.clash,
        "Inconsistency": lambda found, _: found.clash,
    }
)
"""What passes, by the kind of a test."""
