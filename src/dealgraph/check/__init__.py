"""Check a graph: SHACL shapes, rules between graphs, and stored queries that must be empty, in one report.

`validate` does it all on quads in memory and prints nothing. How grave a breach is stands in no shape and
no query but in a profile, which `read_profile` reads and which must name every rule that is run.
Reach for it in a command or a build, never in a server: pySHACL patches rdflib while it works.
"""

from dealgraph.check.findings import Finding, Report, Severity
from dealgraph.check.profile import read_profile
from dealgraph.check.validation import QueryResult, validate

__all__ = ["Finding", "QueryResult", "Report", "Severity", "read_profile", "validate"]
