"""The answers of `dealgraph why`: what follows and why, and what does not and what is missing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import Triple
from rich.text import Text

from dealgraph import sources, turtle
from dealgraph.asked import asked
from dealgraph.cli.context import Context, notice, put
from dealgraph.cli.proofs import Layout
from dealgraph.cli.reading import print_parts
from dealgraph.cli.states import articles_named, chosen_state
from dealgraph.derive import RULES
from dealgraph.errors import FormatMisfit, NotEntailed, WrongUsage
from dealgraph.evidence import Evidence
from dealgraph.explain import Explainer, GapExplainer, Told
from dealgraph.explain.phrases import WHY
from dealgraph.explain.picture import svg
from dealgraph.explain.records import Records
from dealgraph.missing import Admission, Scope, missing
from dealgraph.proof import Proof, prove
from dealgraph.report import Teller
from dealgraph.sources import Sources
from dealgraph.stored import load_all
from dealgraph.terms import compact


@dataclass(frozen=True)
class Question:
    """A triple that is asked about, and all that it takes to answer."""

    here: Context
    read: Sources
    teller: Teller
    triple: Triple
    scope: Scope

    @cached_property
    def explainer(self) -> Explainer:
        """Tells proofs in the language that is asked for."""
        french = self.here.language == "fr"
        rules = [query for query in load_all(self.here.project.queries) if query.topic == RULES]
        does = {q.name.rpartition("/")[2]: q.summary_fr if french else q.summary for q in rules}
        return Explainer(self.teller, does, self._refusal)

    def _refusal(self, name: str) -> Sequence[str]:
        refused = self._admission.refusal(self.teller.evidence.claim(name))
        return refused.reasons if refused else ()

    @cached_property
    def _admission(self) -> Admission:
        return Admission(self.teller.evidence, self.scope)

    def proofs(self, number: int) -> tuple[Proof, ...]:
        """Return proofs of what is asked, the shortest first."""
        return prove(self.teller.evidence.store, self.read.place, self.triple, number)

    def gap(self) -> Told:
        """Tell what is missing for what is asked to hold."""
        lack = missing(self.teller.evidence, self.read.place, self.triple, self.scope)
        return GapExplainer(self.explainer).told(lack)


def explain(
    here: Context,
    words: tuple[str, str, str],
    *,
    absent: bool,
    number: int,
    output: str,
    as_of: dt.datetime | None,
    source: Sequence[str] | None,
) -> None:
    """Answer `dealgraph why`: `words` are what was typed for subject, predicate and object."""
    if output not in _WRITERS:
        raise FormatMisfit(f"a proof cannot be written as {output}", where="--format", fix=_FORMATS)
    teller = Teller(Evidence(chosen_state(here.project, as_of, source, forget=False)), here.language)
    meant = asked(teller, *words)
    for typed, found in meant.guesses:
        notice(f"'{typed}' taken as {found.name} ({compact(found.thing.value)})")
    read = sources.load(here.project)
    chosen = frozenset(article.value for article in articles_named(read, source or ()))
    question = Question(here, read, teller, meant.triple, Scope(as_of.date() if as_of else None, chosen))
    proofs = question.proofs(number)
    if absent:
        _show_gap(question, proofs, output)
    else:
        _show_proofs(question, proofs, output)


def _show_proofs(question: Question, proofs: Sequence[Proof], output: str) -> None:
    if not proofs:
        sentence = question.explainer.sentences.triple(question.triple)
        fix = "To see what is missing, ask: dealgraph why --not …"
        raise NotEntailed("no fact, and nothing from which it follows", where=sentence, fix=fix)
    _WRITERS[output](question, proofs)


def _show_gap(question: Question, proofs: Sequence[Proof], output: str) -> None:
    if proofs:
        sentence = question.explainer.sentences.triple(question.triple)
        raise WrongUsage("this holds", where=sentence, fix="To see why, ask without --not")
    if output == "json":
        put(json.dumps(asdict(question.gap()), ensure_ascii=False, indent=2).encode())
    elif output == "text":
        print_parts([Layout(question.here.language).tree(question.gap())])
    else:
        raise FormatMisfit(
            f"what is missing cannot be written as {output}", where="--format", fix="Take text or json"
        )


def _write_text(question: Question, proofs: Sequence[Proof]) -> None:
    say, layout = WHY[question.here.language], Layout(question.here.language)
    for number, proof in enumerate(proofs, 1):
        if len(proofs) > 1:
            print_parts([Text(say["proof"].format(number, len(proofs)), style="dim")])
        print_parts([layout.tree(question.explainer.told(proof))])


def _write_json(question: Question, proofs: Sequence[Proof]) -> None:
    told = [asdict(question.explainer.told(proof)) for proof in proofs]
    put(json.dumps(told, ensure_ascii=False, indent=2).encode())


def _write_svg(question: Question, proofs: Sequence[Proof]) -> None:
    if len(proofs) > 1:
        raise WrongUsage("a picture shows one proof", where="--format svg", fix="Leave --all and --max out")
    put(svg(question.explainer.told(proofs[0]), question.here.language).encode())


def _write_turtle(question: Question, proofs: Sequence[Proof]) -> None:
    records = Records(question.explainer.sentences)
    put(turtle.write([quad for proof in proofs for quad in records.quads(proof)]).encode())


_WRITERS: Final[Mapping[str, Callable[[Question, Sequence[Proof]], None]]] = {
    "text": _write_text,
    "json": _write_json,
    "svg": _write_svg,
    "ttl": _write_turtle,
}
_FORMATS: Final = f"Take {', '.join(_WRITERS)}"
