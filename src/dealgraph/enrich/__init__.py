"""Outside datasets as sources of claims: their values about things of ours, snapshot by snapshot.

`claims.yaml` beside the snapshots says which columns become which claims (`outside`, `reading`), `records`
finds the records that mappings match with our things, `values` makes statements of them, `update` holds them
against the snapshots before, and `quads` writes what is new.
"""

from dealgraph.enrich.enriching import Enriched, enrich, keep
from dealgraph.enrich.outside import Outside, outside_sources
from dealgraph.enrich.reading import find_outside, read_outside

__all__ = ["Enriched", "Outside", "enrich", "find_outside", "keep", "outside_sources", "read_outside"]
