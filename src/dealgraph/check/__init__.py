"""Check a graph: SHACL shapes, rules between graphs, and stored queries that must be empty, in one report.

`validate` does it all on quads in memory and prints nothing. How grave a breach is stands in no shape and
no query but in a profile, which `read_profile` reads and which must name every rule that is run.
Shapes run compiled to SPARQL (`dealgraph.shacl`). Where one is not compiled, pySHACL runs them all; it
patches rdflib while it works, so that in a server only compiled shapes may be checked.
"""

from dealgraph.check.findings import Finding, Report, Severity
from dealgraph.check.profile import read_profile
from dealgraph.check.validation import QueryResult, validate, validate_part
from dealgraph.settings import Engine

__all__ = [
    "Engine",
    "Finding",
    "QueryResult",
    "Report",
    "Severity",
    "read_profile",
    "validate",
    "validate_part",
]
