"""A proof as a person reads it: sentences, reasons, and the claims that it ends on.

Knows nothing of terminals, pages or pictures; they lay out what `Told` holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pyoxigraph import NamedNode

from dealgraph.closure import Derivation
from dealgraph.explain.sentences import Sentences
from dealgraph.proof import (
    FromAxiom,
    FromBackground,
    FromClaims,
    FromFile,
    FromFrame,
    FromReasoner,
    Leaf,
    Proof,
    Step,
    Unsupported,
    conclusion,
)
from dealgraph.report import Saying, Teller

MOST_NEAR = 4
"""How many claims are told that come near."""
MOST_CLAIMS = 2
"""How many claims are told for one premise; a frame may be brought in by dozens."""

Kind = Literal[
    "row",
    "follows",
    "said",
    "frame",
    "background",
    "given",
    "axiom",
    "missing",
    "near",
    "known",
    "way",
    "held",
]


@dataclass(frozen=True)
class Reason:
    """Why a step may be taken: an axiom in words, and where it is written."""

    text: str
    place: str = ""


@dataclass(frozen=True)
class Told:
    """One sentence of an explanation, and what it rests on.

    `reasons` are why a step may be taken, `rules` its rules by their names. `note` says what a leaf is,
    `place` where it is written, `sayings` are the claims behind it and `more` the number left out.
    """

    kind: Kind
    text: str
    note: str = ""
    place: str = ""
    reasons: tuple[Reason, ...] = ()
    rules: tuple[str, ...] = ()
    sayings: tuple[Saying, ...] = ()
    more: int = 0
    parts: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Explainer:
    """Tells proofs in the words of a language; `rules` has what each stored rule does, by its name.

    `refusal` gives the reasons for which a claim is no fact, for what `missing` finds.
    """

    teller: Teller
    rules: Mapping[str, str] = field(default_factory=dict)
    refusal: Callable[[str], Sequence[str]] = lambda _: ()

    @property
    def sentences(self) -> Sentences:
        """What puts triples and axioms into words."""
        return Sentences(self.teller)

    def told(self, proof: Proof) -> Told:
        """Tell a proof from its conclusion down."""
        return self._step(proof) if isinstance(proof, Step | FromReasoner) else self._leaf(proof)

    def _step(self, step: Step | FromReasoner) -> Told:
        axioms = [premise for premise in step.premises if isinstance(premise, FromAxiom)]
        others = [premise for premise in step.premises if not isinstance(premise, FromAxiom)]
        return Told(
            kind="follows",
            text=self.sentences.triple(step.conclusion),
            reasons=(*self._own_reason(step), *(self._reason(axiom) for axiom in axioms)),
            rules=step.rules if isinstance(step, Step) else (),
            parts=tuple(self.told(premise) for premise in without_figures(others)),
        )

    def _own_reason(self, step: Step | FromReasoner) -> Iterator[Reason]:
        """Why a step may be taken that rests on no axiom, or that no rule has made."""
        if isinstance(step, FromReasoner):
            yield Reason(self.sentences.say["reasoner"])
        elif step.rule in self.rules:
            yield Reason(self.sentences.say["rule"].format(self.rules[step.rule]))
        elif not any(isinstance(premise, FromAxiom) for premise in step.premises):
            premises = tuple(conclusion(premise) for premise in step.premises)
            if text := self.sentences.step(Derivation(step.rule, step.conclusion, premises)):
                yield Reason(text)

    def _reason(self, axiom: FromAxiom) -> Reason:
        return Reason(self.sentences.axiom(axiom), axiom.place)

    def _leaf(self, leaf: Leaf) -> Told:
        say = self.sentences.say
        if isinstance(leaf, FromAxiom):
            return Told("axiom", self.sentences.axiom(leaf), place=leaf.place)
        text = self.sentences.triple(leaf.triple)
        if isinstance(leaf, Unsupported):
            return Told("missing", text, say["unsupported"], parts=self.near(leaf.claims))
        if isinstance(leaf, FromFile):
            return Told("given", text, place=leaf.place)
        if isinstance(leaf, FromBackground):
            note = say["background"].format(self.teller.label(leaf.source))
            return Told("background", text, note, leaf.place)
        sayings, more = self._sayings(leaf.claims)
        if isinstance(leaf, FromFrame):
            return Told("frame", text, say["frame"], leaf.place, sayings=sayings, more=more)
        return Told("said", text, sayings=sayings, more=more)

    def near(self, claims: Sequence[str]) -> tuple[Told, ...]:
        """Tell claims that come near, each with the reasons for which it is no fact."""
        return tuple(self.claimed(claim) for claim in claims[:MOST_NEAR])

    def claimed(self, name: str) -> Told:
        """Tell one claim, be it a fact or not, with the reasons for which it is none."""
        claim, say = self.teller.evidence.claim(name), self.sentences.say
        subject, relation = self.sentences.thing(NamedNode(claim.subject)), NamedNode(claim.predicate)
        reasons = ", ".join(say[reason] for reason in self.refusal(name))
        return Told(
            "near",
            f"{subject} {self.sentences.relation(relation)} {self.teller.value(claim)}",
            say["refused"].format(reasons) if reasons else "",
            sayings=(self.teller.saying(claim, [claim]),),
        )

    def _sayings(self, claims: Sequence[str]) -> tuple[tuple[Saying, ...], int]:
        found = [self.teller.evidence.claim(claim) for claim in claims]
        told = tuple(self.teller.saying(claim, [claim]) for claim in found[:MOST_CLAIMS])
        return told, len(found) - len(told)


def without_figures(premises: Sequence[Proof]) -> Iterator[Proof]:
    """Leave out the parts of a quantity beside the claim that gives it: its words hold them all.

    Reach for it before several premises are told together; their order is kept.
    """
    given = {(leaf.triple.object, leaf.claims) for leaf in premises if isinstance(leaf, FromClaims)}
    for premise in premises:
        if not isinstance(premise, FromClaims) or (premise.triple.subject, premise.claims) not in given:
            yield premise
