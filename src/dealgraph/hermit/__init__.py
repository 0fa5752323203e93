"""OWL 2 DL reasoning by HermiT: consistency, and the classes that rules cannot reach.

HermiT comes inside the package of owlready2 and runs as a program of its own. Its command line
prints more than owlready2's binding reads, and tells its failures apart; owlready2 then holds the
hierarchies that it prints and serves their closure.
"""

from dealgraph.hermit.dl import DlResult, classify
from dealgraph.hermit.entailment import entails, is_consistent
from dealgraph.hermit.java import find_java

__all__ = ["DlResult", "classify", "entails", "find_java", "is_consistent"]
