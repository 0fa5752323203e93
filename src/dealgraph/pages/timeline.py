"""When: the days that claims and inferences give for a thing and for what it takes part in, on one axis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad, QuerySolutions

from dealgraph.pages.axis import Axis, Interval, axis, interval, of_time
from dealgraph.pages.reader import LAYERS, Reader, Word, paths
from dealgraph.pages.shell import address
from dealgraph.terms import iri

_MOST: Final = 24
_DATED: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
PREFIX graph: <https://w3id.org/dealgraph/graph/>
SELECT DISTINCT ?claim WHERE {{
  {{ BIND({thing} AS ?node) }}
  UNION {{ {thing} ?out ?node }}
  UNION {{ ?node ?in {thing} . FILTER(?in != dg:partOf && ?in != dg:basedIn) }}
  UNION {{ GRAPH graph:things {{ ?node ?frame {thing} }} }}
  UNION {{ GRAPH graph:things {{ {thing} ?frame ?node }} }}
  FILTER(isIRI(?node))
  GRAPH ?article {{ ?claim dg:subject ?node ; dg:object ?day ; dg:predicate ?relation }}
  FILTER EXISTS {{ GRAPH ?any {{ ?day dg:edtf ?edtf }} }}
  FILTER(?node = {thing} || ?relation != dg:foundingDate)
}} ORDER BY ?claim LIMIT 60
"""


def timeline(reader: Reader, thing: str, others: Iterable[str] = ()) -> tuple[Axis | None, int]:
    """Return the days of a thing, of what stands beside it and of `others`, the earliest first, or `None`;
    and how many later ones are left out.

    Others are things whose derived days count too.
    """
    nodes = (thing, *others)
    found = [*_said(reader, thing), *(day for one in nodes for day in _derived(reader, thing, one))]
    found += [day for one in nodes for day in _as_of(reader, one)]
    found.sort(key=lambda i: (i.lower if i.lower is not None else i.upper or 0.0, i.text.text))
    if len(found) < 2:
        return None, 0
    return axis(reader.language, found[:_MOST], reader.say_phrase("timeline")), max(0, len(found) - _MOST)


def _said(reader: Reader, thing: str) -> Iterator[Interval]:
    rows = reader.store.query(_DATED.format(thing=NamedNode(thing)))
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        name = row["claim"].value if isinstance(row["claim"], NamedNode) else ""
        if not reader.evidence.is_claim(name):
            continue
        claim = reader.evidence.claim(name)
        if claim.value.time and claim.polarity == "Positive":
            yield interval(
                reader, claim, _event(reader, thing, claim.subject, claim.predicate, claim.value.term)
            )


def _as_of(reader: Reader, thing: str) -> Iterator[Interval]:
    """The day of a valuation, which identifies it; power levels are too many to be told here."""
    if iri("dg:Valuation") in reader.given_kinds(thing):
        for day in reader.values(thing, paths("dg:asOf")):
            span = reader.evidence.value(day.value).time
            if span:
                told = Word(reader.named(thing), address(thing))
                yield of_time(span, reader.language, told, Word(""), "fact")


def _derived(reader: Reader, thing: str, subject: str) -> Iterator[Interval]:
    for layer in LAYERS:
        for quad in reader.store.quads_for_pattern(NamedNode(subject), None, None, layer):
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(iri("time:")):
                yield from _day(reader, thing, quad)


def _day(reader: Reader, thing: str, quad: Quad) -> Iterator[Interval]:
    value = str(getattr(quad.object, "value", ""))
    span = reader.evidence.value(value).time
    if span:
        text = _event(reader, thing, str(getattr(quad.subject, "value", "")), quad.predicate.value, value)
        note = Word(reader.say_phrase("follows"), why_path(quad))
        yield of_time(span, reader.language, Word(text), note, "follows")


def why_path(quad: Quad) -> str:
    """Return the path at which it is told why a statement holds."""
    from urllib.parse import urlencode

    asked = {
        "subject": str(getattr(quad.subject, "value", "")),
        "predicate": quad.predicate.value,
        "object": str(getattr(quad.object, "value", "")),
    }
    return f"/why?{urlencode(asked)}"


def _event(reader: Reader, thing: str, subject: str, predicate: str, day: str) -> str:
    """Say what happened: of another subject its name too."""
    about = (
        ""
        if subject == thing
        else f"{reader.named(subject)}: "
        if reader.language == "en"
        else (f"{reader.named(subject)} : ")
    )
    return f"{about}{reader.named(predicate)} {reader.teller.told(day)}"
