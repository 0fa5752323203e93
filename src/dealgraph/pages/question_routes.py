"""Where the pages that ask are mounted."""

from __future__ import annotations

from typing import Final

from dealgraph.pages.about import about_page
from dealgraph.pages.changes import changes_page
from dealgraph.pages.contradictions import contradictions_page
from dealgraph.pages.editor import editor_page
from dealgraph.pages.ontology import ontology_page, term_page
from dealgraph.pages.questions import question_page, questions_page
from dealgraph.pages.search import search_page
from dealgraph.web import Route

QUESTION_ROUTES: Final[tuple[Route, ...]] = (
    Route("/about", about_page),
    Route("/changes", changes_page),
    Route("/contradictions", contradictions_page),
    Route("/questions", questions_page),
    Route("/questions/{topic}/{name}", question_page),
    Route("/editor", editor_page),
    Route("/ontology", ontology_page),
    Route("/ontology.{suffix}", ontology_page),
    Route("/ontology/{name:path}", term_page),
    Route("/search", search_page),
)
