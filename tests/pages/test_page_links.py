"""Every link of a page leads to a page, and no page has anything inline."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from page_calls import ask, local_links, routed, text_of_page
from pyoxigraph import NamedNode

from dealgraph.desk import Desk
from dealgraph.terms import iri
from dealgraph.web import href

ELSEWHERE = (
    "/static/",
    "/why",
    "/ontology",
    "/api",
    "/sparql",
    "/search",
    "/questions",
    "/queries",
    "/contradictions",
    "/changes",
    "/about",
    "/editor",
)
"""What other pages answer, or what has a test of its own."""


def things(desk: Desk) -> list[str]:
    quads = desk.store.quads_for_pattern(
        None, NamedNode(iri("rdfs:label")), None, NamedNode(iri("graph:things"))
    )
    return sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})


def test_every_link_of_every_page_of_a_thing_leads_to_a_page(desk: Desk) -> None:
    pages = [href(thing) for thing in things(desk)]
    assert len(pages) > 100
    links = Counter(
        a for page in ("/", "/deals", "/articles", *pages) for a in local_links(text_of_page(desk, page))
    )
    asked = sorted(a for a in links if not a.startswith(ELSEWHERE) and "lang=" not in a)
    assert len(asked) > 500
    assert [a for a in asked if not routed(a.partition("?")[0].replace("%2F", "/"))] == []
    html = [a for a in asked if not re.search(r"\.(ttl|nt|rdf|jsonld|trig|json)$", a)]
    assert [a for a in html if ask(desk, a).status != 200] == []


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/deals",
        "/id/meta",
        "/id/deal-meta-scale-ai-2025",
        "/claim/abcbourse-2025-06-13-15",
        "/article/abcbourse-2025-06-13",
        "/why",
        "/why?subject=id:meta&predicate=dg:holdsStakeIn&object=id:scale-ai",
        "/graph/facts",
        "/dataset/ror",
    ],
)
def test_nothing_is_inline_and_no_name_is_given_twice(desk: Desk, address: str) -> None:
    told = text_of_page(desk, address)
    assert not re.search(r"<style|<[^>]* style=|<script(?! src=\"/static/)|<[^>]* on[a-z]+=", told)
    ids = Counter(re.findall(r'<[^>]* id="([^"]+)"', told))
    assert [name for name, count in ids.items() if count > 1] == []
    assert told.count("<h1") == told.count("<main ") == 1
    assert not re.search(r'(?:src|<link rel="(?:stylesheet|icon)" href)="(?!/static/|/why\.svg)', told)


@pytest.mark.parametrize(
    "address",
    ["/id/deal-meta-scale-ai-2025", "/article/abcbourse-2025-06-13", "/claim/abcbourse-2025-06-13-15", "/"],
)
def test_headings_go_down_one_level_at_a_time(desk: Desk, address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", text_of_page(desk, address))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
