"""`dealgraph reason`: the OWL 2 RL closure of any RDF files, as a tool of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pyoxigraph import RdfFormat, Triple, serialize

from dealgraph.cli.context import notices, progress
from dealgraph.errors import Inconsistent
from dealgraph.rdf_files import read_quads, write_triples
from dealgraph.terms import compact

if TYPE_CHECKING:
    from dealgraph.closure import Closure, Statement


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
) -> None:
    """Write the OWL 2 RL closure of RDF files. Exit 3 if they contradict themselves."""
    from dealgraph.closure import close

    with progress() as step:
        step("read")
        given = [quad.triple for path in files for quad in read_quads(path)]
        step("close")
        closure = close(given, trivial=trivial)
        step("write")
        _write([*closure.inferred] if inferred_only else [*dict.fromkeys(given), *closure.inferred], output)
    _say_ignored(closure)
    notices.print(f"{len(given)} statements read, {len(closure.inferred)} inferred.")
    if closure.inconsistencies:
        _refuse(closure)


def _write(triples: list[Triple], output: Path | None) -> None:
    if output:
        write_triples(triples, output)
    else:
        serialize(triples, output=sys.stdout.buffer, format=RdfFormat.N_TRIPLES)


def _say_ignored(closure: Closure) -> None:
    for ignored in closure.ignored:
        notices.print(
            f"not followed: {ignored.reason}: {_told(ignored.statements)}", markup=False, soft_wrap=True
        )


def _refuse(closure: Closure) -> None:
    for clash in closure.inconsistencies:
        notices.print(f"clash by {clash.rule}: {_told(clash.premises)}", markup=False, soft_wrap=True)
    raise Inconsistent(
        f"{len(closure.inconsistencies)} clash(es) found", where="reason", fix="See the list above"
    )


def _told(statements: tuple[Statement, ...]) -> str:
    return "; ".join(" ".join(map(_short, (s.subject, s.predicate, s.object))) for s in statements)


def _short(term: object) -> str:
    text = str(term)
    return compact(text[1:-1]) if text.startswith("<") and text.endswith(">") else text
