"""A small page on a thing, to be shown inside another: what it is, and facts with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode

from dealgraph.briefing import framed
from dealgraph.claim import Claim
from dealgraph.evidence import Evidence
from dealgraph.reconcile.describing import Describer
from dealgraph.reconcile.phrases import RECONCILE
from dealgraph.report import Line, Saying, Teller
from dealgraph.terms import compact, iri
from dealgraph.web import href

STYLE: Final = "/static/preview.css"
_LINES: Final = 3
_VALUES: Final = 2
_READ: Final = 40


def page(describer: Describer, thing: str) -> str:
    """Return the page; it needs nothing but the one style sheet."""
    say, language = RECONCILE[describer.language], describer.language
    name, about = escape(describer.name(thing)), escape(describer.description(thing))
    facts = "".join(_items(describer, thing)) or f"<li>{escape(say['no facts'])}</li>"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{name}</title>\n<link rel="stylesheet" href="{STYLE}">\n</head>\n<body>\n<main>\n'
        f'<h1><a href="{escape(href(thing))}" target="_blank" rel="noopener">{name}</a></h1>\n'
        f'<p class="about">{about}</p>\n<ul aria-label="{escape(say["facts"])}">{facts}</ul>\n'
        "</main>\n</body>\n</html>\n"
    )


def flyout(name: str, about: str) -> str:
    """Return a few words of HTML on a thing, a type or a property."""
    return f"<p><strong>{escape(name)}</strong></p><p>{escape(about)}</p>"


def _items(describer: Describer, thing: str) -> Iterator[str]:
    """The first lines that have a fact: of the thing, of others about it, of what it takes part in."""
    evidence = describer.catalogue.evidence
    teller = Teller(evidence, describer.language)
    shown = 0
    for claims in (
        lambda: evidence.claims(subject=thing),
        lambda: _said_of_others(evidence, thing),
        lambda: [c for node in framed(evidence.store, thing)[:_LINES] for c in evidence.claims(subject=node)],
    ):
        for line in teller.lines(claims()):
            admitted = [saying for saying in line.sayings if saying.admitted]
            if admitted and shown < _LINES:
                shown += 1
                yield _item(line, admitted, describer.language, own=line.subject == compact(thing))
        if shown == _LINES:
            return


def _said_of_others(evidence: Evidence, thing: str) -> list[Claim]:
    """The first few claims whose object a thing is: a country may be that of many thousands."""
    quads = evidence.store.quads_for_pattern(None, NamedNode(iri("dg:object")), NamedNode(thing), None)
    named = (quad.subject.value for quad in islice(quads, _READ) if isinstance(quad.subject, NamedNode))
    return [evidence.claim(node) for node in sorted(set(named)) if evidence.is_claim(node)]


def _item(line: Line, admitted: Iterable[Saying], language: str, *, own: bool) -> str:
    said = list({saying.value: saying for saying in admitted}.values())[:_VALUES]
    label = line.predicate_label if own else f"{line.subject_label} · {line.predicate_label}"
    values = ", ".join(" ".join((s.value, *(f"({word})" for word in s.certainty))) for s in said)
    sources = ", ".join(dict.fromkeys(saying.source for saying in said))
    colon = RECONCILE[language]["colon"]
    return (
        f'<li><span class="label">{escape(label)}{colon}</span> {escape(values)} '
        f'<span class="source">— {escape(sources)}</span></li>'
    )
