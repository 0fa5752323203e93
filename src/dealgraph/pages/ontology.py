"""The pages of the ontology: all terms on one page, each term on its own; both as RDF, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from dealgraph.desk import Desk
from dealgraph.errors import UnknownName
from dealgraph.explain.sentences import Sentences
from dealgraph.mapping import read
from dealgraph.mapping.columns import EXTENSION
from dealgraph.pages.forms import as_data, forms, wanted
from dealgraph.pages.ontology_terms import KINDS, Module, Term, Texts, Vocabulary
from dealgraph.pages.reader import Word
from dealgraph.pages.rendering import page
from dealgraph.pages.statements import Description, of_graph
from dealgraph.proof.axioms import Axioms
from dealgraph.sources import ONTOLOGY, SHAPES, THINGS
from dealgraph.terms import BASE, compact, iri, local_name
from dealgraph.web import Answer, Call, href, see_other

WHOLE: Final = f"{BASE}ontology"
"""The IRI of the ontology."""
MOST_INSTANCES: Final = 24
MOST_COUNTED: Final = 10_000
"""As far as this the uses of a term are counted."""
_BECAUSE: Final = ("because ", "parce que ", "parce qu'")


@dataclass(frozen=True)
class Section:
    """The terms of one kind in one module."""

    kind: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Alignment:
    """A term of another vocabulary, how ours stands to it, and a remark."""

    relation: str
    other: Word
    comment: str = ""


@dataclass(frozen=True)
class Rule:
    """A shape that speaks of a term, and what it asks for."""

    name: str
    label: str
    message: str


@dataclass(frozen=True)
class Uses:
    """How often a term is used, each number up to `MOST_COUNTED`: by claims, in facts, by things."""

    claims: int
    facts: int
    instances: tuple[Word, ...]
    more: bool


def ontology_page(desk: Desk, call: Call) -> Answer:
    """Answer `/ontology`, and `/ontology.ttl` and the like: the whole ontology."""
    _, offer = wanted(call)
    vocabulary = Vocabulary(desk.store)
    if offer.suffix != "html":
        return as_data(offer, of_graph(desk.store, ONTOLOGY), lambda: _as_json(vocabulary.terms.values()))
    modules = [(module, _sections(vocabulary, module)) for module in vocabulary.modules]
    return page(
        "ontology.html",
        call,
        desk=desk,
        forms=forms(WHOLE),
        modules=[(module, sections) for module, sections in modules if sections],
        classes=vocabulary.classes,
        total=len(vocabulary.terms),
        namespace=iri("dg:"),
        version=next((module.version for module in vocabulary.modules if module.iri == WHOLE), ""),
        **_words(vocabulary, call),
    )


def term_page(desk: Desk, call: Call) -> Answer:
    """Answer `/ontology/{name}`: one term, or its module's place on the page of all terms."""
    path, offer = wanted(call)
    name = path.removeprefix("/ontology/")
    vocabulary = Vocabulary(desk.store)
    term = vocabulary.terms.get(iri(f"dg:{name}"))
    module = next((each for each in vocabulary.modules if each.iri == f"{WHOLE}/{name}"), None)
    if term is None and module is None:
        fix = "See the list at /ontology"
        raise UnknownName("the ontology has no such term", where=call.path, fix=fix)
    names = [term.iri] if term else [module.iri, *_terms_of(vocabulary, module)] if module else []
    if offer.suffix != "html":
        described = Description(tuple(sorted(set(vocabulary.quads(names)), key=str)))
        terms = [vocabulary.terms[each] for each in names if each in vocabulary.terms]
        return as_data(offer, described, lambda: _as_json(terms))
    if term is None:
        return see_other(f"/ontology#{name}")
    return page(
        "term.html",
        call,
        desk=desk,
        forms=forms(term.iri),
        term=term,
        axioms=tuple(_axioms(desk, vocabulary, term, call.language)),
        alignments=tuple(_alignments(desk, vocabulary, term)),
        shapes=tuple(_rules(desk, vocabulary, term, call.language)),
        uses=_uses(desk, term, call.language),
        wider=vocabulary.wider(term.iri),
        narrower=vocabulary.narrower(term.iri),
        most=MOST_COUNTED,
        **_words(vocabulary, call),
    )


def _as_json(terms: Iterable[Term]) -> dict[str, object]:
    return {"terms": [asdict(term) for term in terms]}


def _terms_of(vocabulary: Vocabulary, module: Module) -> Iterator[str]:
    yield from (term.iri for term in vocabulary.terms.values() if term.module == module.iri)


def _sections(vocabulary: Vocabulary, module: Module) -> tuple[Section, ...]:
    own = [term for term in vocabulary.terms.values() if term.module == module.iri]
    parts = (Section(kind, tuple(term for term in own if term.kind == kind)) for kind in KINDS)
    return tuple(part for part in parts if part.terms)


def _words(vocabulary: Vocabulary, call: Call) -> dict[str, Any]:
    """What the templates of both pages put terms into words with."""
    language, other = call.language, "fr" if call.language == "en" else "en"

    def own(texts: Texts) -> str:
        return texts.get(language) or next(iter(texts.values()), "")

    def word(name: str) -> Word:
        term = vocabulary.terms.get(name)
        return Word(own(term.label) or term.name, href(name)) if term else Word(compact(name), _outside(name))

    def beside(texts: Texts) -> str:
        return texts.get(other, "")

    return {"own": own, "other": other, "beside": beside, "word": word, "short": compact}


def _outside(name: str) -> str:
    return "" if name.startswith((iri("xsd:"), iri("edtf:"))) else href(name)


def _axioms(desk: Desk, vocabulary: Vocabulary, term: Term, language: str) -> Iterator[str]:
    """What the ontology says of a term, in sentences; those with no words of their own are passed over."""
    sentences = Sentences(desk.teller(language))
    axioms = Axioms.read((q.triple for q in vocabulary.quads([term.iri])), lambda _: "")
    for triple in vocabulary.axioms(term.iri):
        whole = axioms.of(triple)
        if not any(part.predicate.value == iri("owl:hasSelf") for part in whole.triples):
            told = sentences.axiom(whole)
            bare = next((told.removeprefix(b) for b in _BECAUSE if told.startswith(b)), told)
            yield f"{bare[:1].upper()}{bare[1:]}."


def _alignments(desk: Desk, vocabulary: Vocabulary, term: Term) -> Iterator[Alignment]:
    for relation, other in vocabulary.alignments(term.iri):
        yield Alignment(compact(relation), Word(compact(other), other))
    folder = desk.project.ontology / "alignments"
    for path in sorted(folder.glob(f"*{EXTENSION}")):
        found = read(path, desk.project.shown(path))
        for mapping in sorted(found.mappings):
            if mapping.subject == term.iri:
                label = mapping.object_label or compact(mapping.object)
                yield Alignment(compact(mapping.predicate), Word(label, mapping.object), mapping.comment)


def _rules(desk: Desk, vocabulary: Vocabulary, term: Term, language: str) -> Iterator[Rule]:
    for name in vocabulary.shapes(term.iri):
        quads = desk.store.quads_for_pattern(NamedNode(name), NamedNode(iri("sh:message")), None, SHAPES)
        texts = {q.object.language or "": q.object.value for q in quads if isinstance(q.object, Literal)}
        message = texts.get(language) or next(iter(texts.values()), "")
        yield Rule(local_name(name), desk.evidence.label(name, language), message)


def _uses(desk: Desk, term: Term, language: str) -> Uses:
    node, store = NamedNode(term.iri), desk.store
    claims = _counted(store.quads_for_pattern(None, NamedNode(iri("dg:predicate")), node, None))
    facts = _counted(store.quads_for_pattern(None, node, None, NamedNode(iri("graph:facts"))))
    found: dict[str, None] = {}
    if term.kind == "class":
        for graph in (THINGS, ONTOLOGY, NamedNode(iri("graph:inferred")), NamedNode(iri("graph:facts"))):
            quads = store.quads_for_pattern(None, NamedNode(iri("rdf:type")), node, graph)
            named = (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
            found |= dict.fromkeys(islice(named, MOST_INSTANCES + 1))
    words = sorted((desk.evidence.label(name, language), href(name)) for name in found)
    instances = tuple(Word(text, address) for text, address in words[:MOST_INSTANCES])
    return Uses(claims, facts, instances, len(found) > MOST_INSTANCES)


def _counted(quads: Iterable[object]) -> int:
    return sum(1 for _ in islice(quads, MOST_COUNTED))
