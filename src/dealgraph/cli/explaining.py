"""The answers of `dealgraph why`: what follows and why, what does not and what is missing, what clashes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import Store, Triple
from rich.console import RenderableType
from rich.text import Text

from dealgraph import sources
from dealgraph.asked import asked
from dealgraph.cli.context import Context, notice, progress, put
from dealgraph.cli.proof_files import ensure_writable, write_proofs
from dealgraph.cli.proofs import Layout
from dealgraph.cli.reading import print_parts
from dealgraph.cli.states import chosen_state
from dealgraph.errors import FormatMisfit, NotEntailed, WrongUsage
from dealgraph.evidence import Evidence
from dealgraph.explain import Explainer, GapExplainer, Told, explainer_of
from dealgraph.explain.phrases import WHY
from dealgraph.missing import Scope, missing
from dealgraph.proof import Clash, Proof, clashes, prove, suspects
from dealgraph.report import Teller
from dealgraph.sources import Sources
from dealgraph.states import clashing_state, sources_named
from dealgraph.stored import load_all
from dealgraph.terms import compact

MOST_SUSPECTS: Final = 5
"""How many claims to look at are named."""


@dataclass(frozen=True)
class Setting:
    """A state of knowledge and all that it takes to explain what holds in it."""

    here: Context
    read: Sources
    teller: Teller
    scope: Scope

    @cached_property
    def explainer(self) -> Explainer:
        """Tells proofs in the language that is asked for."""
        return explainer_of(self.teller, load_all(self.here.project.queries), self.scope)


@dataclass(frozen=True)
class Question:
    """A triple that is asked about in a setting."""

    setting: Setting
    triple: Triple

    @property
    def sentence(self) -> str:
        """The triple in words."""
        return self.setting.explainer.sentences.triple(self.triple)

    def proofs(self, number: int) -> tuple[Proof, ...]:
        """Return proofs of what is asked, the shortest first."""
        return prove(self.setting.teller.evidence.store, self.setting.read.place, self.triple, number)

    def gap(self) -> Told:
        """Tell what is missing for what is asked to hold."""
        setting = self.setting
        lack = missing(setting.teller.evidence, setting.read.place, self.triple, setting.scope)
        return GapExplainer(setting.explainer).told(lack)


def setting(here: Context, opened: Store, as_of: dt.datetime | None, source: Sequence[str] | None) -> Setting:
    """Get ready to explain what holds in a store that was assembled as of a day and from some articles."""
    read = sources.load(here.project)
    chosen = frozenset(article.value for article in sources_named(read, source or ()))
    scope = Scope(as_of.date() if as_of else None, chosen)
    return Setting(here, read, Teller(Evidence(opened), here.language), scope)


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
    ensure_writable(output)
    opened = chosen_state(here.project, as_of, source, forget=False)
    given = setting(here, opened, as_of, source)
    meant = asked(given.teller, *words)
    for typed, found in meant.guesses:
        notice(f"'{typed}' taken as {found.name} ({compact(found.thing.value)})")
    question = Question(given, meant.triple)
    proofs = question.proofs(number)
    if absent:
        _show_gap(question, proofs, output)
    elif proofs:
        write_proofs(given.explainer, proofs, output)
    else:
        fix = "To see what is missing, ask: dealgraph why --not …"
        raise NotEntailed("no fact, and nothing from which it follows", where=question.sentence, fix=fix)


def explain_clashes(
    here: Context, *, number: int, output: str, as_of: dt.datetime | None, source: Sequence[str] | None
) -> None:
    """Answer `dealgraph why --inconsistent`: the smallest clashes, and the claims to look at."""
    ensure_writable(output)
    with progress() as step:
        opened = clashing_state(here.project, as_of.date() if as_of else None, source or (), step)
        given = setting(here, opened, as_of, source)
        step("explain")
        found = clashes(opened, given.read.place)
    say = WHY[here.language]
    if not found:
        notice(say["consistent"])
        return
    if output == "text":
        title = say["clash"] if len(found) == 1 else say["clashes"].format(len(found))
        print_parts([Text(title, style="bold red")])
    write_proofs(given.explainer, [clash.proof for clash in found[:number]], output)
    if output == "text":
        print_parts(_suspects(given, found))


def _suspects(given: Setting, found: Sequence[Clash]) -> Iterator[RenderableType]:
    """The claims to look at: those of most clashes first, and of these the ones that rank lowest."""
    evidence, say = given.teller.evidence, WHY[given.here.language]
    order = {claim.iri: place for place, claim in enumerate(evidence.claims())}
    named = sorted(suspects(found), key=lambda item: (-item[1], -order[item[0]]))
    if not named:
        yield Text(say["no suspects"], style="bold")
        return
    yield Text(say["suspects"], style="bold")
    for name, count in named[:MOST_SUSPECTS]:
        claim = evidence.claim(name)
        rivals = evidence.claims(claim.subject, claim.predicate)
        note = say["of clashes"].format(count, len(found))
        yield from Layout(given.here.language).suspect(given.teller.saying(claim, rivals), note)


def _show_gap(question: Question, proofs: Sequence[Proof], output: str) -> None:
    if proofs:
        raise WrongUsage("this holds", where=question.sentence, fix="To see why, ask without --not")
    if output == "json":
        put(json.dumps(asdict(question.gap()), ensure_ascii=False, indent=2).encode())
    elif output == "text":
        print_parts([Layout(question.setting.here.language).tree(question.gap())])
    else:
        raise FormatMisfit(
            f"what is missing cannot be written as {output}", where="--format", fix="Take text or json"
        )
