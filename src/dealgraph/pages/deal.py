"""What the page of a deal has more: its legs, valuations before and after, the arithmetic, the tensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from dealgraph.claim import Claim
from dealgraph.pages.axis import Axis, Interval, axis, interval, of_quantity
from dealgraph.pages.reader import LAYERS, Reader, Word, paths
from dealgraph.pages.spoken import Group, Spoken, group, spoken
from dealgraph.terms import iri

DERIVED: Final = LAYERS[1]
_MEETING: Final = ("dg:agreesWith", "dg:looselyAgreesWith", "dg:disagreesWith")
_DERIVATIONS: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
PREFIX graph: <https://w3id.org/dealgraph/graph/>
SELECT ?subject ?predicate ?result ?rule ?node WHERE {{
  VALUES ?subject {{ {subjects} }}
  GRAPH graph:derived {{
    ?node dg:subject ?subject ; dg:predicate ?predicate ; dg:object ?result ; dg:rule ?rule .
    ?result dg:unit ?unit
  }}
}} ORDER BY ?subject ?predicate ?result
"""


@dataclass(frozen=True)
class Leg:
    """One part of a deal: what kind it is, whether it is a fact, who says so, and what is said of it."""

    leg: Word
    kind: str
    mark: str
    sayings: tuple[Spoken, ...]
    told: Group


@dataclass(frozen=True)
class Worked:
    """One figure that is worked out: from what, by which rule, and how it meets what is stated."""

    subject: Word
    predicate: Word
    result: str
    premises: tuple[Word, ...]
    rule: str
    why: tuple[str, str, str]
    met: tuple[tuple[str, str, Spoken], ...]
    axis: Axis | None


@dataclass(frozen=True)
class Tension:
    """Two claims side by side, and how they stand to each other."""

    how: str
    one: Spoken
    other: Spoken


@dataclass(frozen=True)
class Deal:
    """What the page of a deal has besides what every page of a thing has."""

    legs: tuple[Leg, ...]
    valuations: tuple[Group, ...]
    valuation_axis: Axis | None
    worked: tuple[Worked, ...]
    tensions: tuple[Tension, ...]


def deal(reader: Reader, thing: str) -> Deal:
    """Return what the page of a deal has more."""
    companies = [v.value for v in reader.values(thing, paths("dg:target"))]
    valuations = _ordered(
        reader, {v.value for c in companies for v in reader.values(c, paths("^dg:valuedCompany"))}
    )
    stakes = sorted(v.value for v in reader.values(thing, paths("^dg:arisesFrom")))
    subjects = [thing, *stakes, *valuations]
    claims = [claim for subject in subjects for claim in reader.evidence.claims(subject=subject)]
    return Deal(
        legs=tuple(_legs(reader, thing)),
        valuations=tuple(group(reader, v, reader.evidence.claims(subject=v)) for v in valuations),
        valuation_axis=_valuation_axis(reader, valuations),
        worked=tuple(_worked(reader, subjects)),
        tensions=tuple(_tensions(reader, claims)),
    )


def _legs(reader: Reader, thing: str) -> Iterator[Leg]:
    claims = reader.evidence.claims(thing, iri("dg:hasLeg"))
    by_leg: dict[str, list[Claim]] = {}
    for claim in claims:
        by_leg.setdefault(claim.value.term, []).append(claim)
    for leg, said in by_leg.items():
        kinds = reader.given_kinds(leg)
        yield Leg(
            leg=reader.link(leg),
            kind=reader.named(kinds[0]) if kinds else "",
            mark="fact" if any(claim.admitted for claim in said) else "said",
            sayings=spoken(reader, said),
            told=group(reader, leg, reader.evidence.claims(subject=leg)),
        )


def _ordered(reader: Reader, valuations: Iterable[str]) -> list[str]:
    """Valuations by their days, the earliest first."""

    def day(valuation: str) -> str:
        return min((v.value for v in reader.values(valuation, paths("dg:asOf", "dg:earliest"))), default="")

    return sorted(valuations, key=lambda valuation: (day(valuation), valuation))


def _valuation_axis(reader: Reader, valuations: Sequence[str]) -> Axis | None:
    claims = [c for v in valuations for c in reader.evidence.claims(v, iri("dg:valuationAmount"))]
    told = [c for c in claims if c.value.quantity]
    units = {c.value.quantity.unit for c in told if c.value.quantity}
    if len(told) < 2 or len(units) != 1:
        return None
    rows = [interval(reader, c, f"{reader.named(c.subject)}: {reader.teller.value(c)}") for c in told]
    return axis(reader.language, rows, reader.say_phrase("valuations"), unit=units.pop())


def _worked(reader: Reader, subjects: Sequence[str]) -> Iterator[Worked]:
    rows = reader.store.query(_DERIVATIONS.format(subjects=" ".join(str(NamedNode(s)) for s in subjects)))
    assert isinstance(rows, QuerySolutions)
    does = reader.desk.explainer(reader.language).rules
    for row in rows:
        subject, predicate, result, rule, node = (
            row[n].value if isinstance(row[n], NamedNode | Literal) else ""
            for n in ("subject", "predicate", "result", "rule", "node")
        )
        met = tuple(_met(reader, result))
        yield Worked(
            subject=reader.link(subject),
            predicate=reader.link(predicate),
            result=reader.teller.told(result),
            premises=tuple(_premises(reader, node)),
            rule=does.get(rule, rule),
            why=(subject, predicate, result),
            met=met,
            axis=_result_axis(reader, result, [claim.claim for _, _, claim in met], reader.named(predicate)),
        )


def _premises(reader: Reader, node: str) -> Iterator[Word]:
    """What a figure is worked out from: amounts in words, each with the claim that gives it."""
    quads = reader.store.quads_for_pattern(
        NamedNode(node), NamedNode(iri("prov:wasDerivedFrom")), None, DERIVED
    )
    for value in sorted({q.object.value for q in quads if isinstance(q.object, NamedNode)}):
        for claim in reader.evidence.claims_with_object(value)[:1]:
            told = f"{reader.named(claim.predicate)}: {reader.teller.value(claim)}"
            yield Word(told, reader.link(claim.iri).href)


def _met(reader: Reader, result: str) -> Iterator[tuple[str, str, Spoken]]:
    for name in _MEETING:
        quads = reader.store.quads_for_pattern(None, NamedNode(iri(name)), NamedNode(result), DERIVED)
        for claim in sorted(q.subject.value for q in quads if isinstance(q.subject, NamedNode)):
            if reader.evidence.is_claim(claim):
                yield (
                    name.partition(":")[2],
                    reader.named(iri(name)),
                    spoken(reader, [reader.evidence.claim(claim)])[0],
                )


def _result_axis(reader: Reader, result: str, stated: Sequence[Claim], title: str) -> Axis | None:
    quantity = reader.evidence.value(result).quantity
    if quantity is None or not stated:
        return None
    text, note = Word(reader.teller.told(result)), Word(reader.say_phrase("worked out"))
    rows: list[Interval] = [of_quantity(quantity, reader.language, text, note, "follows")]
    rows += [interval(reader, claim) for claim in stated if claim.value.quantity]
    return axis(reader.language, rows, title, unit=quantity.unit)


def _tensions(reader: Reader, claims: Sequence[Claim]) -> Iterator[Tension]:
    """Claims that stand against each other: figures apart, one said as certain and as possible, conflicts."""
    for place, one in enumerate(claims):
        for other in claims[place + 1 :]:
            how = _tension(one, other)
            if how:
                pair = [one, other]
                yield Tension(how, spoken(reader, pair)[0], spoken(reader, pair)[1])


def _tension(one: Claim, other: Claim) -> str:
    if other.iri in one.conflicts_with or one.iri in other.conflicts_with:
        return "conflict"
    if (one.subject, one.predicate) != (other.subject, other.predicate):
        return ""
    mine, theirs = one.value.quantity, other.value.quantity
    if mine and theirs:
        if not mine.meets(theirs):
            return "apart"
        same = (mine.lower, mine.upper) == (theirs.lower, theirs.upper)
    else:
        same = one.value.term == other.value.term
    if same and one.polarity != other.polarity:
        return "denied"
    if same and (one.realis, one.stance) != (other.realis, other.stance):
        return "surer" if one.admitted != other.admitted else "otherwise"
    return ""
