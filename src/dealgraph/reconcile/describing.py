"""A thing, a type, a property as clients show it: name, types, and what it is known for, in a few words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from dealgraph.reconcile.catalogue import Catalogue
from dealgraph.reconcile.matching import Candidate
from dealgraph.reconcile.phrases import RECONCILE
from dealgraph.reconcile.vocabulary import Property
from dealgraph.report import Teller
from dealgraph.terms import iri

_KNOWN_FOR: Final = (
    "founderOf",
    "foundedBy",
    "affiliatedWith",
    "unitOf",
    "investor",
    "target",
    "holder",
    "issuer",
    "tenureOf",
    "tenureAt",
    "valuedCompany",
    "developedBy",
    "operatedBy",
    "plannedBy",
    "spentBy",
    "sitedIn",
    "partOf",
    "basedIn",
    "foundingDate",
    "announcedOn",
    "expectedCommissioning",
    "asOf",
)
_MOST: Final = 2
_PLACES: Final = frozenset({"sitedIn", "basedIn", "partOf"})


@dataclass(frozen=True)
class Describer:
    """Tells of things in one language."""

    catalogue: Catalogue
    language: str

    def name(self, thing: str) -> str:
        """Return the name of a thing."""
        return self.catalogue.label(thing, self.language)

    def types(self, thing: str) -> list[dict[str, object]]:
        """Return the types of a thing as id and name, the narrowest first."""
        return [self.type(each) for each in self.catalogue.types(thing)]

    def type(self, full: str) -> dict[str, object]:
        """Return a type as id and name."""
        vocabulary = self.catalogue.vocabulary
        return {"id": vocabulary.type_id(full), "name": vocabulary.label(full, self.language)}

    def described_type(self, full: str) -> dict[str, object]:
        """Return a type with what it means and its direct superclasses."""
        vocabulary = self.catalogue.vocabulary
        told = self.type(full)
        if meaning := vocabulary.definition(full, self.language):
            told["description"] = meaning
        if wider := [self.type(each) for each in vocabulary.types.get(full, ())]:
            told["broader"] = wider
        return told

    def described_property(self, found: Property) -> dict[str, object]:
        """Return a property as id and name, with what it means."""
        vocabulary = self.catalogue.vocabulary
        told: dict[str, object] = {"id": found.id, "name": vocabulary.name_of(found, self.language)}
        if meaning := vocabulary.about(found, self.language):
            told["description"] = meaning
        return told

    def entity(self, thing: str) -> dict[str, object]:
        """Return a thing as id and name, with what it is known for."""
        told: dict[str, object] = {"id": self.catalogue.id_of(thing), "name": self.name(thing)}
        if description := self.description(thing):
            told["description"] = description
        return told

    def description(self, thing: str) -> str:
        """Return the kind of a thing and what is known of it as a fact: `company · based in: California`."""
        kinds = self.catalogue.types(thing)
        kind = self.catalogue.vocabulary.label(kinds[0], self.language) if kinds else ""
        return " · ".join(filter(None, (kind, *self._known(thing))))

    def candidate(self, found: Candidate, *, named_features: bool) -> dict[str, object]:
        """Return a candidate; features have names in version 1.0 only."""
        told = self.entity(found.thing)
        return told | {
            "type": self.types(found.thing),
            "score": found.score,
            "match": found.match,
            "features": [
                {"id": key, **({"name": self._feature(key)} if named_features else {}), "value": value}
                for key, value in _values(found)
            ],
        }

    def _known(self, thing: str) -> Iterator[str]:
        teller, told = Teller(self.catalogue.evidence, self.language), 0
        for name in _KNOWN_FOR:
            values = self._values(thing, name)
            if not values or told == _MOST:
                continue
            told += 1
            values = sorted(values, key=self._width) if name in _PLACES else values
            words = ", ".join(teller.told(value) for value in values[:3])
            label = self.catalogue.vocabulary.label(iri(f"dg:{name}"), self.language)
            yield RECONCILE[self.language]["values"].format(label, words)

    def _values(self, thing: str, name: str) -> list[str]:
        if name == "partOf":  # background, told in graphs of its own
            quads = self.catalogue.store.quads_for_pattern(
                NamedNode(thing), NamedNode(iri("dg:partOf")), None, None
            )
            return sorted({quad.object.value for quad in quads if isinstance(quad.object, NamedNode)})
        terms = self.catalogue.objects(thing, iri(f"dg:{name}"))
        return [term.value for term in terms if isinstance(term, NamedNode)]

    def _width(self, place: str) -> int:
        """How wide a place is: towns come first, countries last."""
        kinds = self.catalogue.types(place)
        widths = [n for n, kind in enumerate(("City", "Region", "Country")) if iri(f"dg:{kind}") in kinds]
        return widths[0] if widths else 0

    def _feature(self, key: str) -> str:
        say = RECONCILE[self.language]
        bare = key.partition("#")[0]
        found = self.catalogue.vocabulary.properties.get(bare)
        return self.catalogue.vocabulary.name_of(found, self.language) if found else say[bare]


def _values(found: Candidate) -> Iterator[tuple[str, float | bool]]:
    """Each feature as a number: 1 agrees, 0 contradicts; of names, how alike they are."""
    for key, feature in found.features.items():
        against = feature.verdict.value == "contradicts" and feature.kind not in {"name", "alias"}
        yield key, 0.0 if against else round(feature.strength, 3)
    if found.unread:
        yield "unread", float(found.unread)
