"""The texts of the pages of the ontology and of the page about the site, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ONTOLOGY_PAGES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "ontology lead": (
                "The {} terms that the graph is written in, each defined in English and in French. A term"
                " has a page of its own that shows what follows from it and where it is used."
            ),
            "version": "version {}",
            "modules": "Modules",
            "hierarchy": "Classes",
            "terms class": "Classes",
            "terms relation": "Relations between things",
            "terms attribute": "Attributes",
            "terms annotation": "Annotations",
            "terms individual": "Fixed values",
            "terms datatype": "Datatypes",
            "kind of class": "class",
            "kind of relation": "relation between things",
            "kind of attribute": "attribute",
            "kind of annotation": "annotation",
            "kind of individual": "fixed value",
            "kind of datatype": "datatype",
            "from to": "From, to:",
            "anything": "anything",
            "scope note": "Note",
            "example": "Example",
            "what it is": "What it is",
            "wider": "A kind of",
            "narrower": "Narrower",
            "one of": "One of",
            "domain": "From",
            "range of": "To",
            "what follows": "What the ontology says of it",
            "what is checked": "What is checked",
            "instances": "Things of this kind",
            "all instances": "All of them",
            "how used": "How it is used",
            "in claims": "in claims",
            "in facts": "in facts",
            "all uses": "All uses, in the editor",
            "elsewhere": "In other vocabularies",
        },
        "fr": {
            "ontology lead": (
                "Les {} termes dans lesquels le graphe est écrit, chacun défini en français et en "
                "anglais. Un terme a sa page, qui montre ce qui en découle et où il sert."
            ),
            "version": "version {}",
            "modules": "Modules",
            "hierarchy": "Classes",
            "terms class": "Classes",
            "terms relation": "Relations entre choses",
            "terms attribute": "Attributs",
            "terms annotation": "Annotations",
            "terms individual": "Valeurs fixes",
            "terms datatype": "Types de données",
            "kind of class": "classe",
            "kind of relation": "relation entre choses",
            "kind of attribute": "attribut",
            "kind of annotation": "annotation",
            "kind of individual": "valeur fixe",
            "kind of datatype": "type de données",
            "from to": "De, vers :",
            "anything": "n'importe quoi",
            "scope note": "Note",
            "example": "Exemple",
            "what it is": "Ce que c'est",
            "wider": "Une sorte de",
            "narrower": "Plus étroits",
            "one of": "Fait partie de",
            "domain": "De",
            "range of": "Vers",
            "what follows": "Ce que l'ontologie en dit",
            "what is checked": "Ce qui est contrôlé",
            "instances": "Choses de cette sorte",
            "all instances": "Toutes",
            "how used": "Comment il sert",
            "in claims": "dans des affirmations",
            "in facts": "dans des faits",
            "all uses": "Tous les emplois, dans l'éditeur",
            "elsewhere": "Dans d'autres vocabulaires",
        },
    }
)
