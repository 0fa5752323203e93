"""The rules of OWL 2 RL once more, applied one at a time to a set of triples: slow, and easy to read.

Rules with a fixed number of premises are read from `RULES`, so what the package says of a rule and
what it does are compared; those with lists are written out here. Nothing is shared with the engine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations, product

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from dealgraph.closure import RULES
from dealgraph.terms import iri

Term = NamedNode | BlankNode | Literal | Triple
Spo = tuple[Term, Term, Term]
Bindings = Mapping[str, Term]


def named(name: str) -> NamedNode:
    return NamedNode(iri(name))


def written(spo: Spo) -> Triple:
    """The triple of three terms that RDF can write."""
    subject, predicate, value = spo
    assert isinstance(subject, NamedNode | BlankNode)
    assert isinstance(predicate, NamedNode)
    return Triple(subject, predicate, value)


TYPE, SAME, DIFFERENT = named("rdf:type"), named("owl:sameAs"), named("owl:differentFrom")
FIRST, REST, NIL = named("rdf:first"), named("rdf:rest"), named("rdf:nil")
SUB_CLASS, MEMBERS = named("rdfs:subClassOf"), named("owl:members")
FALSE: Spo = (NamedNode("urn:false"), NamedNode("urn:false"), NamedNode("urn:false"))
AXIOMATIC = frozenset({(named(name), TYPE, named("owl:Class")) for name in ("owl:Thing", "owl:Nothing")})


class Graph:
    """Facts by predicate, by subject and predicate, by predicate and object."""

    def __init__(self, statements: Iterable[Spo]) -> None:
        self.statements = set(statements)
        self.by_predicate: defaultdict[Term, list[Spo]] = defaultdict(list)
        self.by_subject: defaultdict[tuple[Term, Term], list[Spo]] = defaultdict(list)
        self.by_object: defaultdict[tuple[Term, Term], list[Spo]] = defaultdict(list)
        for each in self.statements:
            self.by_predicate[each[1]].append(each)
            self.by_subject[each[0], each[1]].append(each)
            self.by_object[each[1], each[2]].append(each)

    def objects(self, subject: Term, predicate: Term) -> list[Term]:
        return [each[2] for each in self.by_subject.get((subject, predicate), ())]

    def pairs(self, predicate: Term) -> list[tuple[Term, Term]]:
        return [(each[0], each[2]) for each in self.by_predicate.get(predicate, ())]

    def instances(self, kind: Term) -> set[Term]:
        return {each[0] for each in self.by_object.get((TYPE, kind), ())}

    def are_same(self, one: Term, other: Term) -> bool:
        return one == other or (one, SAME, other) in self.statements

    def lists(self, head: Term, *, deepest: int = 6) -> Iterator[tuple[Term, ...]]:
        """Every way to read the list at a node: terms that are the same make more than one."""
        if head == NIL:
            yield ()
        elif deepest:
            for first, rest in product(self.objects(head, FIRST), self.objects(head, REST)):
                for members in self.lists(rest, deepest=deepest - 1):
                    yield (first, *members)

    def listed(self, predicate: Term) -> Iterator[tuple[Term, tuple[Term, ...]]]:
        for subject, head in self.pairs(predicate):
            for members in self.lists(head):
                yield subject, members


# --- rules read from their statement -------------------------------------------------------------------

Pattern = tuple[str, str, str]


def patterns(text: str) -> list[Pattern]:
    found = []
    for part in text.split(" . "):
        subject, predicate, value = part.split(" ")
        found.append((subject, predicate, value))
    return found


def constant(word: str) -> Term:
    literal = re.fullmatch(r'"(\d+)"\^\^(\S+)', word)
    return Literal(literal[1], datatype=named(literal[2])) if literal else named(word)


def integer(term: Term) -> int | None:
    if not isinstance(term, Literal) or not re.fullmatch(r"[+-]?\d+(\.0*)?", term.value):
        return None
    is_exact = not term.datatype.value.endswith(("#string", "#float", "#double", "#boolean"))
    return int(Decimal(term.value)) if is_exact else None


def is_met(word: str, term: Term, bindings: Bindings) -> bool:
    if word.startswith("?"):
        return bindings.get(word, term) == term
    wanted = constant(word)
    return wanted == term or (isinstance(wanted, Literal) and integer(wanted) == integer(term))


def candidates(graph: Graph, pattern: Pattern, bindings: Bindings) -> Iterable[Spo]:
    subject, predicate, value = (
        bindings.get(word) if word.startswith("?") else constant(word) for word in pattern
    )
    if predicate is None:
        return graph.statements
    if subject is not None:
        return graph.by_subject.get((subject, predicate), ())
    if value is not None and not isinstance(value, Literal):
        return graph.by_object.get((predicate, value), ())
    return graph.by_predicate.get(predicate, ())


def solutions(graph: Graph, todo: list[Pattern], bindings: Bindings) -> Iterator[Bindings]:
    if not todo:
        yield bindings
        return
    for each in candidates(graph, todo[0], bindings):
        extended = dict(bindings)
        for word, term in zip(todo[0], each, strict=True):
            if not is_met(word, term, extended):
                break
            if word.startswith("?"):
                extended[word] = term
        else:
            yield from solutions(graph, todo[1:], extended)


def by_pattern(name: str) -> Callable[[Graph], Iterator[Spo]]:
    rule = RULES[name]
    body = patterns(rule.premises)
    heads = [] if rule.is_clash else patterns(rule.conclusions)

    def apply(graph: Graph) -> Iterator[Spo]:
        for bindings in solutions(graph, body, {}):
            if rule.is_clash:
                yield FALSE
            for head in heads:
                subject, predicate, value = (
                    bindings[word] if word.startswith("?") else constant(word) for word in head
                )
                yield subject, predicate, value

    return apply


# --- rules with lists ----------------------------------------------------------------------------------


def all_different(name: str) -> Callable[[Graph], Iterator[Spo]]:
    def apply(graph: Graph) -> Iterator[Spo]:
        for node, members in graph.listed(named(name)):
            if node in graph.instances(named("owl:AllDifferent")) and any(
                graph.are_same(one, other) for one, other in combinations(members, 2)
            ):
                yield FALSE

    return apply


def chains(graph: Graph) -> Iterator[Spo]:
    for predicate, links in graph.listed(named("owl:propertyChainAxiom")):
        ends = graph.pairs(links[0]) if links else []
        for link in links[1:]:
            ends = [(start, value) for start, end in ends for value in graph.objects(end, link)]
        yield from ((start, predicate, end) for start, end in ends)


def all_disjoint_properties(graph: Graph) -> Iterator[Spo]:
    for node, predicates in graph.listed(MEMBERS):
        if node in graph.instances(named("owl:AllDisjointProperties")):
            for one, other in combinations(predicates, 2):
                if set(graph.pairs(one)) & set(graph.pairs(other)):
                    yield FALSE


def keys(graph: Graph) -> Iterator[Spo]:
    for kind, predicates in graph.listed(named("owl:hasKey")):
        for one, other in product(graph.instances(kind), repeat=2):
            if predicates and all(
                set(graph.objects(one, predicate)) & set(graph.objects(other, predicate))
                for predicate in predicates
            ):
                yield one, SAME, other


def intersections_in(graph: Graph) -> Iterator[Spo]:
    for kind, parts in graph.listed(named("owl:intersectionOf")):
        if parts:
            both = set.intersection(*(graph.instances(part) for part in parts))
            yield from ((term, TYPE, kind) for term in both)


def intersections_out(graph: Graph) -> Iterator[Spo]:
    for kind, parts in graph.listed(named("owl:intersectionOf")):
        yield from ((term, TYPE, part) for part in parts for term in graph.instances(kind))


def unions(graph: Graph) -> Iterator[Spo]:
    for kind, parts in graph.listed(named("owl:unionOf")):
        yield from ((term, TYPE, kind) for part in parts for term in graph.instances(part))


def enumerations(graph: Graph) -> Iterator[Spo]:
    yield from ((term, TYPE, kind) for kind, members in graph.listed(named("owl:oneOf")) for term in members)


def all_disjoint_classes(graph: Graph) -> Iterator[Spo]:
    for node, kinds in graph.listed(MEMBERS):
        if node in graph.instances(named("owl:AllDisjointClasses")):
            for one, other in combinations(kinds, 2):
                if graph.instances(one) & graph.instances(other):
                    yield FALSE


def below_intersections(graph: Graph) -> Iterator[Spo]:
    for kind, parts in graph.listed(named("owl:intersectionOf")):
        yield from ((kind, SUB_CLASS, part) for part in parts)


def below_unions(graph: Graph) -> Iterator[Spo]:
    for kind, parts in graph.listed(named("owl:unionOf")):
        yield from ((part, SUB_CLASS, kind) for part in parts)


WITH_LISTS: Mapping[str, Callable[[Graph], Iterator[Spo]]] = {
    "eq-diff2": all_different("owl:members"),
    "eq-diff3": all_different("owl:distinctMembers"),
    "prp-spo2": chains,
    "prp-adp": all_disjoint_properties,
    "prp-key": keys,
    "cls-int1": intersections_in,
    "cls-int2": intersections_out,
    "cls-uni": unions,
    "cls-oo": enumerations,
    "cax-adc": all_disjoint_classes,
    "scm-int": below_intersections,
    "scm-uni": below_unions,
}

WITHOUT_PREMISES = frozenset(name for name, rule in RULES.items() if not rule.premises)

RULE_FUNCTIONS: Mapping[str, Callable[[Graph], Iterator[Spo]]] = {
    name: WITH_LISTS.get(name) or by_pattern(name)
    for name in RULES
    if name not in WITHOUT_PREMISES and name not in ("eq-ref", "dt-not-type")
}


def follows(rule: str, premises: Iterable[Spo], conclusion: Spo) -> bool:
    """Tell whether a rule gives a conclusion from exactly these premises."""
    graph = Graph(premises)
    if rule == "eq-ref":
        return conclusion[1] == SAME and conclusion[0] == conclusion[2] in {
            t for f in graph.statements for t in f
        }
    return conclusion in set(RULE_FUNCTIONS[rule](graph))


def saturate(statements: Iterable[Spo]) -> tuple[set[Spo], set[str]]:
    """Apply every rule until nothing is new; returns the statements, and the rules whose conclusion is false.

    Without rule eq-ref, whose effect on clashes is in `Graph.are_same`, and without rule dt-type1.
    """
    graph = Graph({*statements, *AXIOMATIC})
    while True:
        new = {
            each
            for name, apply in RULE_FUNCTIONS.items()
            if not RULES[name].is_clash
            for each in apply(graph)
        }
        if new <= graph.statements:
            break
        graph = Graph(graph.statements | new)
    clashes = {
        name for name, apply in RULE_FUNCTIONS.items() if RULES[name].is_clash and FALSE in apply(graph)
    }
    if any(one == other for one, other in graph.pairs(DIFFERENT)):
        clashes.add("eq-diff1")
    return graph.statements, clashes
