"""An invented newsroom: as many articles in the project's own form as wanted, the same every time.

Every article follows from the seed and its number alone: a stream needs no more memory the longer it is,
and the number after the last one is one more article. `newsroom_files.py` writes them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

import newsroom_beats as beats
from newsroom_errors import Planted, plant
from newsroom_names import name
from newsroom_page import Page, Term, literal, node, term
from newsroom_story import CITIES, CORRECTED_AFTER, DOUBTED_AFTER, HUBS, Story, day, hub, zipf
from pyoxigraph import Literal, NamedNode, Quad

from dealgraph.terms import iri

_OUTLETS: Final = 60
_TIME: Final = f"<{iri('time:')}"
_PLACES: Final = node("graph:background-places")


@dataclass(frozen=True)
class Article:
    """One article: its own graph, the things that it needs and no earlier one has described, its error.

    Time spans alone are described again by each article that speaks of them.
    """

    number: int
    slug: str
    year: int
    quads: tuple[Quad, ...]
    things: tuple[Quad, ...]
    planted: Planted | None = None


@dataclass(frozen=True)
class Newsroom:
    """Articles from a seed; `errors` plants one into every so many articles (0: none)."""

    seed: int = 7
    errors: int = 0

    def world(self) -> tuple[Quad, ...]:
        """Return the places, which are there before the first article: which lies in which."""
        page = Page("", Random(0))
        described = page.thing(_PLACES, "Background", ("Invented places", "Lieux inventés"))
        links: list[tuple[NamedNode, str, Term]] = [
            (described, "dcterms:date", literal("2000-01-01", "xsd:date")),
            (described, "dcterms:license", NamedNode("https://example.org/licence")),
            (described, "dcterms:source", NamedNode("https://example.org/places")),
        ]
        names = [(f"Port {name(n)}", "City", f"{name(n % 10)} Shire") for n in range(CITIES)]
        names += [(f"{name(n)} Shire", "Region", f"{name(n % 2)} Union") for n in range(10)]
        names += [(f"{name(n)} Union", "Country", "") for n in range(2)]
        for label, kind, whole in names:
            place = page.thing(beats.thing(label), kind, (label, label))
            if whole:
                links.append((place, "dg:partOf", beats.thing(whole)))
        quads = [quad for quad in page.things if quad.subject != _PLACES]
        quads += [
            Quad(q.subject, q.predicate, q.object, _PLACES) for q in page.things if q.subject == _PLACES
        ]
        quads += [Quad(subject, term(predicate), value, _PLACES) for subject, predicate, value in links]
        return tuple(quads)

    def article(self, number: int) -> Article:
        """Return the article of a number from 0; it speaks of what earlier ones brought in."""
        story = Story(self.seed, number)
        chance = Random(f"{self.seed} article {number}")
        page = Page(story.slug, chance)
        _newcomers(page, story)
        _credits(page, story, chance)
        beats.opening(page, story)
        if story.has_facility:
            beats.facility(page, story)
        if story.is_first:
            beats.newcomer(page, story)
            beats.age(page, story, number)
        else:
            beats.growth(page, story)
        beats.surroundings(page, story, chance)
        beats.talk(page, story, chance)
        if number % 2:
            beats.money(page, story)
        if number % 4 == 1:
            beats.model(page, story, chance)
        if number >= CORRECTED_AFTER:
            beats.correction(page, number, self.seed)
        if number >= DOUBTED_AFTER:
            beats.doubt(page, number, self.seed)
        if number >= 2 * CORRECTED_AFTER and number % 2 == 0:
            beats.memory(page, number, self.seed)
        _head(page, story)
        planted = None
        if self.errors and number % self.errors == self.errors - 1:
            planted = plant(page, story, number // self.errors)
        return Article(
            number,
            story.slug,
            day(number).year,
            tuple(page.quads),
            tuple(dict.fromkeys(page.things)),
            planted,
        )

    def articles(self, quads: int) -> Iterator[Article]:
        """Yield articles in order until, with the world, there are so many quads; one at least."""
        left = quads - len(self.world())
        seen: set[str] = set()
        for number in itertools.count():
            article = self.article(number)
            yield article
            left -= len(article.quads) + sum(1 for _ in _unseen(article.things, seen))
            if left <= 0:
                return

    def stream(self, quads: int) -> Iterator[Quad]:
        """Yield every quad once, article by article; memory grows by the time spans only."""
        yield from self.world()
        seen: set[str] = set()
        for article in self.articles(quads):
            yield from article.quads
            yield from _unseen(article.things, seen)


def _unseen(things: Iterable[Quad], seen: set[str]) -> Iterator[Quad]:
    """Leave out time spans that were described before; notes those described now."""
    here: set[str] = set()
    for quad in things:
        if (subject := str(quad.subject)).startswith(_TIME):
            if subject in seen:
                continue
            here.add(subject)
        yield quad
    seen |= here


def _newcomers(page: Page, story: Story) -> None:
    """The hub and the outlet that the first articles bring in."""
    if story.number < HUBS:
        page.thing(beats.thing(hub(story.number)), "Company", beats.same(hub(story.number)))
    if story.number < _OUTLETS:
        page.thing(beats.thing(story.outlet), "MediaOutlet", beats.same(story.outlet))


def _credits(page: Page, story: Story, chance: Random) -> None:
    """Whom the article credits: itself, the parties, people without a name, an outlet that cites those."""
    outlet = beats.thing(story.outlet)
    other = beats.thing(Story(story.seed, zipf(chance, story.number + 1)).outlet)
    insiders, announcement = node(f"source:{page.slug}-insiders"), node(f"source:{page.slug}-announcement")
    labels = {insiders: ("people familiar with it", "des proches du dossier")}
    labels[announcement] = ("announcement of the parties", "annonce des parties")
    for source, words in labels.items():
        page.say(source, "rdf:type", term("dg:UnnamedSource" if source == insiders else "dg:Document"))
        page.words(source, "rdfs:label", words)
    page.speaker("author", outlet)
    page.speaker("parties", announcement)
    page.speaker("author-parties", outlet, "parties")
    page.speaker("insiders", insiders)
    page.speaker("author-insiders", outlet, "insiders")
    page.speaker("other", other, "insiders")
    page.speaker("chain", outlet, "other")


def _head(page: Page, story: Story) -> None:
    """The article itself, whose length is known when everything has been said."""
    here, published = page.article, day(story.number)
    page.say(here, "rdf:type", term("dg:Article"))
    page.say(here, "dcterms:language", Literal("fr"))
    page.say(here, "dcterms:source", NamedNode(f"https://example.org/{page.slug}"))
    page.say(here, "dg:codePoints", literal(page.cursor + 400))
    page.say(here, "dg:publicationDate", literal(published.isoformat(), "xsd:date"))
    page.say(here, "dg:publisher", beats.thing(story.outlet))
    page.say(here, "dg:sha256", literal(page.chance.randbytes(32).hex(), "xsd:hexBinary"))
    page.say(here, "dg:sourceFile", Literal(f"{page.slug}.txt"))
    page.words(here, "dg:dateBasis", ("The day is printed.", "Le jour est imprimé."))
    page.words(
        here,
        "rdfs:label",
        (f"{story.outlet}, article {story.number}", f"{story.outlet}, article n° {story.number}"),
    )
