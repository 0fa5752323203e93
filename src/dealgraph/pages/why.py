"""Why something holds, down to the passages; or what is missing for it to hold."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Triple

from dealgraph.asked import asked
from dealgraph.desk import Desk
from dealgraph.errors import NotEntailed
from dealgraph.explain import GapExplainer, Told
from dealgraph.explain.picture import svg
from dealgraph.missing import missing
from dealgraph.pages.reader import Reader
from dealgraph.pages.rendering import page
from dealgraph.pages.shell import address, full
from dealgraph.terms import BASE, PREFIXES, compact, iri
from dealgraph.web import Answer, Call

PROOFS: Final = 3
"""How many proofs of one thing are told."""
_NAMES: Final = ("subject", "predicate", "object")


@dataclass(frozen=True)
class Question:
    """A triple that is asked about; `guesses` are what was typed and what it was taken for."""

    triple: Triple
    guesses: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """The query string that asks for this triple by its IRIs."""
        terms = (self.triple.subject, self.triple.predicate, self.triple.object)
        return urlencode(dict(zip(_NAMES, (str(getattr(term, "value", "")) for term in terms), strict=True)))


def show(desk: Desk, call: Call) -> Answer:
    """Answer at `/why`: the proof of what is asked, or what is missing for it; a form where nothing is."""
    reader = Reader(desk, call.language)
    typed = [call.first(name).strip() for name in _NAMES]
    if not all(typed):
        return page("why.html", call, desk=desk, question=None, typed=typed, proofs=(), gap=None)
    question = _question(reader, typed)
    proofs, gap = _answer(reader, question)
    triple = question.triple
    return page(
        "why.html",
        call,
        desk=desk,
        question=question,
        typed=typed,
        sentence=desk.explainer(call.language).sentences.triple(triple),
        words=[reader.word(term) for term in (triple.subject, triple.predicate, triple.object)],
        proofs=proofs,
        gap=gap,
        article_of=lambda claim: address(desk.evidence.claim(full(claim)).article),
        forms=(("JSON", f"/why.json?{question.address}", "application/json"),),
    )


def as_json(desk: Desk, call: Call) -> Answer:
    """Answer at `/why.json`: the proofs, or what is missing, as they are told."""
    reader = Reader(desk, call.language)
    question = _question(reader, [call.first(name).strip() for name in _NAMES])
    proofs, gap = _answer(reader, question)
    told = {
        "triple": [str(getattr(t, "value", t)) for t in (question.triple.subject, question.triple.predicate)]
        + [str(getattr(question.triple.object, "value", question.triple.object))],
        "holds": bool(proofs),
        "proofs": [asdict(proof) for proof in proofs],
        "missing": asdict(gap) if gap else None,
    }
    return Answer(json.dumps(told, ensure_ascii=False, indent=2).encode(), "application/json")


def as_picture(desk: Desk, call: Call) -> Answer:
    """Answer at `/why.svg`: the shortest proof as a picture; raises `NotEntailed` if there is none."""
    reader = Reader(desk, call.language)
    question = _question(reader, [call.first(name).strip() for name in _NAMES])
    proofs, _ = _answer(reader, question, number=1)
    if not proofs:
        sentence = desk.explainer(call.language).sentences.triple(question.triple)
        raise NotEntailed(
            "does not hold, so that there is no proof", where=sentence, fix="See what is missing at /why"
        )
    return Answer(svg(proofs[0], call.language).encode(), "image/svg+xml")


def _question(reader: Reader, typed: list[str]) -> Question:
    """Return the triple that is meant: by IRIs as they are, else by names as one types them."""
    subject, predicate, value = (_node(text) for text in typed)
    if subject and predicate and value:
        return Question(Triple(subject, predicate, value), ())
    found = asked(reader.teller, *typed)
    guesses = tuple((text, f"{guess.name} ({compact(guess.thing.value)})") for text, guess in found.guesses)
    return Question(found.triple, guesses)


def _node(text: str) -> NamedNode | None:
    """Return the node of a full IRI or a compact name; `None` for anything else."""
    bare = text.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//") and " " not in bare:
        bare = iri(bare)
    if not bare.startswith((BASE, "http://", "https://")):
        return None
    try:
        return NamedNode(bare)
    except ValueError:
        return None


def _answer(reader: Reader, question: Question, number: int = PROOFS) -> tuple[tuple[Told, ...], Told | None]:
    desk, explainer = reader.desk, reader.desk.explainer(reader.language)
    proofs = desk.prover.proofs(question.triple, number)
    if proofs:
        return tuple(explainer.told(proof) for proof in proofs), None
    lack = missing(desk.evidence, desk.sources.place, question.triple, desk.scope)
    return (), GapExplainer(explainer).told(lack)
