"""Every link of the pages that ask leads to a page, and none of them has anything inline."""

from __future__ import annotations

import re

import pytest
from page_calls import ask, local_links, routed, text_of_page

from dealgraph.desk import Desk
from dealgraph.pages.questions import FOR_MACHINES

ELSEWHERE = ("/static/", "/api", "/sparql", "/reconcile", "/health")
"""What a server mounts beside pages."""
SLOW = ("/changes", "/contradictions?as-of=")
PAGES = (
    "/questions",
    "/questions?q=who",
    "/questions/deals/amounts?why=1",
    "/questions/contradictions/agreement",
    "/questions/people/roles?organization=metaa",
    "/contradictions",
    "/changes",
    "/search?q=meta",
    "/search?q=meta&kind=claims",
    "/search",
    "/ontology",
    "/ontology/Company",
    "/editor",
    "/about",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_that_asks_leads_to_a_page(desk: Desk, page: str) -> None:
    links = {link.partition("#")[0] for link in local_links(text_of_page(desk, page))}
    asked = sorted(link for link in links if link and not link.startswith(ELSEWHERE) and "lang=" not in link)
    assert asked
    assert [link for link in asked if not routed(link.partition("?")[0].replace("%2F", "/"))] == []
    quick = [link for link in asked if not link.startswith(SLOW)][:60]
    assert [link for link in quick if ask(desk, link).status not in (200, 303)] == []


def test_every_link_in_the_answers_of_all_questions_has_a_route(desk: Desk) -> None:
    broken = set()
    for query in (query for query in desk.queries if query.topic not in FOR_MACHINES):
        for link in local_links(text_of_page(desk, f"/questions/{query.name}")):
            path = re.split(r"[?#]", link)[0].replace("%2F", "/")
            if not link.startswith(ELSEWHERE) and not routed(path):
                broken.add(link)
    assert broken == set()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_inline(desk: Desk, page: str, language: str) -> None:
    joined = "&" if "?" in page else "?"
    text = text_of_page(desk, f"{page}{joined}lang={language}")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", text)
    assert not re.findall(r'(?:src|action|formaction)="(?:https?:)?//[^"]*"', text)
