"""The page of a thing: what is said of it and what follows, what it takes part in, when, and beside whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from pyoxigraph import NamedNode, Quad

from dealgraph.briefing import about, framed
from dealgraph.claim import Claim
from dealgraph.desk import Desk
from dealgraph.linked_data import schema_org
from dealgraph.pages import deal, outside, statements
from dealgraph.pages.forms import as_data, forms, wanted
from dealgraph.pages.glance import glance
from dealgraph.pages.neighbours import neighbourhood
from dealgraph.pages.reader import FACTS, MOST_CLAIMS, THINGS, TYPE, Reader
from dealgraph.pages.rendering import page
from dealgraph.pages.resource import offset
from dealgraph.pages.spoken import Followed, Group, followed, frame, group
from dealgraph.pages.timeline import timeline
from dealgraph.terms import iri
from dealgraph.web import Answer, Call, local_iri

GROUPS: Final = 30
"""How many things that a thing takes part in are told on one page."""
ALIKE: Final = 4
"""From how many groups of one kind and one predicate on they are told as a table."""
_ABOUT: Final = ("dg:description", "rdfs:comment", "skos:definition")


@dataclass(frozen=True)
class Series:
    """Many groups of one kind, each with one figure: told as a table, a row each."""

    kind: str
    groups: tuple[Group, ...]


def show(desk: Desk, call: Call) -> Answer:
    """Answer at `/id/…`: the page of a thing, or what is known of it as data."""
    path, offer = wanted(call)
    reader = Reader(desk, call.language)
    thing = reader.known(local_iri(path)).value
    if offer.suffix == "html":
        return _page(reader, call, thing)
    node = NamedNode(thing)
    return as_data(
        offer,
        statements.of_thing(desk.store, node),
        lambda: _report(reader, thing),
        lambda: schema_org(desk.store, thing),
    )


def _report(reader: Reader, thing: str) -> dict[str, object]:
    sections = about(reader.store, thing, reader.language)
    found = [asdict(each) for judged in outside.judged(reader, thing) for each in judged.members]
    return {
        "thing": thing,
        "name": reader.named(thing),
        "sections": [asdict(section) for section in sections],
        "identifiers": found,
    }


def _page(reader: Reader, call: Call, thing: str) -> Answer:
    kinds = reader.kinds(thing)
    nodes = framed(reader.store, thing)
    first = offset(call)
    shown = nodes[first : first + GROUPS]
    is_deal = iri("dg:Deal") in kinds
    # The legs of a deal have a place of their own.
    claims = [
        c for c in reader.evidence.claims(subject=thing) if not is_deal or c.predicate != iri("dg:hasLeg")
    ]
    own = group(reader, thing, claims, reader.following(NamedNode(thing), None))
    groups = [_group(reader, node) for node in shown]
    others, others_more = _others(reader, thing, nodes)
    when, when_more = timeline(reader, thing, shown)
    series, single = _series([g for g in groups if g.rows])
    return page(
        "thing.html",
        call,
        desk=reader.desk,
        forms=forms(thing),
        iri=thing,
        name=reader.named(thing),
        kinds=[reader.link(kind) for kind in reader.given_kinds(thing)],
        aliases=[a for a in reader.texts(thing, "skos:altLabel") if a != reader.named(thing)],
        line=next((text for name in _ABOUT for text in reader.texts(thing, name)), ""),
        frame=frame(reader, thing),
        glances=glance(reader, thing, kinds),
        follows_kinds=_kinds_that_follow(reader, thing),
        own=own,
        series=series,
        groups=single,
        first=first,
        size=GROUPS,
        total=len(nodes),
        others=others,
        others_more=others_more,
        others_cut=len(reader.claims_with(thing)) >= MOST_CLAIMS and MOST_CLAIMS,
        when=when,
        when_more=when_more,
        around=neighbourhood(reader, thing),
        beside=outside.beside(reader, [thing, *(one.iri for one in single)]),
        judged=outside.judged(reader, thing),
        deal=deal.deal(reader, thing) if is_deal else None,
    )


def _group(reader: Reader, node: str) -> Group:
    following = reader.following(NamedNode(node), None)
    return group(reader, node, reader.evidence.claims(subject=node), following).in_brief()


def _others(reader: Reader, thing: str, nodes: Iterable[str]) -> tuple[list[Group], int]:
    """What is said and follows of others with this thing as its object, but for its own frames.

    Returns the first of them, and how many more there are among the statements that were looked at.
    """
    claims = reader.claims_with(thing)
    quads = reader.following(None, NamedNode(thing))
    known = {*nodes, thing}
    by_subject: dict[str, tuple[list[Claim], list[Quad]]] = {}
    for claim in claims:
        by_subject.setdefault(claim.subject, ([], []))[0].append(claim)
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value not in known:
            by_subject.setdefault(quad.subject.value, ([], []))[1].append(quad)
    first = list(by_subject.items())[:GROUPS]
    told = [group(reader, subject, said, follows) for subject, (said, follows) in first]
    return told, len(by_subject) - len(told)


def _series(groups: list[Group]) -> tuple[list[Series], list[Group]]:
    """Split off groups that are many of one kind with one and the same predicate."""
    by_form: dict[tuple[str, str], list[Group]] = {}
    for one in groups:
        if one.kind and len(one.rows) == 1:
            by_form.setdefault((one.kind.text, one.rows[0].predicate.text), []).append(one)
    series = [Series(kind, tuple(members)) for (kind, _), members in by_form.items() if len(members) >= ALIKE]
    taken = {one.iri for each in series for one in each.groups}
    return series, [one for one in groups if one.iri not in taken]


def _kinds_that_follow(reader: Reader, thing: str) -> list[Followed]:
    """The classes of a thing that follow from facts and that the given ones do not include anyway."""
    given = {wider for kind in reader.given_kinds(thing) for wider in reader.wider(kind)}
    node = NamedNode(thing)
    quads = [
        quad
        for quad in reader.default(node, TYPE, None)
        if isinstance(quad.object, NamedNode)
        and quad.object.value.startswith(iri("dg:"))
        and quad.object.value not in given
        and Quad(node, TYPE, quad.object, FACTS) not in reader.store
        and Quad(node, TYPE, quad.object, THINGS) not in reader.store
    ]
    return [followed(reader, quad) for quad in sorted(quads, key=str)]
