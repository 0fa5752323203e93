"""What follows from the facts, kept up to date change by change, by the ontology as Horn rules.

`compiling` turns an ontology into a `Program`, `maintaining` brings a store up to date with it. The first is
imported by itself, for a change that goes by a kept program does without it.
"""

from __future__ import annotations

from dealgraph.horn.clashes import Beyond, Clash
from dealgraph.horn.graphs import AUXILIARY
from dealgraph.horn.maintaining import Outcome, maintain
from dealgraph.horn.program import Program, Unsupported
from dealgraph.horn.restoring import from_json
from dealgraph.horn.writing import to_json

__all__ = [
    "AUXILIARY",
    "Beyond",
    "Clash",
    "Outcome",
    "Program",
    "Unsupported",
    "from_json",
    "maintain",
    "to_json",
]
