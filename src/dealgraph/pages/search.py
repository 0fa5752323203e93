"""The page of a search: things first, then what is said, questions, articles and terms of the ontology."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dealgraph.desk import Desk
from dealgraph.errors import WrongUsage
from dealgraph.pages.markup import marked
from dealgraph.pages.offsets import first_of
from dealgraph.pages.rendering import page
from dealgraph.search import Hit, How, WordIndex
from dealgraph.terms import iri, local_name
from dealgraph.web import Answer, Call, href

SHOWN: Final = 20
"""How many results a page of one kind shows."""
GLIMPSE: Final = 5
"""How many results of each kind are shown where all kinds are."""
KINDS: Final = ("things", "claims", "questions", "articles", "terms")
"""The kinds of results, in the order in which they are shown."""
LONGEST: Final = 200
"""How many characters of a text are searched for."""


@dataclass(frozen=True)
class Result:
    """One result: its name, where it is, what it is, and what else tells it apart.

    `note` is another name it was found by, or where it is said; `mark` is fact or said for a claim.
    """

    name: str
    address: str
    kind: str = ""
    note: str = ""
    mark: str = ""
    how: How = How.WORDS


@dataclass(frozen=True)
class Found:
    """The results of one kind: those that are shown, and how many there are."""

    kind: str
    results: tuple[Result, ...]
    total: int


def search_page(desk: Desk, call: Call) -> Answer:
    """Answer `/search?q=&kind=`: what bears a name or has the words, the best first; never a redirection."""
    asked, wanted, first = call.first("q").strip()[:LONGEST], call.first("kind"), first_of(call)
    if wanted and wanted not in KINDS:
        raise WrongUsage(f"there is no kind '{wanted}'", where="kind", fix=f"Take one of: {', '.join(KINDS)}")
    hits = {kind: _HITS[kind](desk, asked) if asked else () for kind in KINDS}
    size = SHOWN if wanted else GLIMPSE
    found = [
        Found(
            kind,
            tuple(_result(desk, call.language, kind, hit) for hit in hits[kind][first : first + size]),
            len(hits[kind]),
        )
        for kind in KINDS
        if hits[kind] and wanted in ("", kind)
    ]
    return page(
        "search.html",
        call,
        desk=desk,
        asked=asked,
        wanted=wanted,
        found=found,
        counts={kind: len(hits[kind]) for kind in KINDS if hits[kind]},
        is_guess=_is_guess(hits["things"]),
        first=first,
        size=size,
        marked=lambda text: marked(text, asked),
    )


def _is_guess(things: Sequence[Hit]) -> bool:
    return bool(things) and things[0].how is How.LIKE


def _things(desk: Desk, text: str) -> Sequence[Hit]:
    return desk.search.things(text)


def _claims(desk: Desk, text: str) -> Sequence[Hit]:
    return desk.search.claims(text)


def _articles(desk: Desk, text: str) -> Sequence[Hit]:
    return desk.search.sources(text)


def _terms(desk: Desk, text: str) -> Sequence[Hit]:
    return desk.search.terms(text)


def _questions(desk: Desk, text: str) -> Sequence[Hit]:
    """The stored queries by the words of their names and summaries, in both languages."""
    queries = desk.queries
    index = WordIndex(" ".join((q.name, q.summary, q.summary_fr, *q.tags)) for q in queries)
    ranked = sorted(index.find(text).items(), key=lambda item: (-item[1], queries[item[0]].name))
    return [Hit(queries[number].name, queries[number].name, How.WORDS, liking) for number, liking in ranked]


_HITS: Final[dict[str, Callable[[Desk, str], Sequence[Hit]]]] = {
    "things": _things,
    "claims": _claims,
    "questions": _questions,
    "articles": _articles,
    "terms": _terms,
}


def _result(desk: Desk, language: str, kind: str, hit: Hit) -> Result:
    if kind == "questions":
        query = next(query for query in desk.queries if query.name == hit.iri)
        summary = query.summary_fr if language == "fr" else query.summary
        return Result(summary, f"/questions/{query.name}", note=query.name)
    if kind == "claims":
        claim = desk.evidence.claim(hit.iri)
        saying = desk.teller(language).saying(claim, (claim,))
        words = ", ".join((saying.source, *saying.certainty))
        told = claim.paraphrase.get(language, hit.name)
        return Result(told, href(hit.iri), note=words, mark="fact" if claim.admitted else "said")
    label = desk.evidence.label(hit.iri, language)
    note = hit.name if hit.name != label else ""
    return Result(label, href(hit.iri), _kind(desk, language, hit.iri), note, how=hit.how)


def _kind(desk: Desk, language: str, thing: str) -> str:
    """The classes of a thing in words: those of the ontology where it has any, else the words of OWL."""
    kinds = sorted(desk.search.kinds(thing), key=_rank)
    own = [kind for kind in kinds if kind.startswith(iri("dg:"))] or kinds
    return desk.evidence.label(own[0], language) if own else local_name(thing)


def _rank(kind: str) -> tuple[bool, str]:
    return kind == iri("owl:NamedIndividual"), kind
