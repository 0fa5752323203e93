"""`dealgraph reason`: the OWL 2 RL closure of any RDF files, as a tool of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pyoxigraph import BlankNode, RdfFormat, Triple, serialize

from dealgraph.cli.context import LanguageOption, chosen_language, notice, notices, progress
from dealgraph.errors import Inconsistent, WrongUsage
from dealgraph.rdf_files import Files, ensure_writable, write_triples

if TYPE_CHECKING:
    from dealgraph.closure import Closure


def reason(
    files: Annotated[
        list[Path], typer.Argument(help="Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write there (default: stdout).")
    ] = None,
    inferred_only: Annotated[bool, typer.Option("--inferred-only", help="Leave out what was given.")] = False,
    trivial: Annotated[
        bool, typer.Option("--trivial", help="Keep what holds whatever the files say.")
    ] = False,
    why: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--why", metavar="S P O", help="Prove this instead: IRIs, local names or labels."),
    ] = None,
    inconsistent: Annotated[
        bool, typer.Option("--inconsistent", help="Prove the contradiction instead, if there is one.")
    ] = False,
    max_proofs: Annotated[
        int, typer.Option("--max", metavar="N", min=1, help="How many proofs, the shortest first.")
    ] = 1,
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|ttl|svg", help="Of the proofs.")
    ] = "text",
    lang: LanguageOption = None,
) -> None:
    """Write the OWL 2 RL closure of RDF files, or prove what follows. Exit 3: they contradict themselves."""
    if why and inconsistent:
        raise WrongUsage("--why and --inconsistent are two questions", where="reason", fix="Ask one of them")
    if output:
        ensure_writable(output)
    with progress() as step:
        step("read")
        read = Files.read(files)
    for path in (path for path, triples in read.parts if not triples):
        notice(f"{path}: there is no statement in this file")
    if why or inconsistent:
        from dealgraph.cli.reasoned import prove_from_files

        prove_from_files(read, why, number=max_proofs, form=form, language=chosen_language(lang))
    else:
        _close(read, output, inferred_only=inferred_only, trivial=trivial)


def _close(read: Files, output: Path | None, *, inferred_only: bool, trivial: bool) -> None:
    from dealgraph.closure import close

    given = list(dict.fromkeys(read.triples))
    with progress() as step:
        step("close")
        closure = close(given, trivial=trivial)
        step("write")
        _write([*closure.inferred] if inferred_only else [*given, *closure.inferred], output)
    context = [triple for triple in given if isinstance(triple.subject, BlankNode)]
    _say_ignored(closure, context)
    notices.print(f"{len(given)} statements read, {len(closure.inferred)} inferred.")
    if closure.inconsistencies:
        _refuse(closure, context)


def _write(triples: list[Triple], output: Path | None) -> None:
    if output:
        write_triples(triples, output)
    else:
        serialize(triples, output=sys.stdout.buffer, format=RdfFormat.N_TRIPLES)


def _say_ignored(closure: Closure, context: list[Triple]) -> None:
    from dealgraph.inline import inline

    for ignored in closure.ignored:
        told = inline(ignored.statements[:1], context)
        notices.print(f"not followed: {ignored.reason}: {told}", markup=False, soft_wrap=True)


def _refuse(closure: Closure, context: list[Triple]) -> None:
    from dealgraph.inline import inline

    for clash in closure.inconsistencies:
        told = inline(clash.premises, context)
        notices.print(f"clash by {clash.rule}: {told}", markup=False, soft_wrap=True)
    raise Inconsistent(
        f"the files contradict themselves, clashes: {len(closure.inconsistencies)}",
        where="reason",
        fix="They are listed above; to see the smallest unfolded, ask --inconsistent",
    )
