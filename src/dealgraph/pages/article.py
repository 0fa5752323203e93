"""The page of an article or of a snapshot of a dataset: what it says, place by place, and who says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions

from dealgraph import words
from dealgraph.claim import Claim
from dealgraph.desk import Desk
from dealgraph.pages import resource, statements
from dealgraph.pages.forms import as_data, forms, wanted
from dealgraph.pages.reader import Reader, Word
from dealgraph.pages.rendering import page
from dealgraph.pages.resource import offset
from dealgraph.pages.spoken import Spoken, spoken
from dealgraph.pages.texts import Text, text_of
from dealgraph.terms import iri
from dealgraph.web import Answer, Call, local_iri

SIZE: Final = 200
"""How many claims are told on one page."""
_CLAIMS: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
SELECT ?claim WHERE {{ GRAPH {article} {{ ?claim a dg:Claim }} }}
"""
_OMISSIONS: Final = """
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
SELECT ?omission ?start ?end ?sha256 ?reason WHERE {{
  GRAPH {article} {{
    ?omission a dg:Omission ; dg:passage ?passage ; dg:omissionReason ?reason .
    ?passage dg:start ?start ; dg:end ?end ; dg:sha256 ?sha256 .
  }}
  FILTER(LANG(?reason) = "{language}")
}} ORDER BY ?start ?end ?omission
"""


@dataclass(frozen=True)
class Told:
    """A claim in the order of the article, with its subject and predicate in words."""

    spoken: Spoken
    subject: Word
    predicate: Word


@dataclass(frozen=True)
class Block:
    """One passage (or record) and the claims that begin there.

    `anchor` is where links to it lead, `others` are those of further passages of its claims.
    """

    where: str
    anchor: str
    quoted: str
    note: str
    claims: tuple[Told, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Omission:
    """A passage that no claim stands for, and why."""

    where: str
    anchor: str
    quoted: str
    reason: str


@dataclass(frozen=True)
class Strip:
    """A stretch of an article, in percent of its length: `fact`, `said` or `omitted`."""

    left: float
    width: float
    kind: str


@dataclass(frozen=True)
class Credit:
    """A chain of credit, and how many claims rest on it, how many of them facts."""

    chain: tuple[Word, ...]
    claims: int
    facts: int


def show(desk: Desk, call: Call) -> Answer:
    """Answer at `/article/…`: the page of an article or a snapshot, or all that it says as data."""
    path, offer = wanted(call)
    reader = Reader(desk, call.language)
    node = reader.known(local_iri(path))
    if offer.suffix != "html":
        return as_data(offer, statements.of_graph(desk.store, node), lambda: report(reader, node.value))
    return _page(reader, call, node.value)


def show_dataset(desk: Desk, call: Call) -> Answer:
    """Answer at `/dataset/…`: a snapshot as an article, a dataset as any other node."""
    path, _ = wanted(call)
    is_snapshot = local_iri(path) in desk.evidence.snapshots
    return show(desk, call) if is_snapshot else resource.show(desk, call)


def claims_of(reader: Reader, article: str) -> list[Claim]:
    """Return the claims of an article in the order of their passages, those of a snapshot by record."""
    rows = reader.store.query(_CLAIMS.format(article=NamedNode(article)))
    assert isinstance(rows, QuerySolutions)
    nodes = (row["claim"] for row in rows)
    claims = [reader.evidence.claim(node.value) for node in nodes if isinstance(node, NamedNode)]
    return sorted(claims, key=lambda claim: (claim.passages, claim.cells, claim.iri))


def report(reader: Reader, article: str) -> dict[str, object]:
    """Return what a program reads of an article: its description, coverage, and claims in short."""
    claims = claims_of(reader, article)
    length = _number(reader, article, "dg:codePoints")
    told = [
        {
            "claim": claim.iri,
            "paraphrase": claim.paraphrase.get(reader.language, ""),
            "admitted": claim.admitted,
            "passages": [[passage.start, passage.end] for passage in claim.passages],
        }
        for claim in claims
    ]
    share = coverage(spans_of(claims), length)
    return {
        "article": article,
        "name": reader.named(article),
        "codePoints": length,
        "covered": share,
        "claims": told,
    }


def coverage(spans: Iterable[tuple[int, int]], length: int) -> float:
    """Return the share, from 0 to 1, of the code points of an article that lie in one of some spans."""
    covered, reached = 0, 0
    for start, end in sorted(spans):
        if end > max(start, reached):
            covered += end - max(start, reached)
            reached = end
    return covered / length if length else 0.0


def spans_of(claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """Return where the passages of claims start and end, in code points."""
    return [(passage.start, passage.end) for claim in claims for passage in claim.passages]


def _page(reader: Reader, call: Call, article: str) -> Answer:
    claims = claims_of(reader, article)
    first = offset(call)
    text = text_of(reader.desk, article)
    length = _number(reader, article, "dg:codePoints")
    omissions = _omissions(reader, article, text)
    return page(
        "article.html",
        call,
        desk=reader.desk,
        forms=forms(article),
        iri=article,
        name=reader.named(article),
        kinds=[reader.link(kind) for kind in _kinds(reader, article)],
        pairs=_description(reader, article),
        total=len(claims),
        facts=sum(claim.admitted for claim in claims),
        length=length,
        covered=coverage(spans_of(claims), length),
        strips=_strips(claims, omissions, length),
        blocks=_blocks(reader, claims[first : first + SIZE], text, [one.anchor for one, _, _ in omissions]),
        first=first,
        size=SIZE,
        credits=_credits(reader, claims),
        omissions=[omission for omission, _, _ in omissions],
        text=text,
        has_texts=reader.desk.texts is not None,
        series=Counter(claim.realis for claim in claims),
    )


def _kinds(reader: Reader, article: str) -> list[str]:
    quads = reader.store.quads_for_pattern(
        NamedNode(article), NamedNode(iri("rdf:type")), None, NamedNode(article)
    )
    return sorted({q.object.value for q in quads if isinstance(q.object, NamedNode)})


def _description(reader: Reader, article: str) -> list[tuple[str, Word]]:
    """What an article says of itself, but for its label and its type."""
    node, hidden = NamedNode(article), {iri("rdf:type"), iri("rdfs:label")}
    quads = reader.store.quads_for_pattern(node, None, None, node)
    found = []
    for quad in sorted(quads, key=lambda q: str(q.predicate)):
        if quad.predicate.value in hidden:
            continue
        if isinstance(quad.object, Literal) and quad.object.language not in (None, reader.language):
            continue
        found.append((reader.named(quad.predicate.value), _value(reader, quad.object)))
    return found


def _value(reader: Reader, term: object) -> Word:
    if isinstance(term, Literal) and term.datatype.value == iri("xsd:date"):
        import datetime as dt

        return Word(words.day(dt.date.fromisoformat(term.value), reader.language))
    return reader.word(term)


def _blocks(reader: Reader, claims: Sequence[Claim], text: Text, taken: Iterable[str]) -> list[Block]:
    by_place: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        by_place.setdefault(_place(claim), []).append(claim)
    blocks, anchors = [], {*taken, *(anchor for _, anchor in by_place)}
    for (where, anchor), members in by_place.items():
        passage = members[0].passages[0] if members[0].passages else None
        quoted, note = text.slice(passage.start, passage.end, passage.sha256) if passage else ("", "")
        told = tuple(_told(reader, claim) for claim in members)
        further = dict.fromkeys(_anchor(p.start, p.end) for claim in members for p in claim.passages)
        others = tuple(name for name in further if name not in anchors)
        anchors.update(others)
        blocks.append(Block(where, anchor, quoted, note, told, others))
    return blocks


def _place(claim: Claim) -> tuple[str, str]:
    if claim.passages:
        passage = claim.passages[0]
        return f"{passage.start}–{passage.end}", _anchor(passage.start, passage.end)
    if claim.cells:
        cell = claim.cells[0]
        return cell.record, "_".join(f"record={cell.table},{cell.record}".split())
    return "", ""


def _anchor(start: int, end: int) -> str:
    return f"char={start},{end}"


def _told(reader: Reader, claim: Claim) -> Told:
    return Told(spoken(reader, [claim])[0], reader.link(claim.subject), reader.link(claim.predicate))


def _credits(reader: Reader, claims: Iterable[Claim]) -> list[Credit]:
    counts: dict[tuple[str, ...], list[bool]] = {}
    for claim in claims:
        counts.setdefault(claim.speakers, []).append(claim.admitted)
    ordered = sorted(counts.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Credit(tuple(reader.link(speaker) for speaker in chain), len(admitted), sum(admitted))
        for chain, admitted in ordered
    ]


def _omissions(reader: Reader, article: str, text: Text) -> list[tuple[Omission, int, int]]:
    rows = reader.store.query(_OMISSIONS.format(article=NamedNode(article), language=reader.language))
    assert isinstance(rows, QuerySolutions)
    found = []
    for row in rows:
        start, end, sha256, reason = (
            str(getattr(row[name], "value", "")) for name in ("start", "end", "sha256", "reason")
        )
        quoted, _ = text.slice(int(start), int(end), sha256)
        one = Omission(f"{start}–{end}", f"char={start},{end}", quoted, reason)
        found.append((one, int(start), int(end)))
    return found


def _strips(
    claims: Iterable[Claim], omissions: Iterable[tuple[Omission, int, int]], length: int
) -> list[Strip]:
    """The stretches that are spoken for; what is only said first, so that facts lie above it."""
    places = [("omitted", start, end) for _, start, end in omissions]
    places += [
        ("fact" if claim.admitted else "said", passage.start, passage.end)
        for claim in sorted(claims, key=lambda claim: claim.admitted)
        for passage in claim.passages
    ]
    return [
        Strip(round(100 * start / length, 3), round(100 * (end - start) / length, 3), kind)
        for kind, start, end in dict.fromkeys(places)
        if length
    ]


def _number(reader: Reader, node: str, name: str) -> int:
    quads = reader.store.quads_for_pattern(NamedNode(node), NamedNode(iri(name)), None, None)
    return next((int(q.object.value) for q in quads if isinstance(q.object, Literal)), 0)
