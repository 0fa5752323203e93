"""The answers of `dealgraph reason --why` and `--inconsistent`: proofs from any RDF files."""

from __future__ import annotations

from pyoxigraph import Quad, Store, Triple

from dealgraph.cli.context import notice
from dealgraph.cli.proof_files import ensure_writable, write_proofs
from dealgraph.errors import Inconsistent, NotEntailed
from dealgraph.evidence import Evidence
from dealgraph.explain import Explainer
from dealgraph.explain.phrases import WHY
from dealgraph.inline import inline
from dealgraph.proof import Prover
from dealgraph.proof.clash import smallest
from dealgraph.proof.given import prover_of
from dealgraph.rdf_files import Files
from dealgraph.rdf_names import triple_named
from dealgraph.report import Teller
from dealgraph.sources import ONTOLOGY


def prove_from_files(
    read: Files, words: tuple[str, str, str] | None, *, number: int, form: str, language: str
) -> None:
    """Print proofs of the triple that `words` name, or without them of the smallest contradictions.

    Raises `NotEntailed` if it does not follow, `Inconsistent` after a contradiction is shown, and what
    `triple_named` raises.
    """
    ensure_writable(form)
    explainer = Explainer(Teller(Evidence(_store(read)), language))
    prover = prover_of(read.triples, read.place, read.place_of)
    if words is None:
        _show_clashes(prover, explainer, number, form)
        return
    wanted = triple_named(read.triples, words)
    proofs = prover.proofs(wanted, number)
    if not proofs:
        fix = "HermiT may find more: the closure follows OWL 2 RL"
        raise NotEntailed("it does not follow by the rules", where=inline([wanted]), fix=fix)
    write_proofs(explainer, proofs, form)


def _show_clashes(prover: Prover, explainer: Explainer, number: int, form: str) -> None:
    found = smallest(prover)
    if not found:
        notice(WHY[explainer.teller.language]["consistent"])
        return
    write_proofs(explainer, [clash.proof for clash in found[:number]], form)
    more = len(found) - number
    fix = f"To see {more} more, ask with --max {len(found)}" if more > 0 else ""
    raise Inconsistent(f"the files contradict themselves, clashes: {len(found)}", where="reason", fix=fix)


def _store(read: Files) -> Store:
    """The statements as an ontology, so that labels and definitions are found."""
    store = Store()
    store.bulk_extend(map(_in_ontology, read.triples))
    return store


def _in_ontology(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, ONTOLOGY)
