"""What does not hold, as a person reads it: claims that come near, and premises that nobody claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dealgraph.explain.telling import Explainer, Reason, Told
from dealgraph.missing import Gap, Lack, Way


@dataclass(frozen=True)
class GapExplainer:
    """Tells what `missing` has found in the words of an explainer."""

    explainer: Explainer

    def told(self, lack: Lack) -> Told:
        """Tell why something does not hold."""
        say, sentences = self.explainer.sentences.say, self.explainer.sentences
        parts = tuple(self._parts(lack))
        note = say["holds not"] if parts else f"{say['holds not']}: {say['nobody']}"
        return Told("missing", sentences.triple(lack.triple), note, parts=parts)

    def _parts(self, lack: Lack) -> Iterator[Told]:
        say = self.explainer.sentences.say
        near = tuple(refused.claim for refused in lack.refused)
        yield from self.explainer.near(near)
        if lack.known:
            yield Told("known", say["instead"], parts=self.explainer.near(lack.known))
        for proof in lack.would:
            told = self.explainer.told(proof)
            if told.kind == "follows":
                parts = tuple(map(_waiting, told.parts))
                yield Told("way", say["would"], reasons=told.reasons, rules=told.rules, parts=parts)
            elif not near:
                yield told
        yield from (self._way(way) for way in lack.ways)

    def _way(self, way: Way) -> Told:
        sentences = self.explainer.sentences
        return Told(
            "way",
            sentences.say["could"],
            reasons=tuple(Reason(sentences.axiom(axiom), axiom.place) for axiom in way.axioms),
            parts=(
                *(Told("held", sentences.triple(triple)) for triple in way.held),
                *(self.told(lack) for lack in way.lacking),
                *(self._gap(gap) for gap in way.gaps),
            ),
        )

    def _gap(self, gap: Gap) -> Told:
        sentences = self.explainer.sentences
        near = (*gap.known, *(refused.claim for refused in gap.refused))
        text = sentences.say["values" if near else "no value"]
        about = text.format(sentences.thing(gap.subject), sentences.relation(gap.predicate))
        return Told("missing", about, parts=self.explainer.near(near))


def _waiting(told: Told) -> Told:
    """Mark what waits for something unsupported as not holding, and what does not wait as holding."""
    parts = tuple(map(_waiting, told.parts)) if told.kind == "follows" else told.parts
    waits = any(part.kind == "missing" for part in parts)
    return replace(told, kind="missing" if waits else told.kind, parts=parts)
