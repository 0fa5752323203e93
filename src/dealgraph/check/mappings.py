"""What mapping files may not say: of an identifier, of a thing, and of one another.

A finding is about a row of a mapping file. What joins things is followed over all files and graphs: two rows
that are each plausible may together make one thing of two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode

from dealgraph.check.findings import Breach
from dealgraph.check.layers import Layers, Outcome, Rule, text
from dealgraph.errors import WrongIdentifier
from dealgraph.mapping import BY_NAME, EXACT, SEVERAL, Judgement, check_identifier, scheme_of
from dealgraph.mapping.graph import JUDGEMENTS, MAPPINGS
from dealgraph.terms import compact, iri

_OURS: Final = iri("id:")
_THINGS: Final = NamedNode(iri("graph:things"))
_SCHEMES: Final = iri("scheme:")
_FIELDS: Final = {
    iri("dg:mappingSubject"): "subject",
    iri("dg:mappingObject"): "object",
    iri("dg:inScheme"): "scheme",
    iri("sssom:mapping_cardinality"): "cardinality",
}
_OBJECT: Final = "dg:mappingObject"
_IN_FRENCH: Final = {
    Judgement.MATCH: "même entité",
    Judgement.RELATED: "apparentée",
    Judgement.NOT: "autre",
    Judgement.UNSURE: "indécise",
    Judgement.NOT_FOUND: "non trouvée",
}


@dataclass(frozen=True)
class Row:
    """One mapping as a check sees it; what it does not say is empty."""

    node: NamedNode
    judgement: Judgement
    subject: str = ""
    object: str = ""
    scheme: str = ""
    cardinality: str = ""

    @property
    def is_match(self) -> bool:
        """Tell whether the row says that subject and object are the same."""
        return self.judgement is Judgement.MATCH


def rows(layers: Layers) -> tuple[Row, ...]:
    """Return the mappings of a graph, in the order of their IRIs."""
    judged: dict[NamedNode, Judgement] = {}
    values: defaultdict[NamedNode, dict[str, str]] = defaultdict(dict)
    for quad in sorted(layers.data.inside(MAPPINGS), key=str):
        if not isinstance(quad.subject, NamedNode):
            continue
        if quad.predicate.value == iri("dg:judgedAs"):
            judged[quad.subject] = JUDGEMENTS[text(quad.object)]
        elif name := _FIELDS.get(quad.predicate.value):
            values[quad.subject][name] = text(quad.object)
    return tuple(Row(node, judged[node], **values[node]) for node in sorted(judged, key=str))


class Joined:
    """Which IRIs are made one by exact matches, whatever the chain (a union-find)."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._parents: dict[str, str] = {}
        for one, other in pairs:
            self._parents[self.root(one)] = self.root(other)

    def root(self, name: str) -> str:
        """Return the same IRI for all that are made one."""
        parent = self._parents.setdefault(name, name)
        while parent != self._parents[parent]:
            self._parents[name] = self._parents[parent]
            name, parent = parent, self._parents[parent]
        return parent

    def groups(self) -> Mapping[str, list[str]]:
        """Return all that are made one, by their root, sorted."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._parents):
            found[self.root(name)].append(name)
        return found


def _joined(layers: Layers) -> Joined:
    return Joined((text(q.subject), text(q.object)) for q in layers.data.having(NamedNode(EXACT)))


def _identifier_is_right(rule: Rule, layers: Layers) -> Outcome:
    found = rows(layers)
    flawed = ((row, _flaw(row)) for row in found)
    breaches = (
        _told(rule.breach(row.node, _OBJECT, NamedNode(row.object or row.scheme)), *flaw)
        for row, flaw in flawed
        if flaw
    )
    return Outcome(len(found), tuple(breaches))


def _flaw(row: Row) -> tuple[str, str] | None:
    """Tell in both languages what is wrong with the identifier and the scheme of a row."""
    if not row.object:
        known = row.scheme.removeprefix(_SCHEMES) in BY_NAME
        return None if known else ("one looked in no known scheme", "on a cherché dans un système inconnu")
    try:
        scheme = check_identifier(row.object)
    except WrongIdentifier as wrong:
        return wrong.message, _in_french(row.object)
    if row.scheme not in {"", scheme.iri}:
        claimed = compact(row.scheme)
        return f"it is of {scheme.label}, not of {claimed}", f"il est de {scheme.label}, non de {claimed}"
    return None


def _in_french(full: str) -> str:
    scheme = scheme_of(full)
    if scheme is None:
        return f"<{full}> n'est d'aucun système connu"
    identifier = scheme.identifier_of(full)
    if not full.endswith(scheme.ending) or not scheme.fits(identifier):
        return f"'{identifier}' n'a pas la forme de {scheme.label}"
    found, expected = scheme.checksums(identifier)
    return f"la clé de {scheme.label} {identifier} est {found}, devrait être {expected}"


def _thing_exists(rule: Rule, layers: Layers) -> Outcome:
    things = {text(quad.subject) for quad in layers.data.inside(_THINGS)}
    found = rows(layers)
    breaches = (
        rule.breach(row.node, "dg:mappingSubject", NamedNode(row.subject))
        for row in found
        if row.subject not in things and (row.subject.startswith(_OURS) or scheme_of(row.subject) is None)
    )
    return Outcome(len(found), tuple(breaches))


def _join_no_things(rule: Rule, layers: Layers) -> Outcome:
    joined = _joined(layers)
    several = {
        root: ours
        for root, names in joined.groups().items()
        if len(ours := [name for name in names if name.startswith(_OURS)]) > 1
    }
    matches = [row for row in rows(layers) if row.is_match]
    breaches = (
        _told(rule.breach(row.node, _OBJECT, NamedNode(row.object)), *[_listed(several[root])] * 2)
        for row in matches
        if (root := joined.root(row.subject)) in several
    )
    return Outcome(len(matches), tuple(breaches))


def _is_not_denied(rule: Rule, layers: Layers) -> Outcome:
    joined = _joined(layers)
    denied = [row for row in rows(layers) if row.judgement is Judgement.NOT]
    breaches = (
        rule.breach(row.node, _OBJECT, NamedNode(row.object))
        for row in denied
        if joined.root(row.subject) == joined.root(row.object)
    )
    return Outcome(len(denied), tuple(breaches))


def _judgements_agree(rule: Rule, layers: Layers) -> Outcome:
    found = rows(layers)
    judged: defaultdict[tuple[str, str], set[Judgement]] = defaultdict(set)
    for row in found:
        judged[row.subject, row.object or row.scheme].add(row.judgement)
        if row.is_match and row.scheme:
            judged[row.subject, row.scheme].add(row.judgement)
    breaches = (
        _told(rule.breach(row.node, _OBJECT, NamedNode(row.object or row.scheme)), *_both(several))
        for row in found
        if len(several := judged[row.subject, row.object or row.scheme]) > 1
    )
    return Outcome(len(found), tuple(breaches))


def _both(judgements: set[Judgement]) -> tuple[str, str]:
    ordered = [judgement for judgement in Judgement if judgement in judgements]
    return ", ".join(ordered), ", ".join(_IN_FRENCH[judgement] for judgement in ordered)


def _one_of_a_scheme(rule: Rule, layers: Layers) -> Outcome:
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(layers):
        if row.is_match and (scheme := scheme_of(row.object)):
            groups[row.subject, scheme.name].append(row)
    breaches = (
        rule.breach(row.node, _OBJECT, NamedNode(row.object))
        for group in groups.values()
        for row in _undeclared(group)
    )
    return Outcome(len(groups), tuple(breaches))


def _undeclared(group: list[Row]) -> Iterator[Row]:
    """Yield the rows of one thing and scheme that do not say how many they are."""
    several = len({row.object for row in group}) > 1
    yield from (row for row in group if several != (row.cardinality == SEVERAL))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(compact, names))


def _told(breach: Breach, english: str, french: str) -> Breach:
    return replace(
        breach,
        message_en=breach.message_en.format(english),
        message_fr=breach.message_fr.format(french),
    )


RULES: Final = (
    Rule(
        "rule:ExactMatchesJoinNoThings",
        "Exact matches, taken together, make one of {}: one of the matches is wrong, or the things are to be "
        "joined.",
        "Les correspondances exactes, prises ensemble, confondent {} : l'une est fausse, ou les choses sont "
        "à réunir.",
        _join_no_things,
    ),
    Rule(
        "rule:IdentifierIsRight",
        "The identifier cannot be right: {}. Copy it anew from its source.",
        "L'identifiant ne peut être juste : {}. Le recopier de sa source.",
        _identifier_is_right,
    ),
    Rule(
        "rule:JudgementsAgree",
        "The same is judged in several ways ({}): keep one judgement.",
        "La même chose est jugée de plusieurs façons ({}) : garder un seul avis.",
        _judgements_agree,
    ),
    Rule(
        "rule:MappedThingExists",
        "No file of graph/things describes the subject: correct it, or describe the thing.",
        "Aucun fichier de graph/things ne décrit le sujet : le corriger, ou décrire la chose.",
        _thing_exists,
    ),
    Rule(
        "rule:MatchIsNotDenied",
        "This says that the two are not one, and exact matches, taken together, say that they are: correct "
        "one of them.",
        "Ceci dit que les deux ne font pas qu'un, et les correspondances exactes, prises ensemble, disent le "
        "contraire : corriger l'un ou l'autre.",
        _is_not_denied,
    ),
    Rule(
        "rule:OneIdentifierOfAScheme",
        "A thing has one identifier of a scheme: if it has several, give each row the mapping_cardinality "
        "1:n; if it has one, none.",
        "Une chose a un seul identifiant par système : si elle en a plusieurs, donner à chaque ligne la "
        "mapping_cardinality 1:n ; si elle en a un, aucune.",
        _one_of_a_scheme,
    ),
)
