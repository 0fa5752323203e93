"""The briefing: what the articles say of the deal, section by section, each a stored query.

A query of `queries/briefing/` is one section: its summary is the title, its order the order. It gives
rows of `?claim`, told one by one, of `?subject ?predicate`, told with every claim on the pair, or of
`?subject ?predicate ?object`, told as what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Store

from dealgraph import words
from dealgraph.errors import StoredQueryDefect
from dealgraph.evidence import Evidence
from dealgraph.phrases import PHRASES
from dealgraph.report import Line, Section, Teller
from dealgraph.stored import StoredQuery

TOPIC = "briefing"


@dataclass(frozen=True)
class ArticleRead:
    """One article, or one snapshot of an outside dataset, and what became of its claims."""

    label: str
    published: str
    claims: int
    admitted: int


@dataclass(frozen=True)
class Briefing:
    """All that a person sees first: the articles and snapshots read, then the sections in order."""

    articles: tuple[ArticleRead, ...]
    sections: tuple[Section, ...]
    snapshots: tuple[ArticleRead, ...] = ()


def briefing(store: Store, queries: Iterable[StoredQuery], language: str) -> Briefing:
    """Tell what is known about the deal; reach for it to answer "what is this graph about?".

    Sections come in the order of the names of their queries; one without rows is left out.
    """
    evidence = Evidence(store)
    teller = Teller(evidence, language)
    chosen = sorted((q for q in queries if q.topic == TOPIC), key=lambda q: q.name)
    sections = (Section(_title(query, language), _lines(store, query, teller)) for query in chosen)
    return Briefing(
        articles=tuple(_article(teller, article) for article in evidence.articles),
        sections=tuple(section for section in sections if section.lines),
        snapshots=tuple(_article(teller, snapshot) for snapshot in evidence.snapshots),
    )


def about(store: Store, thing: str, language: str) -> tuple[Section, ...]:
    """Tell everything said about a thing: where it is the subject, then where it is the object.

    The claims on the n-ary nodes that name it (its stakes, tenures, valuations, deals) come between.
    """
    evidence = Evidence(store)
    teller = Teller(evidence, language)
    say = PHRASES[language]
    own = evidence.claims(subject=thing)
    frames = [claim for node in framed(store, thing) for claim in evidence.claims(subject=node)]
    parts = (
        ("about it", own),
        ("where it takes part", frames),
        ("said of others", evidence.claims_with_object(thing)),
    )
    return tuple(Section(say[title], teller.lines(claims)) for title, claims in parts if claims)


def _title(query: StoredQuery, language: str) -> str:
    return query.summary_fr if language == "fr" else query.summary


def _article(teller: Teller, article: str) -> ArticleRead:
    claims = [c for c in teller.evidence.claims() if c.article == article]
    return ArticleRead(
        label=teller.label(article),
        published=words.day(teller.evidence.published(article), teller.language),
        claims=len(claims),
        admitted=sum(claim.admitted for claim in claims),
    )


def _lines(store: Store, query: StoredQuery, teller: Teller) -> tuple[Line, ...]:
    rows = store.query(query.text)
    names = {v.value for v in rows.variables} if isinstance(rows, QuerySolutions) else set()
    for columns, tell in _FORMS.items():
        if isinstance(rows, QuerySolutions) and columns <= names:
            return tell(query, rows, teller)
    raise StoredQueryDefect(
        "a section of the briefing selects ?claim, or ?subject ?predicate, or these and ?object",
        where=str(query.path),
    )


def _of_claims(query: StoredQuery, rows: QuerySolutions, teller: Teller) -> tuple[Line, ...]:
    return teller.lines(teller.evidence.claim(_node(query, row["claim"])) for row in rows)


def _of_pairs(query: StoredQuery, rows: QuerySolutions, teller: Teller) -> tuple[Line, ...]:
    pairs = ((_node(query, row["subject"]), _node(query, row["predicate"])) for row in rows)
    return teller.lines(claim for pair in pairs for claim in teller.evidence.claims(*pair))


def _of_inferences(query: StoredQuery, rows: QuerySolutions, teller: Teller) -> tuple[Line, ...]:
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        subject, predicate, value = (_node(query, row[name]) for name in ("subject", "predicate", "object"))
        groups.setdefault((subject, predicate), []).append(value)
    return tuple(teller.inference(*pair, objects) for pair, objects in groups.items())


_FORMS: Final[Mapping[frozenset[str], Callable[[StoredQuery, QuerySolutions, Teller], tuple[Line, ...]]]] = {
    frozenset({"claim"}): _of_claims,
    frozenset({"subject", "predicate", "object"}): _of_inferences,
    frozenset({"subject", "predicate"}): _of_pairs,
}


def _node(query: StoredQuery, term: object) -> str:
    if not isinstance(term, NamedNode):
        raise StoredQueryDefect(
            "a row of a section has no claim, subject or predicate", where=str(query.path)
        )
    return term.value


_FRAMED = """
PREFIX graph: <https://w3id.org/dealgraph/graph/>
PREFIX dg: <https://w3id.org/dealgraph/ontology#>
SELECT DISTINCT ?node WHERE {{
  GRAPH graph:things {{ ?node ?link {thing} }}
  GRAPH graph:ontology {{ ?link dg:identifying true }}
}} ORDER BY ?node
"""


def framed(store: Store, thing: str) -> list[str]:
    """Return the n-ary nodes whose frame names a thing: its stakes, tenures, power levels, in their order."""
    rows = store.query(_FRAMED.format(thing=NamedNode(thing)))
    assert isinstance(rows, QuerySolutions)
    return [row["node"].value for row in rows]
