"""What disagrees, worst first: claims that stand against each other, told beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import QuerySolutions

from dealgraph.api import desk_at
from dealgraph.ask import run
from dealgraph.claim import Claim
from dealgraph.desk import Desk
from dealgraph.errors import WrongUsage
from dealgraph.pages.axis import Axis, axis_of_claims
from dealgraph.pages.offsets import first_of
from dealgraph.pages.phrases import PAGES
from dealgraph.pages.question_answers import Cell
from dealgraph.pages.reader import Reader
from dealgraph.pages.rendering import page
from dealgraph.report import Saying, Teller
from dealgraph.web import Answer, Call, href

GROUPS: Final = 20
"""How many groups a page shows."""
KINDS: Final = (
    "conflict",
    "misses",
    "contradicts",
    "undecided",
    "differs",
    "loose",
    "opinions",
    "modality",
    "superseded",
    "refined",
    "meets",
    "refines",
)
"""How claims may stand against each other, the worst first."""
_TENSIONS: Final = "contradictions/tensions"
_AGREEMENT: Final = "contradictions/agreement"
_OPINIONS: Final = "contradictions/opinions"
_OUTSIDE: Final = "contradictions/outside"
_VERDICTS: Final = frozenset({"contradicts", "differs", "refines"})
_SCHEMES: Final = frozenset({"http", "https"})


@dataclass(frozen=True, order=True)
class Pair:
    """Two claims and how they stand to each other."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class Side:
    """One claim of a group, as it is told: what it is about where the group does not say."""

    saying: Saying
    claim: Claim
    about: str


@dataclass(frozen=True)
class Dispute:
    """Claims that stand against each other; `kinds` are all the ways in which they do, the worst first."""

    subject: Cell
    predicate: Cell
    kinds: tuple[str, ...]
    sides: tuple[Side, ...]
    axis: Axis | None


@dataclass(frozen=True)
class Group:
    """The claims of a dispute before they are told."""

    kinds: tuple[str, ...]
    claims: tuple[str, ...]
    shared: tuple[str, str] | None


def pairs(desk: Desk) -> tuple[Pair, ...]:
    """Return every pair of claims that disagree, are not equally precise, or differ in assurance.

    What the stored queries of the topic say; one that the project does not have says nothing.
    """
    found = [
        *(Pair(str(row["kind"]), row["claim"], row["otherClaim"]) for row in _rows(desk, _TENSIONS)),
        *(
            Pair("meets", row["claim"], row["otherClaim"])
            for row in _rows(desk, _AGREEMENT)
            if row["agreement"] == "meets"
        ),
        *(Pair("opinions", row["claim"], row["otherClaim"]) for row in _rows(desk, _OPINIONS)),
        *(
            Pair(row["verdict"], row["claim"], row["otherClaim"])
            for row in _rows(desk, _OUTSIDE)
            if row["verdict"] in _VERDICTS
        ),
    ]
    known = {pair for pair in found if pair.kind in KINDS}
    return tuple(sorted(known, key=lambda pair: (KINDS.index(pair.kind), pair.one, pair.other)))


def _rows(desk: Desk, name: str) -> Iterator[Mapping[str, str]]:
    query = next((query for query in desk.queries if query.name == name), None)
    result = run(desk.store, query.text, where=name) if query else None
    if isinstance(result, QuerySolutions):
        names = [variable.value for variable in result.variables]
        for row in result:
            yield {name: getattr(row[name], "value", "") for name in names}


def groups(desk: Desk, found: Iterable[Pair]) -> tuple[Group, ...]:
    """Put pairs together that answer one question; the worst groups come first.

    Figures and dates on one subject and property are together; claims that name the same thing there are,
    too, but not beside others that may be true as well. A pair about different things stays alone.
    """
    kinds: dict[object, dict[str, None]] = {}
    claims: dict[object, dict[str, None]] = {}
    shared: dict[object, tuple[str, str] | None] = {}
    for pair in found:
        one, other = (desk.evidence.claim(node) for node in (pair.one, pair.other))
        same = (one.subject, one.predicate) == (other.subject, other.predicate)
        named = one.value.term if one.value.term == other.value.term else ""
        key: object = (one.subject, one.predicate, named) if same else frozenset((pair.one, pair.other))
        shared[key] = (one.subject, one.predicate) if same else None
        kinds.setdefault(key, {})[pair.kind] = None
        claims.setdefault(key, {}).update(dict.fromkeys((pair.one, pair.other)))
    made = [Group(tuple(kinds[key]), tuple(claims[key]), shared[key]) for key in kinds]
    return tuple(sorted(made, key=lambda group: (KINDS.index(group.kinds[0]), group.claims)))


def told(desk: Desk, group: Group, language: str) -> Dispute:
    """Tell a group: the claims in the order of their precedence, and their figures on one axis."""
    teller = desk.teller(language)
    if group.shared:
        claims = [c for c in desk.evidence.claims(*group.shared) if c.iri in group.claims]
    else:
        claims = [desk.evidence.claim(node) for node in group.claims]
    first = claims[0]
    reader = Reader(desk, language)
    questions = dict.fromkeys((claim.subject, claim.predicate) for claim in claims)
    title = " / ".join(_question(teller, subject, link) for subject, link in questions)
    sides = tuple(_side(teller, claim, claims if group.shared else (claim,), group) for claim in claims)
    return Dispute(
        subject=_cell(teller, first.subject),
        predicate=_cell(teller, first.predicate),
        kinds=group.kinds,
        sides=sides,
        axis=axis_of_claims(reader, claims, title),
    )


def _side(teller: Teller, claim: Claim, rivals: Sequence[Claim], group: Group) -> Side:
    about = "" if group.shared else _question(teller, claim.subject, claim.predicate)
    return Side(teller.saying(claim, rivals), claim, about)


def _question(teller: Teller, subject: str, predicate: str) -> str:
    return f"{teller.told(subject)}{PAGES[teller.language]['colon']}{teller.label(predicate)}"


def _cell(teller: Teller, node: str) -> Cell:
    scheme = node.partition(":")[0]
    return Cell(teller.told(node), "thing", href(node) if scheme in _SCHEMES else "")


def contradictions_page(desk: Desk, call: Call) -> Answer:
    """Answer `/contradictions`: what disagrees, worst first; `kind` keeps one way of disagreeing."""
    at = desk_at(desk, call)
    wanted, first = call.first("kind"), first_of(call)
    if wanted and wanted not in KINDS:
        raise WrongUsage(f"there is no kind '{wanted}'", where="kind", fix=f"Take one of: {', '.join(KINDS)}")
    every = groups(at, pairs(at))
    counts = {kind: sum(group.kinds[0] == kind for group in every) for kind in KINDS}
    kept = [group for group in every if not wanted or group.kinds[0] == wanted]
    shown = [told(at, group, call.language) for group in kept[first : first + GROUPS]]
    return page(
        "contradictions.html",
        call,
        desk=desk,
        parted=[list(members) for _, members in groupby(shown, key=lambda dispute: dispute.kinds[0])],
        counts={kind: count for kind, count in counts.items() if count},
        wanted=wanted,
        first=first,
        size=GROUPS,
        total=len(kept),
        as_of=call.first("as-of"),
    )
