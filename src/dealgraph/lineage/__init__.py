"""From a row of an answer back to the quads that make it: `Lineage`.

`shape` reads the groups of a query off its text, `patterns` what triples they ask for and where these are
in a store, `witnesses` which groups took part in a row.
"""

from dealgraph.lineage.witnesses import Lineage, Witnesses

__all__ = ["Lineage", "Witnesses"]
