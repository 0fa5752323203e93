"""What a name that comes with a call means: what it means on the command line, found by the kept index."""

from __future__ import annotations

from pyoxigraph import NamedNode

from dealgraph.desk import Desk
from dealgraph.lookup import Found, find, fold
from dealgraph.search import How
from dealgraph.terms import PREFIXES, iri


def meant(desk: Desk, text: str) -> Found:
    """Return what a text names: a node by its IRI, who alone bears the name, or the nearest.

    Raises what `lookup.find` raises.
    """
    full = full_iri(text)
    if full and is_known(desk, full):
        return Found(NamedNode(full), text, 100.0)
    exact = bearers(desk, text)
    if len(exact) == 1:
        return Found(NamedNode(exact.pop()), text, 100.0)
    return find(desk.store, text)


def bearers(desk: Desk, name: str) -> set[str]:
    """Return the IRIs of what bears the very name: things, sources and terms."""
    found = (*desk.search.things(name), *desk.search.sources(name), *desk.search.terms(name))
    return {hit.iri for hit in found if hit.how is How.EXACT and fold(hit.name) == fold(name)}


def full_iri(text: str) -> str | None:
    """Return the IRI that a text is, in full or with a prefix of the table; `None` if it is none."""
    bare = text.removeprefix("<").removesuffix(">")
    prefix, colon, local = bare.partition(":")
    full = bare if "://" in bare else iri(bare) if colon and local and prefix in PREFIXES else ""
    try:
        return NamedNode(full).value if full else None
    except ValueError:
        return None


def is_known(desk: Desk, full: str) -> bool:
    """Tell whether a store says anything of a node, or by it."""
    node = NamedNode(full)
    patterns = ((node, None), (None, node))
    found = (desk.store.quads_for_pattern(subject, predicate, None) for subject, predicate in patterns)
    return any(True for quads in found for _ in quads)
